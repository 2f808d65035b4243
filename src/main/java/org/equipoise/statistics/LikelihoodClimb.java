package org.equipoise.statistics;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method on a {@link PatternLikelihood}: average information far from the maximum, the exact Hessian near it,
 * both with Levenberg's damping so that no step loses likelihood.
 *
 * <p>It stops when the predicted gain g'H^-1 g falls below 1e-14 of a unit of minus twice the log-likelihood: parameters
 * are then within 1e-7 of their standard errors of the maximum; or when rounding lets it fall no further.
 *
 * <p>Reference: Madsen, Nielsen and Tingleff (2004), Methods for Non-Linear Least Squares Problems, section 3.2.
 */
final class LikelihoodClimb {

    private static final int MOST_ITERATIONS = 150;
    private static final double CONVERGED = 1e-14;
    /** Predicted gain below which the objective's rounding would decide: the step is taken as it is. */
    private static final double BELOW_ROUNDING = 1e-7;
    /** Predicted gain below which the exact Hessian is worth its cost. */
    private static final double NEAR = 1;

    private static final double LARGEST_DAMPING = 1e10;
    /** No standard deviation or correlation moves further in one step. */
    private static final double LONGEST_STEP = 2;

    private final PatternLikelihood likelihood;
    private PatternLikelihood.Point point;
    private PatternLikelihood.Slope slope;
    private PatternLikelihood.@Nullable Curvature curvature;
    private double damping;
    private double lastGain = Double.POSITIVE_INFINITY;
    private int iterations;

    private LikelihoodClimb(PatternLikelihood likelihood, PatternLikelihood.Point start) {
        this.likelihood = likelihood;
        this.point = start;
        this.slope = likelihood.slope(start);
    }

    /**
     * Where the climb ended.
     *
     * @param converged whether the criterion was met with a positive definite Hessian
     */
    record Summit(
            PatternLikelihood.Point point,
            PatternLikelihood.Slope slope,
            PatternLikelihood.Curvature curvature,
            int iterations,
            boolean positiveDefinite,
            boolean converged) {}

    /** Climbs from the likelihood's own start; empty where not even that can be computed. */
    static Optional<Summit> climb(PatternLikelihood likelihood) {
        return likelihood.at(likelihood.start()).map(start -> new LikelihoodClimb(likelihood, start).summit());
    }

    private Summit summit() {
        boolean converged = false;
        while (!converged && iterations < MOST_ITERATIONS && damping < LARGEST_DAMPING) {
            iterations++;
            double[][] information = slope.averageInformation;
            double gain = gain(information);
            if (gain < NEAR) {
                PatternLikelihood.Curvature here = likelihood.curvature(point, slope);
                curvature = here;
                if (PatternLikelihood.definite(here.hessian())) {
                    information = here.hessian();
                    gain = gain(information);
                    converged = gain < CONVERGED || (gain < BELOW_ROUNDING && gain > 0.25 * lastGain);
                    lastGain = gain;
                }
            }
            if (!converged) {
                step(information, gain);
            }
        }
        PatternLikelihood.Curvature end = curvature == null ? likelihood.curvature(point, slope) : curvature;
        boolean definite = PatternLikelihood.definite(end.hessian());
        return new Summit(point, slope, end, iterations, definite, converged && definite);
    }

    private double gain(double[][] information) {
        return -Sums.dot(slope.gradient, direction(information, 0));
    }

    private double[] direction(double[][] information, double damped) {
        int n = information.length;
        double[][] raised = new double[n][];
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            raised[i] = information[i].clone();
            scale[i] = Math.sqrt(Math.max(information[i][i], Double.MIN_NORMAL));
        }
        double[] downhill = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                raised[i][j] /= scale[i] * scale[j];
            }
            raised[i][i] += damped;
            downhill[i] = -slope.gradient[i] / scale[i];
        }
        Cholesky root = Cholesky.of(raised);
        if (!root.positiveDefinite()) {
            return damped > LARGEST_DAMPING ? new double[n] : direction(information, Math.max(1e-6, 10 * damped));
        }
        double[] direction = root.solve(downhill);
        for (int i = 0; i < n; i++) {
            direction[i] /= scale[i];
        }
        return direction;
    }

    /** Moves to a better point, or raises the damping. */
    private void step(double[][] information, double gain) {
        double[] direction = direction(information, damping);
        double longest = 0;
        for (double part : direction) {
            longest = Math.max(longest, Math.abs(part));
        }
        double share = Math.min(1, LONGEST_STEP / longest);
        double[] theta = point.theta.clone();
        for (int i = 0; i < theta.length; i++) {
            theta[i] += share * direction[i];
        }
        Optional<PatternLikelihood.Point> next = likelihood.at(theta);
        double allowed = point.minusTwiceLogLikelihood + (gain < BELOW_ROUNDING ? 1e-6 : 0);
        if (next.isPresent() && next.get().minusTwiceLogLikelihood <= allowed) {
            point = next.get();
            slope = likelihood.slope(point);
            curvature = null;
            damping = damping < 1e-4 ? 0 : damping / 10;
        } else {
            damping = Math.max(1e-3, damping * 10);
        }
    }
}
