package org.equipoise.statistics;

/**
 * Whether a value of the treatment arm tends to be larger than one of the control arm (Mann-Whitney, Wilcoxon).
 *
 * <p>Formula: U = number of pairs with treatment above control, ties counting half; probability of superiority U/(n1
 * n2); Cliff's delta 2 U/(n1 n2) - 1; z = (U - n1 n2/2 - c)/sigma with the tie-corrected sigma and c = 0 or half a unit
 * towards the centre; exact p from the distribution of U over all orders.
 *
 * <p>Units: pairs. Missing values: left out by the caller.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; all values equal: the asymptotic p is
 * {@link NotEstimable#ZERO_VARIANCE}; the exact p with ties: {@link NotEstimable#TIES}, with an arm of
 * {@value #EXACT_BELOW} or more: {@link NotEstimable#SAMPLE_TOO_LARGE}.
 *
 * <p>Agrees with R 4.2 {@code wilcox.test(x, y, exact = TRUE|FALSE, correct = TRUE|FALSE)}, relative 1e-8; {@link
 * #exactWithTies} with coin 1.4 {@code wilcox_test(distribution = "exact")}.
 *
 * <p>Reference: Mann and Whitney (1947), Annals of Mathematical Statistics 18, 50-60, doi:10.1214/aoms/1177730491; Cliff
 * (1993), Psychological Bulletin 114, 494-509, doi:10.1037/0033-2909.114.3.494.
 *
 * @param treatmentPairs U of the treatment arm
 * @param controlPairs U of the control arm, n1 n2 - U
 * @param treatmentRankSum Wilcoxon's rank sum of the treatment arm
 * @param ties whether any value occurs twice
 * @param sigma standard deviation of U under the null hypothesis
 * @param z standardised U without continuity correction
 * @param zCorrected standardised U with continuity correction
 * @param p two-sided asymptotic p without continuity correction
 * @param pCorrected two-sided asymptotic p with continuity correction
 * @param pExact two-sided exact p, without ties and for small samples
 * @param probabilityOfSuperiority U/(n1 n2)
 * @param cliffsDelta 2 U/(n1 n2) - 1
 */
public record MannWhitneyTest(
        Quantity treatmentPairs,
        Quantity controlPairs,
        Quantity treatmentRankSum,
        boolean ties,
        Quantity sigma,
        Quantity z,
        Quantity zCorrected,
        Quantity p,
        Quantity pCorrected,
        Quantity pExact,
        Quantity probabilityOfSuperiority,
        Quantity cliffsDelta) {

    /** Arms smaller than this get the exact distribution, as in R. */
    static final int EXACT_BELOW = 50;

    /** Arms smaller than this get the exact distribution of tied ranks, whose cost grows with the fourth power. */
    static final int TIED_EXACT_BELOW = 60;

    /**
     * Tests two samples.
     *
     * @param treatment values of the treatment arm, finite
     * @param control values of the control arm, finite
     * @throws IllegalArgumentException if a value is not finite; the message names the array and index
     */
    public static MannWhitneyTest of(double[] treatment, double[] control) {
        Checks.finite("treatment", treatment);
        Checks.finite("control", control);
        if (treatment.length == 0 || control.length == 0) {
            return empty();
        }
        Ranks.PairCount count = Ranks.count(treatment, control);
        double n1 = treatment.length;
        double pairs = n1 * control.length;
        double centred = count.u() - pairs / 2;
        Quantity z = standardized(centred, count.sigma());
        Quantity zCorrected = standardized(centred - 0.5 * Math.signum(centred), count.sigma());
        return new MannWhitneyTest(
                Quantity.of(count.u()),
                Quantity.of(pairs - count.u()),
                Quantity.of(count.u() + n1 * (n1 + 1) / 2),
                count.ties(),
                Quantity.of(count.sigma()),
                z,
                zCorrected,
                z.map(Distributions::normalTwoSided),
                zCorrected.map(Distributions::normalTwoSided),
                exact(count, treatment.length, control.length),
                Quantity.of(count.u() / pairs),
                Quantity.of(2 * count.u() / pairs - 1));
    }

    /** The p value R's wilcox.test reports by default: exact where it is available, else with continuity correction. */
    public Quantity defaultP() {
        return pExact.isEstimable() ? pExact : pCorrected;
    }

    /**
     * Two-sided exact p with or without ties: the share of all ways to deal the two arms' midranks whose rank sum is at least
     * as far from its mean as the observed one. Not part of the record because it costs more than all the rest.
     *
     * @param treatment values of the treatment arm, finite
     * @param control values of the control arm, finite
     * @return {@link NotEstimable#SAMPLE_TOO_LARGE} with an arm of {@value #TIED_EXACT_BELOW} or more,
     *     {@link NotEstimable#EMPTY_ARM} with an empty one
     * @throws IllegalArgumentException if a value is not finite; the message names the array and index
     */
    public static Quantity exactWithTies(double[] treatment, double[] control) {
        Checks.finite("treatment", treatment);
        Checks.finite("control", control);
        if (treatment.length == 0 || control.length == 0) {
            return Quantity.notEstimable(NotEstimable.EMPTY_ARM);
        }
        if (treatment.length >= TIED_EXACT_BELOW || control.length >= TIED_EXACT_BELOW) {
            return Quantity.notEstimable(NotEstimable.SAMPLE_TOO_LARGE);
        }
        return Quantity.of(MidrankDeals.of(treatment, control).twoSided());
    }

    private static Quantity standardized(double centred, double sigma) {
        return sigma == 0 ? Quantity.notEstimable(NotEstimable.ZERO_VARIANCE) : Quantity.of(centred / sigma);
    }

    private static Quantity exact(Ranks.PairCount count, int n1, int n2) {
        if (count.ties()) {
            return Quantity.notEstimable(NotEstimable.TIES);
        }
        if (n1 >= EXACT_BELOW || n2 >= EXACT_BELOW) {
            return Quantity.notEstimable(NotEstimable.SAMPLE_TOO_LARGE);
        }
        WilcoxonCounts null0 = WilcoxonCounts.of(n1, n2);
        int u = (int) Math.round(count.u());
        return Quantity.of(Math.min(1, 2 * Math.min(null0.lower(u), null0.upper(u))));
    }

    private static MannWhitneyTest empty() {
        Quantity none = Quantity.notEstimable(NotEstimable.EMPTY_ARM);
        return new MannWhitneyTest(none, none, none, false, none, none, none, none, none, none, none, none);
    }
}
