package org.equipoise.statistics;

/**
 * Risks of both arms standardised over everyone in the model, and how they compare: see {@link LogisticRegression}.
 *
 * @param riskTreatment mean fitted risk with everyone in the treatment arm
 * @param riskControl mean fitted risk with everyone in the control arm
 * @param riskDifference treatment minus control
 * @param riskRatio treatment over control; inference on the logarithm
 * @param oddsRatio marginal odds ratio; inference on the logarithm
 */
public record StandardizedRisks(
        Estimate riskTreatment, Estimate riskControl, Estimate riskDifference, Estimate riskRatio, Estimate oddsRatio) {

    /** What the standard errors take as random. */
    public enum Covariates {
        /** The people's covariates are those observed: the delta method on the coefficients alone. */
        AS_OBSERVED,
        /** The people are a sample: stacked estimating equations, which add the spread of the fitted risks. */
        SAMPLED
    }

    static StandardizedRisks notEstimable(NotEstimable reason) {
        Estimate none = Estimate.notEstimable(reason);
        return new StandardizedRisks(none, none, none, none, none);
    }

    static StandardizedRisks of(
            double[] response,
            Design design,
            Coefficients coefficients,
            Coefficients.Covariance covariance,
            Covariates covariates,
            double confidence) {
        int[] independent =
                QrDecomposition.of(design.matrix(), design.columnNames().size()).independent();
        double[] b = coefficients.independentValues();
        ArmRisk treatment = new ArmRisk(Matrices.columns(design.matrixWithArm(true), independent), b);
        ArmRisk control = new ArmRisk(Matrices.columns(design.matrixWithArm(false), independent), b);
        double[][] v = switch (covariates) {
            case AS_OBSERVED -> delta(treatment, control, coefficients.independentCovariance(covariance));
            case SAMPLED ->
                stacked(
                        response,
                        Matrices.columns(design.matrix(), independent),
                        b,
                        treatment,
                        control,
                        coefficients.independentCovariance(Coefficients.Covariance.MODEL));
        };
        return of(treatment.mean, control.mean, v, confidence);
    }

    /** The fitted risks with everyone in one arm. */
    private static final class ArmRisk {

        private final double[] risks;
        private final double mean;
        private final double[] gradient;

        ArmRisk(double[][] x, double[] b) {
            int n = x.length;
            risks = new double[n];
            gradient = new double[b.length];
            for (int i = 0; i < n; i++) {
                risks[i] = Logistic.probability(Sums.dot(x[i], b));
            }
            mean = Sums.mean(risks);
            for (int j = 0; j < b.length; j++) {
                int column = j;
                gradient[j] = Sums.of(n, i -> risks[i] * (1 - risks[i]) * x[i][column]) / n;
            }
        }
    }

    /** J V J'. */
    private static double[][] delta(ArmRisk treatment, ArmRisk control, double[][] v) {
        double[] vt = Matrices.times(v, treatment.gradient);
        double[] vc = Matrices.times(v, control.gradient);
        double mixed = Sums.dot(control.gradient, vt);
        return new double[][] {{Sums.dot(treatment.gradient, vt), mixed}, {mixed, Sums.dot(control.gradient, vc)}};
    }

    /** The mean square of each person's influence: x (y - p) through the information, plus risk minus mean risk. */
    private static double[][] stacked(
            double[] response, double[][] x, double[] b, ArmRisk treatment, ArmRisk control, double[][] model) {
        int n = response.length;
        double[] t = Matrices.times(model, treatment.gradient);
        double[] c = Matrices.times(model, control.gradient);
        double[][] influence = new double[n][2];
        for (int i = 0; i < n; i++) {
            double residual = response[i] - Logistic.probability(Sums.dot(x[i], b));
            influence[i][0] = residual * Sums.dot(x[i], t) + (treatment.risks[i] - treatment.mean) / n;
            influence[i][1] = residual * Sums.dot(x[i], c) + (control.risks[i] - control.mean) / n;
        }
        return Matrices.cross(influence);
    }

    private static StandardizedRisks of(double p1, double p0, double[][] v, double confidence) {
        return new StandardizedRisks(
                Estimate.normal(p1, Math.sqrt(v[0][0]), confidence),
                Estimate.normal(p0, Math.sqrt(v[1][1]), confidence),
                combination(p1 - p0, v, 1, -1, confidence),
                combination(Math.log(p1 / p0), v, 1 / p1, -1 / p0, confidence).transformed(Math::exp),
                combination(
                                Logistic.logit(p1) - Logistic.logit(p0),
                                v,
                                1 / (p1 * (1 - p1)),
                                -1 / (p0 * (1 - p0)),
                                confidence)
                        .transformed(Math::exp));
    }

    private static Estimate combination(double value, double[][] v, double l1, double l0, double confidence) {
        double variance = l1 * l1 * v[0][0] + 2 * l1 * l0 * v[0][1] + l0 * l0 * v[1][1];
        return Estimate.fromVariance(value, variance, confidence);
    }
}
