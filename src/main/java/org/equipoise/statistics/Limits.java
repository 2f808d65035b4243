package org.equipoise.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * The two ends of a confidence or prediction interval.
 *
 * @param lower lower limit
 * @param upper upper limit
 */
public record Limits(Quantity lower, Quantity upper) {

    static Limits of(double lower, double upper) {
        return new Limits(Quantity.of(lower), Quantity.of(upper));
    }

    static Limits notEstimable(NotEstimable reason) {
        return new Limits(Quantity.notEstimable(reason), Quantity.notEstimable(reason));
    }

    /** value -/+ margin. */
    static Limits around(double value, double margin) {
        return of(value - margin, value + margin);
    }

    Limits map(DoubleUnaryOperator increasing) {
        return new Limits(lower.map(increasing), upper.map(increasing));
    }
}
