package org.equipoise.statistics;

import java.util.List;

/**
 * One estimate from several imputed data sets (Rubin's rules).
 *
 * <p>Formula: estimate = mean of the m estimates; within W = mean of their variances; between B = their variance; total T
 * = W + (1 + 1/m) B. lambda = (1 + 1/m) B/T; df_old = (m - 1)/lambda^2; df_obs = (c + 1)/(c + 3) c (1 - lambda) for c
 * complete-data df; Barnard-Rubin df = df_old df_obs/(df_old + df_obs), or df_old when c is infinite.
 *
 * <p>Shapes: one estimate and one variance for each imputation.
 *
 * <p>Special cases: fewer than two imputations: {@link NotEstimable#TOO_FEW_GROUPS}; imputations that agree exactly: the
 * df are those of the complete data.
 *
 * <p>Agrees with R 4.2, mice 3.15 {@code pool.scalar(Q, U, n, k = 1)}, relative 1e-8.
 *
 * <p>Reference: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, doi:10.1002/9780470316696; Barnard and
 * Rubin (1999), Biometrika 86, 948-955, doi:10.1093/biomet/86.4.948.
 *
 * @param imputations m
 * @param pooled the estimate with Barnard-Rubin df
 * @param within mean variance inside imputations
 * @param between variance between imputations
 * @param total variance of the pooled estimate
 * @param relativeIncrease (1 + 1/m) B/W
 * @param lambda share of the variance due to missing values
 * @param missingInformation (r + 2/(df + 3))/(r + 1)
 * @param olderDegreesOfFreedom Rubin's of 1987, for complete data of any size
 */
public record RubinPooling(
        int imputations,
        Estimate pooled,
        Quantity within,
        Quantity between,
        Quantity total,
        Quantity relativeIncrease,
        Quantity lambda,
        Quantity missingInformation,
        Quantity olderDegreesOfFreedom) {

    /**
     * Pools the imputations, with a 95 % interval.
     *
     * @param estimates one for each imputation, finite
     * @param variances their squared standard errors, above zero
     * @param completeDegreesOfFreedom of the analysis had nothing been missing; infinite for normal inference
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if an estimate is not finite or a variance not above zero; the message names array and
     *     index
     * @throws IllegalArgumentException if the degrees of freedom are not above zero
     */
    public static RubinPooling of(double[] estimates, double[] variances, double completeDegreesOfFreedom) {
        Checks.sameLength("estimates", estimates.length, "variances", variances.length);
        Checks.positive("variances", variances);
        if (!(completeDegreesOfFreedom > 0)) {
            throw new IllegalArgumentException("completeDegreesOfFreedom is not above zero");
        }
        Summary summary = Summary.of("estimates", estimates);
        int m = summary.n();
        if (m < 2) {
            return notEstimable(m, NotEstimable.TOO_FEW_GROUPS);
        }
        double within = Sums.mean(variances);
        double between = summary.variance();
        double added = (1 + 1.0 / m) * between;
        double total = within + added;
        double lambda = added / total;
        double older = (m - 1) / (lambda * lambda);
        double df = barnardRubin(older, completeDegreesOfFreedom, within / total);
        double increase = added / within;
        return new RubinPooling(
                m,
                Estimate.student(summary.mean(), Math.sqrt(total), df, Distributions.DEFAULT_CONFIDENCE),
                Quantity.of(within),
                Quantity.of(between),
                Quantity.of(total),
                Quantity.of(increase),
                Quantity.of(lambda),
                Quantity.of((increase + 2 / (df + 3)) / (increase + 1)),
                Quantity.of(older));
    }

    /**
     * Pools the analyses of the imputations, with a 95 % interval. Complete-data degrees of freedom are those of the first
     * analysis.
     *
     * @param estimates one for each imputation
     * @return the pooled estimate, or the reason of the first analysis without a standard error
     */
    public static RubinPooling of(List<Estimate> estimates) {
        for (Estimate estimate : estimates) {
            if (!estimate.standardError().isEstimable()) {
                return notEstimable(
                        estimates.size(), estimate.standardError().reason().orElseThrow());
            }
        }
        if (estimates.size() < 2) {
            return notEstimable(estimates.size(), NotEstimable.TOO_FEW_GROUPS);
        }
        return of(
                estimates.stream().mapToDouble(e -> e.value().value()).toArray(),
                estimates.stream()
                        .mapToDouble(e -> Sums.square(e.standardError().value()))
                        .toArray(),
                estimates.get(0).degreesOfFreedom().value());
    }

    static RubinPooling notEstimable(int imputations, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        return new RubinPooling(imputations, Estimate.notEstimable(reason), none, none, none, none, none, none, none);
    }

    /**
     * 1/(1/df_old + 1/df_obs), which takes an infinite part on either side. W/T stands for 1 - lambda, which would be lost
     * when nearly all of the variance lies between imputations.
     */
    private static double barnardRubin(double older, double complete, double withinShare) {
        double observed = Double.isInfinite(complete)
                ? Double.POSITIVE_INFINITY
                : (complete + 1) / (complete + 3) * complete * withinShare;
        return 1 / (1 / older + 1 / observed);
    }
}
