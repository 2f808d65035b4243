package org.equipoise.statistics;

/** Inference that takes the covariance structure at its word: Phi, with Satterthwaite's or residual df. */
record ModelBased(FittedMoments moments, boolean satterthwaite) implements CombinationInference {

    @Override
    public double[][] covariance() {
        return moments.phi();
    }

    @Override
    public double degreesOfFreedom(double[] l) {
        return satterthwaite ? moments.satterthwaite(l) : moments.residualDegreesOfFreedom();
    }
}
