package org.equipoise.statistics;

/** The logistic function without overflow and without lost digits in the tails. */
final class Logistic {

    private Logistic() {}

    /** 1/(1 + exp(-x)). */
    static double probability(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /** ln(1 + exp(x)). */
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** ln(p/(1 - p)). */
    static double logit(double p) {
        return Math.log(p) - Math.log1p(-p);
    }
}
