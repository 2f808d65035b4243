package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.comparison.ComparisonPlan.Member;
import org.equipoise.definition.Looks;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Comparisons;
import org.equipoise.definition.Weighting;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.junit.jupiter.api.Test;

/** Sites whose control arm is offered something else have an answer over all of their own. */
class ComparatorsTest {
    private static final Study STUDY = TestStudy.completed();
    private static final List<Member> SITES = List.of(
            new Member("a", true, "TAU"),
            new Member("b", true, "tau"),
            new Member("c", true, "SCM"),
            new Member("d", true, "SCM"),
            new Member("e", true, "supportive group"),
            new Member("f", false, "TAU"),
            new Member("g", false, "SCM"));

    private static List<String> overSites(ComparisonPlan plan) {
        return plan.scopes().stream()
                .filter(Scope::isOverSites)
                .map(scope ->
                        scope.code() + " " + scope.sites().stream().sorted().toList())
                .toList();
    }

    @Test
    void eachComparatorHasItsOwnAnswerAndTheControlArmsIsTheMainOne() {
        assertThat(overSites(ComparisonPlan.of(STUDY, SITES)))
                .containsExactly("ALL [a, b]", "ALL:SCM [c, d]", "ALL:supportive group [e]");
    }

    @Test
    void withoutASiteThatOffersTheControlArmMostSitesDecide() {
        assertThat(overSites(ComparisonPlan.of(STUDY, SITES.subList(2, 5))))
                .containsExactly("ALL [c, d]", "ALL:supportive group [e]");
        assertThat(overSites(ComparisonPlan.of(STUDY, SITES.subList(3, 5))))
                .containsExactly("ALL [d]", "ALL:supportive group [e]");
        assertThat(overSites(ComparisonPlan.of(
                        STUDY,
                        List.of(
                                new Member("a", true, "SCM"),
                                new Member("b", true, "supportive group"),
                                new Member("c", true, "supportive group")))))
                .containsExactly("ALL [b, c]", "ALL:SCM [a]");
        assertThat(overSites(ComparisonPlan.of(STUDY, List.<Member>of()))).containsExactly("ALL []");
    }

    @Test
    void sitesWithoutRandomisationAreWeightedByComparatorToo() {
        Comparisons before = STUDY.comparisons();
        Study weighting = TestStudy.with(
                STUDY,
                STUDY.factors(),
                STUDY.followUp(),
                STUDY.outcomes(),
                new Comparisons(
                        before.endpoints(),
                        before.ancova(),
                        before.repeated(),
                        before.sensitivity(),
                        before.looks(),
                        before.moderators(),
                        Optional.of(new Weighting(List.of("sex"), Weighting.Target.OVERLAP))));

        assertThat(ComparisonPlan.of(weighting, SITES).weighted())
                .extracting(
                        question -> question.scope().code(),
                        question -> question.scope().sites(),
                        question -> question.scope().population())
                .containsExactly(
                        tuple("ALL", java.util.Set.of("f"), "not_randomised"),
                        tuple("ALL:SCM", java.util.Set.of("g"), "not_randomised"));
    }

    /** Two sites of two people an arm. */
    private static List<OutcomeRow> people(String... sites) {
        List<OutcomeRow> rows = new ArrayList<>();
        for (String site : sites) {
            for (int i = 0; i < 12; i++) {
                double baseline = 20 + (i * 7) % 5 + site.charAt(0) % 3;
                rows.add(TestStudy.row(
                        site, i % 2 == 0 ? "MBT" : "TAU", "{\"sex\": \"f\"}", baseline, baseline - 3 + (i * 5) % 7));
            }
        }
        return rows;
    }

    private static List<Estimate> answers(ComparisonPlan plan, String scope, List<OutcomeRow> rows) {
        AnalysisSet set = AnalysisSet.of(STUDY, STUDY.outcomes().get(0), rows);
        return plan.questions().stream()
                .filter(question -> question.scope().code().equals(scope)
                        && question.place().code().equals("m12"))
                .flatMap(question -> new Comparer(STUDY).compare(question, set).stream())
                .toList();
    }

    /** As if these had been the study's only sites. */
    @Test
    void isAnsweredAsTheMainQuestionIs() {
        List<Estimate> others = answers(ComparisonPlan.of(STUDY, SITES), "ALL:SCM", people("a", "c", "d"));
        List<Estimate> alone = answers(ComparisonPlan.of(STUDY, Map.of("c", true, "d", true)), "ALL", people("c", "d"));

        assertThat(others).hasSameSizeAs(alone).isNotEmpty();
        for (int i = 0; i < others.size(); i++) {
            Estimate other = others.get(i);
            assertThat(other.site()).isEqualTo("ALL:SCM");
            assertThat(other.options()).contains("\"comparator\":\"SCM\"", "\"sites\":2");
            assertThat(List.of(other.method(), other.variant(), other.quantity(), String.valueOf(other.estimate())))
                    .isEqualTo(List.of(
                            alone.get(i).method(),
                            alone.get(i).variant(),
                            alone.get(i).quantity(),
                            String.valueOf(alone.get(i).estimate())));
        }
        assertThat(others).anySatisfy(row -> assertThat(row.method()).isEqualTo("meta_hartung_knapp_floored"));
    }

    @Test
    void aLookAsksTheMainQuestionOnly() {
        Look look = new Look(
                "first",
                LocalDate.of(2026, 1, 1),
                0.5,
                0,
                List.of(new Looks.Asked(STUDY.outcomes().get(0).code(), List.of("m12"))));

        assertThat(ComparisonPlan.of(STUDY, SITES).at(look).questions())
                .isNotEmpty()
                .allSatisfy(question -> assertThat(question.scope().code()).isEqualTo("ALL"));
    }
}
