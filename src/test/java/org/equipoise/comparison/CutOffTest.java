package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.Looks;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Tier;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Data as of a day: whatever came later might as well not have come. */
class CutOffTest {
    private static final LocalDate DAY = LocalDate.of(2021, 1, 31);

    private static List<OutcomeRow> scores(OutcomeRow... rows) {
        Study study = TestStudy.completed();
        return new CutOff(study, DAY).apply(study.outcomes().get(0), List.of(rows));
    }

    private static OutcomeRow score(LocalDate zero, @Nullable Integer day, @Nullable Double value, String reason) {
        OutcomeRow row = TestStudy.row("lindholm", "MBT", "{}", new Double[] {20.0, value}, reason);
        return TestStudy.dated(row, zero, 0, day);
    }

    @Test
    void scoreCountsUpToTheDayAndNotAfter() {
        LocalDate zero = LocalDate.of(2020, 1, 31);

        List<OutcomeRow> rows = scores(score(zero, 366, 9.0, ""), score(zero, 367, 9.0, ""));

        assertThat(rows.get(0).values()).containsExactly(20.0, 9.0);
        assertThat(rows.get(1).values()).containsExactly(20.0, null);
        assertThat(rows.get(1).reasons()).containsExactly(null, "not_due");
    }

    @Test
    void missingScoreIsMissingOnceItsIntervalIsReached() {
        List<OutcomeRow> rows = scores(
                score(LocalDate.of(2020, 1, 31), null, null, "no_record"),
                score(LocalDate.of(2020, 2, 1), null, null, "no_record"),
                score(LocalDate.of(2020, 2, 1), null, null, "dead"),
                score(LocalDate.of(2020, 2, 1), null, null, "not_scheduled"));

        assertThat(rows)
                .extracting(row -> row.reasons()[1])
                .containsExactly("no_record", "not_due", "not_due", "not_scheduled");
    }

    private static OutcomeRow overPeriod(OutcomeType type, LocalDate zero, double value, int ending, double exposure) {
        PeriodCode period = new PeriodCode("m0-12");
        Outcome outcome = new Outcome(
                new OutcomeCode("X"),
                "X",
                type,
                Direction.LOWER_IS_BETTER,
                Tier.PRIMARY,
                "people",
                new OfEvents(List.of()),
                List.of(),
                List.of(period),
                List.of(),
                false,
                Optional.empty());
        Study study = TestStudy.with(
                TestStudy.of(Conduct.COMPLETED, "MBT", "TAU", List.of(outcome)),
                new FollowUp(List.of(), List.of(), List.of(new Period(period, "p", 0, 12)), 0.9, 31, List.of()),
                Looks.NONE);
        OutcomeRow row = TestStudy.row("lindholm", "MBT", "{}", new Double[] {value}, "");
        row.endings()[0] = (short) ending;
        row.exposures()[0] = exposure;
        return new CutOff(study, DAY)
                .apply(outcome, List.of(TestStudy.dated(row, zero, (Integer) null)))
                .get(0);
    }

    @Test
    void periodCountsOnceItIsOver() {
        OutcomeRow over = overPeriod(OutcomeType.COUNT, LocalDate.of(2020, 2, 1), 3, 0, 366);
        OutcomeRow notYet = overPeriod(OutcomeType.COUNT, LocalDate.of(2020, 2, 2), 3, 0, 366);

        assertThat(over.values()).containsExactly(3.0);
        assertThat(notYet.values()).containsExactly((Double) null);
        assertThat(notYet.exposures()).containsExactly((Double) null);
        assertThat(notYet.reasons()).containsExactly("not_due");
    }

    /** From 2 January to 31 January there are thirty days, the last included. */
    @Test
    void timeIsCensoredAtTheDay() {
        LocalDate zero = LocalDate.of(2021, 1, 2);

        OutcomeRow before = overPeriod(OutcomeType.TIME_TO_EVENT, zero, 30, 1, 30);
        OutcomeRow after = overPeriod(OutcomeType.TIME_TO_EVENT, zero, 31, 1, 31);

        assertThat(before.values()).containsExactly(30.0);
        assertThat(before.endings()).containsExactly((short) 1);
        assertThat(after.values()).containsExactly(30.0);
        assertThat(after.endings()).containsExactly((short) 0);
        assertThat(after.exposures()).containsExactly(30.0);
    }

    @Test
    void whoeverCameLaterOrWithoutADateIsNotInIt() {
        OutcomeRow undated = TestStudy.row("lindholm", "MBT", "{}", 20.0, 9.0);

        assertThat(scores(score(LocalDate.of(2021, 2, 1), 10, 9.0, ""), undated))
                .isEmpty();
    }
}
