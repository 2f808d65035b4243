package org.equipoise.statistics;

import java.util.Optional;

/** A covariance of the fixed effects with degrees of freedom for each combination of them. */
interface CombinationInference {

    /** Why there is none; empty when there is one. */
    default Optional<NotEstimable> failure() {
        return Optional.empty();
    }

    /** Covariance of the coefficients. */
    double[][] covariance();

    /** Degrees of freedom of a combination. */
    double degreesOfFreedom(double[] l);

    /**
     * F test that several combinations are zero, by independent t tests on the principal axes of their covariance.
     *
     * <p>Formula: F = sum t(k)^2/q; with df nu(k) of the axes and E = sum nu/(nu - 2), the denominator has 2E/(E - q) df
     * (Fai and Cornelius 1996, doi:10.1080/00949659608811740): the common nu where all agree, 2 where one is at most 2.
     *
     * @param values the combinations' estimates
     * @param rows the combinations
     */
    default JointTest joint(double[] values, double[][] rows) {
        SymmetricEigen axes = SymmetricEigen.of(between(covariance(), rows));
        double[] spread = axes.values();
        double largest = 0;
        for (double value : spread) {
            largest = Math.max(largest, value);
        }
        double squares = 0;
        double[] df = new double[spread.length];
        int q = 0;
        for (int k = 0; k < spread.length; k++) {
            if (spread[k] > JointTest.DEPENDENT * largest) {
                double[] axis = axes.vector(k);
                squares += Sums.square(Sums.dot(axis, values)) / spread[k];
                df[q++] = degreesOfFreedom(Matrices.times(Matrices.transposed(rows), axis));
            }
        }
        return q == 0
                ? JointTest.notEstimable(NotEstimable.ZERO_VARIANCE)
                : JointTest.of(squares / q, q, JointTest.denominator(df, q));
    }

    /** L V L'. */
    static double[][] between(double[][] covariance, double[][] rows) {
        return Matrices.product(Matrices.product(rows, covariance), Matrices.transposed(rows));
    }
}
