package org.equipoise.pipeline;

import java.nio.file.Path;

/** Exports the current snapshot of the study, and notes that it was done. */
public interface Releasing {

    /** What is exported, and for whom. */
    enum Kind {
        /** Data sets with a row per participant, without identity: for analysts in the house. */
        ANALYSIS,
        /** Main results in tables that may leave the house: counts of few people are withheld. */
        RESULTS
    }

    /**
     * A release that was written.
     *
     * @param sha256 of the file {@code SHA256SUMS}, which holds those of all others; the same for the same results
     * @param withheld tables that were withheld for small counts: a site's, or all sites', on one question
     */
    record Release(long id, long snapshot, Kind kind, String sha256, Path folder, int withheld) {}

    /**
     * Writes a release into the home.
     *
     * @throws RunRefused if nothing was published, or compared, yet
     */
    Release release(Kind kind, String requestedBy);
}
