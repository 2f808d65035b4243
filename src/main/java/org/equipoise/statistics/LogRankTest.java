package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Whether two arms have the same hazard of an event: the log-rank test, stratified if asked, and its early-weighted form.
 *
 * <p>Formula: at each event time the expected number in treatment is E = d Y1/Y with variance d Y1 Y2 (Y - d)/(Y^2 (Y -
 * 1)); chi2 = (sum w(O - E))^2/sum w^2 V with 1 df. Weights 1, or S(t-) of the arms together (Peto-Peto's
 * modification of the Wilcoxon test). Strata: sums over strata.
 *
 * <p>Shapes: one time, event and arm for each person. Missing values: left out by the caller.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; no event while both arms are at risk in any stratum:
 * {@link NotEstimable#NO_EVENTS}. Strata with one arm contribute nothing.
 *
 * <p>Agrees with R 4.2, survival 3.5 {@code survdiff(Surv(time, status) ~ arm + strata(site), rho = 0|1)}, relative 1e-8.
 *
 * <p>Reference: Mantel (1966), Cancer Chemotherapy Reports 50, 163-170; Harrington and Fleming (1982), Biometrika 69,
 * 553-566, doi:10.1093/biomet/69.3.553.
 *
 * @param statistic chi-square with 1 df
 * @param p its upper tail
 * @param observedTreatment weighted events in treatment
 * @param expectedTreatment weighted events expected in treatment
 * @param observedControl weighted events in control
 * @param expectedControl weighted events expected in control
 * @param variance of observed minus expected
 */
public record LogRankTest(
        Quantity statistic,
        Quantity p,
        double observedTreatment,
        double expectedTreatment,
        double observedControl,
        double expectedControl,
        double variance) {

    /** How much an event counts. */
    public enum Weights {
        /** All events alike: the log-rank test. */
        LOG_RANK,
        /** Early events more: S(t-), rho = 1 of Harrington and Fleming. */
        EARLY
    }

    /**
     * The unstratified log-rank test.
     *
     * @param time time to the event or the end of follow-up, finite and not negative
     * @param event whether the time ended with the event
     * @param treated whether the person belongs to the treatment arm
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a time is negative or not finite; the message names the index
     */
    public static LogRankTest of(double[] time, boolean[] event, boolean[] treated) {
        return of(time, event, treated, Collections.nCopies(time.length, ""), Weights.LOG_RANK);
    }

    /**
     * The test with strata and a choice of weights.
     *
     * @param time time to the event or the end of follow-up, finite and not negative
     * @param event whether the time ended with the event
     * @param treated whether the person belongs to the treatment arm
     * @param strata the stratum of each person
     * @param weights how much an event counts
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a time is negative or not finite; the message names the index
     */
    public static LogRankTest of(
            double[] time, boolean[] event, boolean[] treated, List<String> strata, Weights weights) {
        Checks.sameLength("time", time.length, "event", event.length);
        Checks.sameLength("time", time.length, "treated", treated.length);
        Checks.sameLength("time", time.length, "strata", strata.size());
        Checks.notNegative("time", time);
        Totals totals = new Totals();
        for (Map.Entry<String, List<Integer>> stratum : Groups.rows(strata).entrySet()) {
            totals.add(stratum.getValue(), time, event, treated, weights);
        }
        boolean oneArm = totals.people[0] == 0 || totals.people[1] == 0;
        NotEstimable reason = oneArm ? NotEstimable.EMPTY_ARM : NotEstimable.NO_EVENTS;
        double distance = totals.observed[1] - totals.expected[1];
        Quantity statistic = totals.variance > 0
                ? Quantity.of(distance * distance / totals.variance)
                : Quantity.notEstimable(reason);
        return new LogRankTest(
                statistic,
                statistic.map(x -> Distributions.chiSquareUpper(x, 1)),
                totals.observed[1],
                totals.expected[1],
                totals.observed[0],
                totals.expected[0],
                totals.variance);
    }

    /** Sums over strata; index 0 is control, 1 treatment. */
    private static final class Totals {

        private final int[] people = new int[2];
        private final double[] observed = new double[2];
        private final double[] expected = new double[2];
        private double variance;

        void add(List<Integer> rows, double[] time, boolean[] event, boolean[] treated, Weights weights) {
            double[][] times = new double[2][];
            boolean[][] events = new boolean[2][];
            for (int arm = 0; arm < 2; arm++) {
                boolean wanted = arm == 1;
                int[] members = rows.stream()
                        .mapToInt(Integer::intValue)
                        .filter(i -> treated[i] == wanted)
                        .toArray();
                times[arm] = new double[members.length];
                events[arm] = new boolean[members.length];
                for (int i = 0; i < members.length; i++) {
                    times[arm][i] = time[members[i]];
                    events[arm][i] = event[members[i]];
                }
                people[arm] += members.length;
            }
            addTimes(RiskTable.of(times[0], events[0]), RiskTable.of(times[1], events[1]), weights);
        }

        private void addTimes(List<RiskTable.Row> control, List<RiskTable.Row> treatment, Weights weights) {
            double survival = 1;
            for (double time : eventTimes(control, treatment)) {
                double y0 = RiskTable.atRisk(control, time);
                double y1 = RiskTable.atRisk(treatment, time);
                double d0 = eventsAt(control, time);
                double d1 = eventsAt(treatment, time);
                double weight = weights == Weights.EARLY ? survival : 1;
                double y = y0 + y1;
                double d = d0 + d1;
                observed[0] += weight * d0;
                observed[1] += weight * d1;
                expected[0] += weight * d * y0 / y;
                expected[1] += weight * d * y1 / y;
                variance += y > 1 ? weight * weight * d * (y0 / y) * (y1 / y) * (y - d) / (y - 1) : 0;
                survival *= 1 - d / y;
            }
        }

        private static List<Double> eventTimes(List<RiskTable.Row> control, List<RiskTable.Row> treatment) {
            List<RiskTable.Row> rows = new ArrayList<>(control);
            rows.addAll(treatment);
            return rows.stream()
                    .filter(row -> row.events() > 0)
                    .map(RiskTable.Row::time)
                    .sorted()
                    .distinct()
                    .toList();
        }

        private static double eventsAt(List<RiskTable.Row> rows, double time) {
            return rows.stream()
                    .filter(row -> row.time() == time)
                    .mapToInt(RiskTable.Row::events)
                    .sum();
        }
    }
}
