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
import java.util.Set;
import java.util.stream.Collectors;
import org.equipoise.definition.Looks;
import org.equipoise.definition.OutcomeSource.OfEvents;
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
import org.equipoise.definition.Weighting;
import org.equipoise.definition.Weighting.Target;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts and times at sites that did not allocate at random, as {@code unrandomised-follow-up.R} has them. */
class WeightedFollowUpTest {
    private static final Period PERIOD = new Period(new PeriodCode("m0-36"), "Three years", 0, 36);
    private static final Map<String, Boolean> SITES = Map.of("a", false, "b", false);

    private static Study study(OutcomeType type, Target target, List<Integer> horizons) {
        Outcome outcome = new Outcome(
                new OutcomeCode("X"),
                "X",
                type,
                Direction.LOWER_IS_BETTER,
                Tier.PRIMARY,
                "people",
                new OfEvents(List.of()),
                List.of(),
                List.of(PERIOD.code()),
                List.of(),
                false,
                Optional.empty());
        return TestStudy.with(
                TestStudy.of(Conduct.COMPLETED, "MBT", "TAU", List.of(outcome)),
                List.of("sex", "age"),
                new FollowUp(List.of(), List.of(), List.of(PERIOD), 0.9, 31, horizons),
                List.of(outcome),
                new Comparisons(
                        List.of(Endpoint.VALUE),
                        List.of(),
                        RepeatedModels.NONE,
                        List.of(),
                        Looks.NONE,
                        List.of(),
                        Optional.of(new Weighting(List.of("sex", "age"), target))));
    }

    private static List<Estimate> answers(Study study, List<OutcomeRow> rows) {
        return new Comparer(study)
                .weigh(
                        ComparisonPlan.of(study, SITES).weighted().get(0),
                        AnalysisSet.of(study, study.outcomes().get(0), rows));
    }

    private static List<OutcomeRow> people(OutcomeType type) throws IOException {
        try (InputStream data =
                Objects.requireNonNull(WeightedFollowUpTest.class.getResourceAsStream("unrandomised-follow-up.csv"))) {
            return new String(data.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> person(type, cells))
                    .toList();
        }
    }

    private static OutcomeRow person(OutcomeType type, String... cells) {
        OutcomeRow row = TestStudy.row(
                cells[0],
                cells[3].equals("1") ? "MBT" : "TAU",
                "{\"sex\": \"" + cells[1] + "\", \"age\": \"" + cells[2] + "\"}",
                new Double[] {Double.valueOf(cells[type == OutcomeType.COUNT ? 5 : 6])},
                "");
        row.exposures()[0] = Double.valueOf(cells[type == OutcomeType.COUNT ? 4 : 6]);
        row.endings()[0] = type == OutcomeType.COUNT ? null : Short.valueOf(cells[7]);
        return row;
    }

    private static Estimate find(List<Estimate> rows, String variant, String quantity, @Nullable String arm) {
        List<Estimate> found = rows.stream()
                .filter(row -> row.variant().equals(variant)
                        && row.quantity().equals(quantity)
                        && Objects.equals(row.arm(), arm))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "unrandomised-follow-up-expected.csv", numLinesToSkip = 1)
    void agreesWithR(
            String target, String what, double value, double error, double known, double treatment, double control)
            throws IOException {
        boolean ratio = what.equals("rate_ratio");
        OutcomeType type = ratio ? OutcomeType.COUNT : OutcomeType.TIME_TO_EVENT;
        Target whose = target.equals("overlap") ? Target.OVERLAP : Target.AVERAGE;

        List<Estimate> rows = answers(study(type, whose, List.of(18)), people(type));

        Estimate effect = find(rows, target, what, null);
        double expected = ratio ? Math.exp(value) : value;
        assertThat(effect.estimate()).isCloseTo(expected, within(1e-8 * Math.abs(expected)));
        assertThat(effect.standardError()).isCloseTo(error, within(1e-6 * error));
        assertThat(find(rows, target + ":weights_known", what, null).standardError())
                .isCloseTo(known, within(1e-6 * known));
        String ofArm = ratio ? "rate" : "rmst";
        assertThat(find(rows, target, ofArm, "MBT").estimate()).isCloseTo(treatment, within(1e-8 * treatment));
        assertThat(find(rows, target, ofArm, "TAU").estimate()).isCloseTo(control, within(1e-8 * control));
        assertThat(effect.at()).isEqualTo(ratio ? null : Double.valueOf(18));
    }

    /** Overlap weights balance what the propensity model has exactly. */
    @ParameterizedTest
    @EnumSource(names = {"COUNT", "TIME_TO_EVENT"})
    void tellsHowAlikeTheArmsAreBeforeAndAfter(OutcomeType type) throws IOException {
        List<Estimate> rows = answers(study(type, Target.OVERLAP, List.of(18, 36)), people(type)).stream()
                .filter(row -> "age".equals(row.variable()))
                .toList();

        assertThat(find(rows, "overlap", "standardised_difference", null).estimate())
                .isCloseTo(0, within(1e-9));
        assertThat(Math.abs(Objects.requireNonNull(find(rows, "unweighted", "standardised_difference", null)
                        .estimate())))
                .isGreaterThan(0.1);
    }

    @Test
    void withoutAHorizonThereIsAReason() throws IOException {
        assertThat(answers(
                        study(OutcomeType.TIME_TO_EVENT, Target.OVERLAP, List.of()), people(OutcomeType.TIME_TO_EVENT)))
                .extracting(Estimate::quantity, Estimate::reason)
                .containsExactly(org.assertj.core.api.Assertions.tuple("rmst_difference", "no_horizon"));
    }

    @Test
    void anArmWithoutEventsHasNoRatioAndAHorizonNobodyReachesNoMean() throws IOException {
        List<OutcomeRow> none = people(OutcomeType.COUNT);
        none.stream().filter(row -> "MBT".equals(row.arm())).forEach(row -> row.values()[0] = 0.0);

        List<Estimate> counts = answers(study(OutcomeType.COUNT, Target.OVERLAP, List.of()), none);
        List<Estimate> times = answers(
                study(OutcomeType.TIME_TO_EVENT, Target.OVERLAP, List.of(36)),
                people(OutcomeType.TIME_TO_EVENT).stream()
                        .peek(row -> row.values()[0] = Math.min(900, Objects.requireNonNull(row.values()[0])))
                        .toList());

        assertThat(find(counts, "overlap", "rate_ratio", null).reason()).isEqualTo("no_events");
        assertThat(find(counts, "overlap", "rate", "MBT").estimate()).isZero();
        assertThat(find(times, "overlap", "rmst_difference", null).reason()).isEqualTo("beyond_follow_up");
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "TIME_TO_EVENT"})
    void everyQuantityIsOnThePage(OutcomeType type) throws IOException {
        Set<String> told = EstimatePage.read().entries().stream()
                .map(entry -> entry.method() + " " + entry.quantity())
                .collect(Collectors.toSet());

        assertThat(answers(study(type, Target.OVERLAP, List.of(18)), people(type)).stream()
                        .map(row -> row.method() + " " + row.quantity()))
                .isNotEmpty()
                .isSubsetOf(told);
    }
}
