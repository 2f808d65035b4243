package org.equipoise.pipeline;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A home in one file, or what one says of itself.
 *
 * @param madeAt when
 * @param programVersion what made it
 * @param hasSecret whether the home's secret is in it
 * @param snapshots the latest of each study
 * @param rows of all tables together
 * @param originals files of the archive
 * @param bytes size of the file
 * @param sha256 of the file
 */
public record Backup(
        Path file,
        Instant madeAt,
        String programVersion,
        boolean hasSecret,
        List<Latest> snapshots,
        long rows,
        long originals,
        long bytes,
        String sha256) {
    public Backup {
        snapshots = List.copyOf(snapshots);
    }

    /** The latest snapshot of a study. */
    public record Latest(String study, long snapshotId, int participants, String contentHash) {}
}
