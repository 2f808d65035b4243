package org.equipoise.statistics;

/**
 * Logistic regression of a binary outcome on the arm and covariates, and risks standardised over the people observed.
 *
 * <p>Formula: ln(P/(1 - P)) = x'b; b maximises the likelihood; covariance (X'WX)^-1, or the sandwich;
 * limits by Wald or by {@link #profile}. Standardised risk
 * of an arm: the mean over all people of the fitted probability with everyone in that arm; its covariance by the delta
 * method, J V J'.
 *
 * <p>Shapes: one outcome for each row of the design. Missing values: rows that lack one are left out by the caller.
 *
 * <p>Special cases: an outcome separated by the covariates (no events, an arm without events, and combinations):
 * {@link NotEstimable#SEPARATION}, for which {@link FirthLogisticRegression} is the remedy; a column that is a combination
 * of earlier ones: {@link NotEstimable#ALIASED}; no rows: {@link NotEstimable#EMPTY_ARM}.
 *
 * <p>Agrees with R 4.2 {@code glm(binomial)} and sandwich 3.0 {@code sandwich(m)}, relative 1e-6; profile limits
 * with {@code confint(m)}, 1e-3.
 *
 * <p>Reference: McCullagh and Nelder (1989), Generalized Linear Models, ISBN 0-412-31760-5; Ge and others (2011), Drug
 * Information Journal 45, 481-493, doi:10.1177/009286151104500409.
 */
public final class LogisticRegression {

    /**
     * A fit.
     *
     * @param n rows
     * @param coefficients log odds
     * @param logLikelihood maximum
     * @param nullLogLikelihood maximum with an intercept only
     */
    public record Result(int n, Coefficients coefficients, Quantity logLikelihood, Quantity nullLogLikelihood) {

        /** The adjusted odds ratio of the arms; the standard error is that of its logarithm. */
        public Estimate oddsRatio() {
            return coefficients.treatment().transformed(Math::exp);
        }
    }

    private static final LogisticRegression DEFAULTS = new LogisticRegression(Distributions.DEFAULT_CONFIDENCE);

    private final double confidence;

    private LogisticRegression(double confidence) {
        this.confidence = confidence;
    }

    /** With 95 % intervals. */
    public static LogisticRegression withDefaults() {
        return DEFAULTS;
    }

    /**
     * The same with another level of the intervals.
     *
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public LogisticRegression withConfidence(double level) {
        return new LogisticRegression(Checks.confidence(level));
    }

    /**
     * Fits the model.
     *
     * @param outcome whether each row had the event
     * @param design the explanatory columns
     * @throws IllegalArgumentException if the lengths differ
     */
    public Result fit(boolean[] outcome, Design design) {
        Checks.sameLength("outcome", outcome.length, "design", design.rows());
        if (outcome.length == 0) {
            Quantity none = Quantity.notEstimable(NotEstimable.EMPTY_ARM);
            return new Result(0, Coefficients.failed(design.columnNames(), NotEstimable.EMPTY_ARM), none, none);
        }
        double[] response = numbers(outcome);
        GeneralizedModel model = new GeneralizedModel(response, new double[response.length], design);
        IterativelyReweighted fit = model.fit(RegressionFamily.LOGISTIC);
        Coefficients coefficients = model.coefficients(fit, RegressionFamily.LOGISTIC, confidence);
        return new Result(
                outcome.length,
                coefficients,
                coefficients.failure().map(Quantity::notEstimable).orElseGet(() -> Quantity.of(fit.logLikelihood())),
                Quantity.of(nullLogLikelihood(response)));
    }

    /**
     * Fits the model and standardises the risks over its rows.
     *
     * @param outcome whether each row had the event
     * @param design the explanatory columns, with the arm
     * @param covariance of the coefficients
     * @param covariates whether the people are taken as given or as a sample
     * @throws IllegalArgumentException if the lengths differ, or the design has no arm
     */
    public StandardizedRisks standardize(
            boolean[] outcome,
            Design design,
            Coefficients.Covariance covariance,
            StandardizedRisks.Covariates covariates) {
        Result result = fit(outcome, design);
        return result.coefficients()
                .failure()
                .map(StandardizedRisks::notEstimable)
                .orElseGet(() -> StandardizedRisks.of(
                        numbers(outcome), design, result.coefficients(), covariance, covariates, confidence));
    }

    /**
     * Profile-likelihood inference on the arm's log odds ratio, which needs a fit for each position tried.
     *
     * @param outcome whether each row had the event
     * @param design the explanatory columns, with the arm
     * @return limits and p; the fit's reason where it failed
     * @throws IllegalArgumentException if the lengths differ, or the design has no arm
     */
    public ProfileInterval profile(boolean[] outcome, Design design) {
        Result result = fit(outcome, design);
        double[] response = numbers(outcome);
        return new GeneralizedModel(response, new double[response.length], design)
                .treatmentProfile(
                        result.coefficients().treatment(),
                        result.logLikelihood(),
                        model -> model.fit(RegressionFamily.LOGISTIC).logLikelihood(),
                        confidence);
    }

    static double[] numbers(boolean[] outcome) {
        double[] numbers = new double[outcome.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = outcome[i] ? 1 : 0;
        }
        return numbers;
    }

    /** k ln(k/n) + (n - k) ln(1 - k/n), with 0 ln 0 = 0. */
    private static double nullLogLikelihood(double[] response) {
        double n = response.length;
        double events = Sums.of(response);
        return share(events, n) + share(n - events, n);
    }

    private static double share(double count, double n) {
        return count == 0 ? 0 : count * Math.log(count / n);
    }
}
