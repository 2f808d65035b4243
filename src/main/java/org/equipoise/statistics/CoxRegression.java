package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Regression of the hazard of an event on the arm and covariates, each stratum with its own baseline hazard (Cox).
 *
 * <p>Formula: partial likelihood with hazards exp(x'b); events tied in time by Efron's approximation (default),
 * Breslow's, or exactly (the conditional logistic likelihood of discrete time); Newton's method from b = 0 with step halving. The arm's coefficient is the log hazard ratio. Tests: twice
 * the rise of the likelihood, the score at 0, Wald's quadratic form.
 *
 * <p>Shapes: one time, event and stratum for each row of the design, whose intercept is ignored. Missing values: rows
 * that lack one are left out by the caller. A competing event is censored: the result is the cause-specific hazard.
 *
 * <p>Special cases: no event: {@link NotEstimable#NO_EVENTS}; an arm without events, or whose events all come after
 * everyone else's: {@link NotEstimable#SEPARATION}; a column that is a combination of others within strata:
 * {@link NotEstimable#ALIASED}; no rows: {@link NotEstimable#EMPTY_ARM}.
 *
 * <p>Agrees with R 4.2, survival 3.5 {@code coxph(Surv(time, status) ~ x + strata(s), ties = "efron"|"breslow"|"exact")},
 * relative 1e-6; {@link Result#proportionalHazards} with {@code cox.zph(transform = "km")}, relative 1e-5 (R has no such
 * test after exact ties).
 *
 * <p>Reference: Cox (1972), Journal of the Royal Statistical Society B 34, 187-202,
 * doi:10.1111/j.2517-6161.1972.tb00899.x; Efron (1977), Journal of the American Statistical Association 72, 557-565,
 * doi:10.1080/01621459.1977.10480613; Grambsch and Therneau (1994), Biometrika 81, 515-526, doi:10.1093/biomet/81.3.515.
 */
public final class CoxRegression {

    /** How events at the same time are ordered. */
    public enum Ties {
        /** As if the tied people left the risk set one after another, on average. */
        EFRON,
        /** As if all of them stayed in it: SAS's default. */
        BRESLOW,
        /** As if time were discrete: the tied people among all sets of as many from the risk set. */
        EXACT
    }

    /**
     * A chi-square test of the whole model.
     *
     * @param statistic chi-square
     * @param degreesOfFreedom number of estimable coefficients
     * @param p upper tail
     */
    public record ModelTest(Quantity statistic, int degreesOfFreedom, Quantity p) {

        private static ModelTest of(double statistic, int df) {
            return new ModelTest(
                    Quantity.of(statistic), df, Quantity.of(Distributions.chiSquareUpper(Math.max(0, statistic), df)));
        }

        private static ModelTest notEstimable(NotEstimable reason) {
            return new ModelTest(Quantity.notEstimable(reason), 0, Quantity.notEstimable(reason));
        }
    }

    /**
     * A fit.
     *
     * @param n rows
     * @param events events
     * @param coefficients log hazards
     * @param nullLogLikelihood at b = 0
     * @param logLikelihood maximum
     * @param likelihoodRatio test of the model
     * @param score test of the model
     * @param wald test of the model
     * @param proportionalHazards whether the arm's effect changes over time: score test of an interaction of the arm with
     *     1 - S(t-); with several columns, of the arm's column after the others
     */
    public record Result(
            int n,
            int events,
            Coefficients coefficients,
            Quantity nullLogLikelihood,
            Quantity logLikelihood,
            ModelTest likelihoodRatio,
            ModelTest score,
            ModelTest wald,
            ModelTest proportionalHazards) {

        /** The adjusted hazard ratio of the arms; the standard error is that of its logarithm. */
        public Estimate hazardRatio() {
            return coefficients.treatment().transformed(Math::exp);
        }
    }

    private static final int STEPS = 100;
    private static final int HALVINGS = 30;
    private static final double SMALL_MOVE = 1e-11;
    private static final double ROUNDING = 1e-13;

    /** A log hazard so far out, in units of its covariate's spread, that the likelihood rises for ever. */
    private static final double INFINITE_PREDICTOR = 15;

    private static final CoxRegression DEFAULTS = new CoxRegression(Ties.EFRON, Distributions.DEFAULT_CONFIDENCE);

    private final Ties ties;
    private final double confidence;

    private CoxRegression(Ties ties, double confidence) {
        this.ties = ties;
        this.confidence = confidence;
    }

    /** Efron's ties and 95 % intervals. */
    public static CoxRegression withDefaults() {
        return DEFAULTS;
    }

    /** The same with another treatment of ties. */
    public CoxRegression with(Ties choice) {
        return new CoxRegression(choice, confidence);
    }

    /**
     * The same with another level of the intervals.
     *
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public CoxRegression withConfidence(double level) {
        return new CoxRegression(ties, Checks.confidence(level));
    }

    /**
     * Fits the model without strata.
     *
     * @param time time to the event or the end of follow-up, finite and not negative
     * @param event whether the time ended with the event
     * @param design the explanatory columns
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a time is negative or not finite; the message names the index
     */
    public Result fit(double[] time, boolean[] event, Design design) {
        return fit(time, event, design, Collections.nCopies(time.length, ""));
    }

    /**
     * Fits the model with a baseline hazard for each stratum.
     *
     * @param time time to the event or the end of follow-up, finite and not negative
     * @param event whether the time ended with the event
     * @param design the explanatory columns
     * @param strata the stratum of each row
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a time is negative or not finite; the message names the index
     */
    public Result fit(double[] time, boolean[] event, Design design, List<String> strata) {
        Checks.sameLength("time", time.length, "event", event.length);
        Checks.sameLength("time", time.length, "design", design.rows());
        Checks.sameLength("time", time.length, "strata", strata.size());
        Checks.notNegative("time", time);
        int events =
                (int) IntStream.range(0, event.length).filter(i -> event[i]).count();
        List<String> columns =
                design.columnNames().subList(1, design.columnNames().size());
        if (events == 0) {
            NotEstimable reason = time.length == 0 ? NotEstimable.EMPTY_ARM : NotEstimable.NO_EVENTS;
            return failed(time.length, 0, columns, reason);
        }
        Data data = new Data(time, event, design, Groups.rows(strata), ties);
        return maximize(data, events, columns);
    }

    private Result maximize(Data data, int events, List<String> columns) {
        int p = data.independent.length;
        double[] b = new double[p];
        Likelihood at0 = new Likelihood(data, b);
        Likelihood now = at0;
        boolean converged = p == 0;
        for (int step = 0; step < STEPS && !converged; step++) {
            double[] move = Cholesky.of(now.information).solve(now.score);
            Likelihood next = now;
            double fraction = 2;
            for (int halving = 0; halving < HALVINGS; halving++) {
                fraction /= 2;
                double taken = fraction;
                double[] from = now.b;
                next = new Likelihood(
                        data,
                        IntStream.range(0, p)
                                .mapToDouble(j -> from[j] + taken * move[j])
                                .toArray());
                if (next.value >= now.value - ROUNDING * Math.abs(now.value)) {
                    break;
                }
            }
            converged = data.largestPredictor(move) * fraction <= SMALL_MOVE;
            now = next;
            if (!(data.largestPredictor(now.b) <= INFINITE_PREDICTOR)) {
                return failed(data.n(), events, columns, NotEstimable.SEPARATION);
            }
        }
        return converged
                ? result(data, events, columns, at0, now)
                : failed(data.n(), events, columns, NotEstimable.NO_CONVERGENCE);
    }

    private Result result(Data data, int events, List<String> columns, Likelihood at0, Likelihood maximum) {
        int p = maximum.b.length;
        Map<Coefficients.Covariance, double[][]> covariances = new EnumMap<>(Coefficients.Covariance.class);
        covariances.put(Coefficients.Covariance.MODEL, Matrices.inverse(maximum.information));
        boolean empty = p == 0;
        return new Result(
                data.n(),
                events,
                Coefficients.of(columns, data.independent, maximum.b, covariances, confidence),
                Quantity.of(at0.value),
                Quantity.of(maximum.value),
                empty ? ModelTest.notEstimable(NotEstimable.ALIASED) : ModelTest.of(2 * (maximum.value - at0.value), p),
                empty
                        ? ModelTest.notEstimable(NotEstimable.ALIASED)
                        : ModelTest.of(
                                Sums.dot(at0.score, Cholesky.of(at0.information).solve(at0.score)), p),
                empty
                        ? ModelTest.notEstimable(NotEstimable.ALIASED)
                        : ModelTest.of(Matrices.quadratic(maximum.information, maximum.b), p),
                proportionality(data, maximum, columns));
    }

    private static ModelTest proportionality(Data data, Likelihood maximum, List<String> columns) {
        int arm = columns.indexOf(Design.TREATMENT);
        int k = IntStream.range(0, data.independent.length)
                .filter(j -> data.independent[j] == arm)
                .findFirst()
                .orElse(-1);
        return k < 0 ? ModelTest.notEstimable(NotEstimable.ALIASED) : maximum.timeInteraction(k);
    }

    private static Result failed(int n, int events, List<String> columns, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        ModelTest test = ModelTest.notEstimable(reason);
        return new Result(n, events, Coefficients.failed(columns, reason), none, none, test, test, test, test);
    }

    /** The data in the order of the computation: each stratum from its last time to its first. */
    private static final class Data {

        private final double[] time;
        private final boolean[] event;
        private final double[][] x;
        private final int[] independent;
        private final List<int[]> strata = new ArrayList<>();
        private final Ties ties;

        Data(double[] time, boolean[] event, Design design, Map<String, List<Integer>> strata, Ties ties) {
            this.time = time;
            this.event = event;
            this.ties = ties;
            double[][] full = design.matrix();
            int columns = design.columnNames().size() - 1;
            double[][] centred = new double[time.length][columns];
            for (List<Integer> rows : strata.values()) {
                for (int j = 0; j < columns; j++) {
                    int column = j + 1;
                    double mean = Sums.of(rows.size(), i -> full[rows.get(i)][column]) / rows.size();
                    rows.forEach(row -> centred[row][column - 1] = full[row][column] - mean);
                }
                this.strata.add(rows.stream()
                        .sorted(Comparator.comparingDouble((Integer i) -> time[i])
                                .reversed())
                        .mapToInt(Integer::intValue)
                        .toArray());
            }
            this.independent = QrDecomposition.of(centred, columns).independent();
            this.x = Matrices.columns(centred, independent);
        }

        int n() {
            return time.length;
        }

        double largestPredictor(double[] b) {
            return Arrays.stream(x)
                    .mapToDouble(row -> Math.abs(Sums.dot(row, b)))
                    .max()
                    .orElse(0);
        }
    }

    /** Partial likelihood, score and information at one position; and what each event adds to the last two. */
    private static final class Likelihood {

        private final double[] b;
        private final double[] score;
        private final double[][] information;
        private final List<EventTime> times = new ArrayList<>();
        private final Data data;
        private double value;

        Likelihood(Data data, double[] b) {
            this.data = data;
            this.b = b.clone();
            this.score = new double[b.length];
            this.information = new double[b.length][b.length];
            data.strata.forEach(this::addStratum);
        }

        private void addStratum(int[] order) {
            RiskSet risk = new RiskSet(b.length);
            int i = 0;
            while (i < order.length) {
                double now = data.time[order[i]];
                RiskSet tied = new RiskSet(b.length);
                double[] sum = new double[b.length];
                int deaths = 0;
                double logHazards = 0;
                for (; i < order.length && data.time[order[i]] == now; i++) {
                    double[] row = data.x[order[i]];
                    double predictor = Sums.dot(row, b);
                    risk.add(row, Math.exp(predictor));
                    if (data.event[order[i]]) {
                        tied.add(row, Math.exp(predictor));
                        deaths++;
                        logHazards += predictor;
                        plus(sum, row, 1);
                    }
                }
                if (deaths > 1 && data.ties == Ties.EXACT) {
                    addExact(now, order, i, sum, deaths, logHazards);
                } else if (deaths > 0) {
                    addEvents(now, risk, tied, sum, deaths, logHazards);
                }
            }
        }

        private void addEvents(double now, RiskSet risk, RiskSet tied, double[] sum, int deaths, double logHazards) {
            EventTime event = new EventTime(now, deaths, sum, b.length);
            value += logHazards;
            for (int k = 0; k < deaths; k++) {
                double gone = data.ties == Ties.EFRON ? (double) k / deaths : 0;
                value -= Math.log(risk.total - gone * tied.total);
                event.subtract(risk, tied, gone);
            }
            times.add(event);
            plus(score, event.residual, 1);
            for (int j = 0; j < b.length; j++) {
                plus(information[j], event.information[j], 1);
            }
        }

        private void addExact(double now, int[] order, int atRisk, double[] sum, int deaths, double logHazards) {
            TiedSets sets = new TiedSets(deaths, b.length);
            double[] hazards = new double[atRisk];
            for (int i = 0; i < atRisk; i++) {
                hazards[i] = Math.exp(Sums.dot(data.x[order[i]], b));
            }
            double scale = deaths / Sums.of(hazards);
            for (int i = 0; i < atRisk; i++) {
                sets.add(data.x[order[i]], scale * hazards[i]);
            }
            EventTime event = new EventTime(now, deaths, sum, b.length);
            event.subtract(sets);
            times.add(event);
            value += logHazards - sets.logTotal() + deaths * Math.log(scale);
            plus(score, event.residual, 1);
            for (int j = 0; j < b.length; j++) {
                plus(information[j], event.information[j], 1);
            }
        }

        /**
         * Score test of an interaction of column k with g(t) = 1 - S(t-), centred over the events: with the residuals r and
         * informations V of the event times, U = sum g r(k), tested against the joint information of all columns and the
         * interaction.
         */
        ModelTest timeInteraction(int k) {
            double[] g = centredTimes();
            int p = b.length;
            double[][] joint = new double[p + 1][p + 1];
            double u = 0;
            for (int e = 0; e < g.length; e++) {
                EventTime event = times.get(e);
                u += g[e] * event.residual[k];
                joint[p][p] += g[e] * g[e] * event.information[k][k];
                for (int j = 0; j < p; j++) {
                    joint[p][j] += g[e] * event.information[k][j];
                }
            }
            for (int j = 0; j < p; j++) {
                System.arraycopy(information[j], 0, joint[j], 0, p);
                joint[j][p] = joint[p][j];
            }
            Cholesky root = Cholesky.of(joint);
            if (!root.positiveDefinite()) {
                return ModelTest.notEstimable(NotEstimable.ZERO_VARIANCE);
            }
            double[] target = new double[p + 1];
            target[p] = u;
            return ModelTest.of(Sums.dot(target, root.solve(target)), 1);
        }

        private double[] centredTimes() {
            KaplanMeier pooled = KaplanMeier.of(data.time, data.event);
            List<KaplanMeier.Point> steps = pooled.steps();
            double[] g = new double[times.size()];
            double events = 0;
            double sum = 0;
            for (int e = 0; e < g.length; e++) {
                g[e] = 1 - survivalBefore(steps, times.get(e).time);
                events += times.get(e).deaths;
                sum += g[e] * times.get(e).deaths;
            }
            for (int e = 0; e < g.length; e++) {
                g[e] -= sum / events;
            }
            return g;
        }

        private static double survivalBefore(List<KaplanMeier.Point> steps, double time) {
            double survival = 1;
            for (KaplanMeier.Point step : steps) {
                if (step.time() >= time) {
                    return survival;
                }
                survival = step.survival().value();
            }
            return survival;
        }
    }

    /** What the events at one time add: their covariates less the risk set's mean, and its spread. */
    private static final class EventTime {

        private final double time;
        private final int deaths;
        private final double[] residual;
        private final double[][] information;

        EventTime(double time, int deaths, double[] sum, int p) {
            this.time = time;
            this.deaths = deaths;
            this.residual = sum.clone();
            this.information = new double[p][p];
        }

        void subtract(TiedSets sets) {
            for (int j = 0; j < residual.length; j++) {
                double meanJ = sets.mean(j);
                residual[j] -= meanJ;
                for (int l = 0; l < residual.length; l++) {
                    information[j][l] += sets.meanProduct(j, l) - meanJ * sets.mean(l);
                }
            }
        }

        void subtract(RiskSet risk, RiskSet tied, double gone) {
            double total = risk.total - gone * tied.total;
            for (int j = 0; j < residual.length; j++) {
                double meanJ = (risk.sum[j] - gone * tied.sum[j]) / total;
                residual[j] -= meanJ;
                for (int l = 0; l < residual.length; l++) {
                    double meanL = (risk.sum[l] - gone * tied.sum[l]) / total;
                    double square = (risk.squares[j][l] - gone * tied.squares[j][l]) / total;
                    information[j][l] += square - meanJ * meanL;
                }
            }
        }
    }

    /**
     * Sums over all sets of so many people from a risk set, of the product of their hazards: alone, times the sum of their
     * covariates, and times its square. One person at a time, each size of set from the next smaller one (Gail, Lubin and
     * Rubinstein 1981, doi:10.1093/biomet/68.3.703).
     */
    private static final class TiedSets {

        private final int size;
        private final double[] total;
        private final double[][] sum;
        private final double[][][] squares;

        TiedSets(int size, int p) {
            this.size = size;
            total = new double[size + 1];
            sum = new double[size + 1][p];
            squares = new double[size + 1][p][p];
            total[0] = 1;
        }

        void add(double[] row, double hazard) {
            for (int k = size; k > 0; k--) {
                for (int j = 0; j < row.length; j++) {
                    for (int l = 0; l < row.length; l++) {
                        squares[k][j][l] += hazard
                                * (squares[k - 1][j][l]
                                        + row[j] * sum[k - 1][l]
                                        + row[l] * sum[k - 1][j]
                                        + row[j] * row[l] * total[k - 1]);
                    }
                }
                plus(sum[k], sum[k - 1], hazard);
                plus(sum[k], row, hazard * total[k - 1]);
                total[k] += hazard * total[k - 1];
            }
        }

        double logTotal() {
            return Math.log(total[size]);
        }

        double mean(int j) {
            return sum[size][j] / total[size];
        }

        double meanProduct(int j, int l) {
            return squares[size][j][l] / total[size];
        }
    }

    /** Sums of hazards, of covariates and of their squares over people at risk. */
    private static final class RiskSet {

        private final double[] sum;
        private final double[][] squares;
        private double total;

        RiskSet(int p) {
            sum = new double[p];
            squares = new double[p][p];
        }

        void add(double[] row, double hazard) {
            total += hazard;
            plus(sum, row, hazard);
            for (int j = 0; j < row.length; j++) {
                plus(squares[j], row, hazard * row[j]);
            }
        }
    }

    private static void plus(double[] target, double[] row, double factor) {
        for (int j = 0; j < target.length; j++) {
            target[j] += factor * row[j];
        }
    }
}
