package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.Instrument.Change;
import org.equipoise.definition.OutcomeSource;
import org.equipoise.definition.OutcomeSource.Category;
import org.equipoise.definition.OutcomeSource.Criterion;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.OutcomeSource.ReliableChange;
import org.equipoise.definition.OutcomeSource.Threshold;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.OutcomeSeries;
import org.equipoise.vocabulary.OutcomeCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Remission, reliable change and freedom from crises, each class worked out by hand. */
class RuleOutcomesTest {
    private static final Study STUDY = DefinitionLoader.load(Path.of("jobs"), Path.of("jobs/studies/mbt-tau.yaml"))
            .bundle()
            .orElseThrow()
            .study();

    /** A published number of points, such as the PHQ-9's. */
    private static final Change SIX = change(6, OptionalDouble.empty(), OptionalDouble.empty());

    /** 1.96 x 12.75 x sqrt(2) x sqrt(1 - 0.93) = 24.99 x 1.414214 x 0.264575 = 9.3503, as for the BDI-II. */
    private static final Change COMPUTED = change(9.4, OptionalDouble.of(12.75), OptionalDouble.of(0.93));

    private static Change change(double points, OptionalDouble sd, OptionalDouble reliability) {
        return new Change(points, sd, reliability, Optional.empty(), "a sample");
    }

    private static Cell ask(String outcome, Direction direction, Criterion criterion, Cell baseline, Cell value) {
        Outcome about = STUDY.outcome(new OutcomeCode(outcome));
        OfRule rule = new OfRule(about.code(), criterion, "one");
        Outcome ruled = new Outcome(
                new OutcomeCode("RULED"),
                "Ruled",
                Study.OutcomeType.BINARY,
                direction,
                Study.Tier.EXPLORATORY,
                "people",
                rule,
                about.intervals(),
                List.of(),
                List.of(),
                false,
                Optional.empty());
        return new RuleOutcomes(STUDY, ruled, rule)
                .cells(List.of(baseline, value), null)
                .get(1);
    }

    private static List<Category> classes(String outcome, Change change, double cutOff, double before, double after) {
        List<Category> classes = new ArrayList<>();
        for (Category category : Category.values()) {
            Criterion criterion = new ReliableChange(category, change, OptionalDouble.of(cutOff));
            Cell cell = ask(
                    outcome,
                    Direction.HIGHER_IS_BETTER,
                    criterion,
                    Cell.scored(before, 0, 0),
                    Cell.scored(after, 540, 1));
            if (Double.valueOf(1).equals(cell.value())) {
                classes.add(category);
            }
        }
        return classes;
    }

    /** The cut-off of 10 is itself clinical; six published points are enough. */
    @ParameterizedTest
    @CsvSource({
        "15, 9, RECOVERED",
        "16, 10, IMPROVED",
        "15, 10, UNCHANGED",
        "10, 4, RECOVERED",
        "9, 3, IMPROVED",
        "12, 17, UNCHANGED",
        "12, 18, DETERIORATED"
    })
    void publishedPointsAreEnough(double before, double after, Category expected) {
        assertThat(classes("DEP_PHQ9", SIX, 10, before, after)).containsExactly(expected);
    }

    /** A gain of 9 is within error (9.3503), one of 10 beyond it. */
    @ParameterizedTest
    @CsvSource({
        "30, 21, UNCHANGED",
        "30, 20, IMPROVED",
        "30, 13, RECOVERED",
        "20, 30, DETERIORATED",
        "20, 29, UNCHANGED"
    })
    void computedChangeMustBeExceeded(double before, double after, Category expected) {
        assertThat(classes("DEP_BDI", COMPUTED, 14, before, after)).containsExactly(expected);
    }

    /** Of the GAF more is better, and 61 is the first score of good function. */
    @ParameterizedTest
    @CsvSource({"50, 61, RECOVERED", "50, 60, IMPROVED", "61, 70, IMPROVED", "60, 50, DETERIORATED", "50, 55, UNCHANGED"
    })
    void directionTurnsTheSidesRound(double before, double after, Category expected) {
        assertThat(classes("FUNC_GAF", SIX, 61, before, after)).containsExactly(expected);
    }

