package org.equipoise.statistics;

import java.util.List;

/**
 * Whether two arms have the same cumulative incidence of one kind of event while another competes (Gray).
 *
 * <p>Formula: a log-rank test of the hazard of the cumulative incidence (the subdistribution): in arm i the share of the
 * risk set that counts is R(i) = Y(i) (1 - F(i)(t-))/S(i)(t-), S without any event. Score sum(d(1) - d R(1)/R) over the
 * times of the event of interest. Its variance by Gray's influence of both kinds of events, with a hypergeometric
 * correction for ties.
 *
 * <p>Shapes: a time, an event code (0 censored, 1 of interest, 2 competing) and an arm for each person. Missing values:
 * left out by the caller.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; no event of interest while both arms are at risk:
 * {@link NotEstimable#NO_EVENTS}.
 *
 * <p>Agrees with R 4.2, cmprsk 2.2 {@code cuminc(time, event, arm)$Tests}, rho = 0, relative 1e-8.
 *
 * <p>Reference: Gray (1988), Annals of Statistics 16, 1141-1154, doi:10.1214/aos/1176350951.
 *
 * @param statistic chi-square with 1 df
 * @param p its upper tail
 */
public record GrayTest(Quantity statistic, Quantity p) {

    /**
     * Tests two arms.
     *
     * @param timeTreatment times of the treatment arm, finite and not negative
     * @param eventTreatment their event codes
     * @param timeControl times of the control arm
     * @param eventControl their event codes
     * @throws IllegalArgumentException if the lengths of an arm differ
     * @throws IllegalArgumentException if a time is negative or not finite, or a code not 0, 1 or 2; the message names array
     *     and index
     */
    public static GrayTest of(double[] timeTreatment, int[] eventTreatment, double[] timeControl, int[] eventControl) {
        CumulativeIncidence.check(timeTreatment, eventTreatment);
        CumulativeIncidence.check(timeControl, eventControl);
        if (timeTreatment.length == 0 || timeControl.length == 0) {
            return notEstimable(NotEstimable.EMPTY_ARM);
        }
        Accumulator sums =
                new Accumulator(RiskTable.of(timeTreatment, eventTreatment), RiskTable.of(timeControl, eventControl));
        sums.run();
        double variance = sums.variance();
        if (!(variance > 0)) {
            return notEstimable(NotEstimable.NO_EVENTS);
        }
        double statistic = sums.score * sums.score / variance;
        return new GrayTest(Quantity.of(statistic), Quantity.of(Distributions.chiSquareUpper(statistic, 1)));
    }

    private static GrayTest notEstimable(NotEstimable reason) {
        return new GrayTest(Quantity.notEstimable(reason), Quantity.notEstimable(reason));
    }

    /** One arm's curves as the times pass. */
    private static final class Arm {

        private final List<RiskTable.Row> rows;
        private int next;
        /** Free of any event and incidence of the event of interest, just before the time and at it. */
        private double freeBefore = 1;

        private double free = 1;
        private double incidenceBefore;
        private double incidence;
        private double atRisk;
        private double events;
        private double competing;
        /** Gray's running sums: the weight still to come, and the three parts of the variance. */
        private double future;

        private double squares;
        private double mixed;
        private double plain;

        Arm(List<RiskTable.Row> rows) {
            this.rows = rows;
        }

        double nextTime() {
            return next < rows.size() ? rows.get(next).time() : Double.POSITIVE_INFINITY;
        }

        void moveTo(double time) {
            freeBefore = free;
            incidenceBefore = incidence;
            atRisk = next < rows.size() ? rows.get(next).atRisk() : 0;
            boolean here = nextTime() == time;
            events = here ? rows.get(next).events() : 0;
            competing = here ? rows.get(next).competing() : 0;
            next += here ? 1 : 0;
            if (atRisk > 0) {
                incidence = incidenceBefore + freeBefore * events / atRisk;
                free = freeBefore * (atRisk - events - competing) / atRisk;
            }
        }

        /** Y/S(t-): the risk set had nobody left it by an event. */
        double inflated() {
            return atRisk > 0 ? atRisk / freeBefore : 0;
        }

        double subdistributionRisk() {
            return inflated() * (1 - incidenceBefore);
        }
    }

    /** Walks through the times of both arms together. */
    private static final class Accumulator {

        private final Arm treatment;
        private final Arm control;
        private double score;
        /** Pooled incidence of the event of interest under the null hypothesis, just before the time and at it. */
        private double pooledBefore;

        private double pooled;

        Accumulator(List<RiskTable.Row> treatment, List<RiskTable.Row> control) {
            this.treatment = new Arm(treatment);
            this.control = new Arm(control);
        }

        void run() {
            double time = Math.min(treatment.nextTime(), control.nextTime());
            while (time < Double.POSITIVE_INFINITY) {
                treatment.moveTo(time);
                control.moveTo(time);
                pooledBefore = pooled;
                if (treatment.events + control.events + treatment.competing + control.competing > 0) {
                    addTime();
                }
                time = Math.min(treatment.nextTime(), control.nextTime());
            }
        }

        private void addTime() {
            double d = treatment.events + control.events;
            double total = treatment.inflated() + control.inflated();
            pooled = pooledBefore + d / total;
            if (treatment.atRisk > 0) {
                double share = treatment.subdistributionRisk()
                        / (treatment.subdistributionRisk() + control.subdistributionRisk());
                score += treatment.events - d * share;
            }
            double weight = treatment.inflated() * control.inflated() / total;
            double step = weight * d / (total * (1 - pooledBefore));
            treatment.future += step;
            control.future -= step;
            addInterest(treatment, weight, d, total);
            addInterest(control, -weight, d, total);
            addCompeting(treatment);
            addCompeting(control);
        }

        /** Events of interest: the expected number in the arm, corrected for ties over both arms. */
        private void addInterest(Arm arm, double weight, double d, double total) {
            if (d == 0 || arm.atRisk == 0) {
                return;
            }
            double tail = arm.free > 0 ? 1 - (1 - pooled) / arm.free : 1;
            double ties = d > 1 ? 1 - (d - 1) / (total * arm.freeBefore - 1) : 1;
            double rate = ties * arm.freeBefore * d / (total * arm.atRisk);
            add(arm, weight - tail * arm.future, tail, rate);
        }

        /** Competing events of the arm itself. */
        private void addCompeting(Arm arm) {
            if (arm.competing == 0 || arm.free <= 0) {
                return;
            }
            double tail = (1 - pooled) / arm.free;
            double ties = arm.competing > 1 ? 1 - (arm.competing - 1) / (arm.atRisk - 1) : 1;
            double rate = ties * arm.freeBefore * arm.freeBefore * arm.competing / (arm.atRisk * arm.atRisk);
            add(arm, tail * arm.future, -tail, rate);
        }

        private static void add(Arm arm, double constant, double tail, double rate) {
            arm.plain += constant * constant * rate;
            arm.mixed += constant * tail * rate;
            arm.squares += tail * tail * rate;
        }

        /** Each event's influence is constant + tail times the weight to come, known at the end. */
        double variance() {
            return variance(treatment) + variance(control);
        }

        private static double variance(Arm arm) {
            return arm.plain + 2 * arm.future * arm.mixed + arm.future * arm.future * arm.squares;
        }
    }
}
