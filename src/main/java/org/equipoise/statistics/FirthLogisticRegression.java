package org.equipoise.statistics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
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

    /** A fit. Profiles, which take by far the most time, are worked out when they are asked for. */
    public static final class Result {

        private final int n;
        private final Coefficients coefficients;
        private final Quantity penalizedLogLikelihood;
        private final IntFunction<ProfileInterval> profile;

        private Result(
                int n,
                Coefficients coefficients,
                Quantity penalizedLogLikelihood,
                IntFunction<ProfileInterval> profile) {
            this.n = n;
            this.coefficients = coefficients;
            this.penalizedLogLikelihood = penalizedLogLikelihood;
            this.profile = profile;
        }

        /** Rows. */
        public int n() {
            return n;
        }

        /** Log odds with Wald inference. */
        public Coefficients coefficients() {
            return coefficients;
        }

        /** The maximum. */
        public Quantity penalizedLogLikelihood() {
            return penalizedLogLikelihood;
        }

        /** Profile inference on all coefficients, in the design's order. */
        public List<ProfileInterval> profiles() {
            return IntStream.range(0, coefficients.columns().size())
                    .mapToObj(profile)
                    .toList();
        }

        /** Profile inference on the arm's coefficient. */
        public ProfileInterval treatmentProfile() {
            return profile.apply(coefficients.columns().indexOf(Design.TREATMENT));
        }
    }

    private static final int STEPS = 500;
    private static final double SMALL_MOVE = 1e-12;
    /** For draws about the maximum, whose spread is some tenths. */
    private static final double SMALL_FOR_A_DRAW = 1e-7;

    private static final double SMALLEST_FRACTION = 1e-8;
    private static final double ROUNDING = 1e-12;

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
        Penalized likelihood = Penalized.ofAlike(model.matrix(), LogisticRegression.numbers(outcome));
        Maximum maximum = maximize(likelihood, new double[model.rank()], -1, SMALL_MOVE);
        if (!maximum.converged) {
            return failed(outcome.length, design, NotEstimable.NO_CONVERGENCE);
        }
        double[] b = maximum.point.b.clone();
        double[][] covariance = Matrices.inverse(maximum.point.information);
        Map<Coefficients.Covariance, double[][]> covariances = new EnumMap<>(Coefficients.Covariance.class);
        covariances.put(Coefficients.Covariance.MODEL, covariance);
        int[] place = new int[design.columnNames().size()];
        Arrays.fill(place, -1);
        for (int k = 0; k < b.length; k++) {
            place[model.independent()[k]] = k;
        }
        return new Result(
                outcome.length,
                Coefficients.of(model.columns(), model.independent(), b, covariances, Distributions.DEFAULT_CONFIDENCE),
                Quantity.of(maximum.point.value),
                column -> place[column] < 0
                        ? ProfileInterval.notEstimable(NotEstimable.ALIASED)
                        : profile(
                                likelihood,
                                maximum.point,
                                place[column],
                                Math.sqrt(covariance[place[column]][place[column]])));
    }

    /**
     * The approximate posterior of the coefficients: normal about the maximum with the inverse information.
     *
     * @param center the maximum
     * @param root of the information
     */
    record Posterior(double[] center, Cholesky root) {

        double[] drawn(Draws draws) {
            return plus(center, root.backward(draws.normals(center.length)), 1);
        }
    }

    /**
     * What coefficients are drawn from.
     *
     * @param matrix independent columns
     * @param response 0 or 1
     * @param start where to look for the maximum from
     * @return empty when no maximum was found
     */
    static Optional<Posterior> posterior(double[][] matrix, double[] response, double[] start) {
        Maximum maximum = maximize(Penalized.ofEach(matrix, response), start, -1, SMALL_FOR_A_DRAW);
        Cholesky root = Cholesky.of(maximum.point.information);
        return maximum.converged && root.positiveDefinite()
                ? Optional.of(new Posterior(maximum.point.b, root))
                : Optional.empty();
    }

    private static Result failed(int n, Design design, NotEstimable reason) {
        return new Result(
                n,
                Coefficients.failed(design.columnNames(), reason),
                Quantity.notEstimable(reason),
                column -> ProfileInterval.notEstimable(reason));
    }

    /** Where the iteration ended, all coefficients free or one of them held. */
    private static final class Maximum {

        private final Point point;
        private final boolean converged;

        Maximum(Point point, boolean converged) {
            this.point = point;
            this.converged = converged;
        }
    }

    /**
     * Scoring steps from a start. The expected information leaves out the penalty's curvature, so that a step can jump to the
     * other side of the maximum and back for ever; steps that turn back are halved from then on.
     */
    private static Maximum maximize(Penalized likelihood, double[] start, int held, double small) {
        Point now = likelihood.at(start);
        double[] before = new double[start.length];
        double whole = 1;
        for (int step = 0; step < STEPS; step++) {
            double[] move = now.scoringStep(held);
            whole = Sums.dot(move, before) < 0 && largest(move) > largest(before) / 2 ? whole / 2 : whole;
            before = move;
            double fraction = whole;
            Point next = likelihood.at(plus(now.b, move, fraction));
            while (!(next.value >= now.value - ROUNDING) && fraction > SMALLEST_FRACTION) {
                fraction /= 2;
                next = likelihood.at(plus(now.b, move, fraction));
            }
            now = next;
            if (largest(move) * fraction <= small * (1 + largest(now.b))) {
                return new Maximum(now, true);
            }
        }
        return new Maximum(now, false);
    }

    private static double[] plus(double[] b, double[] move, double fraction) {
        double[] sum = new double[b.length];
        for (int j = 0; j < b.length; j++) {
            sum[j] = b[j] + fraction * move[j];
        }
        return sum;
    }

    private static double largest(double[] vector) {
        double largest = 0;
        for (double value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static ProfileInterval profile(Penalized likelihood, Point maximum, int k, double standardError) {
        return ProfileInterval.of(
                value -> held(likelihood, maximum, k, value),
                maximum.b[k],
                maximum.value,
                standardError,
                Distributions.DEFAULT_CONFIDENCE);
    }

    /** The profile's value with coefficient k held. */
    private static double held(Penalized likelihood, Point maximum, int k, double value) {
        double[] start = maximum.b.clone();
        start[k] = value;
        return maximize(likelihood, start, k, SMALL_MOVE).point.value;
    }

    /** The penalised likelihood of one data set. */
    private static final class Penalized {

        private final double[][] rows;
        private final double[] people;
        private final double[] events;

        private Penalized(double[][] rows, double[] people, double[] events) {
            this.rows = rows;
            this.people = people;
            this.events = events;
        }

        static Penalized ofEach(double[][] x, double[] y) {
            double[] ones = new double[x.length];
            Arrays.fill(ones, 1);
            return new Penalized(x, ones, y);
        }

        /** Rows that are alike, as those of factors are, count together. */
        static Penalized ofAlike(double[][] x, double[] y) {
            Map<List<Double>, Integer> places = new HashMap<>();
            int[] place = new int[x.length];
            for (int i = 0; i < x.length; i++) {
                List<Double> row = Arrays.stream(x[i]).boxed().toList();
                place[i] = places.computeIfAbsent(row, any -> places.size());
            }
            double[][] rows = new double[places.size()][];
            double[] people = new double[rows.length];
            double[] events = new double[rows.length];
            for (int i = 0; i < x.length; i++) {
                rows[place[i]] = x[i];
                people[place[i]]++;
                events[place[i]] += y[i];
            }
            return new Penalized(rows, people, events);
        }

        Point at(double[] b) {
            return new Point(this, b);
        }
    }

    /** Value, information and modified score at one position. */
    private static final class Point {

        private final double[] b;
        private final double value;
        private final double[][] information;
        private final double[] score;

        Point(Penalized data, double[] b) {
            double[][] x = data.rows;
            int n = x.length;
            this.b = b;
            double[] predictor = Matrices.times(x, b);
            double[] weight = new double[n];
            for (int i = 0; i < n; i++) {
                weight[i] = data.people[i] * RegressionFamily.LOGISTIC.slope(predictor[i]);
            }
            information = Matrices.weightedCross(x, weight);
            Cholesky root = Cholesky.of(information);
            double likelihood = Sums.of(
                    n,
                    i -> data.events[i] * RegressionFamily.LOGISTIC.logLikelihood(1, predictor[i])
                            + (data.people[i] - data.events[i])
                                    * RegressionFamily.LOGISTIC.logLikelihood(0, predictor[i]));
            value = root.positiveDefinite() ? likelihood + root.logDeterminant() / 2 : Double.NEGATIVE_INFINITY;
            score = new double[b.length];
            for (int i = 0; i < n; i++) {
                double p = Logistic.probability(predictor[i]);
                double[] half = root.forward(x[i]);
                double residual = data.events[i] - data.people[i] * p + weight[i] * Sums.dot(half, half) * (0.5 - p);
                for (int j = 0; j < score.length; j++) {
                    score[j] += residual * x[i][j];
                }
            }
        }

        /** I^-1 U, with one coefficient held if asked. */
        double[] scoringStep(int held) {
            int[] free = IntStream.range(0, score.length).filter(j -> j != held).toArray();
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
