package org.equipoise.statistics;

import java.util.Arrays;

/** Products of small dense matrices, row by row. */
final class Matrices {

    private Matrices() {}

    /** The chosen columns. */
    static double[][] columns(double[][] matrix, int[] chosen) {
        double[][] part = new double[matrix.length][chosen.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int k = 0; k < chosen.length; k++) {
                part[i][k] = matrix[i][chosen[k]];
            }
        }
        return part;
    }

    /** X' diag(weights) X, row by row: one pass through memory. */
    static double[][] weightedCross(double[][] x, double[] weights) {
        int p = x.length == 0 ? 0 : x[0].length;
        double[][] cross = new double[p][p];
        for (int i = 0; i < x.length; i++) {
            double[] row = x[i];
            for (int j = 0; j < p; j++) {
                double weighted = weights[i] * row[j];
                for (int k = 0; k <= j; k++) {
                    cross[j][k] += weighted * row[k];
                }
            }
        }
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < j; k++) {
                cross[k][j] = cross[j][k];
            }
        }
        return cross;
    }

    /** X'X. */
    static double[][] cross(double[][] x) {
        double[] ones = new double[x.length];
        Arrays.fill(ones, 1);
        return weightedCross(x, ones);
    }

    /**
     * The inverse of a symmetric positive definite matrix, scaled to a unit diagonal first so that columns of very
     * different size do not cost digits.
     */
    static double[][] inverse(double[][] symmetric) {
        int p = symmetric.length;
        double[] scale = new double[p];
        double[][] unit = new double[p][p];
        for (int j = 0; j < p; j++) {
            scale[j] = Math.sqrt(symmetric[j][j]);
        }
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                unit[j][k] = symmetric[j][k] / (scale[j] * scale[k]);
            }
        }
        double[][] inverse = Cholesky.of(unit).inverse();
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                inverse[j][k] /= scale[j] * scale[k];
            }
        }
        return inverse;
    }

    /** M M'. */
    static double[][] outer(double[][] matrix) {
        double[][] outer = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                outer[i][j] = Sums.dot(matrix[i], matrix[j]);
            }
        }
        return outer;
    }

    /** B S'S B for a symmetric bread B and scores S. */
    static double[][] sandwich(double[][] bread, double[][] scores) {
        double[][] rows = new double[scores.length][];
        for (int i = 0; i < scores.length; i++) {
            rows[i] = times(bread, scores[i]);
        }
        return cross(rows);
    }

    /** M v. */
    static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i] = Sums.dot(matrix[i], vector);
        }
        return product;
    }

    /** v'M v. */
    static double quadratic(double[][] matrix, double[] vector) {
        return Sums.dot(vector, times(matrix, vector));
    }

    static double[][] scaled(double[][] matrix, double factor) {
        double[][] scaled = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            scaled[i] = matrix[i].clone();
            for (int j = 0; j < scaled[i].length; j++) {
                scaled[i][j] *= factor;
            }
        }
        return scaled;
    }
}
