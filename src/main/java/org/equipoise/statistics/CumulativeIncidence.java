package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The share of one arm that has had an event of one kind by a time, while another kind competes (Aalen-Johansen).
 *
 * <p>Formula: F(t) = sum over times of S(t-) d/Y, S the share without any event. Variance by the multinomial recursion
 * of (S, F) over the event times, which equals the infinitesimal jackknife. Limits on the log(-log F) scale: F^exp(+-z
 * se/(F ln F)).
 *
 * <p>Shapes: a time and an event code for each person: 0 censored, 1 the event of interest, 2 a competing event (death).
 * Missing values: left out by the caller.
 *
 * <p>Special cases: nobody: {@link NotEstimable#EMPTY_ARM}; limits where F is 0 or 1: {@link NotEstimable#ZERO_VARIANCE};
 * a time after the last one while some are still event-free: {@link NotEstimable#BEYOND_FOLLOW_UP}.
 *
 * <p>Agrees with R 4.2, survival 3.5 {@code survfit(Surv(time, factor(event)) ~ 1, conf.type = "log-log")}, relative 1e-8;
 * Aalen's standard error with cmprsk 2.2 {@code cuminc}.
 *
 * <p>Reference: Aalen and Johansen (1978), Scandinavian Journal of Statistics 5, 141-150; Andersen, Borgan, Gill and
 * Keiding (1993), Statistical Models Based on Counting Processes, section IV.4, doi:10.1007/978-1-4612-4348-9.
 */
public final class CumulativeIncidence {

    /**
     * The curve at one time.
     *
     * @param time the time
     * @param atRisk people under observation just before it
     * @param incidence F(t)
     * @param standardError its standard error
     * @param aalenError Aalen's standard error with finite-sample factors (cmprsk): another definition, not used for limits
     * @param limits of F(t)
     */
    public record Point(
            double time, int atRisk, Quantity incidence, Quantity standardError, Quantity aalenError, Limits limits) {}

    /** On which scale the limits are taken. */
    public enum Scale {
        /** log(-log F): the main definition, R's survfit. */
        LOG_LOG,
        /** log(-log(1 - F)): SAS and Stata. While F is 0 so are its limits, which say nothing. */
        COMPLEMENTARY_LOG_LOG
    }

    /** F and its variance from one event time on; the share without any event before and after it. */
    private record Step(RiskTable.Row row, double incidence, double variance, double before, double after) {

        double time() {
            return row.time();
        }

        /**
         * What the time adds to Aalen's variance of F at a later time: S(t-)^2 g(d)/Y^2 (1{own} + (F(t) - F)/S(t))^2 for the
         * d events of each kind, g(d) = d (Y - d)/(Y - 1).
         */
        double aalenVariance(double later) {
            double slope = after > 0 ? (incidence - later) / after : 0;
            double scale = Sums.square(before / row.atRisk());
            return scale * (drawn(row.events()) * Sums.square(1 + slope) + drawn(row.competing()) * Sums.square(slope));
        }

        private double drawn(int events) {
            return events > 1 ? events * (row.atRisk() - events) / (row.atRisk() - 1.0) : events;
        }
    }

    private final List<RiskTable.Row> table;
    private final List<Step> steps;
    private final double lastEventFree;

    private CumulativeIncidence(List<RiskTable.Row> table, List<Step> steps, double lastEventFree) {
        this.table = table;
        this.steps = steps;
        this.lastEventFree = lastEventFree;
    }

    /**
     * The curve of one arm.
     *
     * @param time time to the first event or the end of follow-up, finite and not negative
     * @param event 0 censored, 1 the event of interest, 2 a competing event
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a time is negative or not finite, or a code not 0, 1 or 2; the message names array
     *     and index
     */
    public static CumulativeIncidence of(double[] time, int[] event) {
        check(time, event);
        List<RiskTable.Row> table = RiskTable.of(time, event);
        List<Step> steps = new ArrayList<>();
        double s = 1;
        double f = 0;
        double varianceS = 0;
        double covariance = 0;
        double varianceF = 0;
        for (RiskTable.Row row : table) {
            double y = row.atRisk();
            double any = row.anyEvent() / y;
            double own = row.events() / y;
            double anyVariance = s * s * any * (1 - any) / y;
            double mixedVariance = s * s * own * (1 - any) / y;
            double ownVariance = s * s * own * (1 - own) / y;
            varianceF = varianceF + 2 * own * covariance + own * own * varianceS + ownVariance;
            covariance = (1 - any) * (covariance + own * varianceS) - mixedVariance;
            varianceS = (1 - any) * (1 - any) * varianceS + anyVariance;
            f += s * own;
            double before = s;
            s *= (y - row.anyEvent()) / y;
            steps.add(new Step(row, f, Math.max(0, varianceF), before, s));
        }
        return new CumulativeIncidence(table, steps, s);
    }

    static void check(double[] time, int[] event) {
        Checks.sameLength("time", time.length, "event", event.length);
        Checks.notNegative("time", time);
        for (int i = 0; i < event.length; i++) {
            if (event[i] < 0 || event[i] > 2) {
                throw new IllegalArgumentException("event[" + i + "] is not 0, 1 or 2");
            }
        }
    }

    /** The curve at a time of interest, limits by log(-log F). */
    public Point at(double time) {
        return at(time, Scale.LOG_LOG);
    }

    /** The curve at a time of interest. */
    public Point at(double time, Scale scale) {
        if (table.isEmpty()) {
            return none(time, NotEstimable.EMPTY_ARM);
        }
        if (time > table.get(table.size() - 1).time() && lastEventFree > 0) {
            return none(time, NotEstimable.BEYOND_FOLLOW_UP);
        }
        List<Step> until = steps.stream().filter(step -> step.time() <= time).toList();
        double incidence = until.isEmpty() ? 0 : until.get(until.size() - 1).incidence();
        double error =
                until.isEmpty() ? 0 : Math.sqrt(until.get(until.size() - 1).variance());
        double aalen = Sums.of(until.size(), i -> until.get(i).aalenVariance(incidence));
        return new Point(
                time,
                RiskTable.atRisk(table, time),
                Quantity.of(incidence),
                Quantity.of(error),
                Quantity.of(Math.sqrt(aalen)),
                limits(incidence, error, scale));
    }

    private static Point none(double time, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        return new Point(time, 0, none, none, none, Limits.notEstimable(reason));
    }

    private static Limits limits(double f, double error, Scale scale) {
        if (f <= 0 && scale == Scale.COMPLEMENTARY_LOG_LOG) {
            return Limits.of(0, 0);
        }
        if (f <= 0 || f >= 1) {
            return Limits.notEstimable(NotEstimable.ZERO_VARIANCE);
        }
        double z = Distributions.normalMargin(Distributions.DEFAULT_CONFIDENCE);
        return switch (scale) {
            case LOG_LOG -> power(f, z * error / (f * Math.log(f)));
            case COMPLEMENTARY_LOG_LOG -> {
                Limits others = power(1 - f, z * error / ((1 - f) * Math.log1p(-f)));
                yield new Limits(others.upper().map(s -> 1 - s), others.lower().map(s -> 1 - s));
            }
        };
    }

    /** f^exp(-margin) and f^exp(margin), in order for a negative margin. */
    private static Limits power(double f, double margin) {
        return Limits.of(Math.pow(f, Math.exp(-margin)), Math.pow(f, Math.exp(margin)));
    }

    /**
     * The difference of two arms at a time, treatment minus control, with a 95 % interval.
     *
     * @param treatment curve of the treatment arm
     * @param control curve of the control arm
     * @param time when
     */
    public static Estimate difference(CumulativeIncidence treatment, CumulativeIncidence control, double time) {
        Point x = treatment.at(time);
        Point y = control.at(time);
        Point missing = x.incidence().isEstimable() ? y : x;
        if (!missing.incidence().isEstimable()) {
            return Estimate.notEstimable(missing.incidence().reason().orElseThrow());
        }
        double difference = x.incidence().value() - y.incidence().value();
        double error = Math.hypot(x.standardError().value(), y.standardError().value());
        return error > 0
                ? Estimate.normal(difference, error, Distributions.DEFAULT_CONFIDENCE)
                : Estimate.valueOnly(difference, NotEstimable.ZERO_VARIANCE);
    }
}
