package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.comparison.Heterogeneity.SiteEffect;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.Looks;
import org.equipoise.definition.Moderator;
import org.equipoise.definition.OutcomeSource.OfCare;
import org.equipoise.definition.RepeatedModels;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Comparisons;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Tier;
import org.equipoise.statistics.MetaAnalysis;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What sites' effects are held against, and what comes of it. */
class SiteModeratorsTest {
    private static final PeriodCode YEAR = new PeriodCode("m0-12");
    private static final Outcome SESSIONS = new Outcome(
            new OutcomeCode("SESSIONS"),
            "Sessions",
            OutcomeType.COUNT,
            Direction.HIGHER_IS_BETTER,
            Tier.EXPLORATORY,
            "sessions",
            new OfCare(List.of()),
            List.of(),
            List.of(YEAR),
            List.of(),
            false,
            Optional.empty());

    private static Moderator moderator(int minimumSites) {
        return new Moderator("care", "Care", SESSIONS.code(), YEAR.value(), new ArmCode("TAU"), minimumSites);
    }

    private static Study study(int minimumSites) {
        Study base = TestStudy.of(Conduct.COMPLETED, "MBT", "TAU");
        List<Outcome> outcomes = new ArrayList<>(base.outcomes());
        outcomes.add(SESSIONS);
        return TestStudy.with(
                base,
                base.factors(),
                new FollowUp(List.of(), List.of(), List.of(new Period(YEAR, "a year", 0, 12)), 0.9, 31, List.of()),
                outcomes,
                new Comparisons(
                        List.of(Endpoint.VALUE),
                        List.of(),
                        RepeatedModels.NONE,
                        List.of(),
                        Looks.NONE,
                        List.of(moderator(minimumSites)),
                        Optional.empty()));
    }

    private static OutcomeRow person(String site, String arm, @Nullable Double sessions, @Nullable Double days) {
        return new OutcomeRow(
                site,
                arm,
                "{}",
                new Double[] {sessions},
                new String[] {sessions == null ? "not_ascertained" : null},
                new Short[] {null},
                new Double[] {days},
                null,
                null,
                new Integer[] {null});
    }

    /** At A 10 sessions in a year and 2 in half a year, 12 in 1.5 years; at B nobody's are known. */
    @Test
    void countIsTakenPerYearOfTheArmItIsAskedOf() {
        List<OutcomeRow> rows = List.of(
                person("A", "TAU", 10.0, 365.25),
                person("A", "TAU", 2.0, 182.625),
                person("A", "MBT", 60.0, 365.25),
                person("B", "TAU", null, null),
                person("C", "TAU", 0.0, 365.25));
        Study study = study(10);

        SiteModerators moderators = SiteModerators.of(study, outcome -> AnalysisSet.of(study, outcome, rows));

        assertThat(moderators.values()).containsOnlyKeys(moderator(10));
        assertThat(moderators.values().get(moderator(10))).containsExactly(entry("A", 8.0), entry("C", 0.0));
    }

    /** One study alone is its own estimate. */
    private static SiteEffect effect(String site, double value, double variance) {
        return SiteEffect.of(
                site,
                MetaAnalysis.withDefaults()
                        .pool(new double[] {value}, new double[] {variance})
                        .pooled());
    }

    private static List<Estimate> rows(int minimumSites) {
        Study study = study(minimumSites);
        Question question = ComparisonPlan.of(study, Map.of("A", true, "B", true)).questions().stream()
                .filter(asked -> asked.scope().isOverSites() && asked.adjusted())
                .findFirst()
                .orElseThrow();
        SortedMap<String, Double> care = new TreeMap<>(Map.of("A", 0.0, "B", 1.0, "C", 2.0, "D", 3.0));
        EstimateRows rows = new EstimateRows(
                Occasion.night(study), question, 5, new SiteModerators(Map.of(moderator(minimumSites), care)));
        new Heterogeneity(rows)
                .pool(
                        "mean_difference",
                        new Counts(50, 50),
                        List.of(
                                effect("A", 0.1, 0.01),
                                effect("B", 0.5, 0.01),
                                effect("C", 0.5, 0.01),
                                effect("D", 0.9, 0.01),
                                effect("E", 5, 0.01)));
        return rows.rows().stream()
                .filter(row -> row.method().equals("meta_regression"))
                .toList();
    }

    private static Estimate find(List<Estimate> rows, String quantity) {
        return rows.stream()
                .filter(row -> row.quantity().equals(quantity))
                .findFirst()
                .orElseThrow();
    }

    /** The example of the page on meta-regression; the fifth site does not tell how much care it gave. */
    @Test
    void effectsAreHeldAgainstTheModerator() {
        List<Estimate> rows = rows(4);

        Estimate slope = find(rows, "slope");
        assertThat(slope.variant()).isEqualTo("mean_difference:care");
        assertThat(slope.estimate()).isCloseTo(0.24, within(1e-12));
        assertThat(slope.low()).isCloseTo(-0.0034, within(5e-5));
        assertThat(slope.high()).isCloseTo(0.4834, within(5e-5));
        assertThat(find(rows, "intercept").estimate()).isCloseTo(0.14, within(1e-12));
        assertThat(find(rows, "k").estimate()).isEqualTo(4);
        assertThat(find(rows, "explained").estimate()).isCloseTo(0.9379, within(5e-5));
        assertThat(slope.options()).contains("\"moderator\":\"SESSIONS of TAU at m0-12\"", "\"sites_left_out\":\"1\"");
    }

    @Test
    void underTheMinimumOfSitesThereIsAReasonOnly() {
        assertThat(rows(5)).singleElement().satisfies(row -> {
            assertThat(row.quantity()).isEqualTo("slope");
            assertThat(row.estimate()).isNull();
            assertThat(row.reason()).isEqualTo("too_few_sites");
            assertThat(Objects.requireNonNull(row.options())).contains("\"minimum_sites\":\"5\"");
        });
    }
}
