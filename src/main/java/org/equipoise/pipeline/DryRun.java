package org.equipoise.pipeline;

/** What a night would change, found out without leaving anything behind. */
public interface DryRun {

    /**
     * Takes in what lies in the inboxes, reads again what changed definitions ask for, and harmonizes whom either concerns,
     * in one transaction that is undone.
     *
     * @throws RunRefused if a run is at work
     */
    Foreseen run(Progress progress);
}
