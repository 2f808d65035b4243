package org.equipoise.statistics;

/**
 * Events in two independent arms, and how they are compared: risk difference, ratios, tests.
 *
 * <p>Formula: with a of n1 events in treatment and c of n2 in control, b = n1 - a, d = n2 - c: RD = a/n1 - c/n2, RR =
 * (a/n1)/(c/n2), OR = ad/(bc). Each method says its interval. Limits have level 95 %.
 *
 * <p>Missing values: people without the outcome are in neither count. Zero cells: conditional and score methods take
 * them unchanged; the log methods have no limits then, and {@link #halfCorrected} adds 0.5 to all four cells of such a
 * table only.
 *
 * <p>Agrees with R 4.2 {@code prop.test}, {@code fisher.test} (solved to full precision), {@code chisq.test} and metafor
 * 3.8 {@code escalc(add = .5, to = "only0")}, relative 1e-8.
 *
 * <p>Reference: Newcombe (1998), Statistics in Medicine 17, 873-890,
 * doi:10.1002/(SICI)1097-0258(19980430)17:8&lt;873::AID-SIM779&gt;3.0.CO;2-I.
 *
 * @param eventsTreatment people with the event in the treatment arm
 * @param treatment people in the treatment arm
 * @param eventsControl people with the event in the control arm
 * @param control people in the control arm
 */
public record TwoByTwoTable(int eventsTreatment, int treatment, int eventsControl, int control) {

    private static final double TAIL = (1 - Distributions.DEFAULT_CONFIDENCE) / 2;

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if not 0 &lt;= events &lt;= people in each arm
     */
    public TwoByTwoTable {
        if (eventsTreatment < 0 || eventsTreatment > treatment) {
            throw new IllegalArgumentException("eventsTreatment lies outside 0..treatment");
        }
        if (eventsControl < 0 || eventsControl > control) {
            throw new IllegalArgumentException("eventsControl lies outside 0..control");
        }
    }

    /** The table of two arms' outcomes, one for each person. */
    public static TwoByTwoTable of(boolean[] treatment, boolean[] control) {
        return new TwoByTwoTable(count(treatment), treatment.length, count(control), control.length);
    }

    private static int count(boolean[] events) {
        int count = 0;
        for (boolean event : events) {
            count += event ? 1 : 0;
        }
        return count;
    }

    /** The risk in the treatment arm. */
    public Proportion riskTreatment() {
        return Proportion.of(eventsTreatment, treatment);
    }

    /** The risk in the control arm. */
    public Proportion riskControl() {
        return Proportion.of(eventsControl, control);
    }

    /** Whether an arm is empty, so that nothing can be compared. */
    private boolean emptyArm() {
        return treatment == 0 || control == 0;
    }

    /** Whether a cell is zero. */
    public boolean hasZeroCell() {
        return a() == 0 || b() == 0 || c() == 0 || d() == 0;
    }

    private double a() {
        return eventsTreatment;
    }

    private double b() {
        return treatment - eventsTreatment;
    }

    private double c() {
        return eventsControl;
    }

    private double d() {
        return control - eventsControl;
    }

    private double difference() {
        return a() / treatment - c() / control;
    }

    /** Risk difference with Wald's standard error sqrt(p1(1 - p1)/n1 + p2(1 - p2)/n2) and interval. */
    public Estimate riskDifferenceWald() {
        if (emptyArm()) {
            return Estimate.notEstimable(NotEstimable.EMPTY_ARM);
        }
        double variance = a() * b() / Math.pow(treatment, 3) + c() * d() / Math.pow(control, 3);
        return variance == 0
                ? withoutSpread(difference())
                : Estimate.normal(difference(), Math.sqrt(variance), Distributions.DEFAULT_CONFIDENCE);
    }

    /** With all risks 0 or 1 the estimated variance is zero and the interval shrinks to the difference itself. */
    private static Estimate withoutSpread(double difference) {
        Quantity value = Quantity.of(difference);
        Quantity none = Quantity.notEstimable(NotEstimable.ZERO_VARIANCE);
        return new Estimate(value, Quantity.of(0), Quantity.of(Double.POSITIVE_INFINITY), none, none, value, value);
    }

    /** Risk difference. */
    public Quantity riskDifference() {
        return emptyArm() ? Quantity.notEstimable(NotEstimable.EMPTY_ARM) : Quantity.of(difference());
    }

