package org.equipoise.pipeline;

import java.time.Instant;
import java.util.Optional;

/** The nightly job: receive, stage, harmonize, publish, compare, report. */
public interface Night {

    /**
     * Runs one night to its end.
     *
     * @param snapshotOnly ends with the published snapshot, without comparisons and report
     * @throws RunRefused if another run is at work
     * @throws RunStopped if it was asked to stop before its end
     */
    NightSummary run(boolean snapshotOnly, Progress progress);

    /**
     * Runs one night that was due at a moment, unless a run has ended well since: of several processes that keep the same
     * schedule on one database, one does the work. Asked under the lock that keeps runs apart.
     *
     * @return empty if a run has ended well since then
     * @throws RunRefused if another run is at work
     * @throws RunStopped if it was asked to stop before its end
     */
    Optional<NightSummary> runIfDue(Instant due, Progress progress);

    /**
     * Asks the run under way to end: the chunk that is being written is committed, no other begins. A run of this
     * process that has yet to begin ends at its first chunk. For any thread; returns at once.
     */
    void stop();

    /** Puts right what a killed run has left, and returns how many there were. Each night begins with it. */
    int recover();
}
