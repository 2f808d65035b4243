package org.equipoise.pipeline;

/** What a night would change, found out without leaving anything behind. */
public interface DryRun {

    /**
     * Reads again what changed definitions ask for, and harmonizes whom they concern, in one transaction that is undone.
     * What lies in the inboxes and was never taken in is left out.
     *
     * @throws RunRefused if a run is at work
     */
    Foreseen run(Progress progress);
}
