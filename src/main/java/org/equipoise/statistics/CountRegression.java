package org.equipoise.statistics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Regression of event counts on the arm and covariates, with each person's own time at risk: Poisson and negative
 * binomial.
 *
 * <p>Formula: ln E(y) = ln(time) + x'b. Poisson: Var(y) = E(y). Negative binomial: Var(y) = E(y) + E(y)^2/theta, b and
 * theta by maximum likelihood in turns. The arm's coefficient is the log rate ratio.
 *
 * <p>Shapes: a count and a time above zero for each row of the design. Units of the rates: events per unit of time.
 * Missing values: rows that lack one, or without time at risk, are left out by the caller.
 *
 * <p>Special cases: an arm without events: {@link NotEstimable#SEPARATION}; no events at all:
 * {@link NotEstimable#NO_EVENTS}; counts that vary no more than Poisson counts: the negative binomial is
 * {@link NotEstimable#NO_OVERDISPERSION}; a column that is a combination of earlier ones: {@link NotEstimable#ALIASED};
 * no rows: {@link NotEstimable#EMPTY_ARM}.
 *
 * <p>Agrees with R 4.2 {@code glm(poisson)}, MASS 7.3 {@code glm.nb} and sandwich 3.0: Poisson relative 1e-6, negative
 * binomial 1e-5. {@link Coefficients.Covariance#MODEL} of the negative binomial takes theta as known, as glm.nb does;
 * {@link Coefficients.Covariance#OBSERVED} does not, as SAS and Stata.
 *
 * <p>Reference: Lawless (1987), Canadian Journal of Statistics 15, 209-225, doi:10.2307/3314912.
 */
public final class CountRegression {

    /**
     * A fit.
     *
     * @param n rows
     * @param coefficients log rates
     * @param logLikelihood maximum
     * @param deviance twice the fall from a perfect fit (Poisson)
     * @param pearson sum of squared Pearson residuals (Poisson)
     * @param residualDegreesOfFreedom n - rank
     * @param theta the negative binomial's shape; the variance is mean + mean^2/theta
     */
    public record Result(
            int n,
            Coefficients coefficients,
            Quantity logLikelihood,
            Quantity deviance,
            Quantity pearson,
            int residualDegreesOfFreedom,
            Estimate theta) {

        /** The adjusted rate ratio of the arms; the standard error is that of its logarithm. */
        public Estimate rateRatio(Coefficients.Covariance covariance) {
            return coefficients.treatment(covariance).transformed(Math::exp);
        }
    }

    private static final int ROUNDS = 200;

    /** A change of theta so small, relative to it, ends the turns: each turn shrinks the error many times. */
    private static final double SMALL_CHANGE = 1e-10;

    private CountRegression() {}

    /**
     * Poisson regression, with 95 % intervals.
     *
     * @param counts events of each row, whole numbers of zero or more
     * @param time time at risk of each row, above zero
     * @param design the explanatory columns
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a count is negative or a time not above zero; the message names array and index
     */
    public static Result poisson(double[] counts, double[] time, Design design) {
        GeneralizedModel model = model(counts, time, design);
        if (noEvents(counts)) {
            return failed(model, counts.length == 0 ? NotEstimable.EMPTY_ARM : NotEstimable.NO_EVENTS);
        }
        IterativelyReweighted fit = model.fit(RegressionFamily.POISSON);
        Coefficients coefficients = model.coefficients(fit, RegressionFamily.POISSON, Distributions.DEFAULT_CONFIDENCE);
        if (coefficients.failure().isPresent()) {
            return failed(model, coefficients.failure().get());
        }
        double[] mean = means(fit);
        return new Result(
                counts.length,
                coefficients,
                Quantity.of(fit.logLikelihood()),
                Quantity.of(Sums.of(mean.length, i -> deviance(counts[i], mean[i]))),
                Quantity.of(Sums.of(mean.length, i -> Sums.square(counts[i] - mean[i]) / mean[i])),
                model.n() - model.rank(),
                Estimate.notEstimable(NotEstimable.NOT_APPLICABLE));
    }

    /**
     * Negative binomial regression, with 95 % intervals.
     *
     * @param counts events of each row, whole numbers of zero or more
     * @param time time at risk of each row, above zero
     * @param design the explanatory columns
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a count is negative or a time not above zero; the message names array and index
     */
    public static Result negativeBinomial(double[] counts, double[] time, Design design) {
        Result poisson = poisson(counts, time, design);
        GeneralizedModel model = model(counts, time, design);
        if (poisson.coefficients().failure().isPresent()) {
            return failed(model, poisson.coefficients().failure().get());
        }
        return maximized(model, counts)
                .map(maximum -> result(model, maximum, counts))
                .orElseGet(() -> failed(
                        model,
                        overdispersed(model, counts) ? NotEstimable.NO_CONVERGENCE : NotEstimable.NO_OVERDISPERSION));
    }

    /**
     * Profile-likelihood inference on the arm's log rate ratio in the Poisson model.
     *
     * @param counts events of each row, whole numbers of zero or more
     * @param time time at risk of each row, above zero
     * @param design the explanatory columns, with the arm
     * @return limits and p; the fit's reason where it failed
     * @throws IllegalArgumentException if the lengths differ, or the design has no arm
     * @throws IllegalArgumentException if a count is negative or a time not above zero; the message names array and index
     */
    public static ProfileInterval poissonProfile(double[] counts, double[] time, Design design) {
        Result result = poisson(counts, time, design);
        return model(counts, time, design)
                .treatmentProfile(
                        result.coefficients().treatment(),
                        result.logLikelihood(),
                        held -> held.fit(RegressionFamily.POISSON).logLikelihood(),
                        Distributions.DEFAULT_CONFIDENCE);
    }

    /**
     * Profile-likelihood inference on the arm's log rate ratio in the negative binomial model; theta has its own maximum at
     * each position, where MASS's {@code confint} keeps it.
     *
     * @param counts events of each row, whole numbers of zero or more
     * @param time time at risk of each row, above zero
     * @param design the explanatory columns, with the arm
     * @return limits and p; the fit's reason where it failed
     * @throws IllegalArgumentException if the lengths differ, or the design has no arm
     * @throws IllegalArgumentException if a count is negative or a time not above zero; the message names array and index
     */
    public static ProfileInterval negativeBinomialProfile(double[] counts, double[] time, Design design) {
        Result result = negativeBinomial(counts, time, design);
        return model(counts, time, design)
                .treatmentProfile(
                        result.coefficients().treatment(),
                        result.logLikelihood(),
                        held -> maximized(held, counts)
                                .map(maximum -> maximum.fit.logLikelihood())
                                .orElseGet(
                                        () -> held.fit(RegressionFamily.POISSON).logLikelihood()),
                        Distributions.DEFAULT_CONFIDENCE);
    }

    /** Coefficients and theta at their joint maximum. */
    private static final class Maximum {

        private final IterativelyReweighted fit;
        private final double theta;

        Maximum(IterativelyReweighted fit, double theta) {
            this.fit = fit;
            this.theta = theta;
        }
    }

    private static boolean overdispersed(GeneralizedModel model, double[] counts) {
        return thetaDerivativeAtInfinity(counts, means(model.fit(RegressionFamily.POISSON))) > 0;
    }

    /** Coefficients and theta in turns; empty when counts vary no more than Poisson counts, or the turns do not end. */
    private static Optional<Maximum> maximized(GeneralizedModel model, double[] counts) {
        IterativelyReweighted fit = model.fit(RegressionFamily.POISSON);
        if (!(thetaDerivativeAtInfinity(counts, means(fit)) > 0)) {
            return Optional.empty();
        }
        DispersionLikelihood dispersion = new DispersionLikelihood(counts);
        double theta = dispersion.maximum(means(fit));
        for (int round = 0; round < ROUNDS; round++) {
            fit = model.fit(RegressionFamily.negativeBinomial(theta), fit.predictor());
            double next = dispersion.maximum(means(fit));
            if (Math.abs(next - theta) <= SMALL_CHANGE * theta) {
                return Optional.of(new Maximum(fit, theta));
            }
            theta = next;
        }
        return Optional.empty();
    }

    private static GeneralizedModel model(double[] counts, double[] time, Design design) {
        Checks.sameLength("counts", counts.length, "design", design.rows());
        Checks.sameLength("counts", counts.length, "time", time.length);
        Checks.notNegative("counts", counts);
        Checks.positive("time", time);
        double[] offset = new double[time.length];
        for (int i = 0; i < offset.length; i++) {
            offset[i] = Math.log(time[i]);
        }
        return new GeneralizedModel(counts.clone(), offset, design);
    }

    private static Result failed(GeneralizedModel model, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        return new Result(
                model.n(),
                Coefficients.failed(model.columns(), reason),
                none,
                none,
                none,
                model.n() - model.rank(),
                Estimate.notEstimable(reason));
    }

    private static boolean noEvents(double[] counts) {
        return Sums.of(counts) == 0;
    }

    private static double[] means(IterativelyReweighted fit) {
        double[] means = fit.predictor();
        for (int i = 0; i < means.length; i++) {
            means[i] = Math.exp(means[i]);
        }
        return means;
    }

    private static double deviance(double count, double mean) {
        double logTerm = count == 0 ? 0 : count * Math.log(count / mean);
        return 2 * (logTerm - (count - mean));
    }

    private static Result result(GeneralizedModel model, Maximum maximum, double[] counts) {
        IterativelyReweighted fit = maximum.fit;
        double theta = maximum.theta;
        RegressionFamily family = RegressionFamily.negativeBinomial(theta);
        Coefficients known = model.coefficients(fit, family, Distributions.DEFAULT_CONFIDENCE);
        if (known.failure().isPresent()) {
            return failed(model, known.failure().get());
        }
        double[] mean = means(fit);
        Quantity none = Quantity.notEstimable(NotEstimable.NOT_APPLICABLE);
        double information = new DispersionLikelihood(counts).information(mean, theta);
        return new Result(
                model.n(),
                withObserved(model, known, counts, mean, theta, information),
                Quantity.of(fit.logLikelihood()),
                none,
                none,
                model.n() - model.rank(),
                information > 0
                        ? Estimate.normal(theta, 1 / Math.sqrt(information), Distributions.DEFAULT_CONFIDENCE)
                        : Estimate.valueOnly(theta, NotEstimable.ZERO_VARIANCE));
    }

    /** The slope of the likelihood in 1/theta where the negative binomial is the Poisson, times two. */
    private static double thetaDerivativeAtInfinity(double[] counts, double[] mean) {
        return Sums.of(counts.length, i -> Sums.square(counts[i] - mean[i]) - counts[i]);
    }

    /** Adds the covariance from the joint Hessian of coefficients and theta: the Schur complement of theta. */
    private static Coefficients withObserved(
            GeneralizedModel model, Coefficients known, double[] counts, double[] mean, double theta, double own) {
        int p = model.rank();
        double[] weights = new double[counts.length];
        double[] mixed = new double[p];
        for (int i = 0; i < counts.length; i++) {
            double sum = mean[i] + theta;
            weights[i] = theta * mean[i] * (theta + counts[i]) / (sum * sum);
            double cross = -(counts[i] - mean[i]) * mean[i] / (sum * sum);
            for (int j = 0; j < p; j++) {
                mixed[j] += cross * model.matrix()[i][j];
            }
        }
        double[][] information = Matrices.weightedCross(model.matrix(), weights);
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                information[j][k] -= mixed[j] * mixed[k] / own;
            }
        }
        Map<Coefficients.Covariance, double[][]> covariances = new EnumMap<>(Coefficients.Covariance.class);
        covariances.put(Coefficients.Covariance.MODEL, known.independentCovariance(Coefficients.Covariance.MODEL));
        covariances.put(Coefficients.Covariance.HC0, known.independentCovariance(Coefficients.Covariance.HC0));
        covariances.put(Coefficients.Covariance.OBSERVED, Matrices.inverse(information));
        return Coefficients.of(
                model.columns(),
                model.independent(),
                known.independentValues(),
                covariances,
                Distributions.DEFAULT_CONFIDENCE);
    }
}
