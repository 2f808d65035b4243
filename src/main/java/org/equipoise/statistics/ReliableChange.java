package org.equipoise.statistics;

/**
 * Whether a person's change is more than measurement error, and whether it ends on the healthy side (Jacobson-Truax).
 *
 * <p>Formula: RC = (post - pre)/(sd sqrt(2) sqrt(1 - reliability)). Reliable when |RC| &gt; 1.96, strictly. Recovered:
 * reliably better, pre on the clinical side of the cutoff (the cutoff itself included), post strictly beyond it.
 *
 * <p>Units: points of the scale. Missing values: pairs that lack one are left out by the caller.
 *
 * <p>Special cases: none once the settings are valid; every pair falls into one class.
 *
 * <p>Reference: Jacobson and Truax (1991), Journal of Consulting and Clinical Psychology 59, 12-19,
 * doi:10.1037/0022-006X.59.1.12.
 *
 * @param standardDeviation of the scale in the norm sample
 * @param reliability of the scale, from 0 to below 1
 * @param cutoff between the clinical and the healthy side
 * @param lowerIsBetter the scale's direction
 */
public record ReliableChange(double standardDeviation, double reliability, double cutoff, boolean lowerIsBetter) {

    /** The four classes, from best to worst. */
    public enum Status {
        /** Reliably better, and across the cutoff. */
        RECOVERED,
        /** Reliably better. */
        IMPROVED,
        /** No reliable change. */
        UNCHANGED,
        /** Reliably worse. */
        DETERIORATED
    }

    /**
     * People by class.
     *
     * @param recovered reliably better and across the cutoff
     * @param improved reliably better only
     * @param unchanged without reliable change
     * @param deteriorated reliably worse
     */
    public record Counts(int recovered, int improved, int unchanged, int deteriorated) {}

    private static final double THRESHOLD = 1.96;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if the standard deviation is not above zero and finite
     * @throws IllegalArgumentException if the reliability is not from 0 to below 1
     * @throws IllegalArgumentException if the cutoff is not finite
     */
    public ReliableChange {
        Checks.positive("standardDeviation", new double[] {standardDeviation});
        Checks.finite("cutoff", new double[] {cutoff});
        if (!(reliability >= 0 && reliability < 1)) {
            throw new IllegalArgumentException("reliability lies outside [0, 1)");
        }
    }

    /** Standard error of one measurement: sd sqrt(1 - reliability). */
    public double standardErrorOfMeasurement() {
        return standardDeviation * Math.sqrt(1 - reliability);
    }

    /** Standard error of a difference of two measurements. */
    public double standardErrorOfDifference() {
        return Math.sqrt(2) * standardErrorOfMeasurement();
    }

    /** The change in points beyond which a change is reliable. */
    public double reliablePoints() {
        return THRESHOLD * standardErrorOfDifference();
    }

    /**
     * One person's class.
     *
     * @throws IllegalArgumentException if a value is not finite
     */
    public Status status(double pre, double post) {
        Checks.finite("occasions", new double[] {pre, post});
        double sign = lowerIsBetter ? -1 : 1;
        double change = sign * (post - pre) / standardErrorOfDifference();
        if (change < -THRESHOLD) {
            return Status.DETERIORATED;
        }
        if (!(change > THRESHOLD)) {
            return Status.UNCHANGED;
        }
        boolean crossed = sign * (post - cutoff) > 0 && sign * (pre - cutoff) <= 0;
        return crossed ? Status.RECOVERED : Status.IMPROVED;
    }

    /**
     * How many people fall into each class.
     *
     * @param pre values before, finite
     * @param post values after, finite
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite
     */
    public Counts count(double[] pre, double[] post) {
        Checks.sameLength("pre", pre.length, "post", post.length);
        int recovered = 0;
        int improved = 0;
        int unchanged = 0;
        int deteriorated = 0;
        for (int i = 0; i < pre.length; i++) {
            switch (status(pre[i], post[i])) {
                case RECOVERED -> recovered++;
                case IMPROVED -> improved++;
                case UNCHANGED -> unchanged++;
                case DETERIORATED -> deteriorated++;
            }
        }
        return new Counts(recovered, improved, unchanged, deteriorated);
    }
}
