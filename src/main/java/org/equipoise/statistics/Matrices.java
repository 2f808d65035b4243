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
                outer[i][j] = dot(matrix[i], matrix[j]);
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

    /** A B, without compensation: for products of many small matrices. */
    static double[][] product(double[][] a, double[][] b) {
        int columns = b.length == 0 ? 0 : b[0].length;
        double[][] product = new double[a.length][columns];
        for (int i = 0; i < a.length; i++) {
            double[] row = product[i];
            for (int k = 0; k < b.length; k++) {
                double weight = a[i][k];
                double[] from = b[k];
                for (int j = 0; j < columns && weight != 0; j++) {
                    row[j] += weight * from[j];
                }
            }
        }
        return product;
    }

    /** target += factor M. */
    static void add(double[][] matrix, double factor, double[][] target) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                target[i][j] += factor * matrix[i][j];
            }
        }
    }

    /** x'y, without compensation: for short vectors in inner loops. */
    static double dot(double[] x, double[] y) {
        return dot(x, y, x.length);
    }

    /** The same of the first n elements of each. */
    static double dot(double[] x, double[] y, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** A + factor B. */
    static double[][] sum(double[][] a, double[][] b, double factor) {
        double[][] sum = scaled(a, 1);
        add(b, factor, sum);
        return sum;
    }

    /** A'. */
    static double[][] transposed(double[][] a) {
        int columns = a.length == 0 ? 0 : a[0].length;
        double[][] transposed = new double[columns][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j][i] = a[i][j];
            }
        }
        return transposed;
    }

    /** M v. */
    static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    /** factor v. */
    static double[] times(double factor, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = factor * vector[i];
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
