package org.equipoise.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Maximum likelihood of a generalised linear model by Fisher scoring, each step a weighted least-squares fit by QR.
 *
 * <p>Reference: McCullagh and Nelder (1989), Generalized Linear Models, 2nd edition, section 2.5, ISBN 0-412-31760-5.
 */
final class IterativelyReweighted {

    private static final int STEPS = 100;
    private static final int HALVINGS = 30;

    /** A move of the predictors so small, relative to them, ends the iteration; it is still made. */
    private static final double SMALL_MOVE = 1e-11;

    /** A loss of log-likelihood so small, relative to it, is rounding. */
    private static final double ROUNDING = 1e-13;

    /** A predictor so far out that the likelihood rises for ever: no data give a risk of 1e-13 or a rate so small. */
    private static final double INFINITE_PREDICTOR = 30;

    private final double[][] matrix;
    private final double[] response;
    private final double[] offset;
    private final RegressionFamily family;

    private double[] coefficients;
    private double[] predictor;
    private double logLikelihood;
    private boolean converged;

    private IterativelyReweighted(
            double[][] matrix, double[] response, double[] offset, RegressionFamily family, double[] start) {
        this.matrix = matrix;
        this.response = response;
        this.offset = offset;
        this.family = family;
        this.coefficients = new double[matrix.length == 0 ? 0 : matrix[0].length];
        this.predictor = start;
        this.logLikelihood = Double.NEGATIVE_INFINITY;
    }

    /** Fits a matrix of independent columns, from the predictors that the family finds near the responses. */
    static IterativelyReweighted fit(double[][] matrix, double[] response, double[] offset, RegressionFamily family) {
        double[] start = Arrays.stream(response).map(family::start).toArray();
        return fit(matrix, response, offset, family, start);
    }

    /** Fits a matrix of independent columns, from given predictors. */
    static IterativelyReweighted fit(
            double[][] matrix, double[] response, double[] offset, RegressionFamily family, double[] start) {
        IterativelyReweighted fit = new IterativelyReweighted(matrix, response, offset, family, start);
        fit.iterate();
        return fit;
    }

    private void iterate() {
        for (int step = 0; step < STEPS && !converged && !diverged(); step++) {
            double[] next = scored();
            if (next.length < coefficients.length) {
                return;
            }
            advance(next);
        }
    }

    /** The weighted least-squares solution; shorter than the coefficients when the weights leave a column empty. */
    private double[] scored() {
        int n = response.length;
        double[][] weighted = new double[n][];
        double[] working = new double[n];
        for (int i = 0; i < n; i++) {
            double slope = family.slope(predictor[i]);
            double root = slope / Math.sqrt(family.variance(predictor[i]));
            double[] row = matrix[i];
            weighted[i] = IntStream.range(0, row.length)
                    .mapToDouble(j -> row[j] * root)
                    .toArray();
            double move = (response[i] - family.mean(predictor[i])) / slope;
            working[i] = root * (predictor[i] - offset[i] + move);
        }
        return QrDecomposition.of(weighted, coefficients.length).solve(working);
    }

    /** Takes the step, halved until the likelihood does not fall. */
    private void advance(double[] target) {
        double[] from = coefficients;
        boolean first = logLikelihood == Double.NEGATIVE_INFINITY;
        double before = logLikelihood;
        double[] previous = predictor;
        double fraction = 1;
        for (int halving = 0; halving < HALVINGS; halving++) {
            moveTo(first ? target : between(from, target, fraction));
            if (logLikelihood >= before - ROUNDING * Math.abs(before)) {
                break;
            }
            fraction /= 2;
        }
        converged = !first && largestMove(previous) <= SMALL_MOVE;
    }

    private static double[] between(double[] from, double[] to, double fraction) {
        return IntStream.range(0, from.length)
                .mapToDouble(j -> from[j] + fraction * (to[j] - from[j]))
                .toArray();
    }

    private void moveTo(double[] position) {
        coefficients = position;
        predictor = IntStream.range(0, response.length)
                .mapToDouble(i -> offset[i] + Sums.dot(matrix[i], position))
                .toArray();
        logLikelihood = Sums.of(response.length, i -> family.logLikelihood(response[i], predictor[i]));
    }

    /** The largest change of a predictor, relative to the largest predictor. */
    private double largestMove(double[] previous) {
        double move = 0;
        double size = 1;
        for (int i = 0; i < predictor.length; i++) {
            move = Math.max(move, Math.abs(predictor[i] - previous[i]));
            size = Math.max(size, Math.abs(predictor[i]));
        }
        return move / size;
    }

    boolean converged() {
        return converged;
    }

    /** Whether a predictor has run so far out that the maximum lies at infinity. */
    boolean diverged() {
        return IntStream.range(0, predictor.length)
                .anyMatch(i -> Math.abs(predictor[i] - offset[i]) > INFINITE_PREDICTOR);
    }

    double[] coefficients() {
        return coefficients.clone();
    }

    double[] predictor() {
        return predictor.clone();
    }

    double logLikelihood() {
        return logLikelihood;
    }
}
