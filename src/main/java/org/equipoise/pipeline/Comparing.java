package org.equipoise.pipeline;

import org.jspecify.annotations.Nullable;

/** Computes comparisons anew from what is published. */
public interface Comparing {

    /**
     * Compares a snapshot by the study file as it is, as a run of its own. Of the latest snapshot, the results are the
     * current ones from then on; of an older one they lie beside them. No declared look is taken.
     *
     * @param snapshot its number; null for the latest
     * @param dryRun computes in a transaction that is undone
     * @throws RunRefused if a run is at work, or there is no such snapshot, or it lacks an outcome or interval that the study
     *     file asks for
     */
    Compared compare(@Nullable Long snapshot, boolean dryRun, Progress progress);
}
