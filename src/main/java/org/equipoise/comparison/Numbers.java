package org.equipoise.comparison;

import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.statistics.JointTest;
import org.equipoise.statistics.Limits;
import org.equipoise.statistics.NotEstimable;
import org.equipoise.statistics.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * The numeric side of a row: an estimate, and what is known of its uncertainty. A part that does not belong to the
 * quantity is null; one that does and cannot be had is a quantity with its reason.
 */
record Numbers(
        Quantity value,
        @Nullable Quantity standardError,
        @Nullable Quantity df,
        @Nullable Quantity statistic,
        @Nullable Quantity p,
        @Nullable Limits limits) {

    static Numbers of(double value) {
        return of(Quantity.of(value));
    }

    static Numbers of(Quantity value) {
        return new Numbers(value, null, null, null, null, null);
    }

    static Numbers of(org.equipoise.statistics.Estimate estimate) {
        return new Numbers(
                estimate.value(),
                estimate.standardError(),
                estimate.degreesOfFreedom(),
                estimate.statistic(),
                estimate.p(),
                new Limits(estimate.lower(), estimate.upper()));
    }

    /** The F statistic with the denominator's degrees of freedom. */
    static Numbers of(JointTest test) {
        return new Numbers(test.f(), null, test.denominatorDegreesOfFreedom(), test.f(), test.p(), null);
    }

    Numbers withStandardError(Quantity error) {
        return new Numbers(value, error, df, statistic, p, limits);
    }

    Numbers withTest(Quantity testStatistic, Quantity pValue) {
        return new Numbers(value, standardError, df, testStatistic, pValue, limits);
    }

    Numbers withLimits(Limits interval) {
        return new Numbers(value, standardError, df, statistic, p, interval);
    }

    /** Why the uncertainty of a known value is not, if so. */
    Optional<NotEstimable> uncertaintyReason() {
        return value.isEstimable()
                ? Stream.of(
                                Optional.ofNullable(standardError),
                                Optional.ofNullable(p),
                                Optional.ofNullable(limits).map(Limits::lower))
                        .flatMap(Optional::stream)
                        .flatMap(quantity -> quantity.reason().stream())
                        .findFirst()
                : Optional.empty();
    }
}
