package org.equipoise.statistics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Logistic regression with Firth's penalty, which stays finite when the covariates separate the outcome.
 *
 * <p>Formula: maximises l(b) + ln|I(b)|/2; modified score X'(y - p + h(1/2 - p)) = 0 with the leverages h; Fisher scoring
 * with step halving. Wald inference from the inverse information at the maximum; profile limits where twice the fall of
 * the penalised likelihood is the chi-square quantile; profile p from twice its fall at zero.
 *
 * <p>Shapes, missing values: as in {@link LogisticRegression}.
 *
 * <p>Special cases: a column that is a combination of earlier ones: {@link NotEstimable#ALIASED}; no rows:
 * {@link NotEstimable#EMPTY_ARM}; no maximum found: {@link NotEstimable#NO_CONVERGENCE}.
 *
 * <p>Agrees with R 4.2, logistf {@code logistf(pl = TRUE)} and brglm2 {@code brglmFit(type = "AS_mean")}: estimates
 * relative 1e-6, profile limits 1e-3.
 *
 * <p>Reference: Firth (1993), Biometrika 80, 27-38, doi:10.1093/biomet/80.1.27; Heinze and Schemper (2002), Statistics in
 * Medicine 21, 2409-2419, doi:10.1002/sim.1047.
 */
public final class FirthLogisticRegression {

    /**
     * Profile-likelihood inference on one coefficient.
     *
     * @param limits of the coefficient
     * @param p of the hypothesis that it is zero
     */
    public record Profile(Limits limits, Quantity p) {}

    /**
     * A fit.
     *
     * @param n rows
     * @param coefficients log odds with Wald inference
     * @param penalizedLogLikelihood maximum
     * @param profiles of the coefficients, in the design's order
     */
    public record Result(int n, Coefficients coefficients, Quantity penalizedLogLikelihood, List<Profile> profiles) {

        /** Profile inference on the arm's coefficient. */
        public Profile treatmentProfile() {
            return profiles.get(coefficients.columns().indexOf(Design.TREATMENT));
        }
    }

    private static final int STEPS = 500;
    private static final double SMALL_MOVE = 1e-12;
    private static final double SMALLEST_FRACTION = 1e-8;
    private static final double ROUNDING = 1e-12;
    private static final double LIMIT_TOLERANCE = 1e-9;
    private static final int DOUBLINGS = 20;

    private FirthLogisticRegression() {}

    /**
     * Fits the model, with 95 % intervals.
     *
     * @param outcome whether each row had the event
     * @param design the explanatory columns
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Result fit(boolean[] outcome, Design design) {
        Checks.sameLength("outcome", outcome.length, "design", design.rows());
        if (outcome.length == 0) {
            return failed(0, design, NotEstimable.EMPTY_ARM);
        }
        GeneralizedModel model =
                new GeneralizedModel(LogisticRegression.numbers(outcome), new double[outcome.length], design);
        Penalized likelihood = new Penalized(model.matrix(), LogisticRegression.numbers(outcome));
        Maximum maximum = maximize(likelihood, new double[model.rank()], -1);
        if (!maximum.converged()) {
            return failed(outcome.length, design, NotEstimable.NO_CONVERGENCE);
        }
        double[] b = maximum.position().clone();
        double[][] covariance = Matrices.inverse(likelihood.at(b).information);
        Map<Coefficients.Covariance, double[][]> covariances = new EnumMap<>(Coefficients.Covariance.class);
        covariances.put(Coefficients.Covariance.MODEL, covariance);
        Profile[] profiles = new Profile[design.columnNames().size()];
        Arrays.fill(profiles, none(NotEstimable.ALIASED));
        for (int k = 0; k < b.length; k++) {
            profiles[model.independent()[k]] = profile(likelihood, maximum, k, Math.sqrt(covariance[k][k]));
        }
        return new Result(
                outcome.length,
                Coefficients.of(model.columns(), model.independent(), b, covariances, Distributions.DEFAULT_CONFIDENCE),
                Quantity.of(maximum.logLikelihood()),
                List.of(profiles));
    }

    private static Result failed(int n, Design design, NotEstimable reason) {
        List<Profile> profiles =
                design.columnNames().stream().map(column -> none(reason)).toList();
        return new Result(
                n, Coefficients.failed(design.columnNames(), reason), Quantity.notEstimable(reason), profiles);
    }

    private static Profile none(NotEstimable reason) {
        return new Profile(Limits.notEstimable(reason), Quantity.notEstimable(reason));
    }

    /** Where the penalised likelihood is largest, all coefficients free or one of them held. */
    private static final class Maximum {

        private final double[] position;
        private final double logLikelihood;
        private final boolean converged;

        Maximum(double[] position, double logLikelihood, boolean converged) {
            this.position = position;
            this.logLikelihood = logLikelihood;
            this.converged = converged;
        }

        double[] position() {
            return position;
        }

        double logLikelihood() {
            return logLikelihood;
        }

        boolean converged() {
            return converged;
        }
    }

    private static Maximum maximize(Penalized likelihood, double[] start, int held) {
        double[] b = start.clone();
        double value = likelihood.at(b).value;
        for (int step = 0; step < STEPS; step++) {
            double[] move = likelihood.at(b).scoringStep(held);
            double fraction = 1;
            double[] next = plus(b, move, fraction);
            double nextValue = likelihood.at(next).value;
            while (!(nextValue >= value - ROUNDING) && fraction > SMALLEST_FRACTION) {
                fraction /= 2;
                next = plus(b, move, fraction);
                nextValue = likelihood.at(next).value;
            }
            b = next;
            value = nextValue;
            if (largest(move) * fraction <= SMALL_MOVE * (1 + largest(b))) {
                return new Maximum(b, value, true);
            }
        }
        return new Maximum(b, value, false);
    }

    private static double[] plus(double[] b, double[] move, double fraction) {
        return IntStream.range(0, b.length)
                .mapToDouble(j -> b[j] + fraction * move[j])
                .toArray();
    }

    private static double largest(double[] vector) {
        return Arrays.stream(vector).map(Math::abs).max().orElse(0);
    }

    private static Profile profile(Penalized likelihood, Maximum maximum, int k, double standardError) {
        double fall = Distributions.chiSquareQuantile(1 - Distributions.DEFAULT_CONFIDENCE, 1) / 2;
        double zero = maximum.logLikelihood() - held(likelihood, maximum, k, 0);
        return new Profile(
                new Limits(
                        limit(likelihood, maximum, k, -standardError, fall),
                        limit(likelihood, maximum, k, standardError, fall)),
                Quantity.of(Distributions.chiSquareUpper(Math.max(0, 2 * zero), 1)));
    }

    /** The profile's value with coefficient k held. */
    private static double held(Penalized likelihood, Maximum maximum, int k, double value) {
        double[] start = maximum.position().clone();
        start[k] = value;
        return maximize(likelihood, start, k).logLikelihood();
    }

    private static Quantity limit(Penalized likelihood, Maximum maximum, int k, double direction, double fall) {
        double centre = maximum.position()[k];
        double level = maximum.logLikelihood() - fall;
        double distance = direction;
        for (int doubling = 0; doubling < DOUBLINGS; doubling++) {
            if (held(likelihood, maximum, k, centre + distance) < level) {
                return Quantity.of(Roots.brent(
                        value -> held(likelihood, maximum, k, value) - level,
                        centre,
                        centre + distance,
                        LIMIT_TOLERANCE));
            }
            distance *= 2;
        }
        return Quantity.notEstimable(NotEstimable.NOT_REACHED);
    }

    /** The penalised likelihood of one data set. */
    private static final class Penalized {

        private final double[][] x;
        private final double[] y;

        Penalized(double[][] x, double[] y) {
            this.x = x;
            this.y = y;
        }

        Point at(double[] b) {
            return new Point(b);
        }

        /** Value, information and modified score at one position. */
        private final class Point {

            private final double value;
            private final double[][] information;
            private final double[] score;

            Point(double[] b) {
                int n = y.length;
                double[] predictor = IntStream.range(0, n)
                        .mapToDouble(i -> Sums.dot(x[i], b))
                        .toArray();
                double[] weight = Arrays.stream(predictor)
                        .map(RegressionFamily.LOGISTIC::slope)
                        .toArray();
                information = Matrices.weightedCross(x, weight);
                Cholesky root = Cholesky.of(information);
                double likelihood = Sums.of(n, i -> RegressionFamily.LOGISTIC.logLikelihood(y[i], predictor[i]));
                value = root.positiveDefinite() ? likelihood + root.logDeterminant() / 2 : Double.NEGATIVE_INFINITY;
                double[] residual = new double[n];
                for (int i = 0; i < n; i++) {
                    double p = Logistic.probability(predictor[i]);
                    double[] half = root.forward(x[i]);
                    residual[i] = y[i] - p + weight[i] * Sums.dot(half, half) * (0.5 - p);
                }
                score = IntStream.range(0, b.length)
                        .mapToDouble(j -> Sums.of(n, i -> residual[i] * x[i][j]))
                        .toArray();
            }

            /** I^-1 U, with one coefficient held if asked. */
            double[] scoringStep(int held) {
                int[] free =
                        IntStream.range(0, score.length).filter(j -> j != held).toArray();
                double[][] part = new double[free.length][free.length];
                double[] right = new double[free.length];
                for (int j = 0; j < free.length; j++) {
                    right[j] = score[free[j]];
                    for (int k = 0; k < free.length; k++) {
                        part[j][k] = information[free[j]][free[k]];
                    }
                }
                double[] solution = Cholesky.of(part).solve(right);
                double[] step = new double[score.length];
                for (int j = 0; j < free.length; j++) {
                    step[free[j]] = solution[j];
                }
                return step;
            }
        }
    }
}
