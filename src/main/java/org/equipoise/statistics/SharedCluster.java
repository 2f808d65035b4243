package org.equipoise.statistics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What {@link EmpiricalInference} needs of several participants who are one cluster, in the size of the model and not of
 * the cluster.
 *
 * <p>Formula: with R R' = Phi and B = L^-1 X R of the cluster, (I - B B')^k B = B (I - B'B)^k, so that X'L^-T A L^-1 e comes
 * to Phi^-1 M X'V^-1 e with M = R f(B'B) R', and a = A L^-1 X Phi l to L^-1 X M l. People of one cluster share arm and site,
 * so that X'V^-1 X = T T' with few columns; then M = Phi + Phi T h(T'Phi T) T'Phi, h(x) = (f(x) - 1)/x.
 *
 * @param gram X'V^-1 X of the cluster
 * @param reach M
 * @param singular whether the cluster determines a column of its own and the correction cannot bear it
 */
record SharedCluster(double[][] gram, double[][] reach, boolean singular) {

    /** Part of a diagonal entry, relative to it, below which its column is a combination of others. */
    private static final double DEPENDENT = 1e-13;

    static SharedCluster of(double[][] gram, double[][] phi, ClusterRobust correction) {
        double[][] root = root(gram);
        SymmetricEigen eigen = SymmetricEigen.of(CombinationInference.between(phi, Matrices.transposed(root)));
        boolean singular = correction == ClusterRobust.CR3 && ClusterRobust.singular(eigen);
        DoubleUnaryOperator more = leverage -> leverage > 0 ? (correction.adjustment(leverage) - 1) / leverage : 0;
        return new SharedCluster(
                gram,
                singular
                        ? phi
                        : Matrices.sum(
                                phi, CombinationInference.between(eigen.apply(more), Matrices.product(phi, root)), 1),
                singular);
    }

    /** T, one column for each independent one: Cholesky's root with the largest remaining pivot first. */
    private static double[][] root(double[][] gram) {
        int p = gram.length;
        double[][] root = new double[p][p];
        double[] left = new double[p];
        for (int j = 0; j < p; j++) {
            left[j] = gram[j][j];
        }
        int rank = 0;
        for (int pivot = largest(left, gram); rank < p && pivot >= 0; pivot = largest(left, gram)) {
            double length = Math.sqrt(left[pivot]);
            for (int j = 0; j < p; j++) {
                double rest = gram[j][pivot];
                for (int k = 0; k < rank; k++) {
                    rest -= root[j][k] * root[pivot][k];
                }
                root[j][rank] = rest / length;
                left[j] -= root[j][rank] * root[j][rank];
            }
            left[pivot] = 0;
            rank++;
        }
        int columns = rank;
        return Arrays.stream(root).map(row -> Arrays.copyOf(row, columns)).toArray(double[][]::new);
    }

    /** The column with most left of it, relative to its length; -1 where nothing is left of any. */
    private static int largest(double[] left, double[][] gram) {
        int largest = -1;
        double most = DEPENDENT;
        for (int j = 0; j < left.length; j++) {
            if (left[j] > most * gram[j][j]) {
                largest = j;
                most = left[j] / gram[j][j];
            }
        }
        return largest;
    }
}
