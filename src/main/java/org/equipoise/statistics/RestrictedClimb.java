package org.equipoise.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * Climbs the restricted likelihood of a variance between sites, by Fisher scoring with step halving, never below 0.
 *
 * @param steps after so many it ends where it is
 * @param smallChange it ends when a step moves the variance by less than this share of itself and a typical one within
 */
record RestrictedClimb(int steps, double smallChange) {
    /**
     * The variance at the summit.
     *
     * @param start where it begins, not below 0
     * @param typical variance within a site
     * @param move whole scoring step from a variance
     * @param logLikelihood of a variance, up to a constant
     */
    double summit(double start, double typical, DoubleUnaryOperator move, DoubleUnaryOperator logLikelihood) {
        double tau2 = start;
        for (int step = 0; step < steps; step++) {
            double next = halved(tau2, move.applyAsDouble(tau2), logLikelihood);
            if (Math.abs(next - tau2) <= smallChange * (tau2 + typical)) {
                return next;
            }
            tau2 = next;
        }
        return tau2;
    }

    private static double halved(double tau2, double move, DoubleUnaryOperator logLikelihood) {
        double before = logLikelihood.applyAsDouble(tau2);
        double fraction = 1;
        double next = Math.max(0, tau2 + move);
        while (logLikelihood.applyAsDouble(next) < before - 1e-12 * Math.abs(before) && fraction > 1e-6) {
            fraction /= 2;
            next = Math.max(0, tau2 + fraction * move);
        }
        return next;
    }
}
