package org.equipoise.comparison;

import java.util.Map;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.statistics.PermutationTest;

/**
 * Where fewer than ten people had the event, or a model did not converge, p comes from dealing the arms anew within
 * sites, which needs no model.
 */
final class RareEvents {
    private static final int PEOPLE = 10;

    private final EstimateRows rows;

    RareEvents(EstimateRows rows) {
        this.rows = rows;
    }

    /** Whether so many people with the event are too few for a model. */
    static boolean areIn(int people) {
        return people < PEOPLE;
    }

    /** Tests the difference in the share of people with the event. */
    void means(Cases cases, boolean[] events) {
        double[] values = new double[events.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = events[i] ? 1 : 0;
        }
        add("risk_difference", cases, test().meanDifference(values, cases.treated(), cases.siteCodes()));
    }

    /** Tests the difference in events over time at risk. */
    void rates(Cases cases, double[] years) {
        add("rate_difference", cases, test().rateDifference(cases.values(), years, cases.treated(), cases.siteCodes()));
    }

    private PermutationTest test() {
        return PermutationTest.withSeed(rows.seed());
    }

    private void add(String quantity, Cases cases, PermutationTest.Result result) {
        Group group = rows.group(
                "permutation",
                "value",
                cases.counts(),
                Map.of(
                        "deals", Integer.toString(result.deals()),
                        "exact", Boolean.toString(result.exact()),
                        "seed", Long.toString(result.seed())));
        group.add(quantity, Numbers.of(result.statistic()).withTest(result.statistic(), result.p()));
    }
}
