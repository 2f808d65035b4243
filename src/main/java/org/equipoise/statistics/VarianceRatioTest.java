package org.equipoise.statistics;

/**
 * Whether the two arms vary equally: the F test of the ratio of variances, treatment over control.
 *
 * <p>Formula: F = v1/v2 with n1 - 1 and n2 - 1 df; p = 2 min(P(F' &lt;= F), P(F' &gt; F)); limits F/f(0.975) and
 * F/f(0.025).
 *
 * <p>Units: a pure number. Missing values: left out by the caller. Sensitive to non-normal data: descriptive only.
 *
 * <p>Special cases: fewer than two values in an arm: {@link NotEstimable#TOO_FEW_VALUES} (none:
 * {@link NotEstimable#EMPTY_ARM}); a variance of zero: {@link NotEstimable#ZERO_VARIANCE}.
 *
 * <p>Agrees with R 4.2 {@code var.test(x, y)}, relative 1e-8.
 *
 * <p>Reference: Snedecor and Cochran (1989), Statistical Methods, 8th edition, section 6.12, ISBN 0-8138-1561-4.
 *
 * @param ratio variance of treatment over variance of control
 * @param numeratorDegreesOfFreedom n1 - 1
 * @param denominatorDegreesOfFreedom n2 - 1
 * @param p two-sided p value of equal variances
 * @param limits confidence limits of the ratio
 */
public record VarianceRatioTest(
        Quantity ratio, int numeratorDegreesOfFreedom, int denominatorDegreesOfFreedom, Quantity p, Limits limits) {

    /**
     * Tests two samples, with a 95 % interval.
     *
     * @param treatment values of the treatment arm, finite
     * @param control values of the control arm, finite
     * @throws IllegalArgumentException if a value is not finite; the message names the array and index
     */
    public static VarianceRatioTest of(double[] treatment, double[] control) {
        Summary x = Summary.of("treatment", treatment);
        Summary y = Summary.of("control", control);
        int df1 = Math.max(0, x.n() - 1);
        int df2 = Math.max(0, y.n() - 1);
        if (df1 == 0 || df2 == 0) {
            boolean empty = Math.min(x.n(), y.n()) == 0;
            return notEstimable(df1, df2, empty ? NotEstimable.EMPTY_ARM : NotEstimable.TOO_FEW_VALUES);
        }
        if (x.variance() == 0 || y.variance() == 0) {
            return notEstimable(df1, df2, NotEstimable.ZERO_VARIANCE);
        }
        double ratio = x.variance() / y.variance();
        double tail = (1 - Distributions.DEFAULT_CONFIDENCE) / 2;
        return new VarianceRatioTest(
                Quantity.of(ratio),
                df1,
                df2,
                Quantity.of(twoSided(ratio, df1, df2)),
                Limits.of(
                        ratio / Distributions.fQuantile(tail, df1, df2),
                        ratio / Distributions.fQuantile(1 - tail, df1, df2)));
    }

    private static double twoSided(double ratio, int df1, int df2) {
        return 2 * Math.min(Distributions.fLower(ratio, df1, df2), Distributions.fUpper(ratio, df1, df2));
    }

    private static VarianceRatioTest notEstimable(int df1, int df2, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        return new VarianceRatioTest(none, df1, df2, none, Limits.notEstimable(reason));
    }
}
