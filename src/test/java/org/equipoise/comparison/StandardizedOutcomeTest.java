package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.OutcomeSource.OfStandardized;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two sites with scales of their own: northgate's scores are ten times lindholm's, and 7. In each arm of lindholm people
 * begin with 1, 2, 3, 4 and 5; a year later those treated have one less, the others the same. The ten baselines have mean 3
 * and 20 as sum of squares, so the standard deviation is the root of 20 / 9, 1.490712, and the difference -1 / 1.490712 =
 * -0.670820.
 */
class StandardizedOutcomeTest {
    private static final double DIFFERENCE = -0.670820393249937;

    private static Study study() {
        Outcome scale = TestStudy.SEVERITY;
        Outcome standardized = new Outcome(
                scale.code(),
                scale.name(),
                scale.type(),
                scale.direction(),
                scale.tier(),
                "standard deviations",
                new OfStandardized(List.of(
                        new OfScale(new InstrumentCode("ZAN-BPD"), new ScaleCode("total")),
                        new OfScale(new InstrumentCode("BPDSI-IV"), new ScaleCode("total")))),
                scale.intervals(),
                scale.periods(),
                scale.confirmatory(),
                false,
                Optional.empty());
        return TestStudy.of(Conduct.COMPLETED, "MBT", "TAU", List.of(standardized));
    }

    private static List<OutcomeRow> site(String site, double times, double plus, int people) {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 1; i <= people; i++) {
            rows.add(TestStudy.row(site, "MBT", "{}", times * i + plus, times * (i - 1) + plus));
            rows.add(TestStudy.row(site, "TAU", "{}", times * i + plus, times * i + plus));
        }
        return rows;
    }

    private static Estimate difference(List<OutcomeRow> rows, String scope) {
        return TestStudy.answers(study(), rows, TestStudy.M12, scope).stream()
                .filter(row -> row.method().equals("welch_t")
                        && row.quantity().equals("diff")
                        && row.variant().equals("value"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void differencesAreInStandardDeviationsOfTheSite() {
        List<OutcomeRow> rows = new ArrayList<>(site("lindholm", 1, 0, 5));
        rows.addAll(site("northgate", 10, 7, 5));

        for (String scope : List.of("lindholm", "northgate", Scope.OVER_SITES)) {
            assertThat(difference(rows, scope).estimate()).as(scope).isCloseTo(DIFFERENCE, within(1e-12));
        }
    }

    @Test
    void rowsNameThatTheyAreStandardized() {
        assertThat(TestStudy.answers(study(), site("lindholm", 1, 0, 5), TestStudy.M12, "lindholm"))
                .isNotEmpty()
                .allMatch(row -> row.options().contains("\"standardized\":\"baseline_sd_of_site\""));
        assertThat(TestStudy.answers(TestStudy.completed(), site("lindholm", 1, 0, 5), TestStudy.M12, "lindholm"))
                .isNotEmpty()
                .noneMatch(row -> row.options().contains("standardized\":"));
    }

    private static Participant person(int i, boolean treated) {
        return new Participant(
                "lindholm",
                treated,
                java.util.Map.of(),
                new @Nullable Double[] {(double) i, i - 1.0},
                new @Nullable String[2],
                new @Nullable Short[2],
                new @Nullable Double[2],
                null,
                null);
    }

    /** Ten baselines give a unit, nine do not; nor do any number of equal ones. */
    @Test
    void siteWithTooFewBaselinesHasNoValues() {
        List<Participant> ten = new ArrayList<>();
        List<Participant> same = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            ten.add(person(i, i % 2 == 0));
            same.add(person(3, i % 2 == 0));
        }

        assertThat(SiteUnit.standardize(ten)).allMatch(one -> one.values()[1] != null);
        for (List<Participant> without : List.of(ten.subList(0, 9), same)) {
            assertThat(SiteUnit.standardize(without)).allSatisfy(one -> {
                assertThat(one.values()).containsOnlyNulls();
                assertThat(Objects.requireNonNull(one.reasons()[1])).isEqualTo("not_standardized");
            });
        }
    }
}
