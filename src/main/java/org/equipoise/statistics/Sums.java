package org.equipoise.statistics;

import java.util.function.IntToDoubleFunction;

/** Sums that keep their digits: Neumaier's compensated summation, and moments in two passes. */
final class Sums {

    private Sums() {}

    /** term(0) + ... + term(n - 1), compensated (Neumaier 1974, doi:10.1002/zamm.19740540106). */
    static double of(int n, IntToDoubleFunction term) {
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < n; i++) {
            double next = term.applyAsDouble(i);
            double total = sum + next;
            lost += Math.abs(sum) >= Math.abs(next) ? (sum - total) + next : (next - total) + sum;
            sum = total;
        }
        // an infinite sum has an undefined compensation, which must not turn it into NaN
        return Double.isFinite(lost) ? sum + lost : sum;
    }

    static double of(double[] values) {
        return of(values.length, i -> values[i]);
    }

    static double mean(double[] values) {
        return of(values) / values.length;
    }

    /** Sum of (x - mean)^2, corrected for the rounding of the mean. */
    static double squaredDeviations(double[] values, double mean) {
        double squares = of(values.length, i -> square(values[i] - mean));
        double drift = of(values.length, i -> values[i] - mean);
        return squares - drift * drift / values.length;
    }

    static double dot(double[] x, double[] y) {
        return dot(x, 0, y, 0, x.length);
    }

    /** Of n elements of each from a position on; the sum of {@link #of} without a call for each term. */
    static double dot(double[] x, int fromX, double[] y, int fromY, int n) {
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < n; i++) {
            double next = x[fromX + i] * y[fromY + i];
            double total = sum + next;
            lost += Math.abs(sum) >= Math.abs(next) ? (sum - total) + next : (next - total) + sum;
            sum = total;
        }
        return Double.isFinite(lost) ? sum + lost : sum;
    }

    /** A column of a matrix from a row on, times the elements of y from there on. */
    static double dotColumn(double[][] matrix, int column, int fromRow, double[] y) {
        double sum = 0;
        double lost = 0;
        for (int i = fromRow; i < y.length; i++) {
            double next = matrix[i][column] * y[i];
            double total = sum + next;
            lost += Math.abs(sum) >= Math.abs(next) ? (sum - total) + next : (next - total) + sum;
            sum = total;
        }
        return Double.isFinite(lost) ? sum + lost : sum;
    }

    static double square(double x) {
        return x * x;
    }
}