    /** 1.43 - 1 is a little less than 0.43 in binary numbers. */
    @Test
    void decimalsAreNoObstacle() {
        Change published = change(0.43, OptionalDouble.empty(), OptionalDouble.empty());

        assertThat(classes("DEP_BDI", published, 1.2, 1.43, 1)).containsExactly(Category.RECOVERED);
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void withoutABaselineThereIsNoClass(Category category) {
        Criterion criterion = new ReliableChange(category, SIX, OptionalDouble.of(10));

        assertThat(ask(
                        "DEP_PHQ9",
                        Direction.HIGHER_IS_BETTER,
                        criterion,
                        Cell.missing("no_record"),
                        Cell.scored(3, 540, 1)))
                .isEqualTo(Cell.missing("no_baseline"));
    }

    @Test
    void limitItselfIsNeitherAboveNorBelow() {
        Cell before = Cell.missing("no_record");
        Cell sixty = Cell.scored(60, 540, 1);

        assertThat(ask(
                                "FUNC_GAF",
                                Direction.HIGHER_IS_BETTER,
                                new Threshold(OutcomeSource.Test.ABOVE, 60),
                                before,
                                sixty)
                        .value())
                .isZero();
        assertThat(ask(
                                "FUNC_GAF",
                                Direction.LOWER_IS_BETTER,
                                new Threshold(OutcomeSource.Test.BELOW, 60),
                                before,
                                sixty)
                        .value())
                .isZero();
    }

    @Test
    void deadAreNeverRemittedAndNeverCountedAsDeteriorated() {
        Cell before = Cell.scored(50, 0, 0);
        Cell dead = Cell.missing("dead");

        assertThat(ask(
                                "FUNC_GAF",
                                Direction.HIGHER_IS_BETTER,
                                new Threshold(OutcomeSource.Test.ABOVE, 60),
                                before,
                                dead)
                        .value())
                .isZero();
        assertThat(ask(
                        "FUNC_GAF",
                        Direction.LOWER_IS_BETTER,
                        new Threshold(OutcomeSource.Test.WORSENED_BY, 5),
                        before,
                        dead))
                .isEqualTo(dead);
    }

    @Test
    void ruleOverAConvertedScoreKeepsTheConversion() {
        Cell converted = Cell.scored(9, 540, 1).converted(58.6, 4.2, "table 2014");

        assertThat(ask(
                                "DEP_PROMIS",
                                Direction.HIGHER_IS_BETTER,
                                new Threshold(OutcomeSource.Test.BELOW, 60),
                                converted,
                                converted)
                        .crosswalk())
                .isEqualTo("table 2014");
    }

    /** One attempt in the first year, none in the second; both years known. */
    @Test
    void periodWithoutTheEventIsFreeOfIt() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2022-12-31")
                .event("attempt", null, "2021-03-01", "2021-03-01", 2)
                .exportedOn("2024-01-01");

        assertThat(person.cell("FREE", "m0-12").value()).isZero();
        assertThat(person.cell("FREE", "m12-24").value()).isEqualTo(1);
        assertThat(person.cell("FREE", "m12-24").exposureDays()).isEqualTo(365);
        assertThat(person.cell("FEW", "m12-24").value()).isEqualTo(1);
    }

    /** Died on the hundredth day of another cause: no attempt, and still not recovered. */
    @Test
    void deadHaveNoPeriodFreeOfCrises() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2024-01-01")
                .fact("died_on", "2021-04-10")
                .exportedOn("2024-01-01");

        assertThat(person.cell("ANY", "m0-12").value()).isZero();
        assertThat(person.cell("FREE", "m0-12").value()).isZero();
        assertThat(person.cell("FREE", "m12-24").value()).isZero();
        assertThat(person.cell("FEW", "m12-24")).isEqualTo(Cell.missing("dead"));
    }

    @Test
    void seriesSaysTheVersionOfItsRule() {
        assertThat(EventStudy.from("2021-01-01")
                        .exportedOn("2024-01-01")
                        .harmonized()
                        .series())
                .filteredOn(series -> series.ruleVersion() != null)
                .extracting(series -> series.outcome().value(), OutcomeSeries::ruleVersion)
                .containsExactly(tuple("FREE", "first"), tuple("FEW", "second"));
    }
}
