package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.Looks;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.RepeatedModels;
import org.equipoise.definition.Sensitivity;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.AdjustedModel;
import org.equipoise.definition.Study.Comparisons;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Tier;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Missing values filled in: what is, what never is, and that the same is filled in every time. */
class SensitivityTest {
    private static final List<Interval> INTERVALS =
            List.of(TestStudy.BASELINE, new Interval(new IntervalCode("m6"), "6 months", 6), TestStudy.M12);
    private static final List<Double> SHIFTS = List.of(1.0, 2.5);

    private static Study study(OutcomeType type, Conduct conduct) {
        return study(type, conduct, 20, SHIFTS);
    }

    static Study study(OutcomeType type, Conduct conduct, int imputations, List<Double> shifts) {
        Outcome outcome = new Outcome(
                new OutcomeCode("X"),
                "X",
                type,
                Direction.LOWER_IS_BETTER,
                Tier.PRIMARY,
                "points",
                new OfScale(new InstrumentCode("ZAN-BPD"), new ScaleCode("total")),
                INTERVALS.stream().map(Interval::code).toList(),
                List.of(),
                List.of("m12"),
                false,
                Optional.empty());
        Study base = TestStudy.of(conduct, "MBT", "TAU", INTERVALS, List.of(outcome));
        return TestStudy.with(
                base,
                base.factors(),
                base.followUp(),
                base.outcomes(),
                new Comparisons(
                        List.of(Endpoint.VALUE),
                        List.of(new AdjustedModel("baseline", List.of())),
                        RepeatedModels.NONE,
                        List.of(new Sensitivity(outcome.code(), imputations, shifts)),
                        Looks.NONE,
                        List.of(),
                        Optional.empty()));
    }

    static OutcomeRow person(String site, boolean treated, String reason, @Nullable Double... values) {
        OutcomeRow row = TestStudy.row(site, treated ? "MBT" : "TAU", "{}", values, reason);
        for (int i = 0; i < values.length; i++) {
            Double value = values[i];
            row.endings()[i] = value == null ? null : Short.valueOf(value.shortValue());
        }
        return row;
    }

