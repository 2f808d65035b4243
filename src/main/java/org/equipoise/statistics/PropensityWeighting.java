package org.equipoise.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Difference in means, ratio of rates, or difference in restricted mean times between arms that were not randomised,
 * weighted by the propensity to be treated.
 *
 * <p>Formula: the propensity e is a logistic regression of the arm on the confounders; weights by {@link Target}; the arms'
 * means are normalised (Hajek): sum w y/sum w; rates are sum w events/sum w exposure, compared on the logarithm as a
 * weighted Poisson model does; restricted means are areas under weighted Kaplan-Meier curves. Standard errors, from the
 * derivative g of the comparison by each weight: the weights taken as known, sum (w g)^2 (for means HC0), or stacked
 * estimating equations of the propensity model and the comparison, which include that the propensity was estimated. Balance:
 * standardised differences before and after, over the root of the mean of the unweighted variances. Effective sample
 * size: (sum w)^2/sum w^2.
 *
 * <p>Shapes: one outcome for each row of the confounders' design, which has no arm. Missing values: rows that lack one
 * are left out by the caller.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; an arm without events has no ratio:
 * {@link NotEstimable#NO_EVENTS}; a horizon that an arm does not reach: {@link NotEstimable#BEYOND_FOLLOW_UP}; confounders that determine the arm:
 * {@link NotEstimable#SEPARATION}; a covariate without spread has no standardised difference
 * ({@link NotEstimable#ZERO_VARIANCE}).
 *
 * <p>Agrees with R 4.2 {@code lm(y ~ t, weights)}, sandwich 3.0 {@code vcovHC("HC0")} and the estimating equations
 * differentiated numerically: relative 1e-6 and 1e-5; rates and restricted means with {@code glm(poisson, weights)} and survival
 * 3.5 {@code survfit(weights)}, relative 1e-8, their errors with derivatives taken numerically, relative 1e-6.
 *
 * <p>Reference: Li, Morgan and Zaslavsky (2018), Journal of the American Statistical Association 113, 390-400,
 * doi:10.1080/01621459.2016.1260466; Lunceford and Davidian (2004), Statistics in Medicine 23, 2937-2960,
 * doi:10.1002/sim.1903; Austin and Stuart (2015), Statistics in Medicine 34, 3661-3679, doi:10.1002/sim.6607.
 */
public final class PropensityWeighting {

    /** Whose average the effect is. */
    public enum Target {
        /** Everyone as they are: no weights. */
        UNWEIGHTED {
            @Override
            double tilt(double e) {
                return 1;
            }
        },
        /** Everyone: 1/e and 1/(1 - e). */
        ALL {
            @Override
            double tilt(double e) {
                return 1;
            }
        },
        /** The treated: 1 and e/(1 - e). */
        TREATED {
            @Override
            double tilt(double e) {
                return e;
            }
        },
        /** Those who could be in either arm: 1 - e and e. */
        OVERLAP {
            @Override
            double tilt(double e) {
                return e * (1 - e);
            }
        };

        /** h(e), the density of the target population relative to the people observed. */
        abstract double tilt(double e);

        double weight(boolean treated, double e) {
            if (this == UNWEIGHTED) {
                return 1;
            }
            return tilt(e) / (treated ? e : 1 - e);
        }
    }

    /**
     * How alike the arms are in one confounder.
     *
     * @param column the confounder's column
     * @param meanTreatment weighted mean in treatment
     * @param meanControl weighted mean in control
     * @param standardizedDifference their difference over the root of the mean of the unweighted variances
     * @param binaryDifference the same with p(1 - p) for the variance, of a 0/1 confounder only
     */
    public record Balance(
            String column,
            double meanTreatment,
            double meanControl,
            Quantity standardizedDifference,
            Quantity binaryDifference) {}

    /**
     * A weighted comparison.
     *
     * @param propensity the propensity model
     * @param weightsKnown difference, or logarithm of the ratio, with HC0 standard error
     * @param weightsEstimated difference with the standard error that includes the propensity model; not for
     *     {@link Target#UNWEIGHTED}
     * @param meanTreatment weighted mean, rate or restricted mean of the treatment arm
     * @param meanControl that of the control arm
     * @param effectiveTreatment effective sample size of the treatment arm
     * @param effectiveControl effective sample size of the control arm
     * @param balance by confounder
     */
    public record Result(
            LogisticRegression.Result propensity,
            Estimate weightsKnown,
            Estimate weightsEstimated,
            Quantity meanTreatment,
            Quantity meanControl,
            Quantity effectiveTreatment,
            Quantity effectiveControl,
            List<Balance> balance) {}

    /** What is compared of the arms, as a function of the weights. */
    private interface Measure {
        Comparison of(boolean[] treated, double[] weights);
    }

    /**
     * The arms compared under some weights.
     *
     * @param value treatment minus control, on the scale that is compared
     * @param slopes its derivative by each weight
     */
    private record Comparison(Quantity treatment, Quantity control, Quantity value, double[] slopes) {}

    private final Comparison comparison;
    private final boolean[] treated;
    private final Design confounders;
    private final Target target;
    private final double[] propensity;
    private final double[] weights;

    private PropensityWeighting(
            Measure measure, boolean[] treated, Design confounders, Target target, double[] propensity) {
        this.treated = treated;
        this.confounders = confounders;
        this.target = target;
        this.propensity = propensity;
        this.weights = IntStream.range(0, treated.length)
                .mapToDouble(i -> target.weight(treated[i], propensity[i]))
                .toArray();
        this.comparison = measure.of(treated, weights);
    }

    /**
     * Compares the arms' means, with 95 % intervals.
     *
     * @param outcome one value for each row, finite
     * @param treated whether the row belongs to the treatment arm
     * @param confounders what the propensity depends on, without an arm
     * @param target whose average the effect is
     * @throws IllegalArgumentException if the lengths differ, or the design has an arm
     * @throws IllegalArgumentException if an outcome is not finite; the message names the index
     */
    public static Result compare(double[] outcome, boolean[] treated, Design confounders, Target target) {
        Checks.sameLength("outcome", outcome.length, "treated", treated.length);
        Checks.finite("outcome", outcome);
        double[] values = outcome.clone();
        return compare((arms, weights) -> means(values, arms, weights), treated, confounders, target);
    }

    /**
     * Compares how often something happened over the time at risk, on the logarithm of the rates' ratio.
     *
     * @param events how often, for each row, not negative
     * @param exposure time at risk of each, above zero
     * @param treated whether the row belongs to the treatment arm
     * @param confounders what the propensity depends on, without an arm
     * @param target whose average the effect is
     * @throws IllegalArgumentException if the lengths differ, or the design has an arm
     * @throws IllegalArgumentException if a number is not finite, or an exposure not above zero; the message names the index
     */
    public static Result compareRates(
            double[] events, double[] exposure, boolean[] treated, Design confounders, Target target) {
        Checks.sameLength("events", events.length, "treated", treated.length);
        Checks.sameLength("events", events.length, "exposure", exposure.length);
        Checks.finite("events", events);
        Checks.positive("exposure", exposure);
        double[] counts = events.clone();
        double[] time = exposure.clone();
        return compare((arms, weights) -> rates(counts, time, arms, weights), treated, confounders, target);
    }

    /**
     * Compares the mean times without the event up to a horizon.
     *
     * @param time of each row, finite and not negative
     * @param event whether it ended with the event
     * @param horizon above zero
     * @param treated whether the row belongs to the treatment arm
     * @param confounders what the propensity depends on, without an arm
     * @param target whose average the effect is
     * @throws IllegalArgumentException if the lengths differ, or the design has an arm
     * @throws IllegalArgumentException if a time is not finite, or the horizon not above zero
     */
    public static Result compareTimes(
            double[] time, boolean[] event, double horizon, boolean[] treated, Design confounders, Target target) {
        Checks.sameLength("time", time.length, "treated", treated.length);
        Checks.sameLength("time", time.length, "event", event.length);
        Checks.finite("time", time);
        Checks.positive("horizon", new double[] {horizon});
        double[] times = time.clone();
        boolean[] ends = event.clone();
        return compare((arms, weights) -> times(times, ends, horizon, arms, weights), treated, confounders, target);
    }

    private static Result compare(Measure measure, boolean[] treated, Design confounders, Target target) {
        Checks.sameLength("treated", treated.length, "confounders", confounders.rows());
        if (confounders.hasArms()) {
            throw new IllegalArgumentException("confounders hold the arm");
        }
        LogisticRegression.Result model = LogisticRegression.withDefaults().fit(treated, confounders);
        int treatedRows = (int) Sums.of(LogisticRegression.numbers(treated));
        if (treatedRows == 0 || treatedRows == treated.length) {
            return notEstimable(model, NotEstimable.EMPTY_ARM);
        }
        return model.coefficients()
                .failure()
                .map(reason -> notEstimable(model, reason))
                .orElseGet(() -> new PropensityWeighting(
                                measure, treated.clone(), confounders, target, fitted(model, confounders))
                        .result(model));
    }

    private static Result notEstimable(LogisticRegression.Result model, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        Estimate estimate = Estimate.notEstimable(reason);
        return new Result(model, estimate, estimate, none, none, none, none, List.of());
    }

    /** The propensity of each row under a fitted model. */
    public static double[] fitted(LogisticRegression.Result model, Design confounders) {
        double[][] x = independentColumns(confounders);
        double[] b = model.coefficients().independentValues();
        return Arrays.stream(x)
                .mapToDouble(row -> Logistic.probability(Sums.dot(row, b)))
                .toArray();
    }

    private static double[][] independentColumns(Design design) {
        double[][] full = design.matrix();
        return Matrices.columns(
                full, QrDecomposition.of(full, design.columnNames().size()).independent());
    }

    private static Comparison means(double[] outcome, boolean[] treated, double[] weights) {
        double[] ones = new double[outcome.length];
        Arrays.fill(ones, 1);
        double[] totals = totals(ones, treated, weights);
        double[] sums = totals(outcome, treated, weights);
        double[] means = {sums[0] / totals[0], sums[1] / totals[1]};
        double[] slopes = new double[outcome.length];
        for (int i = 0; i < slopes.length; i++) {
            int arm = treated[i] ? 0 : 1;
            slopes[i] = sign(treated[i]) * (outcome[i] - means[arm]) / totals[arm];
        }
        return new Comparison(Quantity.of(means[0]), Quantity.of(means[1]), Quantity.of(means[0] - means[1]), slopes);
    }

    private static Comparison rates(double[] events, double[] exposure, boolean[] treated, double[] weights) {
        double[] time = totals(exposure, treated, weights);
        double[] sums = totals(events, treated, weights);
        double[] rates = {sums[0] / time[0], sums[1] / time[1]};
        double[] slopes = new double[events.length];
        for (int i = 0; i < slopes.length; i++) {
            int arm = treated[i] ? 0 : 1;
            slopes[i] = sign(treated[i]) * (events[i] / sums[arm] - exposure[i] / time[arm]);
        }
        return new Comparison(
                Quantity.of(rates[0]),
                Quantity.of(rates[1]),
                rates[0] > 0 && rates[1] > 0
                        ? Quantity.of(Math.log(rates[0] / rates[1]))
                        : Quantity.notEstimable(NotEstimable.NO_EVENTS),
                slopes);
    }

    private static Comparison times(
            double[] time, boolean[] event, double horizon, boolean[] treated, double[] weights) {
        double[] slopes = new double[time.length];
        WeightedRestrictedMean[] means = new WeightedRestrictedMean[2];
        for (boolean arm : new boolean[] {true, false}) {
            int[] rows = IntStream.range(0, time.length)
                    .filter(i -> treated[i] == arm)
                    .toArray();
            boolean[] ends = new boolean[rows.length];
            for (int k = 0; k < rows.length; k++) {
                ends[k] = event[rows[k]];
            }
            WeightedRestrictedMean mean = WeightedRestrictedMean.of(
                    Arrays.stream(rows).mapToDouble(i -> time[i]).toArray(),
                    ends,
                    Arrays.stream(rows).mapToDouble(i -> weights[i]).toArray(),
                    horizon);
            for (int k = 0; k < mean.slopes().length; k++) {
                slopes[rows[k]] = sign(arm) * mean.slopes()[k];
            }
            means[arm ? 0 : 1] = mean;
        }
        Quantity first = means[0].mean();
        Quantity second = means[1].mean();
        return new Comparison(
                first, second, first.isEstimable() ? second.map(mean -> first.value() - mean) : first, slopes);
    }

    private static int sign(boolean arm) {
        return arm ? 1 : -1;
    }

    /** Weighted sums of the treatment arm and of the control arm. */
    private static double[] totals(double[] values, boolean[] treated, double[] weights) {
        return new double[] {
            Sums.of(values.length, i -> treated[i] ? weights[i] * values[i] : 0),
            Sums.of(values.length, i -> treated[i] ? 0 : weights[i] * values[i])
        };
    }

    private Result result(LogisticRegression.Result model) {
        return new Result(
                model,
                comparison
                        .value()
                        .reason()
                        .map(Estimate::notEstimable)
                        .orElseGet(() -> normal(
                                comparison.value().value(),
                                Sums.of(
                                        treated.length,
                                        i -> Sums.square(weights[i] * comparison.slopes()[i])))),
                comparison.value().reason().map(Estimate::notEstimable).orElseGet(() -> weightsEstimated(model)),
                comparison.treatment(),
                comparison.control(),
                Quantity.of(effective(true)),
                Quantity.of(effective(false)),
                balance());
    }

    private static Estimate normal(double value, double variance) {
        return Estimate.fromVariance(value, variance, Distributions.DEFAULT_CONFIDENCE);
    }

    private double total(boolean arm) {
        return Sums.of(treated.length, i -> treated[i] == arm ? weights[i] : 0);
    }

    private double mean(boolean arm, double[] values) {
        return Sums.of(treated.length, i -> treated[i] == arm ? weights[i] * values[i] : 0) / total(arm);
    }

    private double effective(boolean arm) {
        double squares = Sums.of(treated.length, i -> treated[i] == arm ? Sums.square(weights[i]) : 0);
        return Sums.square(total(arm)) / squares;
    }

    /**
     * Each row's influence on the comparison: its weight times the slope by it, and through the propensity's coefficients d'(X'WX)^-1
     * x (t - e), where d is the derivative of the comparison by the coefficients.
     */
    private Estimate weightsEstimated(LogisticRegression.Result model) {
        double value = comparison.value().value();
        if (target == Target.UNWEIGHTED) {
            return Estimate.valueOnly(value, NotEstimable.NOT_APPLICABLE);
        }
        double[][] x = independentColumns(confounders);
        double[] own = new double[treated.length];
        double[] derivative = new double[x[0].length];
        for (int i = 0; i < own.length; i++) {
            double e = propensity[i];
            double slope = comparison.slopes()[i];
            own[i] = weights[i] * slope;
            for (int j = 0; j < derivative.length; j++) {
                derivative[j] += weightSlope(treated[i], e) * e * (1 - e) * slope * x[i][j];
            }
        }
        double[] direction =
                Matrices.times(model.coefficients().independentCovariance(Coefficients.Covariance.MODEL), derivative);
        double variance = Sums.of(own.length, i -> {
            double score = (treated[i] ? 1 : 0) - propensity[i];
            return Sums.square(own[i] + score * Sums.dot(x[i], direction));
        });
        return normal(value, variance);
    }

    /** d weight/d e. */
    private double weightSlope(boolean arm, double e) {
        return switch (target) {
            case UNWEIGHTED -> 0;
            case ALL -> arm ? -1 / (e * e) : 1 / ((1 - e) * (1 - e));
            case TREATED -> arm ? 0 : 1 / ((1 - e) * (1 - e));
            case OVERLAP -> arm ? -1 : 1;
        };
    }

    private List<Balance> balance() {
        double[][] matrix = confounders.matrix();
        List<String> columns = confounders.columnNames();
        return IntStream.range(1, columns.size())
                .mapToObj(j -> balance(
                        columns.get(j),
                        Arrays.stream(matrix).mapToDouble(row -> row[j]).toArray()))
                .toList();
    }

    private Balance balance(String column, double[] values) {
        double difference = mean(true, values) - mean(false, values);
        Summary x = unweighted(true, values);
        Summary y = unweighted(false, values);
        boolean binary = Arrays.stream(values).allMatch(value -> value == 0 || value == 1);
        return new Balance(
                column,
                mean(true, values),
                mean(false, values),
                over(difference, x.variance(), y.variance()),
                binary
                        ? over(difference, x.mean() * (1 - x.mean()), y.mean() * (1 - y.mean()))
                        : Quantity.notEstimable(NotEstimable.NOT_APPLICABLE));
    }

    private static Quantity over(double difference, double variance, double otherVariance) {
        double spread = Math.sqrt((variance + otherVariance) / 2);
        return spread > 0 ? Quantity.of(difference / spread) : Quantity.notEstimable(NotEstimable.ZERO_VARIANCE);
    }

    private Summary unweighted(boolean arm, double[] values) {
        return Summary.of(IntStream.range(0, values.length)
                .filter(i -> treated[i] == arm)
                .mapToDouble(i -> values[i])
                .toArray());
    }
}
