package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The share of one arm still without the event, over time (Kaplan-Meier).
 *
 * <p>Formula: S(t) = product over event times of 1 - d/Y; Greenwood: se = S sqrt(sum d/(Y(Y - d))); limits on the
 * log(-log S) scale by default, or on the log scale. Quantile p: the first time with S &lt;= 1 - p, the midpoint to the
 * next event when S stays exactly there; its limits are the quantiles of the curve of limits.
 *
 * <p>Shapes: a time and whether it ended with the event for each person. Units: those of the times. Missing values: left
 * out by the caller. Times of censoring count as after events at the same time.
 *
 * <p>Special cases: nobody: {@link NotEstimable#EMPTY_ARM}; limits where S is 1 before the first event or 0:
 * {@link NotEstimable#ZERO_VARIANCE}; a quantile the curve does not come down to: {@link NotEstimable#NOT_REACHED}.
 *
 * <p>Agrees with R 4.2, survival 3.5 {@code survfit(conf.type = "log-log"|"log")} and its {@code quantile}, relative
 * 1e-8.
 *
 * <p>Reference: Kaplan and Meier (1958), Journal of the American Statistical Association 53, 457-481,
 * doi:10.1080/01621459.1958.10501452; Brookmeyer and Crowley (1982), Biometrics 38, 29-41, doi:10.2307/2530286.
 */
public final class KaplanMeier {

    /** The scale on which limits are symmetric. */
    public enum Scale {
        /** log(-log S): stays inside (0, 1). */
        LOG_LOG,
        /** log S, the upper limit cut at 1: R's default. */
        LOG
    }

    /**
     * The curve at one time.
     *
     * @param time the time
     * @param atRisk people under observation just before it
     * @param events people with the event at it
     * @param censored people whose follow-up ends at it
     * @param survival S(t)
     * @param standardError Greenwood's
     * @param limits of S(t)
     */
    public record Point(
            double time,
            int atRisk,
            int events,
            int censored,
            Quantity survival,
            Quantity standardError,
            Limits limits) {}

    /**
     * A quantile of the time to the event.
     *
     * @param time the quantile
     * @param limits its limits
     */
    public record TimeQuantile(Quantity time, Limits limits) {}

    /** R's slack when it asks whether the curve stays exactly at a level. */
    private static final double SLACK = Math.sqrt(Math.ulp(1.0));

    private final List<RiskTable.Row> table;
    private final double[] survival;
    private final double[] greenwood;
    private final Scale scale;

    private KaplanMeier(List<RiskTable.Row> table, double[] survival, double[] greenwood, Scale scale) {
        this.table = table;
        this.survival = survival;
        this.greenwood = greenwood;
        this.scale = scale;
    }

    /**
     * The curve of one arm, with 95 % limits on the log(-log) scale.
     *
     * @param time time to the event or the end of follow-up, finite and not negative
     * @param event whether the time ended with the event
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a time is negative or not finite; the message names the index
     */
    public static KaplanMeier of(double[] time, boolean[] event) {
        Checks.sameLength("time", time.length, "event", event.length);
        Checks.notNegative("time", time);
        List<RiskTable.Row> table = RiskTable.of(time, event);
        double[] survival = new double[table.size()];
        double[] greenwood = new double[table.size()];
        double s = 1;
        double sum = 0;
        for (int k = 0; k < survival.length; k++) {
            RiskTable.Row row = table.get(k);
            s *= (double) (row.atRisk() - row.events()) / row.atRisk();
            sum += (double) row.events() / row.atRisk() / (row.atRisk() - row.events());
            survival[k] = s;
            greenwood[k] = sum;
        }
        return new KaplanMeier(table, survival, greenwood, Scale.LOG_LOG);
    }

    /** The same curve with limits on another scale. */
    public KaplanMeier with(Scale other) {
        return new KaplanMeier(table, survival, greenwood, other);
    }

    /** People in the arm. */
    public int n() {
        return table.isEmpty() ? 0 : table.get(0).atRisk();
    }

    /** People with the event. */
    public int events() {
        return table.stream().mapToInt(RiskTable.Row::events).sum();
    }

    /** The curve at each distinct time. */
    public List<Point> steps() {
        List<Point> steps = new ArrayList<>();
        for (int k = 0; k < table.size(); k++) {
            RiskTable.Row row = table.get(k);
            steps.add(point(row.time(), row.atRisk(), row.events(), row.censored(), k));
        }
        return List.copyOf(steps);
    }

    /** The curve at a time of interest; after the last time it stays where it was. */
    public Point at(double time) {
        int last = -1;
        while (last + 1 < table.size() && table.get(last + 1).time() <= time) {
            last++;
        }
        boolean exact = last >= 0 && table.get(last).time() == time;
        return point(
                time,
                RiskTable.atRisk(table, time),
                exact ? table.get(last).events() : 0,
                exact ? table.get(last).censored() : 0,
                last);
    }

    private Point point(double time, int atRisk, int events, int censored, int k) {
        if (table.isEmpty()) {
            Quantity none = Quantity.notEstimable(NotEstimable.EMPTY_ARM);
            return new Point(time, 0, 0, 0, none, none, Limits.notEstimable(NotEstimable.EMPTY_ARM));
        }
        double s = k < 0 ? 1 : survival[k];
        Quantity error = s == 0
                ? Quantity.notEstimable(NotEstimable.ZERO_VARIANCE)
                : Quantity.of(k < 0 ? 0 : s * Math.sqrt(greenwood[k]));
        return new Point(time, atRisk, events, censored, Quantity.of(s), error, limits(k));
    }

    private Limits limits(int k) {
        if (k < 0 || survival[k] == 0 || survival[k] == 1) {
            return Limits.notEstimable(NotEstimable.ZERO_VARIANCE);
        }
        double s = survival[k];
        double margin = Distributions.normalMargin(Distributions.DEFAULT_CONFIDENCE) * Math.sqrt(greenwood[k]);
        return switch (scale) {
            case LOG_LOG ->
                Limits.of(Math.pow(s, Math.exp(margin / -Math.log(s))), Math.pow(s, Math.exp(margin / Math.log(s))));
            case LOG -> Limits.of(s * Math.exp(-margin), Math.min(1, s * Math.exp(margin)));
        };
    }

    /** The median time to the event with its limits. */
    public TimeQuantile median() {
        return quantile(0.5);
    }

    /**
     * The time by which a share of people has had the event.
     *
     * @param probability the share, in (0, 1)
     * @throws IllegalArgumentException if it lies outside
     */
    public TimeQuantile quantile(double probability) {
        Checks.fraction("probability", probability);
        List<Point> steps = steps();
        return new TimeQuantile(
                crossing(steps, point -> point.survival().value(), probability),
                new Limits(
                        crossing(steps, point -> limit(point, point.limits().lower()), probability),
                        crossing(steps, point -> limit(point, point.limits().upper()), probability)));
    }

    /** A limit where there is one, else the curve: 1 before the first event. At 0 the limits end. */
    private static double limit(Point point, Quantity limit) {
        double s = point.survival().value();
        return limit.isEstimable() ? limit.value() : s == 0 ? Double.NaN : s;
    }

    /** The first time with 1 - curve at or above the probability, averaged with the next rise when exactly there. */
    private static Quantity crossing(List<Point> steps, ToDoubleFunction<Point> curve, double probability) {
        Quantity first = firstTime(steps, curve, probability - SLACK);
        Quantity second = firstTime(steps, curve, probability + SLACK);
        if (first.isEstimable() && !second.isEstimable()) {
            double end = steps.get(steps.size() - 1).time();
            return first.map(time -> (time + end) / 2);
        }
        return first.isEstimable() ? first.map(time -> (time + second.value()) / 2) : first;
    }

    private static Quantity firstTime(List<Point> steps, ToDoubleFunction<Point> curve, double level) {
        return steps.stream()
                .filter(point -> 1 - curve.applyAsDouble(point) >= level)
                .findFirst()
                .map(point -> Quantity.of(point.time()))
                .orElse(Quantity.notEstimable(steps.isEmpty() ? NotEstimable.EMPTY_ARM : NotEstimable.NOT_REACHED));
    }
}
