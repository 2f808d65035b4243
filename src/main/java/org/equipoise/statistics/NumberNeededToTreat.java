package org.equipoise.statistics;

/**
 * How many people must be treated for one more to have the event: the inverse of the risk difference.
 *
 * <p>Formula: 1/RD with its sign (negative: one fewer has the event). Limits are the inverted limits of RD, read as
 * absolute numbers. When 0 lies inside RD's limits the interval passes through infinity and has two pieces: from
 * {@code increaseFrom} up to infinity for one more event, and from {@code decreaseFrom} up to infinity for one fewer.
 *
 * <p>Special cases: RD = 0 gives an infinite number; an empty arm {@link NotEstimable#EMPTY_ARM}; the parts of the form
 * of interval that does not apply are {@link NotEstimable#NOT_APPLICABLE}.
 *
 * <p>Reference: Altman (1998), BMJ 317, 1309-1312, doi:10.1136/bmj.317.7168.1309.
 *
 * @param value 1/RD, signed
 * @param throughInfinity whether the interval has two pieces
 * @param limits the finite interval, both limits without sign
 * @param increaseFrom where the piece for one more event begins
 * @param decreaseFrom where the piece for one fewer event begins
 */
public record NumberNeededToTreat(
        Quantity value, boolean throughInfinity, Limits limits, Quantity increaseFrom, Quantity decreaseFrom) {

    private static final Quantity NOT_APPLICABLE = Quantity.notEstimable(NotEstimable.NOT_APPLICABLE);

    static NumberNeededToTreat of(Quantity difference, Limits limits) {
        if (!difference.isEstimable() || !limits.lower().isEstimable()) {
            return new NumberNeededToTreat(difference, false, limits, limits.lower(), limits.upper());
        }
        double lower = limits.lower().value();
        double upper = limits.upper().value();
        Quantity value = Quantity.of(inverse(difference.value()));
        if (lower > 0 || upper < 0) {
            double one = Math.abs(inverse(lower));
            double other = Math.abs(inverse(upper));
            Limits finite = Limits.of(Math.min(one, other), Math.max(one, other));
            return new NumberNeededToTreat(value, false, finite, NOT_APPLICABLE, NOT_APPLICABLE);
        }
        return new NumberNeededToTreat(
                value,
                true,
                Limits.notEstimable(NotEstimable.NOT_APPLICABLE),
                Quantity.of(inverse(Math.max(upper, 0))),
                Quantity.of(inverse(Math.max(-lower, 0))));
    }

    private static double inverse(double difference) {
        return difference == 0 ? Double.POSITIVE_INFINITY : 1 / difference;
    }
}
