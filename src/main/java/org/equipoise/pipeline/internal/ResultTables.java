package org.equipoise.pipeline.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.equipoise.comparison.ComparisonPlan;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.SmallCells;
import org.equipoise.comparison.SmallCells.Table;
import org.equipoise.comparison.SmallCells.Withheld;
import org.equipoise.database.ReadOnlyQuery;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.jspecify.annotations.Nullable;

/**
 * Finds which tables of a run's results are withheld. A question is an outcome at an interval or over a period; people are
 * counted by arm: all, those with the event, those without.
 */
final class ResultTables {
    private static final String COUNTS = """
            select outcome_code, coalesce(interval_code, period_code), site_code, arm_code, quantity, estimate
            from comparison.estimate
            where run_id = %d and look_code is null and population = 'all_allocated' and arm_code is not null
              and at_value is null and variable is null and estimate is not null
              and (method, variant, quantity) in (
                ('descriptives', 'value', 'n'), ('binary_two_arm', 'value', 'n'), ('binary_two_arm', 'value', 'events'),
                ('event_rate', 'value', 'n'), ('event_rate', 'value', 'people_with_event'),
                ('kaplan_meier', 'value', 'n'), ('kaplan_meier', 'value', 'events'), ('share_above_zero', 'value', 'p'))
            """;

    private final DefinitionBundle definitions;

    ResultTables(DefinitionBundle definitions) {
        this.definitions = definitions;
    }

    /** How a question is named: outcome, then interval or period. */
    static String question(@Nullable String outcome, @Nullable String time) {
        return outcome + "/" + time;
    }

    Set<Withheld> findWithheld(ReadOnlyQuery database, long run) {
        Map<Withheld, Map<String, Map<String, Double>>> said = new HashMap<>();
        for (List<@Nullable String> row :
                database.answer(COUNTS.replace("%d", String.valueOf(run))).rows()) {
            said.computeIfAbsent(
                            new Withheld(question(row.get(0), row.get(1)), Objects.requireNonNull(row.get(2))),
                            place -> new TreeMap<>())
                    .computeIfAbsent(Objects.requireNonNull(row.get(3)), arm -> new HashMap<>())
                    .put(Objects.requireNonNull(row.get(4)), Double.parseDouble(Objects.requireNonNull(row.get(5))));
        }
        Set<String> inTotal = ComparisonPlan.of(definitions).scopes().stream()
                .filter(Scope::isOverSites)
                .findFirst()
                .orElseThrow()
                .sites();
        List<Table> tables = said.entrySet().stream()
                .map(table -> new Table(
                        table.getKey().question(),
                        table.getKey().site(),
                        inTotal.contains(table.getKey().site()),
                        counts(table.getValue())))
                .sorted(Comparator.comparing(Table::question).thenComparing(Table::site))
                .toList();
        return SmallCells.find(tables, linked(), definitions.study().leastCount());
    }

    private static Map<String, Long> counts(Map<String, Map<String, Double>> byArm) {
        Map<String, Long> counts = new TreeMap<>();
        byArm.forEach((arm, quantities) -> {
            double people = quantities.getOrDefault("n", 0.0);
            counts.put(arm, Math.round(people));
            Double share = quantities.get("p");
            Double with = share != null
                    ? Double.valueOf(share * people)
                    : quantities.getOrDefault("people_with_event", quantities.get("events"));
            if (with != null) {
                counts.put(arm + " with", Math.round(with));
                counts.put(arm + " without", Math.round(people - with));
            }
        });
        return counts;
    }

    /** Overlapping periods of an outcome; outcomes of a rule that share out the people of another outcome, and that one. */
    private List<Set<String>> linked() {
        Study study = definitions.study();
        List<Set<String>> groups = new ArrayList<>();
        Map<String, Set<String>> families = new TreeMap<>();
        for (Outcome outcome : study.outcomes()) {
            List<Period> periods = study.followUp().periods().stream()
                    .filter(period -> outcome.periods().contains(period.code()))
                    .toList();
            for (Period one : periods) {
                Set<String> overlapping = periods.stream()
                        .filter(other -> other.fromMonth() < one.toMonth() && one.fromMonth() < other.toMonth())
                        .map(other ->
                                question(outcome.code().value(), other.code().value()))
                        .collect(Collectors.toCollection(HashSet::new));
                groups.add(overlapping);
            }
            if (outcome.source() instanceof OfRule rule) {
                for (String time : times(outcome)) {
                    Set<String> family =
                            families.computeIfAbsent(question(rule.outcome().value(), time), asked -> new HashSet<>());
                    family.add(question(outcome.code().value(), time));
                    if (isBinary(study, rule.outcome().value())) {
                        family.add(question(rule.outcome().value(), time));
                    }
                }
            }
        }
        groups.addAll(families.values());
        return groups;
    }

    private static List<String> times(Outcome outcome) {
        return outcome.isOverPeriods()
                ? outcome.periods().stream().map(code -> code.value()).toList()
                : outcome.intervals().stream().map(code -> code.value()).toList();
    }

    private static boolean isBinary(Study study, String outcome) {
        return study.outcomes().stream()
                .anyMatch(other -> other.code().value().equals(outcome) && other.type() == OutcomeType.BINARY);
    }
}
