package org.equipoise.statistics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The noncentral t distribution, by integrating over the chi distribution of the standard deviation.
 *
 * <p>Formula: P(T &lt;= t) = integral over s of Phi(t s - ncp) f(s), where s = chi(df)/sqrt(df) has a density
 * proportional to s^(df - 1) exp(-df s^2 / 2). The density is normalised by the same quadrature, so that no gamma
 * function enters; the nodes follow both the density's mode and the place where Phi turns from 0 to 1.
 */
final class NoncentralT {

    /** Standard deviations to either side beyond which a normal density is below 1e-36. */
    private static final double REACH = 13;

    private static final int PANELS = 12;
    private static final double LIMIT_TOLERANCE = 1e-13;

    private NoncentralT() {}

    /** P(T(df, ncp) &lt;= t). */
    static double lower(double t, double df, double ncp) {
        double[] ends = ends(t, df, ncp);
        double mass = 0;
        double below = 0;
        for (int i = 1; i < ends.length; i++) {
            if (ends[i] == ends[i - 1]) {
                continue;
            }
            mass += integrate(s -> density(s, df), ends[i - 1], ends[i]);
            below += integrate(s -> density(s, df) * Distributions.normalLower(t * s - ncp), ends[i - 1], ends[i]);
        }
        return below / mass;
    }

    /** The noncentrality at which the observed t has the given lower tail area. */
    static double noncentrality(double t, double df, double lowerTail) {
        DoubleUnaryOperator excess = ncp -> lower(t, df, ncp) - lowerTail;
        double from = t;
        double step = 1 + Math.abs(t) / Math.sqrt(df);
        while (excess.applyAsDouble(from) <= 0) {
            from -= step;
            step *= 2;
        }
        return Roots.decreasing(excess, from, 1 + Math.abs(t) / Math.sqrt(df), LIMIT_TOLERANCE);
    }

    /** s^(df - 1) exp(-df s^2 / 2) relative to its value at the mode. */
    private static double density(double s, double df) {
        double mode = Math.sqrt((df - 1) / df);
        double power = df == 1 ? 0 : (df - 1) * Math.log(s / mode);
        return Math.exp(power - df / 2 * (s - mode) * (s + mode));
    }

    private static double[] ends(double t, double df, double ncp) {
        double mode = Math.sqrt((df - 1) / df);
        double spread = REACH / Math.sqrt(2 * df);
        double low = Math.max(0, mode - spread);
        double high = mode + spread;
        double turn = t == 0 ? mode : ncp / t;
        double turnWidth = t == 0 ? 0 : REACH / Math.abs(t);
        double[] ends = {low, clamp(turn - turnWidth, low, high), clamp(turn + turnWidth, low, high), high};
        Arrays.sort(ends);
        return ends;
    }

    private static double clamp(double x, double low, double high) {
        return Math.max(low, Math.min(high, x));
    }

    private static double integrate(DoubleUnaryOperator f, double from, double to) {
        double width = (to - from) / PANELS;
        double sum = 0;
        for (int panel = 0; panel < PANELS; panel++) {
            sum += GaussLegendre.integrate(f, from + panel * width, from + (panel + 1) * width);
        }
        return sum;
    }
}
