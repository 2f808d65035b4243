package org.equipoise.statistics;

/**
 * Kenward and Roger's small-sample inference.
 *
 * <p>Formula: with A the covariance of the parameters, P(i) = -S(i), Q(i, j) = X'W V(i) W V(j) W X and R(i, j) = X'W V(ij) W
 * X, the covariance of b is Phi + 2 Phi {sum A(i, j) [Q(i, j) - P(i) Phi P(j) - R(i, j)/4]} Phi; the linear form leaves R
 * out. The F statistic of q combinations is scaled by lambda and has m df, both from the first two moments; for q = 1 m is
 * Satterthwaite's df and lambda 1.
 *
 * <p>Reference: Kenward and Roger (1997), Biometrics 53, 983-997, doi:10.2307/2533558.
 */
final class KenwardRoger implements CombinationInference {

    private final FittedMoments moments;
    private final double[][] covariance;

    /**
     * Adjusts the covariance.
     *
     * @param corrections sum A(i, j) [Q(i, j) - R(i, j)/4]
     */
    KenwardRoger(FittedMoments moments, double[][] corrections) {
        this.moments = moments;
        double[][] phi = moments.phi();
        double[][] middle = corrections.clone();
        double[][] root = Cholesky.of(moments.parameterCovariance()).root();
        double[][][] sensitivities = moments.sensitivities();
        int p = phi.length;
        for (int h = 0; h < root.length; h++) {
            double[][] mixed = new double[p][p];
            for (int i = h; i < root.length; i++) {
                Matrices.add(sensitivities[i], root[i][h], mixed);
            }
            double[][] product = Matrices.product(Matrices.product(mixed, phi), mixed);
            middle = Matrices.sum(middle, product, -1);
        }
        this.covariance = Matrices.sum(phi, Matrices.product(Matrices.product(phi, middle), phi), 2);
    }

    @Override
    public double[][] covariance() {
        return covariance;
    }

    @Override
    public double degreesOfFreedom(double[] l) {
        return moments.satterthwaite(l);
    }

    @Override
    public JointTest joint(double[] values, double[][] rows) {
        double[][] unadjusted = CombinationInference.between(moments.phi(), rows);
        double[][] adjusted = CombinationInference.between(covariance, rows);
        if (!PatternLikelihood.definite(unadjusted) || !PatternLikelihood.definite(adjusted)) {
            return JointTest.notEstimable(NotEstimable.ALIASED);
        }
        int q = rows.length;
        double wald = Sums.dot(values, Cholesky.of(adjusted).solve(values)) / q;
        double[][][] scaled = new double[moments.sensitivities().length][][];
        double[][] projected = Matrices.product(rows, moments.phi());
        for (int h = 0; h < scaled.length; h++) {
            double[][] change = CombinationInference.between(moments.sensitivities()[h], projected);
            scaled[h] = Matrices.product(Cholesky.of(unadjusted).inverse(), change);
        }
        double a1 = 0;
        double a2 = 0;
        double[][] weights = moments.parameterCovariance();
        for (int i = 0; i < scaled.length; i++) {
            for (int j = 0; j < scaled.length; j++) {
                a1 += weights[i][j] * trace(scaled[i]) * trace(scaled[j]);
                a2 += weights[i][j] * trace(Matrices.product(scaled[i], scaled[j]));
            }
        }
        return test(wald, q, a1, a2);
    }

    /** The scaled F test from the two moments' sums, in the notation of the paper. */
    private static JointTest test(double wald, int q, double a1, double a2) {
        double b = (a1 + 6 * a2) / (2 * q);
        double g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2);
        double denominator = 3 * q + 2 * (1 - g);
        double c1 = g / denominator;
        double c2 = (q - g) / denominator;
        double c3 = (q + 2 - g) / denominator;
        double mean = 1 / (1 - a2 / q);
        double variance = 2.0 / q * (1 + c1 * b) / (Sums.square(1 - c2 * b) * (1 - c3 * b));
        double ratio = variance / (2 * mean * mean);
        double m = 4 + (q + 2) / (q * ratio - 1);
        double lambda = m / (mean * (m - 2));
        return m > 2 && lambda > 0
                ? JointTest.of(lambda * wald, q, m)
                : JointTest.notEstimable(NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM);
    }

    private static double trace(double[][] matrix) {
        return Sums.of(matrix.length, i -> matrix[i][i]);
    }
}
