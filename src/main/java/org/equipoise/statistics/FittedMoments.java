package org.equipoise.statistics;

/**
 * What inference on the fixed effects of a mixed model needs of its fit.
 *
 * @param coefficients b, of the columns that are not combinations of others
 * @param phi Phi = (X'WX)^-1, their covariance when the variances are taken as known
 * @param sensitivities S(h) = X'W dV/d theta(h) W X for each parameter of the covariance
 * @param parameterCovariance of the parameters theta: the inverse information
 * @param residualDegreesOfFreedom rows minus coefficients
 */
record FittedMoments(
        double[] coefficients,
        double[][] phi,
        double[][][] sensitivities,
        double[][] parameterCovariance,
        int residualDegreesOfFreedom) {

    /** d(l'Phi l)/d theta(h) = l'Phi S(h) Phi l for each h. */
    double[] varianceGradient(double[] l) {
        double[] projected = Matrices.times(phi, l);
        double[] gradient = new double[sensitivities.length];
        for (int h = 0; h < gradient.length; h++) {
            gradient[h] = Matrices.quadratic(sensitivities[h], projected);
        }
        return gradient;
    }

    /** Satterthwaite's 2 v^2/var(v) of v = l'Phi l; infinite where v does not depend on the parameters. */
    double satterthwaite(double[] l) {
        double variance = Matrices.quadratic(phi, l);
        double uncertainty = Matrices.quadratic(parameterCovariance, varianceGradient(l));
        return 2 * variance * variance / uncertainty;
    }
}
