package org.equipoise.statistics;

/**
 * Difference in means of two independent arms, treatment minus control.
 *
 * <p>Formula (Welch, the default): t = (m1 - m2) / sqrt(v1/n1 + v2/n2), df by Welch and Satterthwaite
 * (v1/n1 + v2/n2)^2 / ((v1/n1)^2/(n1 - 1) + (v2/n2)^2/(n2 - 1)). Pooled: s^2 = ((n1 - 1) v1 + (n2 - 1) v2)/(n1 + n2 -
 * 2), t = (m1 - m2)/(s sqrt(1/n1 + 1/n2)), df n1 + n2 - 2. The interval is the difference -/+ t(df) standard errors.
 *
 * <p>Shapes: n1 and n2 values, neither modified. Units: those of the values. Missing values: left out by the caller.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; too few values for a variance (Welch: fewer than 2
 * in an arm; pooled: fewer than 3 together): the difference without its uncertainty
 * ({@link NotEstimable#TOO_FEW_VALUES}); a standard error below 10 rounding errors of the larger mean: the difference
 * without its uncertainty ({@link NotEstimable#ZERO_VARIANCE}).
 *
 * <p>Agrees with R 4.2 {@code t.test(x, y)} and {@code t.test(x, y, var.equal = TRUE)}, relative 1e-8.
 *
 * <p>Reference: Welch (1947), Biometrika 34, 28-35, doi:10.1093/biomet/34.1-2.28.
 */
public final class TTest {

    /** What is assumed of the two variances. */
    public enum Variances {
        /** Nothing: Welch's test. */
        UNEQUAL,
        /** That they are equal: Student's test. */
        POOLED
    }

    private static final double ROUNDING = 10 * Math.ulp(1.0);
    private static final TTest DEFAULTS = new TTest(Variances.UNEQUAL, Distributions.DEFAULT_CONFIDENCE);

    private final Variances variances;
    private final double confidence;

    private TTest(Variances variances, double confidence) {
        this.variances = variances;
        this.confidence = confidence;
    }

    /** Welch's test with a 95 % interval. */
    public static TTest withDefaults() {
        return DEFAULTS;
    }

    /** The same test with another assumption about the variances. */
    public TTest with(Variances assumption) {
        return new TTest(assumption, confidence);
    }

    /**
     * The same test with another level of the interval.
     *
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public TTest withConfidence(double level) {
        return new TTest(variances, Checks.confidence(level));
    }

    /**
     * Tests two samples.
     *
     * @param treatment values of the treatment arm, finite
     * @param control values of the control arm, finite
     * @throws IllegalArgumentException if a value is not finite; the message names the array and index
     */
    public Estimate test(double[] treatment, double[] control) {
        return test(Summary.of("treatment", treatment), Summary.of("control", control));
    }

    /** Tests two samples known by their size, mean and variance. */
    public Estimate test(Summary treatment, Summary control) {
        if (treatment.n() == 0 || control.n() == 0) {
            return Estimate.notEstimable(NotEstimable.EMPTY_ARM);
        }
        double difference = treatment.mean() - control.mean();
        if (tooFew(treatment.n(), control.n())) {
            return Estimate.valueOnly(difference, NotEstimable.TOO_FEW_VALUES);
        }
        double standardError = standardError(treatment, control);
        if (!(standardError > ROUNDING * Math.max(Math.abs(treatment.mean()), Math.abs(control.mean())))) {
            return Estimate.valueOnly(difference, NotEstimable.ZERO_VARIANCE);
        }
        return Estimate.student(difference, standardError, degreesOfFreedom(treatment, control), confidence);
    }

    private boolean tooFew(int n1, int n2) {
        return switch (variances) {
            case UNEQUAL -> Math.min(n1, n2) < 2;
            case POOLED -> n1 + n2 < 3;
        };
    }

    private double standardError(Summary x, Summary y) {
        return switch (variances) {
            case UNEQUAL -> Math.sqrt(x.meanVariance() + y.meanVariance());
            case POOLED -> Math.sqrt(pooledVariance(x, y) * (1.0 / x.n() + 1.0 / y.n()));
        };
    }

    private double degreesOfFreedom(Summary x, Summary y) {
        return switch (variances) {
            case UNEQUAL -> satterthwaite(x, y);
            case POOLED -> x.n() + y.n() - 2;
        };
    }

    /** ((n1 - 1) v1 + (n2 - 1) v2) / (n1 + n2 - 2). */
    static double pooledVariance(Summary x, Summary y) {
        return ((x.n() - 1) * x.variance() + (y.n() - 1) * y.variance()) / (x.n() + y.n() - 2);
    }

    /** (a + b)^2 / (a^2/(n1 - 1) + b^2/(n2 - 1)), written in the shares of a and b so that nothing underflows. */
    private static double satterthwaite(Summary x, Summary y) {
        double total = x.meanVariance() + y.meanVariance();
        double share1 = x.meanVariance() / total;
        double share2 = y.meanVariance() / total;
        return 1 / (share1 * share1 / (x.n() - 1) + share2 * share2 / (y.n() - 1));
    }
}
