package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The one-way random-effects model in an orthonormal basis of its fixed effects. The covariance I + lambda K of a
 * cluster of size n has the inverse I - lambda/(1 + lambda n) J, so that cluster sums are all that is needed.
 */
final class OneWayModel {

    private final int rank;
    private final int rows;
    private final double[] residuals;
    private final double[][] basis;
    private final List<List<Integer>> members;

    private OneWayModel(int rank, double[] residuals, double[][] basis, List<List<Integer>> members) {
        this.rank = rank;
        this.rows = residuals.length;
        this.residuals = residuals;
        this.basis = basis;
        this.members = members;
    }

    static OneWayModel of(double[] values, Design design, List<String> clusters) {
        QrDecomposition qr =
                QrDecomposition.of(design.matrix(), design.columnNames().size());
        double[][] basis = qr.basis();
        double[] projection = new double[qr.rank()];
        for (int k = 0; k < projection.length; k++) {
            int column = k;
            projection[k] = Sums.of(values.length, i -> basis[i][column] * values[i]);
        }
        double[] residuals = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            residuals[i] = values[i] - Sums.dot(basis[i], projection);
        }
        return new OneWayModel(
                qr.rank(),
                residuals,
                basis,
                new ArrayList<>(Groups.rows(clusters).values()));
    }

    int clusters() {
        return members.size();
    }

    int residualDegreesOfFreedom() {
        return rows - rank;
    }

    /** y'P y at a ratio of variances. */
    double residualSquares(double ratio) {
        return new Fit(ratio).squares;
    }

    /** Minus twice the derivative of the REML log-likelihood, up to a positive factor. */
    double score(double ratio) {
        Fit fit = new Fit(ratio);
        return fit.trace - residualDegreesOfFreedom() * fit.clusterSquares / fit.squares;
    }

    /** Generalised least squares at one ratio. */
    private final class Fit {

        /** tr(P K). */
        private double trace;
        /** y'P K P y. */
        private double clusterSquares;
        /** y'P y. */
        private double squares;

        Fit(double ratio) {
            double[][] information = new double[rank][rank];
            double[] right = new double[rank];
            for (int k = 0; k < rank; k++) {
                information[k][k] = 1;
            }
            for (List<Integer> rowsOfCluster : members) {
                double shrink = ratio / (1 + ratio * rowsOfCluster.size());
                double[] sums = sums(rowsOfCluster);
                double residualSum = Sums.of(rowsOfCluster.size(), i -> residuals[rowsOfCluster.get(i)]);
                for (int k = 0; k < rank; k++) {
                    right[k] -= shrink * sums[k] * residualSum;
                    for (int l = 0; l < rank; l++) {
                        information[k][l] -= shrink * sums[k] * sums[l];
                    }
                }
            }
            Cholesky root = Cholesky.of(information);
            double[] b = root.solve(right);
            for (List<Integer> rowsOfCluster : members) {
                int size = rowsOfCluster.size();
                double inflate = 1 + ratio * size;
                double[] sums = sums(rowsOfCluster);
                double sum = Sums.of(size, i -> residual(rowsOfCluster.get(i), b));
                trace += size / inflate - Sums.dot(sums, root.solve(sums)) / (inflate * inflate);
                clusterSquares += Sums.square(sum / inflate);
                squares += Sums.of(size, i -> Sums.square(residual(rowsOfCluster.get(i), b)))
                        - ratio / inflate * sum * sum;
            }
        }

        private double residual(int row, double[] b) {
            return residuals[row] - Sums.dot(basis[row], b);
        }

        private double[] sums(List<Integer> rowsOfCluster) {
            double[] sums = new double[rank];
            for (int k = 0; k < rank; k++) {
                int column = k;
                sums[k] = Sums.of(rowsOfCluster.size(), i -> basis[rowsOfCluster.get(i)][column]);
            }
            return sums;
        }
    }
}
