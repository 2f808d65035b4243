package org.equipoise.statistics;

/** The triangular root of a symmetric positive definite matrix. */
final class Cholesky {

    private final double[][] root;

    private Cholesky(double[][] root) {
        this.root = root;
    }

    /**
     * Decomposes a matrix. A pivot that is not positive leaves a root for which {@link #positiveDefinite} is false.
     */
    static Cholesky of(double[][] symmetric) {
        int n = symmetric.length;
        double[][] root = new double[n][n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double rest = symmetric[i][j] - Matrices.dot(root[i], root[j], j);
                root[i][j] = i == j ? Math.sqrt(Math.max(0, rest)) : rest / root[j][j];
            }
        }
        return new Cholesky(root);
    }

    boolean positiveDefinite() {
        for (int i = 0; i < root.length; i++) {
            if (!(root[i][i] > 0 && root[i][i] < Double.POSITIVE_INFINITY)) {
                return false;
            }
        }
        return true;
    }

    /** The lower triangle L, A = L L'. */
    double[][] root() {
        return root;
    }

    double logDeterminant() {
        return 2 * Sums.of(root.length, i -> Math.log(root[i][i]));
    }

    /** L^-1 b. */
    double[] forward(double[] b) {
        double[] y = new double[b.length];
        for (int i = 0; i < b.length; i++) {
            y[i] = (b[i] - Matrices.dot(root[i], y, i)) / root[i][i];
        }
        return y;
    }

    /** L b. */
    double[] times(double[] b) {
        double[] product = new double[b.length];
        for (int i = 0; i < b.length; i++) {
            product[i] = Matrices.dot(root[i], b, i + 1);
        }
        return product;
    }

    /** A^-1 b. */
    double[] solve(double[] b) {
        return backward(forward(b));
    }

    /** L^-T b. */
    double[] backward(double[] b) {
        double[] x = b.clone();
        for (int i = b.length - 1; i >= 0; i--) {
            x[i] /= root[i][i];
            for (int j = 0; j < i; j++) {
                x[j] -= root[i][j] * x[i];
            }
        }
        return x;
    }

    /** A^-1. */
    double[][] inverse() {
        double[][] inverse = new double[root.length][];
        for (int i = 0; i < root.length; i++) {
            double[] unit = new double[root.length];
            unit[i] = 1;
            inverse[i] = solve(unit);
        }
        return inverse;
    }
}