    /**
     * Newcombe's hybrid score limits of the risk difference (his method 10), without continuity correction: lower RD -
     * sqrt((p1 - l1)^2 + (u2 - p2)^2), upper RD + sqrt((u1 - p1)^2 + (p2 - l2)^2) with the Wilson limits l and u.
     */
    public Limits newcombe() {
        if (emptyArm()) {
            return Limits.notEstimable(NotEstimable.EMPTY_ARM);
        }
        Proportion p1 = riskTreatment();
        Proportion p2 = riskControl();
        return Limits.of(
                difference() - Math.hypot(below(p1), above(p2)), difference() + Math.hypot(above(p1), below(p2)));
    }

    private static double below(Proportion p) {
        return p.value().value() - p.wilson().lower().value();
    }

    private static double above(Proportion p) {
        return p.wilson().upper().value() - p.value().value();
    }

    /** Number needed to treat with the inverted Newcombe limits. */
    public NumberNeededToTreat numberNeededToTreat() {
        return NumberNeededToTreat.of(riskDifference(), newcombe());
    }

    /** Number needed to treat with the inverted Wald limits. */
    public NumberNeededToTreat numberNeededToTreatWald() {
        Estimate wald = riskDifferenceWald();
        return NumberNeededToTreat.of(wald.value(), new Limits(wald.lower(), wald.upper()));
    }

    /** Risk ratio; inference on the logarithm with variance 1/a - 1/n1 + 1/c - 1/n2 (the standard error is the log's). */
    public Estimate riskRatio() {
        return ratio(
                a() * control, c() * treatment, 1 / a() - 1.0 / treatment + 1 / c() - 1.0 / control, a() * c() == 0);
    }

    /** Odds ratio; inference on the logarithm with Woolf's variance 1/a + 1/b + 1/c + 1/d. */
    public Estimate oddsRatio() {
        return ratio(a() * d(), b() * c(), 1 / a() + 1 / b() + 1 / c() + 1 / d(), hasZeroCell());
    }

    /** A ratio on the log scale; with an infinite variance only the ratio and the standard error are known. */
    private Estimate ratio(double numerator, double denominator, double logVariance, boolean infiniteVariance) {
        if (emptyArm()) {
            return Estimate.notEstimable(NotEstimable.EMPTY_ARM);
        }
        if (!infiniteVariance) {
            return Estimate.fromVariance(
                            Math.log(numerator / denominator), logVariance, Distributions.DEFAULT_CONFIDENCE)
                    .transformed(Math::exp);
        }
        Quantity none = Quantity.notEstimable(NotEstimable.ZERO_DENOMINATOR);
        Quantity infinite = Quantity.of(Double.POSITIVE_INFINITY);
        Quantity value = numerator == 0 && denominator == 0 ? none : Quantity.of(numerator / denominator);
        return new Estimate(value, infinite, infinite, none, none, none, none);
    }

    /** The effect measures for meta-analysis: log risk ratio, log odds ratio, risk difference. */
    public enum Measure {
        /** Logarithm of the risk ratio. */
        LOG_RISK_RATIO,
        /** Logarithm of the odds ratio. */
        LOG_ODDS_RATIO,
        /** Risk difference. */
        RISK_DIFFERENCE
    }

    /** When 0.5 is added to all four cells before an effect is computed. */
    public enum ZeroCells {
        /** Never: a log effect with a zero cell is {@link NotEstimable#ZERO_DENOMINATOR}. */
        UNCHANGED,
        /** When a cell of this table is zero: metafor's "only0". */
        HALF_WHERE_ZERO,
        /** Always: metafor's "all". */
        HALF_EVERYWHERE
    }

    /**
     * An effect and its variance as the input of a meta-analysis: 0.5 is added to all four cells when one of them is zero,
     * and only then.
     *
     * @param measure which effect
     * @return value and standard error with the normal interval, on the measure's own (log) scale
     */
    public Estimate halfCorrected(Measure measure) {
        return effect(measure, ZeroCells.HALF_WHERE_ZERO);
    }

