package org.equipoise.statistics;

import org.jspecify.annotations.Nullable;

/**
 * Standardised mean difference of two independent arms, treatment minus control: Cohen's d and Hedges' g.
 *
 * <p>Formula: d = (m1 - m2)/s with the pooled standard deviation s; g = J(m) d, m = n1 + n2 - 2, J(m) =
 * Gamma(m/2)/(sqrt(m/2) Gamma((m - 1)/2)). Exact limits: the noncentralities at which the pooled t has lower tail 0.975
 * and 0.025, times sqrt(1/n1 + 1/n2), for g times J. Normal limits: estimate -/+ z sqrt(variance), variance by
 * {@link Variance}.
 *
 * <p>Units: standard deviations. Missing values: left out by the caller.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; fewer than three values together:
 * {@link NotEstimable#TOO_FEW_VALUES}; exactly three: J(1) is zero, so that g is not estimable
 * ({@link NotEstimable#TOO_FEW_VALUES}); no spread beyond rounding: {@link NotEstimable#ZERO_VARIANCE}.
 *
 * <p>Agrees with R 4.2, metafor 3.8 {@code escalc("SMD", vtype = "LS"|"UB")}, relative 1e-8, and {@code uniroot} on
 * {@code pt(t, df, ncp)}, relative 1e-6.
 *
 * <p>Reference: Hedges (1981), Journal of Educational Statistics 6, 107-128, doi:10.3102/10769986006002107; Cumming and
 * Finch (2001), Educational and Psychological Measurement 61, 532-574, doi:10.1177/0013164401614002.
 */
public final class StandardizedMeanDifference {

    /** The small-sample correction of g. */
    public enum Correction {
        /** The ratio of gamma functions. */
        EXACT,
        /** 1 - 3/(4 m - 1). */
        APPROXIMATE
    }

    /** The large-sample variance of g; that of d changes with {@link #DEGREES_OF_FREEDOM} only. */
    public enum Variance {
        /** 1/n1 + 1/n2 + g^2/(2 (n1 + n2)): metafor's LS. */
        LARGE_SAMPLE,
        /** J^2 (1/n1 + 1/n2 + d^2/(2 (n1 + n2))): Borenstein, close to RevMan. */
        BORENSTEIN,
        /** 1/n1 + 1/n2 + (1 - (m - 2)/(m J^2)) g^2: unbiased, metafor's UB. */
        UNBIASED,
        /** 1/n1 + 1/n2 + g^2/(2 m): m in place of n1 + n2. */
        DEGREES_OF_FREEDOM
    }

    /**
     * One standardised difference.
     *
     * @param value estimate
     * @param variance its large-sample variance
     * @param standardError square root of the variance
     * @param exact limits from the noncentral t distribution
     * @param normal limits from the variance
     */
    public record Size(Quantity value, Quantity variance, Quantity standardError, Limits exact, Limits normal) {

        private static Size notEstimable(NotEstimable reason) {
            Quantity none = Quantity.notEstimable(reason);
            return new Size(none, none, none, Limits.notEstimable(reason), Limits.notEstimable(reason));
        }
    }

    /**
     * The standardised differences of one pair of samples.
     *
     * @param pooledStandardDeviation the unit of d and g
     * @param correction J
     * @param d Cohen's d
     * @param g Hedges' g
     * @param glassDelta difference over the standard deviation of the control arm
     * @param averageDelta difference over the root of the mean of the two variances
     */
    public record Result(
            Quantity pooledStandardDeviation,
            Quantity correction,
            Size d,
            Size g,
            Quantity glassDelta,
            Quantity averageDelta) {

        private static Result notEstimable(NotEstimable reason) {
            Quantity none = Quantity.notEstimable(reason);
            return new Result(none, none, Size.notEstimable(reason), Size.notEstimable(reason), none, none);
        }
    }

    private static final StandardizedMeanDifference DEFAULTS =
            new StandardizedMeanDifference(Correction.EXACT, Variance.LARGE_SAMPLE, Distributions.DEFAULT_CONFIDENCE);

    private final Correction correction;
    private final Variance variance;
    private final double confidence;

    private StandardizedMeanDifference(Correction correction, Variance variance, double confidence) {
        this.correction = correction;
        this.variance = variance;
        this.confidence = confidence;
    }

    /** Exact correction, large-sample variance, 95 % limits. */
    public static StandardizedMeanDifference withDefaults() {
        return DEFAULTS;
    }

    /** The same with another correction. */
    public StandardizedMeanDifference with(Correction choice) {
        return new StandardizedMeanDifference(choice, variance, confidence);
    }

    /** The same with another variance of g. */
    public StandardizedMeanDifference with(Variance choice) {
        return new StandardizedMeanDifference(correction, choice, confidence);
    }

