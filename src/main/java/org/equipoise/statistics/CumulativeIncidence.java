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
 * <p>Agrees with R 4.2, survival 3.5 {@code survfit(Surv(time, factor(event)) ~ 1, conf.type = "log-log")}, relative 1e-8.
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
     * @param limits of F(t)
     */
    public record Point(double time, int atRisk, Quantity incidence, Quantity standardError, Limits limits) {}

    /** F and its variance from one event time on. */
    private record Step(double time, double incidence, double variance) {}

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
            s *= (y - row.anyEvent()) / y;
            steps.add(new Step(row.time(), f, Math.max(0, varianceF)));
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

    /** The curve at a time of interest. */
    public Point at(double time) {
        if (table.isEmpty()) {
            return none(time, NotEstimable.EMPTY_ARM);
        }
        if (time > table.get(table.size() - 1).time() && lastEventFree > 0) {
            return none(time, NotEstimable.BEYOND_FOLLOW_UP);
        }
        Step last = new Step(0, 0, 0);
        for (Step step : steps) {
            if (step.time() <= time) {
                last = step;
            }
        }
        double error = Math.sqrt(last.variance());
        return new Point(
                time,
                RiskTable.atRisk(table, time),
                Quantity.of(last.incidence()),
                Quantity.of(error),
                limits(last.incidence(), error));
    }

    private static Point none(double time, NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        return new Point(time, 0, none, none, Limits.notEstimable(reason));
    }

    private static Limits limits(double f, double error) {
        if (f <= 0 || f >= 1) {
            return Limits.notEstimable(NotEstimable.ZERO_VARIANCE);
        }
        double margin = Distributions.normalMargin(Distributions.DEFAULT_CONFIDENCE) * error / (f * Math.log(f));
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
