package org.equipoise.statistics;

/**
 * What a mean comparison needs of a sample: how many, their mean, their variance.
 *
 * @param n number of values
 * @param mean arithmetic mean; 0 when n is 0
 * @param variance with divisor n - 1; 0 when n is below 2
 */
public record Summary(int n, double mean, double variance) {

    /**
     * Checks the three numbers.
     *
     * @throws IllegalArgumentException if n is negative, the mean not finite, or the variance negative or not finite
     */
    public Summary {
        if (n < 0) {
            throw new IllegalArgumentException("n is negative");
        }
        Checks.finite("mean", new double[] {mean});
        Checks.notNegative("variance", new double[] {variance});
    }

    /**
     * Mean and variance in two passes with compensated sums.
     *
     * @param values any number of finite values
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public static Summary of(double[] values) {
        return of("values", values);
    }

    static Summary of(String name, double[] values) {
        Checks.finite(name, values);
        if (values.length == 0) {
            return new Summary(0, 0, 0);
        }
        double mean = Sums.mean(values);
        return new Summary(values.length, mean, variance(values, mean));
    }

    private static double variance(double[] values, double mean) {
        return values.length < 2 ? 0 : Math.max(0, Sums.squaredDeviations(values, mean)) / (values.length - 1);
    }

    double standardDeviation() {
        return Math.sqrt(variance);
    }

    /** Variance of the mean. */
    double meanVariance() {
        return variance / n;
    }

    /** The mean where there is a value. */
    Quantity meanQuantity() {
        return n == 0 ? Quantity.notEstimable(NotEstimable.EMPTY_ARM) : Quantity.of(mean);
    }

    /** The standard deviation where there are two values. */
    Quantity standardDeviationQuantity() {
        return n < 2 ? Quantity.notEstimable(tooFew()) : Quantity.of(standardDeviation());
    }

    /** Why n values are too few. */
    NotEstimable tooFew() {
        return n == 0 ? NotEstimable.EMPTY_ARM : NotEstimable.TOO_FEW_VALUES;
    }
}
