package org.equipoise.statistics;

import java.util.function.DoubleUnaryOperator;

/** Where a function of one number changes sign. */
final class Roots {

    private static final double EPSILON = Math.ulp(1.0);
    private static final int MAXIMUM_STEPS = 1000;

    private Roots() {}

    /**
     * Brent's bracketing root finder: inverse quadratic or linear interpolation, bisection where they do not help.
     *
     * <p>The order of the steps is Brent's own, which R's {@code uniroot} follows too. That matters for step functions
     * (an inverted rank test), where every point of a flat piece is a root and the path decides which one is returned.
     *
     * <p>Reference: Brent (1973), Algorithms for Minimization without Derivatives, chapter 4, ISBN 0-13-022335-2.
     *
     * @param f a function with values of opposite sign, or zero, at the two ends
     * @param tolerance absolute width of the final bracket
     */
    static double brent(DoubleUnaryOperator f, double from, double to, double tolerance) {
        double previous = from;
        double best = to;
        double fPrevious = f.applyAsDouble(previous);
        double fBest = f.applyAsDouble(best);
        if (fPrevious == 0) {
            return previous;
        }
        double opposite = previous;
        double fOpposite = fPrevious;
        for (int step = 0; step < MAXIMUM_STEPS && fBest != 0; step++) {
            double lastMove = best - previous;
            if (Math.abs(fOpposite) < Math.abs(fBest)) {
                previous = best;
                fPrevious = fBest;
                best = opposite;
                fBest = fOpposite;
                opposite = previous;
                fOpposite = fPrevious;
            }
            double width = 2 * EPSILON * Math.abs(best) + tolerance / 2;
            double move = (opposite - best) / 2;
            if (Math.abs(move) <= width || fBest == 0) {
                return best;
            }
            if (Math.abs(lastMove) >= width && Math.abs(fPrevious) > Math.abs(fBest)) {
                move = interpolated(previous, best, opposite, fPrevious, fBest, fOpposite, width, lastMove, move);
            }
            previous = best;
            fPrevious = fBest;
            best += Math.abs(move) < width ? Math.copySign(width, move) : move;
            fBest = f.applyAsDouble(best);
            if (Math.signum(fBest) == Math.signum(fOpposite)) {
                opposite = previous;
                fOpposite = fPrevious;
            }
        }
        return best;
    }

    /** The interpolated move where it stays inside the bracket and shrinks fast enough, else the bisection. */
    private static double interpolated(
            double previous,
            double best,
            double opposite,
            double fPrevious,
            double fBest,
            double fOpposite,
            double width,
            double lastMove,
            double bisection) {
        double span = opposite - best;
        double p;
        double q;
        if (previous == opposite) {
            double ratio = fBest / fPrevious;
            p = span * ratio;
            q = 1 - ratio;
        } else {
            double r = fPrevious / fOpposite;
            double s = fBest / fOpposite;
            double t = fBest / fPrevious;
            p = t * (span * r * (r - s) - (best - previous) * (s - 1));
            q = (r - 1) * (s - 1) * (t - 1);
        }
        q = p > 0 ? -q : q;
        p = Math.abs(p);
        boolean inside = p < 0.75 * span * q - Math.abs(width * q) / 2;
        return inside && p < Math.abs(lastMove * q / 2) ? p / q : bisection;
    }

    /**
     * Root of a decreasing function that is positive at {@code from}: the upper end is doubled until the sign changes.
     *
     * @param from where the function is positive
     * @param step first distance tried
     */
    static double decreasing(DoubleUnaryOperator f, double from, double step, double tolerance) {
        double distance = step;
        while (f.applyAsDouble(from + distance) > 0) {
            distance *= 2;
        }
        return brent(f, from, from + distance, tolerance);
    }
}
