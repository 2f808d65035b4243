package org.equipoise.statistics;

import java.util.Arrays;

/**
 * How sites' effects change with something about the site: mixed-effects meta-regression on one moderator.
 *
 * <p>Formula: y = a + b x + u + e with var u = tau2 and var e = v; weights w = 1/(v + tau2); (a, b) = (X'WX)^-1 X'Wy. With
 * P = W - WX(X'WX)^-1 X'W, tau2 by restricted maximum likelihood: Fisher scoring with the step (y'PPy - tr P)/tr PP from
 * the moments (QE - (k - 2))/tr P at tau2 = 0, not below 0. Knapp-Hartung: covariance f (X'WX)^-1 with f = sum w r^2/(k - 2)
 * over the residuals r, t with k - 2 df, f not let below 1. QE = sum r^2/v at tau2 = 0. Explained: (tau2 without the
 * moderator - tau2)/that, not below 0. I2 = tau2/(tau2 + (k - 2)/tr P at tau2 = 0).
 *
 * <p>Shapes: one effect, variance and value of the moderator for each site. Missing values: sites that lack one are left
 * out by the caller. Units: the slope is the effect's by the moderator's.
 *
 * <p>Special cases: fewer than three sites: {@link NotEstimable#TOO_FEW_GROUPS}; a moderator that does not vary:
 * {@link NotEstimable#ALIASED}; no variance between sites without the moderator: nothing to explain
 * ({@link NotEstimable#ZERO_DENOMINATOR}).
 *
 * <p>Agrees with R 4.2, metafor 3.8 {@code rma(yi, vi, mods = ~ x, method = "REML", test = "adhoc")}, 1e-6.
 *
 * <p>Reference: Knapp and Hartung (2003), Statistics in Medicine 22, 2693-2710, doi:10.1002/sim.1482; Viechtbauer and others
 * (2015), Psychological Methods 20, 360-374, doi:10.1037/met0000023.
 */
public final class MetaRegression {

    private static final int COEFFICIENTS = 2;
    private static final RestrictedClimb CLIMB = new RestrictedClimb(1_000, 1e-14);

    private MetaRegression() {}

    /**
     * What came of it.
     *
     * @param studies how many sites
     * @param slope what the effect changes by for one more unit of the moderator
     * @param intercept the effect where the moderator is zero
     * @param knappHartungFactor f, before the floor
     * @param tau2 variance between sites that the moderator leaves
     * @param i2 its share of the variance, as a fraction
     * @param q residual heterogeneity QE
     * @param qDegreesOfFreedom k - 2
     * @param qP upper tail of QE
     * @param explained share of the variance between sites that the moderator accounts for
     */
    public record Result(
            int studies,
            Estimate slope,
            Estimate intercept,
            Quantity knappHartungFactor,
            Quantity tau2,
            Quantity i2,
            Quantity q,
            int qDegreesOfFreedom,
            Quantity qP,
            Quantity explained) {

        private static Result notEstimable(int studies, NotEstimable reason) {
            Estimate none = Estimate.notEstimable(reason);
            Quantity no = Quantity.notEstimable(reason);
            return new Result(studies, none, none, no, no, no, no, 0, no, no);
        }
    }

    /**
     * Fits the regression.
     *
     * @param effects one for each site, finite
     * @param variances their variances, above zero
     * @param moderator its value at each site, finite
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite, or a variance not above zero; the message names array and
     *     index
     */
    public static Result fit(double[] effects, double[] variances, double[] moderator) {
        Checks.sameLength("effects", effects.length, "variances", variances.length);
        Checks.sameLength("effects", effects.length, "moderator", moderator.length);
        Checks.finite("effects", effects);
        Checks.positive("variances", variances);
        Checks.finite("moderator", moderator);
        int k = effects.length;
        if (k <= COEFFICIENTS) {
            return Result.notEstimable(k, NotEstimable.TOO_FEW_GROUPS);
        }
        double centre = Sums.of(k, i -> moderator[i]) / k;
        double[] centred = Arrays.stream(moderator).map(x -> x - centre).toArray();
        double spread = Arrays.stream(centred).map(Math::abs).max().orElse(0);
        if (!(spread > 1e-12 * Math.max(1, Math.abs(centre)))) {
            return Result.notEstimable(k, NotEstimable.ALIASED);
        }
        return new Fit(effects, variances, centred).result(centre);
    }

    /** The data, the moderator taken from its mean so that the two columns are nearly at right angles. */
    private record Fit(double[] y, double[] v, double[] x) {