    /** Forty of each arm at two sites; the last value of every fifth is missing, of one in ten because of death. */
    private static List<OutcomeRow> ordinary(OutcomeType type) {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            boolean treated = i % 2 == 0;
            double early = 10 + (i * 37) % 11 - (treated ? 2 : 0);
            double late = early + (i * 53) % 7 - 3;
            boolean binary = type == OutcomeType.BINARY;
            double early01 = early > 13 ? 1 : 0;
            double late01 = late > 13 ? 1 : 0;
            rows.add(person(
                    i < 40 ? "a" : "b",
                    treated,
                    i % 20 < 2 ? "dead" : "no_record",
                    binary ? 1.0 : 15.0 + (i * 29) % 6,
                    binary ? early01 : early,
                    i % 10 < 2 ? null : Double.valueOf(binary ? late01 : late)));
        }
        return rows;
    }

    static List<Estimate> answers(Study study, List<OutcomeRow> rows) {
        AnalysisSet set = AnalysisSet.of(study, study.outcomes().get(0), rows);
        return ComparisonPlan.of(study, Map.of("a", true, "b", true)).questions().stream()
                .filter(question -> question.place().code().equals("m12"))
                .flatMap(question -> new Comparer(study).compare(question, set).stream())
                .filter(row -> Set.of("multiple_imputation", "jump_to_reference", "tipping_point")
                        .contains(row.method()))
                .toList();
    }

    private static Estimate find(List<Estimate> rows, String site, String variant, String quantity, String of) {
        List<Estimate> found = rows.stream()
                .filter(row -> row.site().equals(site)
                        && row.variant().equals(variant)
                        && row.quantity().equals(quantity)
                        && of.equals(Objects.requireNonNullElse(row.arm() == null ? row.variable() : row.arm(), "")))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static double number(Estimate row) {
        return Objects.requireNonNull(row.estimate());
    }

    /**
     * With nothing missing the filled-in tables are the table. Risks 6/20 and 12/20: difference -0.3, standard error
     * sqrt(0.3 x 0.7/20 + 0.6 x 0.4/20) = 0.15, ratio 0.5, its log's standard error sqrt(0.7/6 + 0.4/12) = 0.3872983;
     * Barnard and Rubin's df (39/41) 38 = 36.14634 for 38 of complete data.
     */
    @Test
    void risksOfCompleteDataAreThoseSeen() {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(person("a", true, "", 0.0, i % 2.0, i < 6 ? 1.0 : 0.0));
            rows.add(person("a", false, "", 0.0, i % 2.0, i < 12 ? 1.0 : 0.0));
        }

        List<Estimate> answers = answers(study(OutcomeType.BINARY, Conduct.COMPLETED), rows);

        Estimate difference = find(answers, "a", "site", "rd", "");
        assertThat(difference.estimate()).isCloseTo(-0.3, within(1e-9));
        assertThat(difference.standardError()).isCloseTo(0.15, within(1e-9));
        assertThat(difference.df()).isCloseTo(36.1463414634, within(1e-9));
        Estimate ratio = find(answers, "a", "site", "rr", "");
        assertThat(ratio.estimate()).isCloseTo(0.5, within(1e-9));
        assertThat(ratio.standardError()).isCloseTo(0.38729833462, within(1e-9));
    }

    /** Eight of each arm are missing at the last interval, half of them dead. */
    @ParameterizedTest
    @EnumSource(names = {"BINARY", "CONTINUOUS"})
    void theDeadAreNotFilledIn(OutcomeType type) {
        List<Estimate> answers = answers(study(type, Conduct.COMPLETED), ordinary(type));

        String variant = type == OutcomeType.BINARY ? "site" : "value";
        for (String arm : List.of("MBT", "TAU")) {
            Estimate imputed = find(answers, "ALL", variant, "imputed", arm);
            assertThat(imputed.estimate()).isEqualTo(4);
            assertThat(imputed.nTreatment()).isEqualTo(36);
            assertThat(imputed.nControl()).isEqualTo(36);
        }
        assertThat(find(answers, "ALL", variant, type == OutcomeType.BINARY ? "rd" : "contrast", "")
                        .standardError())
                .isPositive();
    }

    /**
     * One baseline for all, so that the difference is one of means: of twenty in each arm five treated and two control
     * people are filled in, and each point moves their arm's mean by 5/20 and 2/20.
     */
    @Test
    void eachPointMovesTheDifferenceByTheShareFilledIn() {
        List<OutcomeRow> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(person("a", true, "no_record", 12.0, 8.0 + i % 7, i < 5 ? null : Double.valueOf(6 + i % 5)));
            rows.add(person("a", false, "no_record", 12.0, 9.0 + i % 6, i < 2 ? null : Double.valueOf(11 + i % 4)));
        }

        List<Estimate> answers = answers(study(OutcomeType.CONTINUOUS, Conduct.COMPLETED), rows);

        double treatment = number(find(answers, "a", "value:treatment", "contrast", "0"));
        assertThat(find(answers, "a", "value:treatment", "contrast", "2.5").estimate())
                .isCloseTo(treatment + 2.5 * 5 / 20, within(1e-9));
        assertThat(find(answers, "a", "value:both", "contrast", "2.5").estimate())
                .isCloseTo(treatment + 2.5 * (5.0 - 2.0) / 20, within(1e-9));
        assertThat(Math.abs(number(find(answers, "a", "value", "contrast", ""))))
                .isLessThan(Math.abs(treatment));
        assertThat(find(answers, "a", "value:treatment", "shift", "").reason()).isEqualTo("not_reached");
    }

    /** Everyone who is missing comes back later: nobody has left, so nobody jumps. */
    @Test
    void whoComesBackHasNotLeft() {
        List<OutcomeRow> rows = ordinary(OutcomeType.CONTINUOUS).stream()
                .map(row -> person(
                        row.site(),
                        "MBT".equals(row.arm()),
                        "no_record",
                        row.values()[0],
                        row.values()[2],
                        row.values()[1]))
                .toList();
        Study study = study(OutcomeType.CONTINUOUS, Conduct.COMPLETED);
        Question last = ComparisonPlan.of(study, Map.of("a", true, "b", true)).questions().stream()
                .filter(question ->
                        question.place().code().equals("m6") && question.scope().isOverSites())
                .findFirst()
                .orElseThrow();
        AnalysisSet set = AnalysisSet.of(study, study.outcomes().get(0), rows);
        EstimateRows collected = new EstimateRows(Occasion.night(study), last, 2);

        new ImputedScores(
                        last,
                        IncompleteFollowUp.of(study, last, set.at(last)),
                        study.comparisons().sensitivity().get(0),
                        collected)
                .compare();

        assertThat(find(collected.rows(), "ALL", "value", "contrast", "").estimate())
                .isEqualTo(find(collected.rows(), "ALL", "value:both", "contrast", "0")
                        .estimate());
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "CONTINUOUS"})
    void oneWorkerAndFourGiveTheSameBits(OutcomeType type) throws Exception {
        Study study = study(type, Conduct.COMPLETED);
        List<Estimate> one = on(1, study, ordinary(type));

        assertThat(one).isNotEmpty().isEqualTo(on(4, study, ordinary(type)));
        assertThat(one).allSatisfy(row -> assertThat(row.options()).contains("\"seed\":", "\"imputations\":\"20\""));
    }

    private static List<Estimate> on(int workers, Study study, List<OutcomeRow> rows) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(workers);
        try {
            return pool.submit(() -> answers(study, rows)).get();
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "CONTINUOUS"})
    void everyQuantityIsOnThePage(OutcomeType type) {
        Set<String> told = EstimatePage.read().entries().stream()
                .map(entry -> entry.method() + " " + entry.quantity())
                .collect(Collectors.toSet());

        assertThat(answers(study(type, Conduct.COMPLETED), ordinary(type)).stream()
                        .map(row -> row.method() + " " + row.quantity()))
                .isNotEmpty()
                .isSubsetOf(told);
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "CONTINUOUS"})
    void oddDataGiveANumberOrAReason(OutcomeType type) {
        List<List<OutcomeRow>> odd = List.of(
                List.of(person("a", true, "no_record", 1.0, 1.0, 1.0)),
                List.of(person("a", true, "", 1.0, 1.0, 1.0), person("a", false, "", 0.0, 0.0, 0.0)),
                List.of(person("a", true, "dead", 1.0, 1.0, null), person("b", false, "no_record", 1.0, 1.0, null)),
                Stream.of(true, false, true, false, true, false, true, false)
                        .map(treated -> person("a", treated, "no_record", null, null, treated ? 1.0 : 0.0))
                        .toList());

        odd.forEach(rows -> assertThat(answers(study(type, Conduct.COMPLETED), rows))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.estimate() == null).isEqualTo(row.reason() != null)));
    }

    /** How far p is from 0.05 tells p, which waits for a look. */
    @Test
    void observationalStudyDoesNotTellWhereItTips() {
        List<Estimate> answers =
                answers(study(OutcomeType.CONTINUOUS, Conduct.OBSERVATIONAL), ordinary(OutcomeType.CONTINUOUS));

        assertThat(find(answers, "ALL", "value:treatment", "shift", "").reason())
                .isEqualTo("withheld_until_look");
        assertThat(answers).allSatisfy(row -> assertThat(row.p()).isNull());
    }
}
