package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Householder QR of a tall matrix that leaves dependent columns to the end.
 *
 * <p>Columns are taken in their own order; one whose part outside the columns before it is below 1e-7 of its length is
 * moved behind the others, as in R's {@code lm}, so that the first of two equivalent columns keeps its coefficient.
 *
 * <p>Reference: Golub and Van Loan (2013), Matrix Computations, 4th edition, sections 5.1 to 5.3, ISBN 1-4214-0794-9.
 */
final class QrDecomposition {

    private static final double TOLERANCE = 1e-7;

    private final int rows;
    private final int rank;
    private final int[] order;
    /** Column k, permuted: its reflector below the diagonal, its part of R above; all columns share the layout. */
    private final double[][] work;

    private final double[] diagonal;

    private QrDecomposition(int rows, int rank, int[] order, double[][] work, double[] diagonal) {
        this.rows = rows;
        this.rank = rank;
        this.order = order;
        this.work = work;
        this.diagonal = diagonal;
    }

    /** Decomposes the matrix, given row by row and not modified. */
    static QrDecomposition of(double[][] matrix, int columns) {
        int rows = matrix.length;
        List<Integer> waiting = new ArrayList<>();
        List<Integer> dependent = new ArrayList<>();
        double[][] byColumn = new double[columns][rows];
        double[] length = new double[columns];
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                byColumn[j][i] = matrix[i][j];
            }
            length[j] = norm(byColumn[j], 0);
            waiting.add(j);
        }
        List<Integer> taken = new ArrayList<>();
        double[] diagonal = new double[Math.min(rows, columns)];
        for (int candidate : waiting) {
            int step = taken.size();
            double[] column = byColumn[candidate];
            if (step == rows || !(norm(column, step) > TOLERANCE * length[candidate])) {
                dependent.add(candidate);
                continue;
            }
            diagonal[step] = reflector(column, step);
            taken.add(candidate);
            for (int j = candidate + 1; j < columns; j++) {
                reflect(column, step, byColumn[j]);
            }
            for (int j : dependent) {
                reflect(column, step, byColumn[j]);
            }
        }
        int rank = taken.size();
        taken.addAll(dependent);
        int[] order = taken.stream().mapToInt(Integer::intValue).toArray();
        double[][] work = new double[columns][];
        for (int k = 0; k < columns; k++) {
            work[k] = byColumn[order[k]];
        }
        return new QrDecomposition(rows, rank, order, work, diagonal);
    }

    /** Turns the column's lower part into a unit reflector and returns the diagonal element of R. */
    private static double reflector(double[] column, int step) {
        double size = norm(column, step);
        double diagonal = column[step] > 0 ? -size : size;
        column[step] -= diagonal;
        double scale = norm(column, step);
        for (int i = step; i < column.length; i++) {
            column[i] /= scale;
        }
        return diagonal;
    }

    /** v - 2 u (u'v) below the step. */
    private static void reflect(double[] reflector, int step, double[] target) {
        double product = Sums.dot(reflector, step, target, step, target.length - step);
        for (int i = step; i < target.length; i++) {
            target[i] -= 2 * product * reflector[i];
        }
    }

    private static double norm(double[] column, int from) {
        double largest = 0;
        for (int i = from; i < column.length; i++) {
            largest = Math.max(largest, Math.abs(column[i]));
        }
        if (largest == 0) {
            return 0;
        }
        double scale = largest;
        return scale * Math.sqrt(Sums.of(column.length - from, i -> Sums.square(column[from + i] / scale)));
    }

    int rank() {
        return rank;
    }

    /** The columns that are combinations of others. */
    boolean[] aliased() {
        boolean[] aliased = new boolean[order.length];
        for (int k = rank; k < order.length; k++) {
            aliased[order[k]] = true;
        }
        return aliased;
    }

    /** The columns that are not combinations of others, in the order taken. */
    int[] independent() {
        return Arrays.copyOf(order, rank);
    }

    /** The least-squares coefficients of the independent columns, in the order taken. */
    double[] solve(double[] target) {
        double[] rotated = target.clone();
        for (int k = 0; k < rank; k++) {
            reflect(work[k], k, rotated);
        }
        return backSubstitute(rotated);
    }

    private double[] backSubstitute(double[] rotated) {
        double[] solution = new double[rank];
        for (int k = rank - 1; k >= 0; k--) {
            solution[k] = (rotated[k] - Sums.dotColumn(work, k, k + 1, solution)) / diagonal[k];
        }
        return solution;
    }

    /** The orthonormal basis of the independent columns, row by row. */
    double[][] basis() {
        double[][] basis = new double[rows][rank];
        for (int k = 0; k < rank; k++) {
            double[] unit = new double[rows];
            unit[k] = 1;
            for (int j = k; j >= 0; j--) {
                reflect(work[j], j, unit);
            }
            for (int i = 0; i < rows; i++) {
                basis[i][k] = unit[i];
            }
        }
        return basis;
    }

    /** The inverse of R for the independent columns: upper triangular, row by row. */
    double[][] inverseRoot() {
        double[][] inverse = new double[rank][rank];
        for (int k = 0; k < rank; k++) {
            double[] unit = new double[rank];
            unit[k] = 1;
            double[] column = backSubstitute(unit);
            for (int i = 0; i < rank; i++) {
                inverse[i][k] = column[i];
            }
        }
        return inverse;
    }

    /**
     * What the weight of a contrast on a dependent column must be for the contrast to be estimable: the weights of the
     * independent columns times the combination that makes up the dependent one. {@code k} counts dependent columns.
     */
    double[] combination(int k) {
        double[] column = work[rank + k];
        double[] head = new double[rank];
        System.arraycopy(column, 0, head, 0, rank);
        return backSubstitute(head);
    }

    /** Position in the matrix of a dependent column. */
    int dependent(int k) {
        return order[rank + k];
    }

    /** The weights of the independent columns. */
    double[] independentPart(double[] weights) {
        double[] part = new double[rank];
        for (int k = 0; k < rank; k++) {
            part[k] = weights[order[k]];
        }
        return part;
    }

    /** A contrast is estimable when its weight on every dependent column is the one its combination implies. */
    boolean estimable(double[] weights) {
        double[] l = independentPart(weights);
        for (int k = 0; k < weights.length - rank; k++) {
            double implied = Sums.dot(combination(k), l);
            if (Math.abs(weights[dependent(k)] - implied) > 1e-8 * (1 + Math.abs(implied))) {
                return false;
            }
        }
        return true;
    }

    /** R^-T l of a combination's independent part: the combination in the coordinates of the basis. */
    double[] inBasis(double[] weights) {
        double[] l = independentPart(weights);
        double[] product = new double[rank];
        for (int k = 0; k < rank; k++) {
            product[k] = (l[k] - Sums.dot(work[k], 0, product, 0, k)) / diagonal[k];
        }
        return product;
    }
}
