package org.equipoise.comparison;

import org.jspecify.annotations.Nullable;

/**
 * A model of a whole follow-up: a row of {@code comparison.model}.
 *
 * @param formula fixed effects, in the words of R
 * @param criterion {@code reml} or {@code ml}
 * @param asked the covariance asked for, {@code planned} where the data decide
 * @param fitted how the fit ended; null where none was tried
 * @param seconds how long it took; part of no hash
 * @param reason why there is no fit
 */
public record FittedModel(
        String outcome,
        String site,
        String method,
        String variant,
        String formula,
        String criterion,
        String asked,
        @Nullable Fitted fitted,
        double seconds,
        @Nullable String reason) {

    /**
     * How a fit ended.
     *
     * @param structure the covariance used; null where none could be
     * @param inference where standard errors and degrees of freedom come from; null likewise
     * @param considered every covariance considered, and why it was not used: a JSON array
     * @param intervals those in the model, a JSON array
     * @param people with a value in it, values, and different sets of attended intervals
     * @param baselines how those that are missing were filled
     * @param dropped columns that are combinations of others, a JSON array
     * @param likelihood null where no fit worked
     * @param climb null where the data gave no reason to look for a maximum
     * @param covariance the fitted one, a JSON object; null where no fit worked
     * @param coefficients of the fixed effects by term, a JSON object; null likewise
     * @param fixedBy the look that had fixed the covariance; null where the data decided
     */
    public record Fitted(
            @Nullable String structure,
            @Nullable String inference,
            String considered,
            String intervals,
            People people,
            Baselines baselines,
            String dropped,
            @Nullable Likelihood likelihood,
            @Nullable Climb climb,
            @Nullable String covariance,
            @Nullable String coefficients,
            @Nullable String fixedBy) {}

    /**
     * Whom it rests on.
     *
     * @param patterns different sets of attended intervals
     */
    public record People(
            int participants, int observations, @Nullable Integer patterns) {}

    /**
     * The baselines.
     *
     * @param missing people whose baseline is the mean of the others
     * @param deviation standard deviation of the known ones, by which effects are standardised
     */
    public record Baselines(int missing, @Nullable Double deviation) {}

    /**
     * The likelihood at its maximum.
     *
     * @param parameters of the covariance
     */
    public record Likelihood(
            int parameters,
            double logarithm,
            @Nullable Double aic,
            @Nullable Double bic) {}

    /**
     * How the maximum was found.
     *
     * @param gradient largest derivative of the log-likelihood at the end
     */
    public record Climb(int iterations, @Nullable Double gradient, boolean converged) {}
}
