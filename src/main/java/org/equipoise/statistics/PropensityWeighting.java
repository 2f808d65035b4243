package org.equipoise.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Difference in means between arms that were not randomised, weighted by the propensity to be treated.
 *
 * <p>Formula: the propensity e is a logistic regression of the arm on the confounders; weights by {@link Target}; the arms'
 * means are normalised (Hajek): sum w y/sum w. Standard errors: the weights taken as known (HC0), or stacked estimating
 * equations of the propensity model and both means, which include that the propensity was estimated. Balance:
 * standardised differences before and after, over the root of the mean of the unweighted variances. Effective sample
 * size: (sum w)^2/sum w^2.
 *
 * <p>Shapes: one outcome for each row of the confounders' design, which has no arm. Missing values: rows that lack one
 * are left out by the caller.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; confounders that determine the arm:
 * {@link NotEstimable#SEPARATION}; a covariate without spread has no standardised difference
 * ({@link NotEstimable#ZERO_VARIANCE}).
 *
 * <p>Agrees with R 4.2 {@code lm(y ~ t, weights)}, sandwich 3.0 {@code vcovHC("HC0")} and the estimating equations
 * differentiated numerically: relative 1e-6 and 1e-5.
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
     * @param weightsKnown difference with HC0 standard error
     * @param weightsEstimated difference with the standard error that includes the propensity model; not for
     *     {@link Target#UNWEIGHTED}
     * @param meanTreatment weighted mean of the treatment arm
     * @param meanControl weighted mean of the control arm
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

    private final double[] outcome;
    private final boolean[] treated;
    private final Design confounders;
    private final Target target;
    private final double[] propensity;
    private final double[] weights;

    private PropensityWeighting(
            double[] outcome, boolean[] treated, Design confounders, Target target, double[] propensity) {
        this.outcome = outcome;
        this.treated = treated;
        this.confounders = confounders;
        this.target = target;
        this.propensity = propensity;
        this.weights = IntStream.range(0, outcome.length)
                .mapToDouble(i -> target.weight(treated[i], propensity[i]))
                .toArray();
    }

    /**
     * Compares the arms, with 95 % intervals.
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
        Checks.sameLength("outcome", outcome.length, "confounders", confounders.rows());
        Checks.finite("outcome", outcome);
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
                                outcome.clone(), treated.clone(), confounders, target, fitted(model, confounders))
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

    private Result result(LogisticRegression.Result model) {
        double mean1 = mean(true, outcome);
        double mean0 = mean(false, outcome);
        double known = Sums.of(
                outcome.length,
                i -> Sums.square(weights[i] * (outcome[i] - (treated[i] ? mean1 : mean0)) / total(treated[i])));
        return new Result(
                model,
                normal(mean1 - mean0, known),
                weightsEstimated(model, mean1, mean0),
                Quantity.of(mean1),
                Quantity.of(mean0),
                Quantity.of(effective(true)),
                Quantity.of(effective(false)),
                balance());
    }

    private static Estimate normal(double value, double variance) {
        return Estimate.fromVariance(value, variance, Distributions.DEFAULT_CONFIDENCE);
    }

    private double total(boolean arm) {
        return Sums.of(outcome.length, i -> treated[i] == arm ? weights[i] : 0);
    }

    private double mean(boolean arm, double[] values) {
        return Sums.of(outcome.length, i -> treated[i] == arm ? weights[i] * values[i] : 0) / total(arm);
    }

    private double effective(boolean arm) {
        double squares = Sums.of(outcome.length, i -> treated[i] == arm ? Sums.square(weights[i]) : 0);
        return Sums.square(total(arm)) / squares;
    }

    /**
     * Each row's influence on the difference: its own weighted residual, and through the propensity's coefficients d'(X'WX)^-1
     * x (t - e), where d is the derivative of the difference by the coefficients.
     */
    private Estimate weightsEstimated(LogisticRegression.Result model, double mean1, double mean0) {
        if (target == Target.UNWEIGHTED) {
            return Estimate.valueOnly(mean1 - mean0, NotEstimable.NOT_APPLICABLE);
        }
        double[][] x = independentColumns(confounders);
        double total1 = total(true);
        double total0 = total(false);
        double[] own = new double[outcome.length];
        double[] derivative = new double[x[0].length];
        for (int i = 0; i < own.length; i++) {
            double e = propensity[i];
            double residual = treated[i] ? (outcome[i] - mean1) / total1 : -(outcome[i] - mean0) / total0;
            own[i] = weights[i] * residual;
            double slope = weightSlope(treated[i], e) * e * (1 - e) * residual;
            for (int j = 0; j < derivative.length; j++) {
                derivative[j] += slope * x[i][j];
            }
        }
        double[] direction =
                Matrices.times(model.coefficients().independentCovariance(Coefficients.Covariance.MODEL), derivative);
        double variance = Sums.of(own.length, i -> {
            double score = (treated[i] ? 1 : 0) - propensity[i];
            return Sums.square(own[i] + score * Sums.dot(x[i], direction));
        });
        return normal(mean1 - mean0, variance);
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
