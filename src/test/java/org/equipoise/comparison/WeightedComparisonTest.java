package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Comparisons;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Weighting;
import org.equipoise.definition.Weighting.Target;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sites that did not allocate at random, against R 4.2: {@code unrandomised.R} beside the data says how. */
class WeightedComparisonTest {
    private static final Map<String, Boolean> SITES = Map.of("a", false, "b", false, "c", true);

    private static Study study(Conduct conduct, Target target) {
        Study base = TestStudy.of(conduct, "MBT", "TAU");
        Comparisons before = base.comparisons();
        return TestStudy.with(
                base,
                List.of("sex", "age"),
                base.followUp(),
                base.outcomes(),
                new Comparisons(
                        before.endpoints(),
                        before.ancova(),
                        before.repeated(),
                        before.sensitivity(),
                        before.looks(),
                        before.moderators(),
                        Optional.of(new Weighting(List.of("sex", "age"), target))));
    }

    private static List<OutcomeRow> people() throws IOException {
        try (InputStream data =
                Objects.requireNonNull(WeightedComparisonTest.class.getResourceAsStream("unrandomised.csv"))) {
            return new String(data.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> TestStudy.row(
                            cells[0],
                            cells[4].equals("1") ? "MBT" : "TAU",
                            "{\"sex\": \"" + cells[1] + "\", \"age\": \"" + cells[2] + "\"}",
                            Double.valueOf(cells[3]),
                            Double.valueOf(cells[5])))
                    .toList();
        }
    }

    private static List<Estimate> answers(Study study, List<OutcomeRow> rows) {
        Question question = ComparisonPlan.of(study, SITES).weighted().get(0);
        return new Comparer(study)
                .weigh(question, AnalysisSet.of(study, study.outcomes().get(0), rows));
    }

    private static Estimate find(
            List<Estimate> rows, String variant, String quantity, @Nullable String arm, @Nullable String variable) {
        return rows.stream()
                .filter(row -> row.variant().equals(variant)
                        && row.quantity().equals(quantity)
                        && Objects.equals(row.arm(), arm)
                        && Objects.equals(row.variable(), variable))
                .findFirst()
                .orElseThrow();
    }

    /** Difference, standard error, effective numbers of people, and the balance in age, each as R prints it. */
    private static void assertAgrees(Target target, double... r) throws IOException {
        List<Estimate> rows = answers(study(Conduct.COMPLETED, target), people());
        String variant = target == Target.OVERLAP ? "overlap" : "average";

        Estimate difference = find(rows, variant, "diff", null, null);
        assertThat(difference.estimate()).isCloseTo(r[0], within(1e-8));
        assertThat(difference.standardError()).isCloseTo(r[1], within(1e-5 * r[1]));
        assertThat(find(rows, variant, "effective_n", "MBT", null).estimate()).isCloseTo(r[2], within(1e-6));
        assertThat(find(rows, variant, "effective_n", "TAU", null).estimate()).isCloseTo(r[3], within(1e-6));
        assertThat(find(rows, variant, "standardised_difference", null, "age").estimate())
                .isCloseTo(r[4], within(1e-8));
    }

    @Test
    void overlapWeightsAgreeWithR() throws IOException {
        assertAgrees(Target.OVERLAP, -2.19865319085, 5.46006262047e-01, 48.4178012973, 49.6082477494, 0);
    }

    @Test
    void averageEffectAgreesWithR() throws IOException {
        assertAgrees(Target.AVERAGE, -1.904876031178, 0.531757613998, 43.514895489967, 51.047793621837, 0.012065895202);
    }

    @Test
    void tellsHowTheArmsWereBefore() throws IOException {
        List<Estimate> rows = answers(study(Conduct.COMPLETED, Target.OVERLAP), people());

        assertThat(find(rows, "unweighted", "diff", null, null).estimate()).isCloseTo(-1.489655172414, within(1e-9));
        assertThat(find(rows, "unweighted", "standardised_difference", null, "age")
                        .estimate())
                .isCloseTo(0.881640835076, within(1e-9));
    }

    @Test
    void isNoPartOfTheRandomisedComparison() throws IOException {
        Study study = study(Conduct.COMPLETED, Target.OVERLAP);
        ComparisonPlan plan = ComparisonPlan.of(study, SITES);

        assertThat(plan.questions())
                .filteredOn(question -> question.scope().isOverSites())
                .allSatisfy(question -> assertThat(question.scope().sites()).containsExactly("c"));
        assertThat(answers(study, people())).allSatisfy(row -> {
            assertThat(row.site()).isEqualTo("ALL");
            assertThat(row.population()).isEqualTo("not_randomised");
            assertThat(row.method()).isEqualTo("propensity_weighted");
        });
        assertThat(ComparisonPlan.of(TestStudy.completed(), SITES).weighted()).isEmpty();
    }

    /** Whoever is treated is older than whoever is not: nobody could have been in the other arm. */
    @Test
    void armsWithoutOverlapHaveAReason() {
        List<OutcomeRow> apart = List.of(
                TestStudy.row("a", "MBT", "{\"sex\": \"f\", \"age\": \"50\"}", 20.0, 9.0),
                TestStudy.row("a", "MBT", "{\"sex\": \"m\", \"age\": \"51\"}", 21.0, 8.0),
                TestStudy.row("a", "MBT", "{\"sex\": \"f\", \"age\": \"52\"}", 19.0, 12.0),
                TestStudy.row("a", "TAU", "{\"sex\": \"f\", \"age\": \"20\"}", 20.0, 14.0),
                TestStudy.row("a", "TAU", "{\"sex\": \"m\", \"age\": \"21\"}", 18.0, 15.0),
                TestStudy.row("a", "TAU", "{\"sex\": \"f\", \"age\": \"22\"}", 21.0, 13.0));

        Estimate difference =
                find(answers(study(Conduct.COMPLETED, Target.OVERLAP), apart), "overlap", "diff", null, null);

        assertThat(difference.estimate()).isNull();
        assertThat(difference.reason()).isEqualTo("separation");
    }

    @Test
    void nothingIsToldWhileTheStudyRunsOrOfNobody() throws IOException {
        assertThat(answers(study(Conduct.ONGOING, Target.OVERLAP), people()))
                .extracting(Estimate::reason)
                .containsExactly("withheld_until_look");
        assertThat(answers(study(Conduct.COMPLETED, Target.OVERLAP), List.of()))
                .extracting(Estimate::reason)
                .containsExactly("no_participants");
    }
}
