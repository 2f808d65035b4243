package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.equipoise.definition.Looks;
import org.equipoise.definition.Looks.Asked;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Looks.Spending;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told, and what may be spent, in a night and at a declared look. */
class OccasionTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Asked SEVERITY = new Asked(new OutcomeCode("SEVERITY"), List.of("m12"));

    private static Look look(int year, double information, Asked... asked) {
        return new Look("look-" + year, LocalDate.of(year, 6, 30), information, 0, List.of(asked));
    }

    private static Study study(Conduct conduct, Looks looks) {
        return TestStudy.with(TestStudy.of(conduct, "MBT", "TAU"), FollowUp.NONE, looks);
    }

    private static List<OutcomeRow> people() {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            OutcomeRow row =
                    TestStudy.row("lindholm", i % 2 == 0 ? "MBT" : "TAU", "{}", 20.0 + i % 5, 10.0 + i * i % 7);
            rows.add(TestStudy.dated(row, LocalDate.of(2020, 1, 1 + i), 0, 365));
        }
        return rows;
    }

    private static List<Estimate> answers(Study study, Look look) {
        LookPlan plan = ComparisonPlan.of(study, Map.of("lindholm", true)).at(look);
        return new Comparer(plan.occasion())
                .compare(plan.questions().get(0), plan.set(study.outcomes().get(0), people(), List.of()));
    }

    /**
     * R 4.2: 2 * pnorm(-boundary) of the records OBRIEN_FLEMING and POCOCK of the pack decisions, alpha 0.05 at 0.3, 0.55,
     * 0.8 and all of the information.
     */
    private static double[] reference(Spending spending) {
        return switch (spending) {
            case OBRIEN_FLEMING ->
                new double[] {8.54515748894964e-05, 4.98692924151149e-03, 2.28401398107893e-02, 4.24333809957063e-02};
            case POCOCK ->
                new double[] {0.0207867610921822, 0.0184079106457488, 0.0186413974858381, 0.0176405066194221};
        };
    }

    @ParameterizedTest
    @EnumSource(Spending.class)
    void everyLookTellsTheNominalAlphaOfTheReference(Spending spending) {
        List<Look> planned = List.of(
                look(2021, 0.3, SEVERITY),
                look(2022, 0.55, SEVERITY),
                look(2023, 0.8, SEVERITY),
                look(2024, 1, SEVERITY));
        Study study = study(Conduct.ONGOING, new Looks(0.05, spending, planned));

        for (int k = 0; k < planned.size(); k++) {
            double nominal = reference(spending)[k];
            assertThat(answers(study, planned.get(k))).isNotEmpty().allSatisfy(row -> {
                JsonNode options = JSON.readTree(row.options());
                assertThat(options.get("nominal_alpha").asDouble()).isCloseTo(nominal, within(1e-5 * nominal));
                assertThat(options.get("spending").asString()).isEqualToIgnoringCase(spending.name());
            });
        }
    }

    /** A hypothesis that the first look leaves alone has all of its error left at the second. */
    @Test
    void hypothesisSpendsAtTheLooksThatNameItOnly() {
        Look other = look(2021, 0.5, new Asked(new OutcomeCode("OTHER"), List.of("m12")));
        Look last = look(2022, 1, SEVERITY);
        Looks looks = new Looks(0.05, Spending.POCOCK, List.of(other, last));

        assertThat(answers(study(Conduct.COMPLETED, looks), last))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(JSON.readTree(row.options())
                                .get("nominal_alpha")
                                .asDouble())
                        .isCloseTo(0.05, within(1e-9)));
    }

    @Test
    void lookThatCanSpendNothingSaysSo() {
        Look tooEarly = look(2021, 0.01, SEVERITY);

        assertThat(answers(
                        study(Conduct.ONGOING, new Looks(0.05, Spending.OBRIEN_FLEMING, List.of(tooEarly))), tooEarly))
                .allSatisfy(row -> assertThat(row.options())
                        .contains("\"nominal_alpha_reason\":\"level_not_attainable\"")
                        .doesNotContain("\"nominal_alpha\":"));
    }

    @Test
    void lookAtARegistryHasPValuesAndIsNoMonitoring() {
        Look look = look(2021, 1, SEVERITY);

        List<Estimate> rows =
                answers(study(Conduct.OBSERVATIONAL, new Looks(0.05, Spending.POCOCK, List.of(look))), look);

        assertThat(rows).noneMatch(row -> row.options().contains("monitoring"));
        assertThat(rows)
                .filteredOn(row -> row.method().equals("welch_t"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.p()).isNotNull());
    }

    @Test
    void ongoingStudyTellsOfEveryoneTogetherBetweenLooks() {
        Study study = study(Conduct.ONGOING, Looks.NONE);

        List<Estimate> rows = TestStudy.answers(study, people(), TestStudy.M12, "ALL");

        assertThat(rows).allSatisfy(row -> {
            assertThat(row.arm()).isNull();
            assertThat(row.nTreatment()).isNull();
            assertThat(row.nControl()).isNull();
            assertThat(row.p()).isNull();
        });
        // by hand: 10 plus 0 1 4 2 2 4 1 0 1 4 2 2, in all 23
        assertThat(rows)
                .filteredOn(row -> row.method().equals("pooled_arms")
                        && List.of("n", "mean").contains(row.quantity()))
                .extracting(Estimate::estimate)
                .containsExactly(12.0, 10 + 23 / 12.0);
    }
}