        int k() {
            return y.length;
        }

        Result result(double centre) {
            double tau2 = restricted();
            if (!Double.isFinite(tau2)) {
                return Result.notEstimable(k(), NotEstimable.NO_CONVERGENCE);
            }
            Line line = line(tau2);
            int df = k() - COEFFICIENTS;
            double factor = line.weightedSquares / df;
            double used = Math.max(1, factor);
            double interceptVariance =
                    line.interceptVariance - 2 * centre * line.covariance + centre * centre * line.slopeVariance;
            double q = line(0).weightedSquares;
            double typical = df / traces(0).p;
            return new Result(
                    k(),
                    student(line.slope, used * line.slopeVariance, df),
                    student(line.intercept - centre * line.slope, used * interceptVariance, df),
                    Quantity.of(factor),
                    Quantity.of(tau2),
                    Quantity.of(tau2 / (tau2 + typical)),
                    Quantity.of(q),
                    df,
                    Quantity.of(Distributions.chiSquareUpper(q, df)),
                    explained(tau2));
        }

        private static Estimate student(double value, double variance, int df) {
            return Estimate.student(value, Math.sqrt(variance), df, Distributions.DEFAULT_CONFIDENCE);
        }

        private Quantity explained(double tau2) {
            Quantity without =
                    MetaAnalysis.withDefaults().pool(y, v).heterogeneity().tau2();
            if (!without.isEstimable() || without.value() == 0) {
                return Quantity.notEstimable(NotEstimable.ZERO_DENOMINATOR);
            }
            return Quantity.of(Math.max(0, 1 - tau2 / without.value()));
        }

        /** A weighted line, the variances of its coefficients, and the weighted sum of squared residuals. */
        private record Line(
                double intercept,
                double slope,
                double interceptVariance,
                double slopeVariance,
                double covariance,
                double weightedSquares) {}

        Line line(double tau2) {
            double w = Sums.of(k(), i -> weight(i, tau2));
            double wx = Sums.of(k(), i -> weight(i, tau2) * x[i]);
            double wxx = Sums.of(k(), i -> weight(i, tau2) * x[i] * x[i]);
            double wy = Sums.of(k(), i -> weight(i, tau2) * y[i]);
            double wxy = Sums.of(k(), i -> weight(i, tau2) * x[i] * y[i]);
            double determinant = w * wxx - wx * wx;
            double slope = (w * wxy - wx * wy) / determinant;
            double intercept = (wy - slope * wx) / w;
            double squares = Sums.of(k(), i -> weight(i, tau2) * Sums.square(y[i] - intercept - slope * x[i]));
            return new Line(intercept, slope, wxx / determinant, w / determinant, -wx / determinant, squares);
        }

        private double weight(int i, double tau2) {
            return 1 / (v[i] + tau2);
        }

        /** tr P and tr PP. */
        private record Traces(double p, double pp) {}

        private Traces traces(double tau2) {
            Line line = line(tau2);
            double p = 0;
            double pp = 0;
            for (int i = 0; i < k(); i++) {
                for (int j = 0; j < k(); j++) {
                    double leverage =
                            line.interceptVariance + line.covariance * (x[i] + x[j]) + line.slopeVariance * x[i] * x[j];
                    double element = (i == j ? weight(i, tau2) : 0) - weight(i, tau2) * weight(j, tau2) * leverage;
                    p += i == j ? element : 0;
                    pp += element * element;
                }
            }
            return new Traces(p, pp);
        }

        private double restricted() {
            int df = k() - COEFFICIENTS;
            double trace = traces(0).p;
            return CLIMB.summit(
                    Math.max(0, (line(0).weightedSquares - df) / trace), df / trace, this::move, this::logLikelihood);
        }

        private double move(double tau2) {
            Traces traces = traces(tau2);
            return (squaredScores(tau2) - traces.p) / traces.pp;
        }

        /** y'PPy: P y are the weighted residuals. */
        private double squaredScores(double tau2) {
            Line line = line(tau2);
            return Sums.of(k(), i -> Sums.square(weight(i, tau2) * (y[i] - line.intercept - line.slope * x[i])));
        }

        /** Restricted log-likelihood but for its constant. */
        private double logLikelihood(double tau2) {
            Line line = line(tau2);
            double determinant = 1 / (line.interceptVariance * line.slopeVariance - Sums.square(line.covariance));
            return -(Sums.of(k(), i -> Math.log(v[i] + tau2)) + Math.log(determinant) + line.weightedSquares) / 2;
        }
    }
}
