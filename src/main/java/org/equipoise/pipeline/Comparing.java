package org.equipoise.pipeline;

import org.jspecify.annotations.Nullable;

/** Computes comparisons anew from what is published. */
public interface Comparing {

    /**
     * Compares a snapshot by the study file as it is, as a run of its own; one of this number that is frozen by the
     * definitions it was made with. Of the latest snapshot, the results are the current ones from then on; of an older or
     * frozen one they lie beside them. No declared look is taken.
     *
     * @param snapshot its number; null for the latest
     * @param dryRun computes in a transaction that is undone
     * @throws RunRefused if a run is at work, or there is no such snapshot, or it lacks an outcome or interval that the study
     *     file asks for
     */
    Compared compare(@Nullable Long snapshot, boolean dryRun, Progress progress);

    /**
     * Compares a frozen snapshot as it was compared then, definitions and all.
     *
     * @param name it was frozen under
     * @param dryRun computes in a transaction that is undone
     * @throws RunRefused if a run is at work, or nothing is frozen under the name
     */
    Compared compareFrozen(String name, boolean dryRun, Progress progress);
}
