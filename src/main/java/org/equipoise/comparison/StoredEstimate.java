package org.equipoise.comparison;

import org.jspecify.annotations.Nullable;

/**
 * A row of {@code comparison.estimate} as far as it is shown to readers.
 *
 * @param when interval or period; empty for what is of the outcome as a whole
 * @param site the site, or {@link Scope#OVER_SITES}
 * @param arm the arm; empty for quantities of both
 * @param at month, for points of a curve
 * @param variable term, reason or the like; empty where there is none
 * @param value the number; null exactly when there is a reason
 * @param options settings of the method, a JSON object
 * @param reason why there is no number
 */
public record StoredEstimate(
        String outcome,
        String when,
        String site,
        String arm,
        String method,
        String variant,
        String quantity,
        @Nullable Double at,
        String variable,
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double p,
        @Nullable Double adjustedP,
        @Nullable Integer nTreatment,
        @Nullable Integer nControl,
        String options,
        @Nullable String reason) {

    /** Whether it has a value and both limits. */
    public boolean hasInterval() {
        return value != null && low != null && high != null;
    }
}
