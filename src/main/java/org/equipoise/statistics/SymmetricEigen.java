package org.equipoise.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi rotations, which keep small eigenvalues accurate.
 *
 * <p>Reference: Golub and Van Loan (2013), Matrix Computations, 4th edition, section 8.5, ISBN 1-4214-0794-9.
 */
final class SymmetricEigen {

    private static final int SWEEPS = 60;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    static SymmetricEigen of(double[][] symmetric) {
        int n = symmetric.length;
        double[][] a = new double[n][];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i] = symmetric[i].clone();
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && offDiagonal(a) > 0; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, v, p, q);
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = a[i][i];
        }
        return new SymmetricEigen(values, v);
    }

    private static double offDiagonal(double[][] a) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += a[i][j] * a[i][j];
            }
        }
        return sum;
    }

    private static void rotate(double[][] a, double[][] v, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double c = 1 / Math.hypot(t, 1);
        double s = t * c;
        for (int k = 0; k < a.length; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < a.length; k++) {
            double pk = a[p][k];
            double qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
            double vp = v[k][p];
            double vq = v[k][q];
            v[k][p] = c * vp - s * vq;
            v[k][q] = s * vp + c * vq;
        }
        a[p][q] = 0;
        a[q][p] = 0;
    }

    double[] values() {
        return values.clone();
    }

    /** V f(values) V'. */
    double[][] apply(DoubleUnaryOperator f) {
        int n = values.length;
        double[][] result = new double[n][n];
        for (int k = 0; k < n; k++) {
            double weight = f.applyAsDouble(values[k]);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    result[i][j] += weight * vectors[i][k] * vectors[j][k];
                }
            }
        }
        return result;
    }

    /** The eigenvector of the k-th value. */
    double[] vector(int k) {
        double[] vector = new double[values.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = vectors[i][k];
        }
        return vector;
    }

    /** V f(values) V' x. */
    double[] apply(DoubleUnaryOperator f, double[] x) {
        int n = values.length;
        double[] result = new double[n];
        for (int k = 0; k < n; k++) {
            int column = k;
            double weight = f.applyAsDouble(values[k]) * Sums.of(n, i -> vectors[i][column] * x[i]);
            for (int i = 0; i < n; i++) {
                result[i] += weight * vectors[i][k];
            }
        }
        return result;
    }
}
