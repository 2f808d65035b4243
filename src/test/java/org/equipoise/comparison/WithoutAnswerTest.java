package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cells in which little or nothing can be estimated: each number is there, or a reason is. */
class WithoutAnswerTest {

    private static OutcomeRow person(String site, String arm, @Nullable Double baseline, @Nullable Double m12) {
        return TestStudy.row(site, arm, "{\"sex\": \"f\"}", baseline, m12);
    }

    private static List<OutcomeRow> people(String arm, double... values) {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(person("lindholm", arm, 20.0 + i * i, values[i]));
        }
        return rows;
    }

    private static List<OutcomeRow> together(List<OutcomeRow> some, List<OutcomeRow> others) {
        List<OutcomeRow> rows = new ArrayList<>(some);
        rows.addAll(others);
        return rows;
    }

    private static List<Estimate> answers(List<OutcomeRow> rows) {
        return TestStudy.answers(TestStudy.completed(), rows, TestStudy.M12, "ALL");
    }

    private static Estimate find(List<Estimate> rows, String method, String variant, String quantity) {
        return rows.stream()
                .filter(row -> row.method().equals(method)
                        && row.variant().equals(variant)
                        && row.quantity().equals(quantity))
                .findFirst()
                .orElseThrow();
    }

    private static void assertNumberOrReason(List<Estimate> rows) {
        assertThat(rows).hasSizeGreaterThan(100).allSatisfy(row -> {
            assertThat(row.estimate() == null).isEqualTo(row.reason() != null);
            for (Double number : new Double[] {
                row.estimate(), row.standardError(), row.df(), row.statistic(), row.p(), row.low(), row.high()
            }) {
                assertThat(number == null || !number.isNaN()).isTrue();
            }
        });
    }

    @Test
    void emptyArm() {
        List<Estimate> rows = answers(people("MBT", 8, 9, 11, 10));

        assertNumberOrReason(rows);
        assertThat(find(rows, "welch_t", "value", "diff").reason()).isEqualTo("empty_arm");
        assertThat(find(rows, "ancova", "baseline", "contrast").reason()).isEqualTo("aliased");
        assertThat(find(rows, "welch_t", "value", "diff").nControl()).isZero();
    }

    @Test
    void armWithNoValueButPeople() {
        List<OutcomeRow> unseen = List.of(person("lindholm", "TAU", 20.0, null), person("lindholm", "TAU", 22.0, null));

        List<Estimate> rows = answers(together(people("MBT", 8, 9, 11, 10), unseen));

        assertNumberOrReason(rows);
        assertThat(rows)
                .filteredOn(row ->
                        row.quantity().equals("missing") && row.variant().equals("value") && "TAU".equals(row.arm()))
                .extracting(Estimate::estimate)
                .containsExactly(2.0);
    }

    @Test
    void nobodyHasAValue() {
        List<Estimate> rows =
                answers(List.of(person("lindholm", "MBT", 20.0, null), person("lindholm", "TAU", null, null)));

        assertNumberOrReason(rows);
        assertThat(find(rows, "ancova", "strata", "contrast").reason()).isEqualTo("empty_arm");
    }

    @Test
    void onePersonAnArmHasADifferenceWithoutUncertainty() {
        List<Estimate> rows = answers(together(people("MBT", 8), people("TAU", 12)));

        assertNumberOrReason(rows);
        Estimate difference = find(rows, "welch_t", "value", "diff");
        assertThat(difference.estimate()).isEqualTo(-4.0);
        assertThat(difference.p()).isNull();
        assertThat(difference.level()).isNull();
        assertThat(difference.options()).isEqualTo("{\"sites\":1,\"uncertainty_reason\":\"too_few_values\"}");
    }

    @Test
    void noVariance() {
        List<Estimate> rows = answers(together(people("MBT", 10, 10, 10), people("TAU", 10, 10, 10)));

        assertNumberOrReason(rows);
        assertThat(find(rows, "standardised_mean_difference", "value:noncentral_t", "hedges_g")
                        .reason())
                .isEqualTo("zero_variance");
        assertThat(find(rows, "variance_ratio_F", "value", "ratio").reason()).isEqualTo("zero_variance");
        assertThat(find(rows, "mann_whitney", "value", "z_cc").reason()).isEqualTo("zero_variance");
        assertThat(find(rows, "hodges_lehmann_asymptotic", "value", "estimate").reason())
                .isEqualTo("zero_variance");
    }

    @Test
    void siteWithOneArmLeavesThePooledModelEstimable() {
        List<OutcomeRow> rows = together(people("MBT", 8, 9, 14, 10), people("TAU", 12, 15, 11, 19));
        rows.add(person("northgate", "TAU", 25.0, 17.0));
        rows.add(person("northgate", "TAU", 21.0, 16.0));

        List<Estimate> pooled = answers(rows);
        List<Estimate> site = TestStudy.answers(TestStudy.completed(), rows, TestStudy.M12, "northgate");

        assertNumberOrReason(pooled);
        assertNumberOrReason(site);
        assertThat(find(pooled, "ancova", "baseline", "contrast").reason()).isNull();
        assertThat(find(site, "ancova", "baseline", "contrast").reason()).isEqualTo("aliased");
    }

    @Test
    void notScheduledIsOneRow() {
        OutcomeRow row = TestStudy.row("lindholm", "MBT", "{}", new Double[] {20.0, null}, "not_scheduled");

        List<Estimate> rows = answers(List.of(row));

        assertThat(rows).singleElement().satisfies(only -> {
            assertThat(only.quantity()).isEqualTo("diff");
            assertThat(only.reason()).isEqualTo("not_scheduled");
            assertThat(only.nTreatment()).isZero();
        });
    }

    @Test
    void siteWithoutParticipantsIsOneRow() {
        List<Estimate> rows = TestStudy.answers(TestStudy.completed(), people("MBT", 8, 9), TestStudy.M12, "northgate");

        assertThat(rows).extracting(Estimate::reason).containsExactly("no_participants");
    }

    @Test
    void runningStudyTellsNothingByArm() {
        List<Estimate> rows = TestStudy.answers(
                TestStudy.of(Conduct.ONGOING, "MBT", "TAU"),
                together(people("MBT", 8, 9, 14), people("TAU", 12, 15)),
                TestStudy.M12,
                "ALL");

        assertThat(rows).filteredOn(row -> row.reason() != null).singleElement().satisfies(only -> {
            assertThat(only.method()).isEqualTo("welch_t");
            assertThat(only.reason()).isEqualTo("withheld_until_look");
        });
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.arm()).isNull();
            assertThat(row.nTreatment()).isNull();
            assertThat(row.nControl()).isNull();
        });
    }

    @Test
    void registryHasIntervalsAndNoPValues() {
        List<Estimate> rows = TestStudy.answers(
                TestStudy.of(Conduct.OBSERVATIONAL, "MBT", "TAU"),
                together(people("MBT", 8, 9, 14, 12), people("TAU", 12, 15, 19, 13)),
                TestStudy.M12,
                "ALL");

        assertNumberOrReason(rows);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.p()).isNull();
            assertThat(row.options()).startsWith("{\"label\":\"monitoring\"");
        });
        assertThat(find(rows, "welch_t", "value", "diff").low()).isNotNull();
        assertThat(rows)
                .filteredOn(row -> row.quantity().startsWith("p_"))
                .hasSize(6)
                .extracting(Estimate::reason)
                .containsOnly("withheld_until_look");
    }

    @Test
    void unrandomisedSiteStaysOutOfThePool() {
        Study study = TestStudy.completed();

        assertThat(pool(study, Map.of("a", true, "b", false, "c", true))).containsExactlyInAnyOrder("a", "c");
        assertThat(pool(study, Map.of("a", false, "b", false))).containsExactlyInAnyOrder("a", "b");
    }

    private static Set<String> pool(Study study, Map<String, Boolean> randomised) {
        List<Scope> scopes = ComparisonPlan.of(study, randomised).scopes();
        return scopes.get(scopes.size() - 1).sites();
    }

    @Test
    void refusesRowsOfOtherIntervals() {
        OutcomeRow row = TestStudy.row("lindholm", "MBT", "{}", new Double[] {20.0}, "no_record");

        assertThatThrownBy(() -> AnalysisSet.of(TestStudy.completed(), TestStudy.SEVERITY, List.of(row)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row has 1 values and 1 reasons; the outcome has 2 intervals or periods");
    }
}
