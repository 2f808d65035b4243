package org.equipoise.comparison;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.statistics.Descriptives;
import org.equipoise.statistics.Proportion;

/** What can be said of everyone while nothing may be said by arm. */
final class PooledArms {
    static final String METHOD = "pooled_arms";

    private final Question question;
    private final Sample sample;
    private final EstimateRows rows;

    PooledArms(Question question, Sample sample, EstimateRows rows) {
        this.question = question;
        this.sample = sample;
        this.rows = rows;
    }

    void describe() {
        OutcomeType type = question.outcome().type();
        Cases cases = sample.cases();
        Group group = rows.group(METHOD, Endpoint.VALUE.name().toLowerCase(Locale.ROOT), null, Map.of());
        int people = cases.participants().size();
        group.add("n", people);
        group.add("missing", sample.participants().size() - people);
        group.add("n_total", sample.participants().size());
        switch (type) {
            case CONTINUOUS, DURATION, COST -> distribution(group, Descriptives.of(cases.values()));
            case BINARY -> {
                Proportion risk = Proportion.of(cases.eventCount(), people);
                group.add("events", risk.events());
                group.add("p", Numbers.of(risk.value()).withLimits(risk.wilson()));
            }
            case COUNT -> {
                group.add("events", Arrays.stream(cases.values()).sum());
                group.add("person_years", Arrays.stream(cases.exposures()).sum() / CountComparison.DAYS_A_YEAR);
            }
            case TIME_TO_EVENT -> {
                group.add("events", cases.eventCount());
                group.add("person_years", Arrays.stream(cases.values()).sum() / CountComparison.DAYS_A_YEAR);
            }
        }
    }

    private static void distribution(Group group, Descriptives all) {
        group.add(
                "mean",
                Numbers.of(all.mean()).withStandardError(all.standardError()).withLimits(all.meanLimits()));
        group.add("sd", all.standardDeviation());
        group.add("median", all.median());
        group.add("q1", all.lowerQuartile());
        group.add("q3", all.upperQuartile());
    }
}
