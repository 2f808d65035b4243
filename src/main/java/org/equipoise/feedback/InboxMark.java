package org.equipoise.feedback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/** The receipt beside a file in its inbox, whose name tells at a glance whether there is something to mend. */
final class InboxMark {
    private static final String OK = " OK.html";
    private static final String PLEASE_MEND = " PLEASE MEND.html";

    private InboxMark() {}

    /** Puts a receipt there in place of the one before. */
    static void write(Path inbox, String file, boolean mend, Path receipt) throws IOException {
        Path half = inbox.resolve("." + file + ".mark.tmp");
        try {
            Files.write(half, Files.readAllBytes(receipt));
            Files.move(
                    half,
                    inbox.resolve(file + (mend ? PLEASE_MEND : OK)),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
        Files.deleteIfExists(inbox.resolve(file + (mend ? OK : PLEASE_MEND)));
    }

    /** When the mark beside a file was written; empty when there is none. */
    static Optional<FileTime> find(Path inbox, String file) throws IOException {
        for (String kind : List.of(OK, PLEASE_MEND)) {
            Path mark = inbox.resolve(file + kind);
            if (Files.exists(mark)) {
                return Optional.of(Files.getLastModifiedTime(mark));
            }
        }
        return Optional.empty();
    }

    /** Removes the marks of a file that has gone. */
    static void remove(Path inbox, String file) throws IOException {
        Files.deleteIfExists(inbox.resolve(file + OK));
        Files.deleteIfExists(inbox.resolve(file + PLEASE_MEND));
    }
}
