package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.Families.Adjusted;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Tier;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outcomes that are no scores, whatever the data: a number or a reason, told on the page, the same every time. */
class EveryTypeTest {
    private static final PeriodCode PERIOD = new PeriodCode("m0-18");

    private static Outcome outcome(String code, OutcomeType type, Tier tier) {
        return new Outcome(
                new OutcomeCode(code),
                code,
                type,
                Direction.LOWER_IS_BETTER,
                tier,
                "people",
                new OfEvents(List.of()),
                List.of(),
                List.of(PERIOD),
                List.of(PERIOD.value()),
                false,
                Optional.empty());
    }

    private static Study study(List<Outcome> outcomes) {
        Study base = TestStudy.of(Conduct.COMPLETED, "MBT", "TAU", outcomes);
        return TestStudy.with(
                base,
                base.factors(),
                new FollowUp(List.of(), List.of(), List.of(new Period(PERIOD, "p", 0, 18)), 0.9, 31, List.of(12)),
                outcomes,
                base.comparisons());
    }

    private static OutcomeRow person(String site, String arm, @Nullable Double value, int ending, double days) {
        return new OutcomeRow(
                site,
                arm,
                "{\"sex\": \"f\"}",
                new Double[] {value},
                new String[] {value == null ? "not_due" : null},
                new Short[] {value == null ? null : (short) ending},
                new Double[] {value == null ? null : days},
                arm.equals("MBT") ? "g" + ((int) days % 4) : null,
                null,
                new Integer[1]);
    }

    private static List<Estimate> answers(OutcomeType type, List<OutcomeRow> rows) {
        Study study = study(List.of(outcome("X", type, Tier.PRIMARY)));
        AnalysisSet set = AnalysisSet.of(study, study.outcomes().get(0), rows);
        return ComparisonPlan.of(study, Map.of("a", true, "b", true)).questions().stream()
                .flatMap(question -> new Comparer(study).compare(question, set).stream())
                .toList();
    }

    /** Two sites of twenty, events in some of both arms. */
    private static List<OutcomeRow> ordinary(OutcomeType type) {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int ending = i % 3 == 0 ? 1 : i % 11 == 0 && type == OutcomeType.TIME_TO_EVENT ? 2 : 0;
            double value = switch (type) {
                case BINARY -> ending;
                case COUNT -> i % 3 == 0 ? 1 + i % 4 : 0;
                default -> 20 + (i * 37) % 500;
            };
            rows.add(person(i < 20 ? "a" : "b", i % 2 == 0 ? "MBT" : "TAU", value, ending, 300 + i));
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTINUOUS")
    void everyQuantityIsOnThePage(OutcomeType type) {
        Set<String> told = EstimatePage.read().entries().stream()
                .map(entry -> entry.method() + " " + entry.quantity())
                .collect(Collectors.toSet());

        assertThat(answers(type, ordinary(type)).stream()
                        .map(row -> row.method() + " " + row.quantity())
                        .distinct())
                .isNotEmpty()
                .isSubsetOf(told);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTINUOUS")
    void sameDataGiveTheSameBits(OutcomeType type) {
        assertThat(answers(type, ordinary(type))).isEqualTo(answers(type, ordinary(type)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTINUOUS")
    void oddDataGiveANumberOrAReason(OutcomeType type) {
        List<List<OutcomeRow>> odd = List.of(
                List.of(person("a", "MBT", 1.0, 1, 1)),
                List.of(person("a", "MBT", 1.0, 1, 100), person("a", "TAU", 0.0, 0, 100)),
                List.of(person("a", "MBT", 0.0, 0, 100), person("b", "TAU", 0.0, 0, 100)),
                List.of(person("a", "MBT", null, 0, 0), person("a", "TAU", 5.0, 1, 30)),
                same(1, 1),
                same(0, 0),
                same(547, 2),
                separated());

        odd.forEach(rows -> assertThat(answers(type, rows)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.estimate() == null).isEqualTo(row.reason() != null);
            assertThat(Stream.of(row.estimate(), row.standardError(), row.p(), row.low(), row.high())
                            .filter(number -> number != null && number.isNaN()))
                    .isEmpty();
        }));
    }

    private static List<OutcomeRow> same(double value, int ending) {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            rows.add(person(i < 12 ? "a" : "b", i % 2 == 0 ? "MBT" : "TAU", value, ending, 547));
        }
        return rows;
    }

    private static List<OutcomeRow> separated() {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            boolean treated = i % 2 == 0;
            rows.add(person(i < 12 ? "a" : "b", treated ? "MBT" : "TAU", treated ? 0.0 : 1.0, treated ? 0 : 1, 547));
        }
        return rows;
    }

    /**
     * Primary, Holm: 0.01 x 2 = 0.02, 0.03. Secondary, Holm over three of which one has no p: 0.001 x 3, 0.02 x 2, neither
     * below the gate of 0.03. Exploratory, Benjamini and Hochberg: 0.02 x 2/1 = 0.04 and 0.04 x 2/2.
     */
    @Test
    void adjustsWithinFamiliesBehindTheGate() {
        List<Outcome> outcomes = List.of(
                outcome("P1", OutcomeType.BINARY, Tier.PRIMARY),
                outcome("P2", OutcomeType.BINARY, Tier.PRIMARY),
                outcome("S1", OutcomeType.BINARY, Tier.SECONDARY),
                outcome("S2", OutcomeType.BINARY, Tier.SECONDARY),
                outcome("S3", OutcomeType.BINARY, Tier.SECONDARY),
                outcome("E1", OutcomeType.BINARY, Tier.EXPLORATORY),
                outcome("E2", OutcomeType.BINARY, Tier.EXPLORATORY));
        Map<Families.Key, Double> p = Map.of(
                key("P1"), 0.01, key("P2"), 0.03, key("S1"), 0.001, key("S2"), 0.02, key("E1"), 0.02, key("E2"), 0.04);

        assertThat(Families.adjust(study(outcomes), p))
                .extracting(adjusted -> adjusted.key().outcome(), Adjusted::p)
                .containsExactly(
                        tuple("P1", 0.02),
                        tuple("P2", 0.03),
                        tuple("S1", 0.03),
                        tuple("S2", 0.04),
                        tuple("E1", 0.04),
                        tuple("E2", 0.04));
    }

    private static Families.Key key(String outcome) {
        return new Families.Key(outcome, PERIOD.value(), new Main("mantel_haenszel_by_site", "value", "rd"));
    }

    @Test
    void primaryWithoutPKeepsTheGateShut() {
        List<Outcome> outcomes = List.of(
                outcome("P1", OutcomeType.BINARY, Tier.PRIMARY), outcome("S1", OutcomeType.BINARY, Tier.SECONDARY));

        assertThat(Families.adjust(study(outcomes), Map.of(key("S1"), 0.001)))
                .extracting(Adjusted::p)
                .containsExactly(1.0);
    }
}
