package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.OutcomeSource.Measure;
import org.equipoise.definition.OutcomeSource.OfArea;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Tier;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.OutcomeSeries;
import org.equipoise.harmonize.IntervalTable.Window;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Areas worked out by hand. Time zero is 1 January 2021: month 6 begins on day 181, month 12 on day 365, month 18 on day
 * 546, month 24 on day 730.
 */
class AreaOutcomesTest {
    private static final ParticipantKey KEY = new ParticipantKey(new UUID(0, 1));
    private static final LocalDate ZERO = LocalDate.parse("2021-01-01");
    private static final List<Window> WINDOWS =
            List.of(window(0, 0), window(6, 183), window(12, 365), window(18, 548), window(24, 731));
    private static final Period FIRST = period(0, 12);
    private static final Period SECOND = period(12, 24);
    private static final Period BOTH = period(0, 24);

    private final TreeMap<String, LocalDate> anchors = new TreeMap<>();
    private final List<Cell> cells = new ArrayList<>(Collections.nCopies(5, Cell.missing("no_record")));

    @Nullable
    private LocalDate cutOff = LocalDate.parse("2030-01-01");

    private static Window window(int month, int target) {
        return new Window(new Interval(new IntervalCode("m" + month), "Month", month), target, 0, 0);
    }

    private static Period period(int from, int to) {
        return new Period(new PeriodCode("m" + from + "-" + to), "Months", from, to);
    }

    private AreaOutcomesTest value(int month, @Nullable Integer day, double value) {
        cells.set(month / 6, Cell.scored(value, day, 0));
        return this;
    }

    private AreaOutcomesTest died(int day) {
        anchors.put("died_on", ZERO.plusDays(day));
        return this;
    }

    private Cell over(Period period) {
        return over(period, Measure.DAYS, 12);
    }