    /**
     * An effect and its variance as the input of a meta-analysis, with a rule for zero cells. Compares with R 4.2, metafor
     * 3.8 {@code escalc(measure, add = 0.5, to = "none"|"only0"|"all")}.
     *
     * @param measure which effect
     * @param rule when 0.5 is added
     * @return value and standard error with the normal interval, on the measure's own (log) scale
     */
    public Estimate effect(Measure measure, ZeroCells rule) {
        if (emptyArm()) {
            return Estimate.notEstimable(NotEstimable.EMPTY_ARM);
        }
        boolean undefined = measure == Measure.LOG_RISK_RATIO ? a() == 0 || c() == 0 : hasZeroCell();
        if (rule == ZeroCells.UNCHANGED && measure != Measure.RISK_DIFFERENCE && undefined) {
            return Estimate.notEstimable(NotEstimable.ZERO_DENOMINATOR);
        }
        double add = switch (rule) {
            case UNCHANGED -> 0;
            case HALF_WHERE_ZERO -> hasZeroCell() ? 0.5 : 0;
            case HALF_EVERYWHERE -> 0.5;
        };
        double a = a() + add;
        double b = b() + add;
        double c = c() + add;
        double d = d() + add;
        double value = switch (measure) {
            case LOG_RISK_RATIO -> Math.log(a / (a + b) / (c / (c + d)));
            case LOG_ODDS_RATIO -> Math.log(a * d / (b * c));
            case RISK_DIFFERENCE -> a / (a + b) - c / (c + d);
        };
        double variance = switch (measure) {
            case LOG_RISK_RATIO -> b / (a * (a + b)) + d / (c * (c + d));
            case LOG_ODDS_RATIO -> 1 / a + 1 / b + 1 / c + 1 / d;
            case RISK_DIFFERENCE -> a * b / Math.pow(a + b, 3) + c * d / Math.pow(c + d, 3);
        };
        return Estimate.fromVariance(value, variance, Distributions.DEFAULT_CONFIDENCE);
    }

    /**
     * Pearson's chi-square test of equal risks.
     *
     * @param statistic sum of (observed - expected)^2/expected
     * @param p its upper tail with 1 df
     */
    public record ChiSquare(Quantity statistic, Quantity p) {}

    /**
     * Pearson's chi-square, with or without Yates' correction (each |observed - expected| lowered by 0.5, but not below
     * zero). No events, or only events: {@link NotEstimable#NO_EVENTS}.
     *
     * @param yates whether to correct
     */
    public ChiSquare chiSquare(boolean yates) {
        double events = a() + c();
        double others = b() + d();
        if (emptyArm() || events == 0 || others == 0) {
            Quantity none = Quantity.notEstimable(emptyArm() ? NotEstimable.EMPTY_ARM : NotEstimable.NO_EVENTS);
            return new ChiSquare(none, none);
        }
        double n = (double) treatment + control;
        double distance = Math.abs(a() * d() - b() * c()) / n;
        double corrected = distance - (yates ? Math.min(0.5, distance) : 0);
        double statistic = corrected * corrected * n / treatment * n / control * n / events / others;
        return new ChiSquare(Quantity.of(statistic), Quantity.of(Distributions.chiSquareUpper(statistic, 1)));
    }

    /**
     * Fisher's exact test and the conditional odds ratio.
     *
     * @param p two-sided: the probability of all tables no more probable than the observed
     * @param oddsRatio conditional maximum-likelihood estimate
     * @param limits exact limits of the conditional odds ratio, each tail half of the error
     */
    public record Fisher(Quantity p, Quantity oddsRatio, Limits limits) {}

    /**
     * Fisher's test, conditional on both margins. An observed count at the end of its range gives an odds ratio of 0 or
     * infinity with one finite limit; where the margins leave one table only, 0 with limits 0 and infinity, as R prints.
     *
     * <p>Reference: Fisher (1935), Journal of the Royal Statistical Society 98, 39-82, doi:10.2307/2342435.
     */
    public Fisher fisher() {
        if (emptyArm()) {
            Quantity none = Quantity.notEstimable(NotEstimable.EMPTY_ARM);
            return new Fisher(none, none, Limits.notEstimable(NotEstimable.EMPTY_ARM));
        }
        Hypergeometric tables = Hypergeometric.of(eventsTreatment + eventsControl, treatment, control);
        return new Fisher(
                Quantity.of(tables.twoSided(eventsTreatment)),
                Quantity.of(tables.conditionalOddsRatio(eventsTreatment)),
                Limits.of(tables.lowerOddsRatio(eventsTreatment, TAIL), tables.upperOddsRatio(eventsTreatment, TAIL)));
    }
}
