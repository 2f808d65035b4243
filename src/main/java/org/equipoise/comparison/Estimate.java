package org.equipoise.comparison;

import org.jspecify.annotations.Nullable;

/**
 * One answer: a row of {@code comparison.estimate}. Which number it is, is told by method, variant, quantity, arm and
 * variable; {@code src/site/markdown/estimates.md} lists them all.
 *
 * @param interval the planned point; null for an outcome over periods
 * @param period the period; null for an outcome at planned points
 * @param site the site, or {@link Scope#OVER_SITES}
 * @param arm the arm, for quantities of one arm
 * @param population who is in it
 * @param variant endpoint or model, and after a colon the form where there are several
 * @param at month, for points of a curve
 * @param variable term of a model, or what is counted
 * @param estimate the number; null exactly when there is a reason
 * @param nTreatment people of the treatment arm in it; null only while results by arm are withheld
 * @param nControl people of the control arm in it, likewise
 * @param options settings of the method, a JSON object
 * @param reason why there is no number
 */
public record Estimate(
        String outcome,
        @Nullable String interval,
        @Nullable String period,
        String site,
        @Nullable String arm,
        String population,
        String tier,
        String method,
        String variant,
        String quantity,
        @Nullable Double at,
        @Nullable String variable,
        @Nullable Double estimate,
        @Nullable Double standardError,
        @Nullable Double df,
        @Nullable Double statistic,
        @Nullable Double p,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double level,
        @Nullable Integer nTreatment,
        @Nullable Integer nControl,
        String options,
        @Nullable String reason) {}
