package org.equipoise.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the page of a run: one file that needs no network and no script. */
public final class ReportWriter {
    private final Path home;

    /** For the reports of one home. */
    public ReportWriter(Path home) {
        this.home = home;
    }

    /**
     * Writes {@code <home>/reports/<run_id>/index.html}; a page that is there is replaced whole.
     *
     * @return the page
     * @throws UncheckedIOException if it cannot be written; the message names the file
     */
    public Path write(Report report) {
        Path folder = home.resolve("reports").resolve(Long.toString(report.runId()));
        Path page = folder.resolve("index.html");
        Path unfinished = folder.resolve("index.html.unfinished");
        try {
            Files.createDirectories(folder);
            Files.writeString(unfinished, new ReportPage(report).render(), StandardCharsets.UTF_8);
            Files.move(unfinished, page, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The report " + page + " cannot be written. Check the disk and its rights.", e);
        }
    }
}
