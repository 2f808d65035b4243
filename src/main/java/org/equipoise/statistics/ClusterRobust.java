package org.equipoise.statistics;

import java.util.List;
import java.util.Map;

/**
 * Standard errors of a linear model whose residuals may be correlated inside clusters: therapist, therapy group, site.
 *
 * <p>Formula: covariance sum over clusters of M X'A e e'A'X M, M = (X'X)^-1, H = X M X'. CR0: A = I; CR1: CR0 times
 * G/(G - 1); CR1 Stata: times (n - 1)/(n - p) as well; CR2: A = (I - H)^(-1/2), the Moore-Penrose root where I - H is
 * singular; CR3: A = (I - H)^-1. Degrees of freedom (Satterthwaite, Bell-McCaffrey) with identity working covariance:
 * tr(P)^2/tr(P^2), P(g,h) = a(g)'(I - H)(g,h) a(h), a = A'X M l.
 *
 * <p>Shapes: one cluster name for each row. Missing values: people without a cluster are clusters of their own, named by
 * the caller.
 *
 * <p>Special cases: those of {@link LinearFit#contrast}; fewer than two clusters: {@link NotEstimable#TOO_FEW_GROUPS};
 * CR3 with a singular I - H (a cluster with its own column): {@link NotEstimable#ALIASED}; variance or df of zero:
 * {@link NotEstimable#ZERO_VARIANCE}.
 *
 * <p>Agrees with R 4.2, clubSandwich 0.5.8 {@code coef_test(m, vcovCR(m, cluster, type), test = "Satterthwaite")},
 * relative 1e-8. CR2 is invariant to how X is parametrised; the work is done in an orthonormal basis of its columns, so
 * that each cluster costs one eigenproblem of the size of the model and not of the cluster.
 *
 * <p>Reference: Bell and McCaffrey (2002), Survey Methodology 28, 169-181; Pustejovsky and Tipton (2018), Journal of
 * Business and Economic Statistics 36, 672-683, doi:10.1080/07350015.2016.1247004.
 */
public enum ClusterRobust {
    /** No small-sample correction. */
    CR0,
    /** G/(G - 1). */
    CR1,
    /** G/(G - 1) (n - 1)/(n - p), Stata's. */
    CR1_STATA,
    /** Unbiased under the working covariance: the plan's choice. */
    CR2,
    /** Close to the jackknife. */
    CR3;

    /** Eigenvalues of I - H below this are zero: the cluster determines a column of its own. */
    private static final double SINGULAR = 1e-10;

    /**
     * Inference on a combination of the coefficients.
     *
     * @param basis orthonormal basis of the columns, row by row
     * @param residuals of the fit
     * @param clusters rows of each cluster
     * @param direction R^-T l: the combination in the coordinates of the basis
     * @param value the combination's estimate
     */
    Estimate infer(
            double[][] basis,
            double[] residuals,
            Map<String, List<Integer>> clusters,
            double[] direction,
            double value,
            double confidence) {
        if (clusters.size() < 2) {
            return Estimate.valueOnly(value, NotEstimable.TOO_FEW_GROUPS);
        }
        int p = direction.length;
        double variance = 0;
        double trace = 0;
        double traceOfSquare = 0;
        double[][] cross = new double[p][p];
        for (List<Integer> rows : clusters.values()) {
            double[][] gram = gram(basis, rows, p);
            SymmetricEigen eigen = SymmetricEigen.of(gram);
            if (this == CR3 && singular(eigen)) {
                return Estimate.valueOnly(value, NotEstimable.ALIASED);
            }
            // a(g) = Q(g) adjusted, since (I - Q Q')^k Q = Q (I - Q'Q)^k
            double[] adjusted = eigen.apply(this::adjustment, direction);
            double score = Sums.of(rows.size(), i -> residuals[rows.get(i)] * Sums.dot(basis[rows.get(i)], adjusted));
            double[] projected = product(gram, adjusted);
            double length = Sums.dot(adjusted, projected);
            double overlap = Sums.dot(projected, projected);
            variance += score * score;
            trace += length - overlap;
            traceOfSquare += length * length - 2 * length * overlap;
            addOuter(cross, projected);
        }
        traceOfSquare += squared(cross);
        double scaled = variance * scale(clusters.size(), basis.length, p);
        if (!(scaled > 0 && traceOfSquare > 0)) {
            return Estimate.valueOnly(value, NotEstimable.ZERO_VARIANCE);
        }
        return Estimate.student(value, Math.sqrt(scaled), trace * trace / traceOfSquare, confidence);
    }

    /** The eigenvalue of A for an eigenvalue of H within the cluster. */
    double adjustment(double leverage) {
        double rest = 1 - leverage;
        return switch (this) {
            case CR0, CR1, CR1_STATA -> 1;
            case CR2 -> rest < SINGULAR ? 0 : 1 / Math.sqrt(rest);
            case CR3 -> 1 / rest;
        };
    }

    double scale(double clusters, double n, double p) {
        return switch (this) {
            case CR1 -> clusters / (clusters - 1);
            case CR1_STATA -> clusters / (clusters - 1) * (n - 1) / (n - p);
            case CR0, CR2, CR3 -> 1;
        };
    }

    static boolean singular(SymmetricEigen eigen) {
        for (double value : eigen.values()) {
            if (1 - value < SINGULAR) {
                return true;
            }
        }
        return false;
    }

    private static double[][] gram(double[][] basis, List<Integer> rows, int p) {
        double[][] gram = new double[p][p];
        for (int row : rows) {
            addOuter(gram, basis[row]);
        }
        return gram;
    }

    private static void addOuter(double[][] matrix, double[] vector) {
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                matrix[i][j] += vector[i] * vector[j];
            }
        }
    }

    private static double[] product(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            product[i] = Sums.dot(matrix[i], vector);
        }
        return product;
    }

    private static double squared(double[][] matrix) {
        return Sums.of(matrix.length, i -> Sums.dot(matrix[i], matrix[i]));
    }
}
