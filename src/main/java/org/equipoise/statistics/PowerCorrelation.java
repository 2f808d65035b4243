package org.equipoise.statistics;

/**
 * c(a, b) = product over k of rho(k)^e(k), e depending on a and b: compound symmetry, autoregressive, Toeplitz,
 * ante-dependence and spatial exponential correlations are all of this kind.
 */
final class PowerCorrelation implements CovarianceKernel {

    /** The exponent of rho(k) between intervals a &gt; b. */
    interface Exponent {
        double of(int a, int b, int k);
    }

    /** Correlations that a start is made from are kept inside these. */
    private static final double SMALLEST = 0.05;

    private static final double LARGEST = 0.98;

    private final int size;
    private final int parameters;
    private final Exponent exponent;
    private final Link link;

    private PowerCorrelation(int size, int parameters, Exponent exponent, Link link) {
        this.size = size;
        this.parameters = parameters;
        this.exponent = exponent;
        this.link = link;
    }

    /** With correlations between -1 and 1, t/sqrt(1 + t^2). */
    static PowerCorrelation of(int size, int parameters, Exponent exponent) {
        return new PowerCorrelation(size, parameters, exponent, Link.ROOT);
    }

    /** With correlations between a lower end and 1, by the logistic curve. */
    static PowerCorrelation above(double lowerEnd, int size, int parameters, Exponent exponent) {
        return new PowerCorrelation(size, parameters, exponent, Link.logistic(lowerEnd));
    }

    @Override
    public int parameters() {
        return parameters;
    }

    /** rho^e with 0^0 = 1. */
    private double factor(double t, double e) {
        return e == 0 ? 1 : Math.pow(link.value(t), e);
    }

    /** d/dt of rho(t)^e. */
    private double factorSlope(double t, double e) {
        return e == 0 ? 0 : e * factor(t, e - 1) * link.slope(t);
    }

    /** d2/dt2 of rho(t)^e. */
    private double factorBend(double t, double e) {
        double inner = e == 0 || e == 1 ? 0 : e * (e - 1) * factor(t, e - 2) * Sums.square(link.slope(t));
        return e == 0 ? 0 : inner + e * factor(t, e - 1) * link.bend(t);
    }

    @Override
    public double value(int a, int b, double[] t) {
        return a == b ? 1 : others(a, b, t, -1, -1);
    }

    /** The product without two of its factors. */
    private double others(int a, int b, double[] t, int left, int leftToo) {
        double product = 1;
        for (int k = 0; k < parameters; k++) {
            product *= k == left || k == leftToo ? 1 : factor(t[k], exponent.of(a, b, k));
        }
        return product;
    }

    @Override
    public double[] gradient(int a, int b, double[] t) {
        double[] gradient = new double[parameters];
        for (int k = 0; k < parameters && a != b; k++) {
            double slope = factorSlope(t[k], exponent.of(a, b, k));
            gradient[k] = slope == 0 ? 0 : slope * others(a, b, t, k, k);
        }
        return gradient;
    }

    @Override
    public double[][] hessian(int a, int b, double[] t) {
        double[][] hessian = new double[parameters][parameters];
        for (int k = 0; k < parameters && a != b; k++) {
            double e = exponent.of(a, b, k);
            hessian[k][k] = e == 0 ? 0 : factorBend(t[k], e) * others(a, b, t, k, k);
            for (int l = 0; l < k && e != 0; l++) {
                double slopes = factorSlope(t[k], e) * factorSlope(t[l], exponent.of(a, b, l));
                hessian[k][l] = slopes == 0 ? 0 : slopes * others(a, b, t, k, l);
                hessian[l][k] = hessian[k][l];
            }
        }
        return hessian;
    }

    @Override
    public double[] start(double[][] correlations) {
        double[] start = new double[parameters];
        for (int k = 0; k < parameters; k++) {
            double sum = 0;
            int pairs = 0;
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < a; b++) {
                    double e = exponent.of(a, b, k);
                    if (e > 0) {
                        double whole = e * involved(a, b);
                        sum += Math.pow(inside(correlations[a][b]), 1 / whole);
                        pairs++;
                    }
                }
            }
            start[k] = link.inverse(pairs == 0 ? SMALLEST : inside(sum / pairs));
        }
        return start;
    }

    private int involved(int a, int b) {
        int count = 0;
        for (int k = 0; k < parameters; k++) {
            count += exponent.of(a, b, k) > 0 ? 1 : 0;
        }
        return count;
    }

    private static double inside(double correlation) {
        return Math.min(LARGEST, Math.max(SMALLEST, correlation));
    }
}
