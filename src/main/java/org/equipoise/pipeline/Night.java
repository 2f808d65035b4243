package org.equipoise.pipeline;

/** The nightly job: receive, stage, harmonize, publish, compare, report. */
public interface Night {

    /**
     * Runs one night to its end.
     *
     * @param snapshotOnly ends with the published snapshot, without comparisons and report
     * @throws RunRefused if another run is at work
     */
    NightSummary run(boolean snapshotOnly, Progress progress);

    /** Puts right what a killed run has left, and returns how many there were. Each night begins with it. */
    int recover();
}
