package org.equipoise.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What became of earlier nights of the study. */
public interface RunHistory {

    /**
     * The last night.
     *
     * @param status as {@code batch.run} holds it
     */
    record LastRun(long id, String status, Instant startedAt) {
        /** Whether it ended before its end. */
        public boolean wasCutShort() {
            return status.equals("stopped") || status.equals("crashed") || status.equals("running");
        }
    }

    Optional<LastRun> findLast();

    /** When a night last ended well. */
    Optional<Instant> findLastSuccess();

    /** How long each step of a run took, in the order of their beginnings; partitions not counted twice. */
    Map<String, Duration> stages(long run);
}
