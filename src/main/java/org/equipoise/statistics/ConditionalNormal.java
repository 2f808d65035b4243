package org.equipoise.statistics;

/**
 * The distribution of some coordinates of a normal vector given the others: mean m2 + K (y1 - m1) and variance S22 - K S12
 * with K = S21 S11^-1.
 */
final class ConditionalNormal {

    private final double[][] slopes;
    private final Cholesky root;

    private ConditionalNormal(double[][] slopes, Cholesky root) {
        this.slopes = slopes;
        this.root = root;
    }

    /** From a positive definite covariance; {@code given} may be empty. */
    static ConditionalNormal of(double[][] covariance, int[] given, int[] wanted) {
        Cholesky known = Cholesky.of(part(covariance, given, given));
        double[][] mixed = part(covariance, wanted, given);
        double[][] slopes = new double[wanted.length][];
        double[][] rest = part(covariance, wanted, wanted);
        for (int i = 0; i < wanted.length; i++) {
            slopes[i] = known.solve(mixed[i]);
            for (int j = 0; j < wanted.length; j++) {
                rest[i][j] -= Matrices.dot(slopes[i], mixed[j]);
            }
        }
        return new ConditionalNormal(slopes, Cholesky.of(rest));
    }

    private static double[][] part(double[][] matrix, int[] rows, int[] columns) {
        double[][] part = new double[rows.length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                part[i][j] = matrix[rows[i]][columns[j]];
            }
        }
        return part;
    }

    /** A draw, from the means of the wanted coordinates and the residuals of the given ones. */
    double[] draw(double[] means, double[] residuals, Draws draws) {
        double[] noise = root.times(draws.normals(means.length));
        double[] drawn = new double[means.length];
        for (int k = 0; k < drawn.length; k++) {
            drawn[k] = means[k] + Matrices.dot(slopes[k], residuals) + noise[k];
        }
        return drawn;
    }
}
