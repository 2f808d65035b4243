package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.equipoise.pipeline.Backup;

/** What a backup holds, as a person reads it. */
final class BackupText {
    private static final double MEGABYTE = 1e6;

    private BackupText() {}

    static void print(String done, Backup backup, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s%s, %.1f MB, made %s by version %s%n",
                done,
                backup.file(),
                backup.bytes() / MEGABYTE,
                backup.madeAt(),
                backup.programVersion());
        out.println("SHA-256: " + backup.sha256());
        out.printf(Locale.ROOT, "It holds %d rows and %d originals.%n", backup.rows(), backup.originals());
        for (Backup.Latest latest : backup.snapshots()) {
            out.printf(
                    Locale.ROOT,
                    "Study %s: snapshot %d, %d participants, content %s%n",
                    latest.study(),
                    latest.snapshotId(),
                    latest.participants(),
                    latest.contentHash());
        }
    }
}