    private Cell over(Period period, Measure measure, int longestGap) {
        StagedParticipant staged = new StagedParticipant(
                KEY,
                "R1",
                new SiteCode("here"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                cutOff);
        Course course = Course.of(staged, anchors, ZERO, SentHistory.NONE);
        return new AreaOutcomes(new OfArea(new OutcomeCode("U"), measure, longestGap), course, WINDOWS, cells)
                .cells(List.of(period))
                .get(0);
    }

    private static void assertDays(Cell cell, double days) {
        assertThat(cell.value()).isCloseTo(days, within(1e-9));
    }

    /** 0.4 to 0.6 over 181 days, 0.6 to 0.8 over 184: 90.5 + 128.8 = 219.3 days. */
    @Test
    void trapezoidsAddUp() {
        value(0, 0, 0.4).value(6, 181, 0.6).value(12, 365, 0.8);

        assertDays(over(FIRST), 219.3);
        assertThat(over(FIRST).exposureDays()).isEqualTo(365);
        assertThat(over(FIRST, Measure.YEARS, 12).value()).isCloseTo(219.3 / 365.25, within(1e-12));
        assertThat(over(FIRST, Measure.MONTHS, 12).value()).isCloseTo(219.3 / 30.4375, within(1e-12));
    }

    /**
     * Baseline 35 days early and month 12 thirty-five days late: a line from 0.2 on day -35 to 0.635 on day 400 is 0.235 on
     * day 0 and 0.6 on day 365: 365 x 0.4175 = 152.3875.
     */
    @Test
    void linesAreCutAtTheEdges() {
        assertDays(value(0, -35, 0.2).value(12, 400, 0.635).over(FIRST), 152.3875);
    }

    /** To day 345 from 0.5 to 0.7: 207; the other 20 days at 0.7: 14. */
    @Test
    void lastValueHoldsUpToItsMark() {
        assertDays(value(0, 0, 0.5).value(12, 345, 0.7).over(FIRST), 221);
    }

    /** Without a baseline, month 12 comes 20 days late: 20 x 0.7, then 345 days of 0.7 to 0.5: 14 + 207. */
    @Test
    void firstValueHoldsFromItsMark() {
        assertDays(value(12, 385, 0.7).value(24, 730, 0.5).over(SECOND), 221);
    }

    /** With month 24 there, the line goes on from day 345: 0.7 - 20 x 0.385 / 385 = 0.68 on day 365; 207 + 13.8. */
    @Test
    void nothingIsHeldWhereTheLineGoesOn() {
        assertDays(value(0, 0, 0.5).value(12, 345, 0.7).value(24, 730, 0.315).over(FIRST), 220.8);
    }

    /** Undated, month 6 lies on its target, day 183: 0.5 over it is 91.5, then 182 days at 1. */
    @Test
    void undatedValueLiesOnItsTarget() {
        assertDays(value(0, 0, 0).value(6, null, 1).value(12, 365, 1).over(FIRST), 91.5 + 182);
    }

    /** Remitted at month 6 only: half of 181 days and half of 184. */
    @Test
    void stateCountsForHalfTheGapToItsNeighbours() {
        assertDays(value(0, 0, 0).value(6, 181, 1).value(12, 365, 0).over(FIRST), 182.5);
    }

    /** 181 days at 0.8, 100 days from 0.8 to 0, then nothing; a value told after death counts for nothing. */
    @Test
    void deadHaveNothing() {
        value(0, 0, 0.8).value(6, 181, 0.8).value(12, 365, 0.9).died(281);

        assertDays(over(FIRST), 144.8 + 40);
        assertDays(over(SECOND), 0);
        assertThat(over(SECOND).exposureDays()).isEqualTo(365);
    }

    /** The last value is of the baseline; month 6 is as far as a line may go, and death came on day 182. */
    @Test
    void deathLongAfterTheLastValueLeavesAGap() {
        assertDays(value(0, 0, 0.8).died(181).over(FIRST, Measure.DAYS, 6), 72.4);
        assertThat(died(182).over(FIRST, Measure.DAYS, 6)).isEqualTo(Cell.missing("partly_ascertained"));
    }

    @Test
    void gapMayBeAsLongAsStated() {
        value(0, 0, 1).value(12, 365, 1);

        assertDays(over(FIRST, Measure.DAYS, 12), 365);
        assertThat(over(FIRST, Measure.DAYS, 11)).isEqualTo(Cell.missing("not_ascertained"));
    }

    @Test
    void missingEdgeLeavesNoValue() {
        assertThat(value(0, 0, 1).value(6, 181, 1).over(FIRST)).isEqualTo(Cell.missing("partly_ascertained"));
        assertThat(new AreaOutcomesTest().value(6, 181, 1).value(12, 365, 1).over(FIRST))
                .isEqualTo(Cell.missing("partly_ascertained"));
    }

    @Test
    void singleValueIsNoCurve() {
        assertThat(value(0, -10, 1).over(FIRST)).isEqualTo(Cell.missing("not_ascertained"));
        assertThat(new AreaOutcomesTest().over(FIRST)).isEqualTo(Cell.missing("not_ascertained"));
    }

    @Test
    void whoeverWithdrewOrIsNotDueHasNoValue() {
        value(0, 0, 1).value(6, 181, 1);
        cutOff = ZERO.plusDays(300);

        assertThat(over(FIRST)).isEqualTo(Cell.missing("not_due"));
        anchors.put("withdrew_on", ZERO.plusDays(200));
        assertThat(over(FIRST)).isEqualTo(Cell.missing("withdrawn"));
    }

    /** Nobody is seen at 18 and 24 months, so that of the second year only deaths would be known. */
    @Test
    void periodWithoutPlannedPointsIsNotScheduledForTheDeadEither() {
        value(0, 0, 1).value(6, 181, 1).value(12, 365, 1).died(400);
        cells.set(3, Cell.missing("not_scheduled"));
        cells.set(4, Cell.missing("not_scheduled"));

        assertDays(over(FIRST), 365);
        assertThat(over(SECOND)).isEqualTo(Cell.missing("not_scheduled"));
    }

    /** GAF of 50 at time zero and of 70 at month 18, 546 days later: remitted for 273 of them, 8.97 months. */
    @Test
    void monthsInRemissionComeFromTheScores() {
        StagedParticipant staged = seen(gaf("baseline", ZERO, 50), gaf("m18", ZERO.plusDays(546), 70));

        List<Cell> months = remitted(staged);

        assertThat(months.get(0).value()).isCloseTo(273 / 30.4375, within(1e-12));
        assertThat(months.get(1)).isEqualTo(Cell.missing("not_scheduled"));
    }

    @Test
    void withoutTimeZeroThereIsNoArea() {
        assertThat(remitted(seen())).containsOnly(Cell.missing("no_time_zero"));
    }

    private static SourcedFragment gaf(String visit, LocalDate date, int score) {
        return new SourcedFragment(
                new AssessmentFragment(
                        KEY,
                        new InstrumentCode("GAF"),
                        "form",
                        new IntervalCode(visit),
                        visit,
                        date,
                        2,
                        new short[] {(short) score},
                        new byte[1],
                        null,
                        List.of()),
                1,
                1,
                false);
    }

    /** Someone whose time zero is known wherever they were seen. */
    private static StagedParticipant seen(SourcedFragment... fragments) {
        return new StagedParticipant(
                KEY,
                "R1",
                new SiteCode("here"),
                List.of(fragments),
                fragments.length == 0
                        ? List.of()
                        : List.of(new SourcedFact(
                                new ParticipantFact(KEY, "randomised_on", null, ZERO, 2, "randomised_on"), 1, 1)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static List<Cell> remitted(StagedParticipant staged) {
        DefinitionBundle shipped = DefinitionLoader.load(Path.of("jobs"), Path.of("jobs/studies/mbt-tau.yaml"))
                .bundle()
                .orElseThrow();
        Study study = shipped.study();
        List<Outcome> outcomes = new ArrayList<>(study.outcomes());
        outcomes.add(new Outcome(
                new OutcomeCode("MONTHS_REMITTED"),
                "Months remitted",
                OutcomeType.DURATION,
                Direction.HIGHER_IS_BETTER,
                Tier.EXPLORATORY,
                "months",
                new OfArea(new OutcomeCode("REMISSION_GAF"), Measure.MONTHS, 18),
                List.of(),
                List.of(new PeriodCode("m0-18"), new PeriodCode("m18-36")),
                List.of(),
                false,
                Optional.empty()));
        Study withArea = new Study(
                study.code(),
                study.name(),
                study.conduct(),
                study.arms(),
                study.timeZero(),
                study.baseline(),
                study.intervals(),
                study.windowCaps(),
                study.factors(),
                study.followUp(),
                outcomes,
                study.comparisons(),
                Study.USUAL_LEAST_COUNT);
        List<OutcomeSeries> series = new Harmonizer(new DefinitionBundle(
                        withArea, shipped.instruments(), shipped.crosswalks(), Map.of(), new TreeMap<>(), ""))
                .harmonize(staged)
                .series();
        return series.get(series.size() - 1).cells();
    }

    /** A constant utility over a time is their product, and two periods add up to the one that spans them. */
    @Test
    void periodsAddUpWhateverTheValues() {
        Random random = new Random(6);
        int whole = 0;
        for (int n = 0; n < 2000; n++) {
            AreaOutcomesTest level = new AreaOutcomesTest();
            AreaOutcomesTest person = new AreaOutcomesTest();
            double utility = random.nextDouble();
            for (int month = 0; month <= 24; month += 6) {
                if (random.nextInt(5) > 0) {
                    int day = WINDOWS.get(month / 6).target() - random.nextInt(40) + (month == 0 ? 0 : 20);
                    person.value(month, day, random.nextDouble());
                    level.value(month, day, utility);
                }
            }
            if (random.nextInt(4) == 0) {
                person.died(random.nextInt(1000));
            }
            Double first = person.over(FIRST).value();
            Double second = person.over(SECOND).value();
            Double both = person.over(BOTH).value();
            assertThat(both != null).isEqualTo(first != null && second != null);
            if (first != null && second != null && both != null) {
                whole++;
                assertThat(both).isCloseTo(first + second, within(1e-9));
            }
            Double product = level.over(BOTH, Measure.YEARS, 12).value();
            if (product != null) {
                assertThat(product).isCloseTo(utility * 730 / 365.25, within(1e-12));
            }
        }
        assertThat(whole).isGreaterThan(500);
    }
}
