package org.equipoise.statistics;

import java.util.Arrays;

/**
 * The negative binomial likelihood as a function of theta at given means. Counts repeat, so that the gamma functions are
 * evaluated once for each distinct count.
 */
final class DispersionLikelihood {

    private static final double LARGEST_THETA = 1e10;
    private static final double TOLERANCE = 1e-15;

    private final double[] counts;
    private final double[] distinct;
    private final double[] people;

    DispersionLikelihood(double[] counts) {
        this.counts = counts;
        double[] sorted = counts.clone();
        Arrays.sort(sorted);
        this.distinct = Arrays.stream(sorted).distinct().toArray();
        this.people = Arrays.stream(distinct)
                .map(count -> Arrays.stream(sorted).filter(c -> c == count).count())
                .toArray();
    }

    /** The maximum-likelihood theta: the root of the score in ln(theta). */
    double maximum(double[] mean) {
        double low = 1;
        while (score(mean, low) <= 0 && low > 1 / LARGEST_THETA) {
            low /= 2;
        }
        double high = Math.max(1, 2 * low);
        while (score(mean, high) > 0 && high < LARGEST_THETA) {
            high *= 2;
        }
        return high >= LARGEST_THETA
                ? high
                : Math.exp(Roots.brent(
                        logTheta -> score(mean, Math.exp(logTheta)), Math.log(low), Math.log(high), TOLERANCE));
    }

    /** d l/d theta = sum psi(y + theta) - psi(theta) - ln(1 + mean/theta) + (mean - y)/(mean + theta). */
    private double score(double[] mean, double theta) {
        double own = GammaFunctions.digamma(theta);
        double gammas = Sums.of(distinct.length, k -> people[k] * (GammaFunctions.digamma(distinct[k] + theta) - own));
        return gammas
                + Sums.of(counts.length, i -> (mean[i] - counts[i]) / (mean[i] + theta) - Math.log1p(mean[i] / theta));
    }

    /** -d^2 l/d theta^2. */
    double information(double[] mean, double theta) {
        double own = GammaFunctions.trigamma(theta) - 1 / theta;
        double gammas = Sums.of(distinct.length, k -> people[k] * (own - GammaFunctions.trigamma(distinct[k] + theta)));
        return gammas
                + Sums.of(counts.length, i -> {
                    double sum = mean[i] + theta;
                    return 2 / sum - (counts[i] + theta) / (sum * sum);
                });
    }
}
