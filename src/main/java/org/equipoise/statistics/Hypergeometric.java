package org.equipoise.statistics;

import java.util.function.DoubleUnaryOperator;

/** The number of events in the treatment arm given both margins, at any odds ratio (noncentral hypergeometric). */
final class Hypergeometric {

    /** R's slack when it asks whether a table is no more probable than the observed one. */
    private static final double SLACK = 1 + 1e-7;

    /** Log odds ratios beyond this are 0 or infinity to double precision. */
    private static final double LARGEST_LOG_ODDS = 700;

    private static final double TOLERANCE = 1e-15;

    private final int smallest;
    private final double[] logWeights;

    private Hypergeometric(int smallest, double[] logWeights) {
        this.smallest = smallest;
        this.logWeights = logWeights;
    }

    /** Margins: the events in both arms, the people in each. */
    static Hypergeometric of(int events, int treatment, int control) {
        int smallest = Math.max(0, events - control);
        int largest = Math.min(events, treatment);
        double[] logWeights = new double[largest - smallest + 1];
        for (int k = 1; k < logWeights.length; k++) {
            double s = smallest + k;
            // C(n1, s) C(n2, m - s) over its predecessor
            logWeights[k] = logWeights[k - 1]
                    + Math.log((treatment - s + 1) * (events - s + 1))
                    - Math.log(s * (control - events + s));
        }
        return new Hypergeometric(smallest, logWeights);
    }

    private double[] probabilities(double logOdds) {
        double[] p = new double[logWeights.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < p.length; k++) {
            p[k] = logWeights[k] + logOdds * k;
            largest = Math.max(largest, p[k]);
        }
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(p[k] - largest);
        }
        double total = Sums.of(p);
        for (int k = 0; k < p.length; k++) {
            p[k] /= total;
        }
        return p;
    }

    double twoSided(int observed) {
        double[] p = probabilities(0);
        double limit = p[observed - smallest] * SLACK;
        return Math.min(1, Sums.of(p.length, k -> p[k] <= limit ? p[k] : 0));
    }

    /** The odds ratio at which the mean is the observed count. */
    double conditionalOddsRatio(int observed) {
        if (observed == smallest) {
            return 0;
        }
        return observed == largest() ? Double.POSITIVE_INFINITY : solve(logOdds -> observed - smallest - mean(logOdds));
    }

    /** The odds ratio at which the observed count or more has probability tail. */
    double lowerOddsRatio(int observed, double tail) {
        return observed == smallest ? 0 : solve(logOdds -> tail - upper(observed, logOdds));
    }

    /** The odds ratio at which the observed count or fewer has probability tail. */
    double upperOddsRatio(int observed, double tail) {
        return observed == largest() ? Double.POSITIVE_INFINITY : solve(logOdds -> lower(observed, logOdds) - tail);
    }

    private int largest() {
        return smallest + logWeights.length - 1;
    }

    private double mean(double logOdds) {
        double[] p = probabilities(logOdds);
        return Sums.of(p.length, k -> k * p[k]);
    }

    private double upper(int observed, double logOdds) {
        double[] p = probabilities(logOdds);
        return Sums.of(p.length, k -> smallest + k >= observed ? p[k] : 0);
    }

    private double lower(int observed, double logOdds) {
        double[] p = probabilities(logOdds);
        return Sums.of(p.length, k -> smallest + k <= observed ? p[k] : 0);
    }

    private static double solve(DoubleUnaryOperator decreasingInLogOdds) {
        return Math.exp(Roots.brent(decreasingInLogOdds, -LARGEST_LOG_ODDS, LARGEST_LOG_ODDS, TOLERANCE));
    }
}
