package org.equipoise.statistics;

/**
 * Change within one arm between two occasions, second minus first, each participant their own control.
 *
 * <p>Formula: d = second - first; t = mean(d) / (sd(d)/sqrt(n)) with n - 1 df; standardised response mean = mean(d) /
 * sd(d); change in baseline standard deviations = mean(d) / sd(first); r = correlation of the two occasions.
 *
 * <p>Shapes: both arrays have one value a participant in the same order. Units: those of the values. Missing values:
 * pairs that lack one are left out by the caller.
 *
 * <p>Special cases: no pair: {@link NotEstimable#EMPTY_ARM}; one pair: {@link NotEstimable#TOO_FEW_VALUES}; changes
 * that do not vary beyond rounding: {@link NotEstimable#ZERO_VARIANCE}, and so for the ratios over a zero deviation.
 *
 * <p>Agrees with R 4.2 {@code t.test(post, pre, paired = TRUE)}, relative 1e-8.
 *
 * <p>Reference: Student (1908), Biometrika 6, 1-25, doi:10.1093/biomet/6.1.1.
 *
 * @param n number of pairs
 * @param change mean change with standard error, df, t, p and interval
 * @param standardDeviation of the changes
 * @param correlation between the occasions
 * @param standardizedResponseMean mean change over the standard deviation of the changes
 * @param changeInFirstDeviations mean change over the standard deviation of the first occasion
 */
public record PairedChange(
        int n,
        Estimate change,
        Quantity standardDeviation,
        Quantity correlation,
        Quantity standardizedResponseMean,
        Quantity changeInFirstDeviations) {

    private static final double ROUNDING = 10 * Math.ulp(1.0);

    /**
     * Compares two occasions, with a 95 % interval.
     *
     * @param first values at the first occasion, finite
     * @param second values at the second occasion, finite
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite; the message names the array and index
     */
    public static PairedChange of(double[] first, double[] second) {
        return of(first, second, Distributions.DEFAULT_CONFIDENCE);
    }

    /**
     * Compares two occasions.
     *
     * @param first values at the first occasion, finite
     * @param second values at the second occasion, finite
     * @param confidence level of the interval
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite; the message names the array and index
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public static PairedChange of(double[] first, double[] second, double confidence) {
        Checks.sameLength("first", first.length, "second", second.length);
        Checks.confidence(confidence);
        Summary before = Summary.of("first", first);
        Summary after = Summary.of("second", second);
        Summary change = Summary.of(differences(first, second));
        return new PairedChange(
                change.n(),
                change(change, Math.max(Math.abs(before.mean()), Math.abs(after.mean())), confidence),
                change.standardDeviationQuantity(),
                correlation(first, second, before, after),
                ratio(change, change),
                ratio(change, before));
    }

    private static double[] differences(double[] first, double[] second) {
        double[] differences = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            differences[i] = second[i] - first[i];
        }
        return differences;
    }

    private static Estimate change(Summary change, double size, double confidence) {
        if (change.n() == 0) {
            return Estimate.notEstimable(NotEstimable.EMPTY_ARM);
        }
        if (change.n() < 2) {
            return Estimate.valueOnly(change.mean(), NotEstimable.TOO_FEW_VALUES);
        }
        double standardError = Math.sqrt(change.meanVariance());
        if (!(standardError > ROUNDING * size)) {
            return Estimate.valueOnly(change.mean(), NotEstimable.ZERO_VARIANCE);
        }
        return Estimate.student(change.mean(), standardError, change.n() - 1, confidence);
    }

    /** sum (x - mx)(y - my) / sqrt(sum (x - mx)^2 sum (y - my)^2). */
    private static Quantity correlation(double[] x, double[] y, Summary before, Summary after) {
        if (x.length < 2) {
            return Quantity.notEstimable(before.tooFew());
        }
        if (before.variance() == 0 || after.variance() == 0) {
            return Quantity.notEstimable(NotEstimable.ZERO_VARIANCE);
        }
        double products = Sums.of(x.length, i -> (x[i] - before.mean()) * (y[i] - after.mean()));
        double scale = (x.length - 1) * before.standardDeviation() * after.standardDeviation();
        return Quantity.of(Math.max(-1, Math.min(1, products / scale)));
    }

    private static Quantity ratio(Summary change, Summary denominator) {
        if (change.n() < 2) {
            return Quantity.notEstimable(change.tooFew());
        }
        return denominator.variance() == 0
                ? Quantity.notEstimable(NotEstimable.ZERO_VARIANCE)
                : Quantity.of(change.mean() / denominator.standardDeviation());
    }
}
