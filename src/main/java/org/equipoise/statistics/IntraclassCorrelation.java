package org.equipoise.statistics;

import java.util.List;
import java.util.Map;

/**
 * How alike the members of a cluster are: the share of the variance that lies between clusters.
 *
 * <p>Formula (REML): y = X b + cluster + residual; the ratio lambda of the variances solves the REML score equation
 * tr(P K) = (n - p) y'P K P y/y'P y, K = Z Z'; icc = lambda/(1 + lambda). Where the score at lambda = 0 already points
 * down the estimate is 0, at the boundary. Formula (analysis of variance): (MSB - MSW)/(MSB + (n0 - 1) MSW), which may
 * be negative; its interval is exact for equal cluster sizes only.
 *
 * <p>Shapes: one value and one cluster name for each person. Missing values: left out by the caller.
 *
 * <p>Special cases: fewer than two clusters: {@link NotEstimable#TOO_FEW_GROUPS}; every cluster of size one, or no
 * residual degree of freedom: {@link NotEstimable#NO_RESIDUAL_DEGREES_OF_FREEDOM}; no variation within clusters:
 * {@link NotEstimable#ZERO_VARIANCE}.
 *
 * <p>Agrees with R 4.2, lme4 1.1 {@code lmer(y ~ x + (1 | cluster))}, relative 1e-6, and {@code aov}, relative 1e-8.
 *
 * <p>Reference: Donner (1986), International Statistical Review 54, 67-82, doi:10.2307/1403259; Searle, Casella and
 * McCulloch (1992), Variance Components, ISBN 0-471-62162-5.
 */
public final class IntraclassCorrelation {

    private static final double TOLERANCE = 1e-16;

    /** Residual squares, relative to those of the values, below which they are rounding. */
    private static final double PERFECT_FIT = 1e-28;

    /** A ratio of variances beyond which the clusters explain everything. */
    private static final double LARGEST_RATIO = 1e9;

    /**
     * Variance components.
     *
     * @param between variance between clusters
     * @param within variance within clusters
     * @param correlation between/(between + within)
     */
    public record Components(Quantity between, Quantity within, Quantity correlation) {

        private static Components notEstimable(NotEstimable reason) {
            Quantity none = Quantity.notEstimable(reason);
            return new Components(none, none, none);
        }
    }

    /**
     * Mean squares.
     *
     * @param clusters number of clusters
     * @param meanSquareBetween between clusters, with clusters - 1 df
     * @param meanSquareWithin within clusters, with n - clusters df
     * @param effectiveSize n0, the size that stands for unequal cluster sizes
     * @param f MSB/MSW
     * @param p upper tail of F
     * @param correlation (MSB - MSW)/(MSB + (n0 - 1) MSW)
     * @param limits of the correlation
     */
    public record MeanSquares(
            int clusters,
            Quantity meanSquareBetween,
            Quantity meanSquareWithin,
            Quantity effectiveSize,
            Quantity f,
            Quantity p,
            Quantity correlation,
            Limits limits) {}

    private IntraclassCorrelation() {}

    /**
     * REML components after the fixed effects of a design.
     *
     * @param values one for each row of the design, finite
     * @param design fixed effects; {@link Design#ofIntercept} for none
     * @param clusters the cluster of each row
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public static Components reml(double[] values, Design design, List<String> clusters) {
        Checks.finite("values", values);
        Checks.sameLength("values", values.length, "design", design.rows());
        Checks.sameLength("values", values.length, "clusters", clusters.size());
        OneWayModel model = OneWayModel.of(values, design, clusters);
        if (model.clusters() < 2) {
            return Components.notEstimable(NotEstimable.TOO_FEW_GROUPS);
        }
        if (model.residualDegreesOfFreedom() <= 0 || model.clusters() == values.length) {
            return Components.notEstimable(NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM);
        }
        if (!(model.score(LARGEST_RATIO) >= 0) || onlyRounding(model, values)) {
            return Components.notEstimable(NotEstimable.ZERO_VARIANCE);
        }
        double share = model.score(0) >= 0
                ? 0
                : Roots.brent(u -> model.score(u / (1 - u)), 0, LARGEST_RATIO / (1 + LARGEST_RATIO), TOLERANCE);
        double ratio = share / (1 - share);
        double within = model.residualSquares(ratio) / model.residualDegreesOfFreedom();
        return new Components(Quantity.of(ratio * within), Quantity.of(within), Quantity.of(share));
    }

    /** Whether the fixed effects leave nothing but rounding. */
    private static boolean onlyRounding(OneWayModel model, double[] values) {
        return !(model.residualSquares(0) > PERFECT_FIT * Sums.dot(values, values));
    }

    /**
     * The one-way analysis of variance, with a 95 % interval.
     *
     * @param values finite
     * @param clusters the cluster of each value
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public static MeanSquares meanSquares(double[] values, List<String> clusters) {
        Checks.finite("values", values);
        Checks.sameLength("values", values.length, "clusters", clusters.size());
        Map<String, List<Integer>> rows = Groups.rows(clusters);
        int n = values.length;
        int groups = rows.size();
        if (groups < 2 || n == groups) {
            return notEstimable(
                    groups, groups < 2 ? NotEstimable.TOO_FEW_GROUPS : NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM);
        }
        double grand = Sums.mean(values);
        double between = 0;
        double within = 0;
        double squaredSizes = 0;
        for (List<Integer> members : rows.values()) {
            double[] own = members.stream().mapToDouble(i -> values[i]).toArray();
            double mean = Sums.mean(own);
            between += own.length * Sums.square(mean - grand);
            within += Math.max(0, Sums.squaredDeviations(own, mean));
            squaredSizes += Sums.square(own.length);
        }
        double msb = between / (groups - 1);
        double msw = within / (n - groups);
        return msw == 0
                ? notEstimable(groups, NotEstimable.ZERO_VARIANCE)
                : meanSquares(groups, n, msb, msw, (n - squaredSizes / n) / (groups - 1));
    }

    private static MeanSquares meanSquares(int groups, int n, double msb, double msw, double n0) {
        int df1 = groups - 1;
        int df2 = n - groups;
        double f = msb / msw;
        double tail = (1 - Distributions.DEFAULT_CONFIDENCE) / 2;
        return new MeanSquares(
                groups,
                Quantity.of(msb),
                Quantity.of(msw),
                Quantity.of(n0),
                Quantity.of(f),
                Quantity.of(Distributions.fUpper(f, df1, df2)),
                Quantity.of(correlation(f, n0)),
                Limits.of(
                        correlation(f / Distributions.fQuantile(tail, df1, df2), n0),
                        correlation(f / Distributions.fQuantile(1 - tail, df1, df2), n0)));
    }

    /** (F - 1)/(F + n0 - 1). */
    private static double correlation(double f, double n0) {
        return (f - 1) / (f + n0 - 1);
    }

    private static MeanSquares notEstimable(int groups, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        return new MeanSquares(groups, none, none, none, none, none, none, Limits.notEstimable(reason));
    }
}
