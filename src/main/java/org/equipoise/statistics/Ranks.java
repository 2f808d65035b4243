package org.equipoise.statistics;

import java.util.Arrays;

/** Midranks of two samples taken together, and what rank tests need of their ties. */
final class Ranks {

    private Ranks() {}

    /**
     * The Mann-Whitney statistic and its null variance.
     *
     * @param u number of pairs in which treatment is above control, ties counting half
     * @param ties whether any value occurs twice
     * @param sigma standard deviation of u under the null hypothesis, corrected for ties
     */
    record PairCount(double u, boolean ties, double sigma) {}

    static PairCount count(double[] treatment, double[] control) {
        double[] x = sorted(treatment);
        double[] y = sorted(control);
        double rankSum = 0;
        double tieTerm = 0;
        boolean ties = false;
        int i = 0;
        int j = 0;
        while (i < x.length || j < y.length) {
            double value = smallestLeft(x, i, y, j);
            int fromX = run(x, i, value);
            int fromY = run(y, j, value);
            double size = fromX + (double) fromY;
            rankSum += fromX * (i + j + (size + 1) / 2);
            tieTerm += (size * size - 1) * size;
            ties |= size > 1;
            i += fromX;
            j += fromY;
        }
        double n1 = x.length;
        double n2 = y.length;
        return new PairCount(rankSum - n1 * (n1 + 1) / 2, ties, sigma(n1, n2, tieTerm));
    }

    /** sqrt(n1 n2 / 12 ((N + 1) - sum(t^3 - t)/(N (N - 1)))). */
    private static double sigma(double n1, double n2, double tieTerm) {
        double n = n1 + n2;
        return Math.sqrt(Math.max(0, n1 * n2 / 12 * ((n + 1) - tieTerm / (n * (n - 1)))));
    }

    static double[] sorted(double[] values) {
        double[] sorted = new double[values.length];
        // adding zero turns -0.0 into 0.0, which sort would otherwise place apart
        Arrays.setAll(sorted, i -> values[i] + 0.0);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double smallestLeft(double[] x, int i, double[] y, int j) {
        double nextX = i < x.length ? x[i] : Double.POSITIVE_INFINITY;
        double nextY = j < y.length ? y[j] : Double.POSITIVE_INFINITY;
        return Math.min(nextX, nextY);
    }

    private static int run(double[] sorted, int from, double value) {
        int to = from;
        while (to < sorted.length && sorted[to] == value) {
            to++;
        }
        return to - from;
    }
}
