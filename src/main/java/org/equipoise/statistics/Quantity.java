package org.equipoise.statistics;

import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A number, or the reason why there is none. Infinite numbers are numbers (an odds ratio can be infinite); NaN never
 * gets in: arithmetic that yields it is a programming error and is refused.
 */
public final class Quantity {

    private final double number;
    private final @Nullable NotEstimable reason;

    private Quantity(double number, @Nullable NotEstimable reason) {
        this.number = number;
        this.reason = reason;
    }

    /**
     * A quantity that was estimated.
     *
     * @param number finite or infinite
     * @throws IllegalArgumentException if the number is NaN
     */
    public static Quantity of(double number) {
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException("a quantity is a number or a reason, not NaN");
        }
        return new Quantity(number, null);
    }

    /** A quantity that cannot be estimated, and why. */
    public static Quantity notEstimable(NotEstimable reason) {
        return new Quantity(0, Objects.requireNonNull(reason, "reason"));
    }

    /** Whether there is a number. */
    public boolean isEstimable() {
        return reason == null;
    }

    /**
     * The number.
     *
     * @throws IllegalStateException if the quantity is not estimable; the message names the reason
     */
    public double value() {
        if (reason != null) {
            throw new IllegalStateException("not estimable: " + reason);
        }
        return number;
    }

    /** Why there is no number; empty when there is one. */
    public Optional<NotEstimable> reason() {
        return Optional.ofNullable(reason);
    }

    /** The function of the number, or the same reason. */
    public Quantity map(DoubleUnaryOperator function) {
        return isEstimable() ? of(function.applyAsDouble(number)) : this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity that && Double.compare(number, that.number) == 0 && reason == that.reason;
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, reason);
    }

    @Override
    public String toString() {
        return reason == null ? Double.toString(number) : reason.toString();
    }
}
