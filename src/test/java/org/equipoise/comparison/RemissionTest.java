package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.OutcomeSource;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.OutcomeSource.Threshold;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Tier;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Remission, adjusted for the baseline of the score that it is a rule over, as {@code remission.R} has it. */
class RemissionTest {
    private static final Outcome GAF = TestStudy.outcome("GAF", Direction.HIGHER_IS_BETTER, Tier.SECONDARY);
    private static final Outcome REMITTED = new Outcome(
            new OutcomeCode("REMITTED"),
            "Remitted",
            OutcomeType.BINARY,
            Direction.HIGHER_IS_BETTER,
            Tier.SECONDARY,
            "people",
            new OfRule(GAF.code(), new Threshold(OutcomeSource.Test.ABOVE, 60), "above 60"),
            GAF.intervals(),
            List.of(),
            List.of(),
            false,
            Optional.of(GAF.code()));
    private static final Study STUDY = TestStudy.of(Conduct.COMPLETED, "MBT", "TAU", List.of(GAF, REMITTED));

    private record People(List<OutcomeRow> scores, List<OutcomeRow> remitted) {}

    private static People people() throws IOException {
        List<OutcomeRow> scores = new ArrayList<>();
        List<OutcomeRow> remitted = new ArrayList<>();
        try (InputStream data = Objects.requireNonNull(RemissionTest.class.getResourceAsStream("remission.csv"))) {
            new String(data.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .forEach(cells -> {
                        Double before = number(cells[2]);
                        Double after = number(cells[3]);
                        scores.add(TestStudy.row(cells[0], cells[1], "{\"sex\": \"f\"}", before, after));
                        remitted.add(remitted(cells[0], cells[1], after));
                    });
        }
        return new People(scores, remitted);
    }

    private static @Nullable Double number(String text) {
        return text.isEmpty() ? null : Double.valueOf(text);
    }

    private static OutcomeRow remitted(String site, String arm, @Nullable Double gaf) {
        Double value = gaf == null ? null : Double.valueOf(gaf > 60 ? 1 : 0);
        OutcomeRow row = TestStudy.row(site, arm, "{\"sex\": \"f\"}", null, value);
        row.endings()[1] = value == null ? null : Short.valueOf(value.shortValue());
        return row;
    }

    private static Estimate oddsRatio(AnalysisSet set, Comparer comparer, String site, String variant) {
        Question question = ComparisonPlan.of(STUDY, Map.of("a", true, "b", true, "c", true)).questions().stream()
                .filter(asked -> asked.outcome().equals(REMITTED)
                        && asked.place().code().equals("m12")
                        && asked.scope().code().equals(site))
                .findFirst()
                .orElseThrow();
        return comparer.compare(question, set).stream()
                .filter(row -> row.method().equals("logistic_adjusted")
                        && row.variant().equals(variant)
                        && row.quantity().equals("arm_or"))
                .findFirst()
                .orElseThrow();
    }

    private static Offset<Double> close(double expected) {
        return within(1e-9 * Math.abs(expected));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "remission-expected.csv", numLinesToSkip = 1)
    void agreesWithR(
            String site,
            String variant,
            double ratio,
            double error,
            double p,
            double low,
            double high,
            int mbt,
            int tau)
            throws IOException {
        People people = people();
        Estimate row = oddsRatio(
                AnalysisSet.of(STUDY, REMITTED, people.remitted(), people.scores()),
                new Comparer(STUDY),
                site,
                variant);

        assertThat(row.estimate()).isCloseTo(ratio, close(ratio));
        assertThat(row.standardError()).isCloseTo(error, close(error));
        assertThat(row.p()).isCloseTo(p, close(p));
        assertThat(row.low()).isCloseTo(low, close(low));
        assertThat(row.high()).isCloseTo(high, close(high));
        assertThat(row.nTreatment()).isEqualTo(mbt);
        assertThat(row.nControl()).isEqualTo(tau);
        assertThat(row.options())
                .contains("\"model\":\"event ~ arm" + (variant.equals("baseline") ? " + baseline" : "")
                        + (site.equals("ALL") ? " + site" : "") + "\"");
    }

    @Test
    void withoutAnybodysBaselineThereIsAReason() throws IOException {
        People people = people();
        List<OutcomeRow> unknown = people.scores().stream()
                .map(row -> TestStudy.row(row.site(), row.arm(), row.factorsJson(), null, row.values()[1]))
                .toList();

        AnalysisSet set = AnalysisSet.of(STUDY, REMITTED, people.remitted(), unknown);

        assertThat(oddsRatio(set, new Comparer(STUDY), "ALL", "baseline").reason())
                .isEqualTo("empty_arm");
    }

    @Test
    void otherPeoplesBaselinesAreRefused() throws IOException {
        People people = people();

        assertThatThrownBy(() -> AnalysisSet.of(
                        STUDY, REMITTED, people.remitted(), people.scores().subList(1, 120)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the rows of REMITTED and of its baseline are not those of the same people in the same order");
    }

    /** At a look the baselines too end with the cut-off: who began later is in neither. */
    @Test
    void aLookTakesTheBaselinesOfThoseWhoAreInIt() throws IOException {
        People people = people();
        LocalDate cutOff = LocalDate.of(2020, 12, 31);
        Look look = new Look("first", cutOff, 0.5, 0, List.of());

        AnalysisSet set = new LookPlan(
                        ComparisonPlan.of(STUDY, Map.of("a", true, "b", true, "c", true)), look, List.of(), List.of())
                .set(REMITTED, dated(people.remitted(), cutOff), dated(people.scores(), cutOff));

        Estimate row = oddsRatio(set, new Comparer(STUDY), "ALL", "baseline");
        People half =
                new People(people.scores().subList(0, 60), people.remitted().subList(0, 60));
        assertThat(row)
                .isEqualTo(oddsRatio(
                        AnalysisSet.of(STUDY, REMITTED, half.remitted(), half.scores()),
                        new Comparer(STUDY),
                        "ALL",
                        "baseline"));
    }

    /** The first sixty began two years before, the others the day after. */
    private static List<OutcomeRow> dated(List<OutcomeRow> rows, LocalDate cutOff) {
        List<OutcomeRow> dated = new ArrayList<>();
        for (OutcomeRow row : rows) {
            LocalDate zero = dated.size() < 60 ? cutOff.minusYears(2) : cutOff.plusDays(1);
            dated.add(TestStudy.dated(row, zero, null, null));
        }
        return dated;
    }
}
