package org.equipoise.comparison;

import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One outcome at one interval over all sites, as a reader of the report first sees it.
 *
 * @param treatment the treatment arm; null when nothing was computed
 * @param control the control arm, likewise
 * @param difference treatment minus control; null when it cannot be estimated
 * @param hedgesG standardised mean difference, unadjusted
 * @param reason why there is no difference
 */
public record HeadlineRow(
        Outcome outcome,
        Interval interval,
        @Nullable ArmSummary treatment,
        @Nullable ArmSummary control,
        @Nullable Difference difference,
        @Nullable Double hedgesG,
        @Nullable String reason) {

    /** One arm. */
    public record ArmSummary(
            int n, @Nullable Double mean, @Nullable Double standardDeviation) {}

    /**
     * The difference between the arms.
     *
     * @param p two-sided; null at the baseline, where allocation alone makes differences, and between looks
     * @param method {@code mmrm} or its like, {@code ancova}, {@code welch_t}
     * @param variant of the method
     * @param main whether it is the method meant for this outcome, not one in its place
     */
    public record Difference(
            double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double p,
            String method,
            String variant,
            boolean main) {
        /** Whether it is adjusted for the baseline. */
        public boolean isAdjusted() {
            return !method.equals("welch_t");
        }
    }
}
