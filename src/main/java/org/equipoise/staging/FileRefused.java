package org.equipoise.staging;

import java.util.List;

/** A file that cannot be used at all. Holds why, as findings; its own message holds no content of the file. */
public final class FileRefused extends Exception {
    private final transient List<Finding> findings;

    public FileRefused(Finding finding) {
        this(List.of(finding));
    }

    public FileRefused(List<Finding> findings) {
        super("The file was refused: " + findings.get(0).code().code());
        this.findings = List.copyOf(findings);
    }

    /** Why, at least one. */
    public List<Finding> findings() {
        return findings;
    }
}
