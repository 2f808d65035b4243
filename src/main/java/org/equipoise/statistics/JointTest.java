package org.equipoise.statistics;

/**
 * F test of several hypotheses at once.
 *
 * @param f the statistic
 * @param numeratorDegreesOfFreedom number of independent combinations
 * @param denominatorDegreesOfFreedom infinite for a chi-square test
 * @param p upper tail
 */
public record JointTest(Quantity f, int numeratorDegreesOfFreedom, Quantity denominatorDegreesOfFreedom, Quantity p) {

    /** Variance along an axis, relative to the largest, below which the combinations repeat each other. */
    static final double DEPENDENT = 1e-10;

    /** Difference between degrees of freedom below which they are one number. */
    private static final double ALIKE = 1.5e-8;

    static JointTest of(double f, int numerator, double denominator) {
        if (!(denominator > 0 && f < Double.POSITIVE_INFINITY)) {
            return notEstimable(NotEstimable.ZERO_VARIANCE);
        }
        double p = Double.isInfinite(denominator)
                ? Distributions.chiSquareUpper(f * numerator, numerator)
                : Distributions.fUpper(f, numerator, denominator);
        return new JointTest(Quantity.of(f), numerator, Quantity.of(denominator), Quantity.of(p));
    }

    static JointTest notEstimable(NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        return new JointTest(none, 0, none, none);
    }

    /** Denominator df from those of q independent axes. */
    static double denominator(double[] df, int q) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double mean = 0;
        double sum = 0;
        for (int k = 0; k < q; k++) {
            least = Math.min(least, df[k]);
            most = Math.max(most, df[k]);
            mean += df[k] / q;
            sum += Double.isInfinite(df[k]) ? 1 : df[k] / (df[k] - 2);
        }
        if (Double.isInfinite(least) || most - least <= ALIKE) {
            return mean;
        }
        return least <= 2 ? 2 : 2 * sum / (sum - q);
    }
}
