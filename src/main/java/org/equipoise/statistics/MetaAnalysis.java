package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One effect pooled over sites or studies from their estimates and variances, and how much the sites differ.
 *
 * <p>Formula: weights w = 1/(v + tau2); pooled mu = sum w y/sum w; normal inference with se = 1/sqrt(sum w), and
 * Hartung-Knapp: se^2 = f/sum w with f = sum w (y - mu)^2/(k - 1), t with k - 1 df, f floored at 1 if asked. tau2: 0
 * (fixed effect), DerSimonian-Laird, restricted maximum likelihood, or Paule-Mandel. Q = sum (y - mu)^2/v at tau2 = 0.
 * I2 = tau2/(tau2 + s2), H2 = tau2/s2 + 1 with the typical variance s2 = (k - 1)/(sum w - sum w^2/sum w) at tau2 = 0; for
 * a fixed effect H2 = Q/(k - 1), I2 = 1 - 1/H2. Interval of tau2: Q(tau2) equals the chi-square quantiles (Q-profile), the
 * upper limit without a bound. Prediction interval: mu -/+ quantile sqrt(se^2 + tau2), from three studies on unless
 * chosen otherwise.
 *
 * <p>Shapes: one estimate and one variance for each study. Missing values: studies without an estimate are left out by
 * the caller.
 *
 * <p>Special cases: no study: {@link NotEstimable#EMPTY_ARM}; one study: its own estimate unchanged, nothing about
 * heterogeneity ({@link NotEstimable#TOO_FEW_GROUPS}); prediction from two studies: {@link NotEstimable#TOO_FEW_GROUPS}.
 *
 * <p>Agrees with R 4.2, metafor 3.8 {@code rma(yi, vi, method, test = "knha"|"adhoc")}, {@code predict} and {@code
 * confint}: closed forms relative 1e-8, iterated tau2 1e-6.
 *
 * <p>Reference: DerSimonian and Laird (1986), Controlled Clinical Trials 7, 177-188, doi:10.1016/0197-2456(86)90046-2;
 * Paule and Mandel (1982), Journal of Research of the NBS 87, 377-385, doi:10.6028/jres.087.022; Viechtbauer (2005),
 * Journal of Educational and Behavioral Statistics 30, 261-293, doi:10.3102/10769986030003261; Knapp and Hartung (2003),
 * Statistics in Medicine 22, 2693-2710, doi:10.1002/sim.1482; Viechtbauer (2007), Statistics in Medicine 26, 37-52,
 * doi:10.1002/sim.2514.
 */
public final class MetaAnalysis {

    /** How the variance between studies is estimated. */
    public enum Estimator {
        /** No variance between studies: the fixed effect. */
        FIXED,
        /** DerSimonian and Laird's moments. */
        DERSIMONIAN_LAIRD,
        /** Restricted maximum likelihood: the plan's choice. */
        RESTRICTED_LIKELIHOOD,
        /** Paule and Mandel's generalised moments. */
        PAULE_MANDEL
    }

    /** How the pooled effect's standard error is taken. */
    public enum Test {
        /** Normal, the weights taken as known. */
        NORMAL,
        /** Hartung-Knapp. */
        HARTUNG_KNAPP,
        /** Hartung-Knapp with the factor not below 1: the plan's choice. */
        HARTUNG_KNAPP_FLOORED
    }

    /** Which quantile the prediction interval takes. */
    public enum Prediction {
        /** That of the pooled effect's test: t with k - 1 under Hartung-Knapp, normal else. */
        OF_TEST,
        /** The normal: metafor's default. */
        NORMAL,
        /** t with k - 1. */
        STUDIES_LESS_ONE,
        /** t with k - 2, from three studies on (Higgins, Thompson and Spiegelhalter 2009, doi:10.1111/j.1467-985X.2008.00552.x). */
        STUDIES_LESS_TWO
    }

    /**
     * How much the studies differ.
     *
     * @param q Cochran's Q
     * @param degreesOfFreedom k - 1
     * @param qP upper tail of Q
     * @param tau2 variance between studies
     * @param tau2Error its standard error: from the expected information (restricted likelihood), from the variance of Q
     *     (DerSimonian-Laird), k sqrt(2/(k - 1))/sum w (Paule-Mandel)
     * @param tau2Limits Q-profile limits
     * @param i2 share of the variance that lies between studies, as a fraction
     * @param i2Limits from the limits of tau2
     * @param i2FromQ (Q - (k - 1))/Q, not below 0; equals i2 for DerSimonian-Laird
     * @param h2 total over typical variance
     * @param h2Limits from the limits of tau2
     */
    public record Heterogeneity(
            Quantity q,
            int degreesOfFreedom,
            Quantity qP,
            Quantity tau2,
            Quantity tau2Error,
            Limits tau2Limits,
            Quantity i2,
            Limits i2Limits,
            Quantity i2FromQ,
            Quantity h2,
            Limits h2Limits) {}

    /**
     * A pooled effect.
     *
     * @param studies k
     * @param pooled the effect
     * @param hartungKnappFactor f before it is floored
     * @param prediction limits of the effect in a new study, by {@link Prediction}
     * @param heterogeneity how much the studies differ
     * @param logLikelihood restricted log-likelihood at tau2
     */
    public record Result(
            int studies,
            Estimate pooled,
            Quantity hartungKnappFactor,
            Limits prediction,
            Heterogeneity heterogeneity,
            Quantity logLikelihood) {}

    private static final RestrictedClimb CLIMB = new RestrictedClimb(10_000, 1e-15);
    private static final double TOLERANCE = 1e-15;
    private static final double TAIL = (1 - Distributions.DEFAULT_CONFIDENCE) / 2;

    private static final MetaAnalysis DEFAULTS =
            new MetaAnalysis(Estimator.RESTRICTED_LIKELIHOOD, Test.HARTUNG_KNAPP_FLOORED, Prediction.OF_TEST, 3);

    private final Estimator estimator;
    private final Test test;
    private final Prediction prediction;
    private final int predictionFrom;

    private MetaAnalysis(Estimator estimator, Test test, Prediction prediction, int predictionFrom) {
        this.estimator = estimator;
        this.test = test;
        this.prediction = prediction;
        this.predictionFrom = predictionFrom;
    }

    /** Restricted maximum likelihood, Hartung-Knapp with the factor floored at 1, 95 % limits. */
    public static MetaAnalysis withDefaults() {
        return DEFAULTS;
    }

    /** The same with another estimator of the variance between studies. */
    public MetaAnalysis with(Estimator choice) {
        return new MetaAnalysis(choice, test, prediction, predictionFrom);
    }

    /** The same with another standard error of the pooled effect. */
    public MetaAnalysis with(Test choice) {
        return new MetaAnalysis(estimator, choice, prediction, predictionFrom);
    }

    /** The same with another quantile for the prediction interval. */
    public MetaAnalysis with(Prediction choice) {
        return new MetaAnalysis(estimator, test, choice, predictionFrom);
    }

    /**
     * The same with a prediction interval from so many studies on; the plan asks for three, metafor gives it from two.
     *
     * @throws IllegalArgumentException if fewer than two
     */
    public MetaAnalysis withPredictionFrom(int studies) {
        if (studies < 2) {
            throw new IllegalArgumentException("a prediction needs two studies at least");
        }
        return new MetaAnalysis(estimator, test, prediction, studies);
    }

    /**
     * Pools the studies.
     *
     * @param effects one for each study, finite
     * @param variances their variances, above zero
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if an effect is not finite or a variance not above zero; the message names array and
     *     index
     */
    public Result pool(double[] effects, double[] variances) {
        Checks.sameLength("effects", effects.length, "variances", variances.length);
        Checks.finite("effects", effects);
        Checks.positive("variances", variances);
        Studies studies = new Studies(effects.clone(), variances.clone());
        return switch (studies.k()) {
            case 0 -> notEstimable(0, Estimate.notEstimable(NotEstimable.EMPTY_ARM), NotEstimable.EMPTY_ARM);
            case 1 ->
                notEstimable(
                        1,
                        Estimate.normal(effects[0], Math.sqrt(variances[0]), Distributions.DEFAULT_CONFIDENCE),
                        NotEstimable.TOO_FEW_GROUPS);
            default -> pool(studies);
        };
    }

    /**
     * Pools the studies once without each of them.
     *
     * @param effects one for each study, finite
     * @param variances their variances, above zero
     * @return the result without the first study, without the second, and so on
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if an effect is not finite or a variance not above zero; the message names array and
     *     index
     */
    public List<Result> leaveOneOut(double[] effects, double[] variances) {
        List<Result> results = new ArrayList<>();
        for (int left = 0; left < effects.length; left++) {
            results.add(pool(without(effects, left), without(variances, left)));
        }
        return List.copyOf(results);
    }

    private static double[] without(double[] values, int left) {
        return IntStream.range(0, values.length)
                .filter(i -> i != left)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    private static Result notEstimable(int k, Estimate pooled, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        Limits limits = Limits.notEstimable(reason);
        Heterogeneity heterogeneity =
                new Heterogeneity(none, 0, none, none, none, limits, none, limits, none, none, limits);
        return new Result(k, pooled, none, limits, heterogeneity, none);
    }

    private Result pool(Studies studies) {
        double tau2 = tau2(studies);
        if (!Double.isFinite(tau2)) {
            // variances so different that the sums over them lose every digit
            return notEstimable(
                    studies.k(), Estimate.notEstimable(NotEstimable.NO_CONVERGENCE), NotEstimable.NO_CONVERGENCE);
        }
        double mu = studies.mean(tau2);
        double factor = studies.q(tau2) / (studies.k() - 1);
        double error = Math.sqrt(used(factor) / studies.weight(tau2));
        double df = test == Test.NORMAL ? Double.POSITIVE_INFINITY : studies.k() - 1;
        Estimate pooled = error > 0
                ? Estimate.student(mu, error, df, Distributions.DEFAULT_CONFIDENCE)
                : Estimate.valueOnly(mu, NotEstimable.ZERO_VARIANCE);
        return new Result(
                studies.k(),
                pooled,
                Quantity.of(factor),
                prediction(studies.k(), mu, error, tau2, df),
                heterogeneity(studies, tau2),
                Quantity.of(studies.restrictedLogLikelihood(tau2)));
    }

    private double used(double factor) {
        return switch (test) {
            case NORMAL -> 1;
            case HARTUNG_KNAPP -> factor;
            case HARTUNG_KNAPP_FLOORED -> Math.max(1, factor);
        };
    }

    private Limits prediction(int k, double mu, double error, double tau2, double testDf) {
        double df = switch (prediction) {
            case OF_TEST -> testDf;
            case NORMAL -> Double.POSITIVE_INFINITY;
            case STUDIES_LESS_ONE -> k - 1;
            case STUDIES_LESS_TWO -> k - 2;
        };
        if (k < predictionFrom || df == 0) {
            return Limits.notEstimable(NotEstimable.TOO_FEW_GROUPS);
        }
        double margin = Distributions.studentMargin(Distributions.DEFAULT_CONFIDENCE, df);
        return Limits.around(mu, margin * Math.hypot(error, Math.sqrt(tau2)));
    }

    private double tau2(Studies studies) {
        return switch (estimator) {
            case FIXED -> 0;
            case DERSIMONIAN_LAIRD -> studies.moments();
            case PAULE_MANDEL -> studies.solveQ(studies.k() - 1);
            case RESTRICTED_LIKELIHOOD -> studies.restricted();
        };
    }

    private Heterogeneity heterogeneity(Studies studies, double tau2) {
        double q = studies.q(0);
        int df = studies.k() - 1;
        double typical = studies.typicalVariance();
        boolean fixed = estimator == Estimator.FIXED;
        double h2 = fixed ? q / df : tau2 / typical + 1;
        Limits limits = Limits.of(
                studies.solveQ(Distributions.chiSquareQuantile(TAIL, df)),
                studies.solveQ(Distributions.chiSquareQuantile(1 - TAIL, df)));
        return new Heterogeneity(
                Quantity.of(q),
                df,
                Quantity.of(Distributions.chiSquareUpper(q, df)),
                Quantity.of(tau2),
                tau2Error(studies, tau2),
                limits,
                Quantity.of(h2 > 1 ? 1 - 1 / h2 : 0),
                limits.map(t -> t / (t + typical)),
                Quantity.of(q > df ? (q - df) / q : 0),
                Quantity.of(h2),
                limits.map(t -> t / typical + 1));
    }

    private Quantity tau2Error(Studies studies, double tau2) {
        return switch (estimator) {
            case FIXED -> Quantity.notEstimable(NotEstimable.NOT_APPLICABLE);
            case DERSIMONIAN_LAIRD -> Quantity.of(studies.momentsError(tau2));
            case PAULE_MANDEL -> Quantity.of(studies.k() * Math.sqrt(2.0 / (studies.k() - 1)) / studies.weight(tau2));
            case RESTRICTED_LIKELIHOOD -> Quantity.of(Math.sqrt(2 / studies.tracePP(tau2)));
        };
    }

    /** Estimates and variances, and the sums every formula is made of. */
    private static final class Studies {

        private final double[] y;
        private final double[] v;

        Studies(double[] y, double[] v) {
            this.y = y;
            this.v = v;
        }

        int k() {
            return y.length;
        }

        /** Sum of w^power. */
        private double weights(double tau2, int power) {
            return Sums.of(y.length, i -> Math.pow(1 / (v[i] + tau2), power));
        }

        double weight(double tau2) {
            return weights(tau2, 1);
        }

        double mean(double tau2) {
            return Sums.of(y.length, i -> y[i] / (v[i] + tau2)) / weight(tau2);
        }

        double q(double tau2) {
            double mu = mean(tau2);
            return Sums.of(y.length, i -> Sums.square(y[i] - mu) / (v[i] + tau2));
        }

        double typicalVariance() {
            return (k() - 1) / traceP(0);
        }

        /** tr P = sum w - sum w^2/sum w. */
        double traceP(double tau2) {
            return weight(tau2) - weights(tau2, 2) / weight(tau2);
        }

        /** tr P P = sum w^2 - 2 sum w^3/sum w + (sum w^2/sum w)^2. */
        double tracePP(double tau2) {
            double w = weight(tau2);
            double w2 = weights(tau2, 2);
            return w2 - 2 * weights(tau2, 3) / w + w2 / w * (w2 / w);
        }

        /** DerSimonian and Laird: (Q - (k - 1))/tr P at tau2 = 0, not below 0. */
        double moments() {
            return Math.max(0, (q(0) - (k() - 1)) / traceP(0));
        }

        /** Variance of Q at tau2 with the weights of tau2 = 0, through its slope tr P. */
        double momentsError(double tau2) {
            double trace = traceP(0);
            double variance = 2.0 * (k() - 1) + 4 * tau2 * trace + 2 * tau2 * tau2 * tracePP(0);
            return Math.sqrt(variance) / trace;
        }

        /** The tau2 at which Q has a value; 0 when it is below that already without variance between studies. */
        double solveQ(double value) {
            if (q(0) <= value) {
                return 0;
            }
            double scale = typicalVariance();
            return scale * Roots.decreasing(t -> q(scale * t) - value, 0, 1, TOLERANCE);
        }

        /** From the moments. */
        double restricted() {
            return CLIMB.summit(
                    moments(), typicalVariance(), t -> score(t) / tracePP(t), this::restrictedLogLikelihood);
        }

        /** y'P P y - tr P: twice the slope of the restricted log-likelihood. */
        private double score(double tau2) {
            double mu = mean(tau2);
            return Sums.of(y.length, i -> Sums.square((y[i] - mu) / (v[i] + tau2))) - traceP(tau2);
        }

        double restrictedLogLikelihood(double tau2) {
            double constant = (k() - 1) * Math.log(2 * Math.PI) - Math.log(k());
            double logVariances = Sums.of(y.length, i -> Math.log(v[i] + tau2));
            return -(constant + logVariances + Math.log(weight(tau2)) + q(tau2)) / 2;
        }
    }
}
