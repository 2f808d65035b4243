package org.equipoise.statistics;

import java.util.Arrays;

/**
 * Sample quantiles.
 *
 * <p>Formula: with the ordered values x(1) &lt;= ... &lt;= x(n) and j + g = position in the ordered sample, the quantile
 * is (1 - g) x(j) + g x(j + 1); each {@link Definition} says what the position is.
 *
 * <p>Agrees with R 4.2 {@code quantile(x, p, type = 7|2|6)}, relative 1e-8.
 *
 * <p>Reference: Hyndman and Fan (1996), The American Statistician 50, 361-365, doi:10.1080/00031305.1996.10473566.
 */
public final class Quantiles {

    /** How a position between two ordered values is read. */
    public enum Definition {
        /** Position 1 + (n - 1) p, linear between neighbours: R's default and this program's. */
        R_TYPE_7,
        /** Inverse of the empirical distribution, averaged at its steps: SAS PCTLDEF=5. */
        SAS_TYPE_2,
        /** Position (n + 1) p, linear between neighbours: SPSS. */
        SPSS_TYPE_6
    }

    /** Relative slack with which a position counts as a whole number, as in R. */
    private static final double FUZZ = 4 * Math.ulp(1.0);

    private Quantiles() {}

    /**
     * One quantile.
     *
     * @param values finite, in any order, not modified
     * @param probability in [0, 1]
     * @param definition how to interpolate
     * @return the quantile; {@link NotEstimable#EMPTY_ARM} without values
     * @throws IllegalArgumentException if a value is not finite (the message names the index)
     * @throws IllegalArgumentException if the probability lies outside [0, 1]
     */
    public static Quantity of(double[] values, double probability, Definition definition) {
        Checks.finite("values", values);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability lies outside [0, 1]");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, probability, definition);
    }

    static Quantity ofSorted(double[] sorted, double p, Definition definition) {
        if (sorted.length == 0) {
            return Quantity.notEstimable(NotEstimable.EMPTY_ARM);
        }
        int n = sorted.length;
        return Quantity.of(
                switch (definition) {
                    case R_TYPE_7 -> interpolate(sorted, 1 + (n - 1) * p);
                    case SPSS_TYPE_6 -> interpolate(sorted, (n + 1) * p);
                    case SAS_TYPE_2 -> averagedStep(sorted, n * p);
                });
    }

    /** (1 - g) x(j) + g x(j + 1) for the position j + g, with the ends repeated. */
    private static double interpolate(double[] sorted, double position) {
        double whole = Math.floor(position + FUZZ);
        double fraction = Math.abs(position - whole) < FUZZ ? 0 : position - whole;
        double below = at(sorted, whole);
        double above = at(sorted, whole + 1);
        return fraction == 0 ? below : below + fraction * (above - below);
    }

    private static double averagedStep(double[] sorted, double position) {
        double whole = Math.floor(position + FUZZ);
        boolean onStep = Math.abs(position - whole) < FUZZ;
        double above = at(sorted, whole + 1);
        return onStep ? 0.5 * at(sorted, whole) + 0.5 * above : above;
    }

    private static double at(double[] sorted, double rank) {
        int index = (int) Math.max(1, Math.min(sorted.length, rank)) - 1;
        return sorted[index];
    }
}