    /**
     * The same with another level of the limits.
     *
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public StandardizedMeanDifference withConfidence(double level) {
        return new StandardizedMeanDifference(correction, variance, Checks.confidence(level));
    }

    /**
     * Compares two samples.
     *
     * @param treatment values of the treatment arm, finite
     * @param control values of the control arm, finite
     * @throws IllegalArgumentException if a value is not finite; the message names the array and index
     */
    public Result of(double[] treatment, double[] control) {
        return of(Summary.of("treatment", treatment), Summary.of("control", control));
    }

    /** Compares two samples known by their size, mean and variance. */
    public Result of(Summary x, Summary y) {
        return compare(x, y, null);
    }

    /**
     * Compares two samples that have been compared before with another correction or variance. The exact limits of d
     * depend on neither and are taken over, which saves nearly all of the work.
     *
     * @param before what the same samples gave at the same level
     */
    public Result of(Summary x, Summary y, Result before) {
        return compare(x, y, before.d().exact());
    }

    private Result compare(Summary x, Summary y, @Nullable Limits known) {
        Estimate pooled = TTest.withDefaults().with(TTest.Variances.POOLED).test(x, y);
        if (pooled.statistic().reason().isPresent()) {
            return Result.notEstimable(pooled.statistic().reason().get());
        }
        double t = pooled.statistic().value();
        double difference = x.mean() - y.mean();
        double s = Math.sqrt(TTest.pooledVariance(x, y));
        int m = x.n() + y.n() - 2;
        double j = correction(m);
        Limits exact = known == null ? exact(t, x.n(), y.n()) : known;
        return new Result(
                Quantity.of(s),
                Quantity.of(j),
                cohen(difference / s, exact, x.n(), y.n()),
                hedges(difference / s, j, exact, x.n(), y.n()),
                over(difference, y.standardDeviationQuantity()),
                averageDelta(difference, x, y));
    }

    private Size cohen(double d, Limits exact, int n1, int n2) {
        double size = variance == Variance.DEGREES_OF_FREEDOM ? n1 + n2 - 2.0 : n1 + n2;
        double v = inverseSizes(n1, n2) + d * d / (2 * size);
        return size(d, v, exact);
    }

    private Size hedges(double d, double j, Limits exact, int n1, int n2) {
        if (j == 0) {
            return Size.notEstimable(NotEstimable.TOO_FEW_VALUES);
        }
        return size(j * d, hedgesVariance(d, j, n1, n2), exact.map(limit -> j * limit));
    }

    private Size size(double value, double v, Limits exact) {
        double standardError = Math.sqrt(v);
        Limits normal = Limits.around(value, Distributions.normalMargin(confidence) * standardError);
        return new Size(Quantity.of(value), Quantity.of(v), Quantity.of(standardError), exact, normal);
    }

    private double hedgesVariance(double d, double j, int n1, int n2) {
        double g = j * d;
        double m = n1 + n2 - 2;
        return switch (variance) {
            case LARGE_SAMPLE -> inverseSizes(n1, n2) + g * g / (2.0 * (n1 + n2));
            case BORENSTEIN -> j * j * (inverseSizes(n1, n2) + d * d / (2.0 * (n1 + n2)));
            case UNBIASED -> inverseSizes(n1, n2) + (1 - (m - 2) / (m * j * j)) * g * g;
            case DEGREES_OF_FREEDOM -> inverseSizes(n1, n2) + g * g / (2 * m);
        };
    }

    private Limits exact(double t, int n1, int n2) {
        double tail = (1 - confidence) / 2;
        double unit = Math.sqrt(inverseSizes(n1, n2));
        int df = n1 + n2 - 2;
        return Limits.of(
                unit * NoncentralT.noncentrality(t, df, 1 - tail), unit * NoncentralT.noncentrality(t, df, tail));
    }

    private double correction(int m) {
        return switch (correction) {
            case EXACT -> GammaFunctions.hedgesCorrection(m);
            case APPROXIMATE -> 1 - 3 / (4.0 * m - 1);
        };
    }

    private static double inverseSizes(int n1, int n2) {
        return 1.0 / n1 + 1.0 / n2;
    }

    private static Quantity averageDelta(double difference, Summary x, Summary y) {
        Quantity other = x.standardDeviationQuantity();
        return other.isEstimable()
                ? over(
                        difference,
                        y.standardDeviationQuantity().map(sd -> Math.hypot(sd, other.value()) / Math.sqrt(2)))
                : other;
    }

    private static Quantity over(double difference, Quantity deviation) {
        boolean zero = deviation.isEstimable() && deviation.value() == 0;
        return zero ? Quantity.notEstimable(NotEstimable.ZERO_VARIANCE) : deviation.map(sd -> difference / sd);
    }
}
