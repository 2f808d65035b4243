package org.equipoise.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * Inference on one coefficient from the profile of the likelihood: its maximum over all other parameters with the
 * coefficient held.
 *
 * <p>Formula: limits where twice the fall of the profile from its maximum is the chi-square quantile with 1 df; p from twice
 * its fall at zero.
 *
 * <p>Special cases: a profile that stays within reach for ever (a separated outcome): that limit is
 * {@link NotEstimable#NOT_REACHED}.
 *
 * <p>Reference: Venzon and Moolgavkar (1988), Applied Statistics 37, 87-94, doi:10.2307/2347496.
 *
 * @param limits of the coefficient
 * @param p of the hypothesis that it is zero
 */
public record ProfileInterval(Limits limits, Quantity p) {

    /** Width of a limit's final bracket in standard errors. */
    private static final double TOLERANCE = 1e-7;

    private static final int DOUBLINGS = 20;

    /**
     * Searches a profile.
     *
     * @param profile log-likelihood with the coefficient held
     * @param estimate where the profile is largest
     * @param maximum its value there
     * @param standardError the first distance tried
     */
    static ProfileInterval of(
            DoubleUnaryOperator profile, double estimate, double maximum, double standardError, double confidence) {
        double level = maximum - Distributions.chiSquareQuantile(1 - confidence, 1) / 2;
        double fall = maximum - profile.applyAsDouble(0);
        return new ProfileInterval(
                new Limits(
                        limit(profile, estimate, -standardError, level),
                        limit(profile, estimate, standardError, level)),
                Quantity.of(Distributions.chiSquareUpper(Math.max(0, 2 * fall), 1)));
    }

    static ProfileInterval notEstimable(NotEstimable reason) {
        return new ProfileInterval(Limits.notEstimable(reason), Quantity.notEstimable(reason));
    }

    private static Quantity limit(DoubleUnaryOperator profile, double centre, double direction, double level) {
        double distance = direction;
        for (int doubling = 0; doubling < DOUBLINGS; doubling++) {
            if (profile.applyAsDouble(centre + distance) < level) {
                return Quantity.of(Roots.brent(
                        value -> profile.applyAsDouble(value) - level,
                        centre,
                        centre + distance,
                        TOLERANCE * Math.abs(direction)));
            }
            distance *= 2;
        }
        return Quantity.notEstimable(NotEstimable.NOT_REACHED);
    }
}
