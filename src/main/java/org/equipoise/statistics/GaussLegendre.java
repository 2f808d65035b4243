package org.equipoise.statistics;

import java.util.function.DoubleUnaryOperator;

/** Gauss-Legendre quadrature with 16 nodes: exact for polynomials up to degree 31. */
final class GaussLegendre {

    private static final int NODES = 16;
    private static final double[] NODE = new double[NODES];
    private static final double[] WEIGHT = new double[NODES];

    static {
        for (int i = 0; i < NODES; i++) {
            NODE[i] = root(i);
            double slope = derivative(NODE[i]);
            WEIGHT[i] = 2 / ((1 - NODE[i] * NODE[i]) * slope * slope);
        }
    }

    private GaussLegendre() {}

    static double integrate(DoubleUnaryOperator f, double from, double to) {
        double half = (to - from) / 2;
        double middle = (to + from) / 2;
        double sum = 0;
        for (int i = 0; i < NODES; i++) {
            sum += WEIGHT[i] * f.applyAsDouble(middle + half * NODE[i]);
        }
        return half * sum;
    }

    /** What to do with a node and its weight. */
    @FunctionalInterface
    interface NodeConsumer {
        void accept(double node, double weight);
    }

    /** The nodes and weights of one interval. */
    static void forEachNode(double from, double to, NodeConsumer consumer) {
        double half = (to - from) / 2;
        double middle = (to + from) / 2;
        for (int i = 0; i < NODES; i++) {
            consumer.accept(middle + half * NODE[i], half * WEIGHT[i]);
        }
    }

    /** Newton's iteration on the Legendre polynomial from Tricomi's first guess of root i. */
    private static double root(int i) {
        double x = Math.cos(Math.PI * (i + 0.75) / (NODES + 0.5));
        for (int step = 0; step < 8; step++) {
            x -= legendre(NODES, x) / derivative(x);
        }
        return x;
    }

    /** k P(k) = (2k - 1) x P(k - 1) - (k - 1) P(k - 2). */
    private static double legendre(int degree, double x) {
        double before = 1;
        double current = x;
        for (int k = 2; k <= degree; k++) {
            double next = ((2 * k - 1) * x * current - (k - 1) * before) / k;
            before = current;
            current = next;
        }
        return current;
    }

    /** n (x P(n) - P(n - 1)) / (x^2 - 1). */
    private static double derivative(double x) {
        return NODES * (x * legendre(NODES, x) - legendre(NODES - 1, x)) / (x * x - 1);
    }
}
