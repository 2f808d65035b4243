package org.equipoise.statistics;

import java.util.Arrays;

/**
 * What one arm looks like: how many, where, how spread.
 *
 * <p>Formula: mean = sum x / n; sd^2 = sum (x - mean)^2 / (n - 1); standard error of the mean = sd / sqrt(n);
 * median and quartiles by {@link Quantiles} (type 7 unless chosen otherwise); limits of the mean = mean -+ t sd / sqrt(n),
 * t with n - 1 df.
 *
 * <p>Units: those of the values. Missing values are left out, and counted, by the caller.
 *
 * <p>Special cases: no value gives {@link NotEstimable#EMPTY_ARM} throughout; one value has no standard deviation
 * ({@link NotEstimable#TOO_FEW_VALUES}).
 *
 * <p>Agrees with R 4.2 {@code mean, sd, median, quantile(type = 7)}, relative 1e-8.
 *
 * <p>Reference: Hyndman and Fan (1996), The American Statistician 50, 361-365, doi:10.1080/00031305.1996.10473566.
 *
 * @param n number of values
 * @param mean arithmetic mean
 * @param standardDeviation with divisor n - 1
 * @param standardError of the mean
 * @param median middle value
 * @param lowerQuartile 25 % quantile
 * @param upperQuartile 75 % quantile
 * @param minimum smallest value
 * @param maximum largest value
 */
public record Descriptives(
        int n,
        Quantity mean,
        Quantity standardDeviation,
        Quantity standardError,
        Quantity median,
        Quantity lowerQuartile,
        Quantity upperQuartile,
        Quantity minimum,
        Quantity maximum) {

    /**
     * Describes the values with quartiles of type 7.
     *
     * @param values finite, in any order, not modified
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public static Descriptives of(double[] values) {
        return of(values, Quantiles.Definition.R_TYPE_7);
    }

    /**
     * Describes the values with another definition of the quartiles.
     *
     * @param values finite, in any order, not modified
     * @param quartiles how the quartiles (not the median) are interpolated
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public static Descriptives of(double[] values, Quantiles.Definition quartiles) {
        Summary summary = Summary.of(values);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Descriptives(
                summary.n(),
                summary.meanQuantity(),
                summary.standardDeviationQuantity(),
                summary.standardDeviationQuantity().map(sd -> sd / Math.sqrt(summary.n())),
                Quantiles.ofSorted(sorted, 0.5, Quantiles.Definition.R_TYPE_7),
                Quantiles.ofSorted(sorted, 0.25, quartiles),
                Quantiles.ofSorted(sorted, 0.75, quartiles),
                Quantiles.ofSorted(sorted, 0, quartiles),
                Quantiles.ofSorted(sorted, 1, quartiles));
    }

    /** The 95 % interval of the mean, each arm on its own (R {@code t.test(x)$conf.int}). */
    public Limits meanLimits() {
        return n < 2
                ? Limits.notEstimable(n == 0 ? NotEstimable.EMPTY_ARM : NotEstimable.TOO_FEW_VALUES)
                : Limits.around(
                        mean.value(),
                        standardError.value() * Distributions.studentMargin(Distributions.DEFAULT_CONFIDENCE, n - 1));
    }
}
