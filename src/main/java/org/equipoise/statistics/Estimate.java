package org.equipoise.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * A number with its uncertainty: what every comparison comes down to.
 *
 * <p>Each part is a {@link Quantity} of its own, because a difference can be known where its standard error is not.
 * Degrees of freedom are infinite where the reference distribution is the normal.
 *
 * @param value the estimate, for a comparison always treatment minus control
 * @param standardError its standard error, on the scale of the estimate
 * @param degreesOfFreedom of the reference t distribution; infinite for the normal
 * @param statistic estimate over standard error
 * @param p two-sided p value of the hypothesis that the estimand is zero
 * @param lower lower confidence limit
 * @param upper upper confidence limit
 */
public record Estimate(
        Quantity value,
        Quantity standardError,
        Quantity degreesOfFreedom,
        Quantity statistic,
        Quantity p,
        Quantity lower,
        Quantity upper) {

    /**
     * Student's t inference: statistic v/s, p = 2 P(T(df) &gt; |v/s|), limits v -/+ t(df) s.
     *
     * @param value the estimate
     * @param standardError positive
     * @param degreesOfFreedom positive
     * @param confidence level of the interval, in (0, 1)
     */
    static Estimate student(double value, double standardError, double degreesOfFreedom, double confidence) {
        double statistic = value / standardError;
        double margin = Distributions.studentQuantile(upperTail(confidence), degreesOfFreedom) * standardError;
        return new Estimate(
                Quantity.of(value),
                Quantity.of(standardError),
                Quantity.of(degreesOfFreedom),
                Quantity.of(statistic),
                Quantity.of(Distributions.studentTwoSided(statistic, degreesOfFreedom)),
                Quantity.of(value - margin),
                Quantity.of(value + margin));
    }

    /** Normal (Wald) inference: as {@link #student} with infinite degrees of freedom. */
    static Estimate normal(double value, double standardError, double confidence) {
        return student(value, standardError, Double.POSITIVE_INFINITY, confidence);
    }

    /** Normal inference from a variance; without one above zero only the value is known. */
    static Estimate fromVariance(double value, double variance, double confidence) {
        return variance > 0 && variance < Double.POSITIVE_INFINITY
                ? normal(value, Math.sqrt(variance), confidence)
                : valueOnly(value, NotEstimable.ZERO_VARIANCE);
    }

    /** Nothing can be estimated, for one reason. */
    static Estimate notEstimable(NotEstimable reason) {
        return valueOnly(Quantity.notEstimable(reason), reason);
    }

    /** The estimate is known, its uncertainty is not. */
    static Estimate valueOnly(double value, NotEstimable reason) {
        return valueOnly(Quantity.of(value), reason);
    }

    private static Estimate valueOnly(Quantity value, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        return new Estimate(value, none, none, none, none, none, none);
    }

    /**
     * The same inference with value and limits on another scale, for example a ratio from its logarithm. Standard error
     * and statistic stay on the scale they were computed on.
     *
     * @param increasing an increasing function
     */
    public Estimate transformed(DoubleUnaryOperator increasing) {
        return new Estimate(
                value.map(increasing),
                standardError,
                degreesOfFreedom,
                statistic,
                p,
                lower.map(increasing),
                upper.map(increasing));
    }

    /**
     * The same in units of a positive number, for example of the standard deviation at baseline: value, standard error
     * and limits divided by it, taken as known.
     *
     * @throws IllegalArgumentException if the unit is not finite and above zero
     */
    public Estimate inUnitsOf(double unit) {
        Checks.positive("unit", new double[] {unit});
        return new Estimate(
                value.map(x -> x / unit),
                standardError.map(x -> x / unit),
                degreesOfFreedom,
                statistic,
                p,
                lower.map(x -> x / unit),
                upper.map(x -> x / unit));
    }

    private static double upperTail(double confidence) {
        return (1 - confidence) / 2;
    }
}
