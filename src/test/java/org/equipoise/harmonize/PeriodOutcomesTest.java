package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.Ending;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.RecordPlacement;
import org.junit.jupiter.api.Test;

/** Outcomes over periods, with days counted by hand on the calendar. */
class PeriodOutcomesTest {

    /** The year from 29 February 2020 ends on 28 February 2021, its 366th day: 365 days. */
    @Test
    void periodEndsTheDayBeforeTheMonthMarkInALeapYearToo() {
        EventStudy person = EventStudy.from("2020-02-29")
                .observed("attempt", "2020-02-29", "2022-12-31")
                .event("attempt", null, "2021-02-27", "2021-02-27", 1)
                .event("attempt", null, "2021-02-28", "2021-02-28", 1)
                .exportedOn("2023-01-01");

        assertThat(person.cell("TIMES", "m0-12")).isEqualTo(Cell.measured(1, 365));
        assertThat(person.cell("TIMES", "m12-24")).isEqualTo(Cell.measured(1, 365));
    }

    /** 1 January to 10 April 2021 are 100 days, the day of death among them. */
    @Test
    void timeAtRiskEndsWithTheDayOfDeath() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2024-01-01")
                .fact("died_on", "2021-04-10")
                .exportedOn("2024-01-01");

        assertThat(person.cell("TIMES", "m0-12")).isEqualTo(Cell.measured(0, 100));
        assertThat(person.cell("ANY", "m0-12").value()).isZero();
        assertThat(person.cell("ANY", "m12-24")).isEqualTo(Cell.missing("dead"));
        assertThat(person.cell("FIRST", "m0-24")).isEqualTo(Cell.timed(100, 99, Ending.DEATH));
    }

    @Test
    void suicideIsAnEventWhereTheStudyNamesIt() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2024-01-01")
                .event("death", "suicide", "2021-04-10", "2021-04-10", 1)
                .exportedOn("2024-01-01");

        assertThat(person.cell("ANY", "m0-12").value()).isEqualTo(1);
        assertThat(person.cell("TIMES", "m0-12")).isEqualTo(Cell.measured(1, 100));
        assertThat(person.cell("FIRST", "m0-24")).isEqualTo(Cell.timed(100, 99, Ending.EVENT));
    }

    @Test
    void eventOfADayCountsThatDayAsTimeAtRisk() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2023-01-01")
                .event("attempt", null, "2021-01-01", "2021-01-01", 1)
                .exportedOn("2023-06-01");

        assertThat(person.cell("FIRST", "m0-24")).isEqualTo(Cell.timed(1, 0, Ending.EVENT));
    }

    /** 328 of 365 days are 89.9 %, 329 are 90.1 %. */
    @Test
    void coverageDecidesWhoCountsInWhetherAndNotInHowOften() {
        EventStudy short1 = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2021-11-24")
                .exportedOn("2023-06-01");
        EventStudy enough = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2021-11-25")
                .observed("death", "2021-01-01", "2021-12-31")
                .exportedOn("2023-06-01");

        assertThat(short1.cell("ANY", "m0-12")).isEqualTo(Cell.missing("partly_ascertained"));
        assertThat(short1.cell("TIMES", "m0-12")).isEqualTo(Cell.measured(0, 328));
        assertThat(enough.cell("ANY", "m0-12").value()).isZero();
        assertThat(enough.cell("ANY", "m0-12").exposureDays()).isEqualTo(329);
    }

    @Test
    void cellWithoutAValueSaysWhy() {
        assertThat(EventStudy.withoutTimeZero().cell("ANY", "m0-12")).isEqualTo(Cell.missing("no_time_zero"));
        EventStudy person = EventStudy.from("2021-01-01");
        assertThat(person.exportedOn("2024-01-01").cell("ANY", "m0-12")).isEqualTo(Cell.missing("not_ascertained"));
        assertThat(person.exportedOn("2021-06-01").cell("ANY", "m0-12")).isEqualTo(Cell.missing("not_due"));
        assertThat(person.fact("withdrew_on", "2021-03-01").cell("ANY", "m0-12"))
                .isEqualTo(Cell.missing("withdrawn"));
    }

    /** A gap of 31 days is bridged, one of 32 ends the time: 1 January to 31 March are 90 days. */
    @Test
    void timeToAnEventIsCensoredAtALongGap() {
        EventStudy bridged = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2021-03-31")
                .observed("attempt", "2021-05-02", "2021-12-31")
                .exportedOn("2024-01-01")
                .fact("last_contact_on", "2021-12-31");
        EventStudy broken = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2021-03-31")
                .observed("attempt", "2021-05-03", "2021-12-31")
                .exportedOn("2024-01-01");

        assertThat(bridged.cell("FIRST", "m0-24")).isEqualTo(Cell.timed(365, 364, Ending.CENSORED));
        assertThat(broken.cell("FIRST", "m0-24")).isEqualTo(Cell.timed(90, 89, Ending.CENSORED));
    }

    /** Asked on 30 June about half a year: the middle of 1 January to 30 June, 181 days, is its 91st, 1 April. */
    @Test
    void eventOfAnOpenDayLiesOnTheMiddleDay() {
        HarmonizedParticipant person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2021-06-30")
                .event("attempt", null, "2021-01-01", "2021-06-30", 3)
                .exportedOn("2024-01-01")
                .harmonized();

        assertThat(person.events()).extracting(PlacedEvent::day).containsExactly(90);
    }

    @Test
    void sameActToldByTwoSubmissionsCountsOnce() {
        LocalDate day = LocalDate.parse("2021-02-01");
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2021-12-31")
                .event("attempt", null, day, day, 1, 1)
                .event("attempt", null, day, day, 1, 2)
                .exportedOn("2024-01-01");

        assertThat(person.cell("TIMES", "m0-12").value()).isEqualTo(1);
        assertThat(person.harmonized().events())
                .extracting(PlacedEvent::placement)
                .containsExactly(RecordPlacement.COUNTED, RecordPlacement.REPEATED);
    }

    /** 20 December to 9 January are 12 days before the year's end and 9 after it. */
    @Test
    void stayIsClippedAtTheEdgeAndAdmittedOnce() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("admission", "2021-01-01", "2022-12-31")
                .spell("admission", null, "2021-12-20", "2022-01-09", null)
                .exportedOn("2024-01-01");

        assertThat(person.cell("DAYS", "m0-12")).isEqualTo(Cell.measured(12, 365));
        assertThat(person.cell("DAYS", "m12-24")).isEqualTo(Cell.measured(9, 365));
        assertThat(person.cell("STAYS", "m0-12").value()).isEqualTo(1);
        assertThat(person.cell("STAYS", "m12-24").value()).isZero();
        assertThat(person.cell("HOSPITAL", "m12-24").value()).isEqualTo(1);
    }

    /** January with all three, of which a is told twice; b goes on to the end of March, 90 days in all. */
    @Test
    void overlappingCoursesCountOnceAndClassesAtOnceAreCountedByDay() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("medication", "2021-01-01", "2022-12-31")
                .spell("medication", "a", "2021-01-01", "2021-01-31", null)
                .spell("medication", "a", "2021-01-10", "2021-02-10", null)
                .spell("medication", "b", "2021-01-01", "2021-03-31", null)
                .spell("medication", "c", "2020-11-01", "2021-01-31", null)
                .exportedOn("2024-01-01");

        assertThat(person.cell("DRUG", "m0-12")).isEqualTo(Cell.measured(90, 365));
        assertThat(person.cell("THREE", "m0-12")).isEqualTo(Cell.measured(31, 365));
    }

    /** 40 days somewhere in a span of 400, of which 365 lie in the year: 36.5 days. */
    @Test
    void daysOfARecallWindowAreSharedEvenly() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("admission", "2021-01-01", "2022-12-31")
                .spell("admission", null, "2020-11-27", "2021-12-31", 40)
                .exportedOn("2024-01-01");

        assertThat(person.cell("DAYS", "m0-12")).isEqualTo(Cell.measured(36.5, 365));
    }

    /** That there was no attempt is told, and ten days in hospital twice: by their dates, and as a number. */
    @Test
    void whatIsNotPlacedAsCountedHasNotHappened() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2022-12-31")
                .observed("death", "2021-01-01", "2022-12-31")
                .event("attempt", null, "2021-03-01", "2021-03-01", 0)
                .observed("admission", "2021-01-01", "2022-12-31")
                .spell("admission", null, "2021-02-01", "2021-02-10", null)
                .spell("admission", null, "2021-01-01", "2021-03-31", 10)
                .exportedOn("2024-01-01");

        assertThat(person.cell("ANY", "m0-12").value()).isZero();
        assertThat(person.cell("STAYS", "m0-12").value()).isEqualTo(1);
    }

    /** 1 January to 10 April 2021 are 100 days; nobody says what they died of. */
    @Test
    void deathOfAnUntoldCauseLeavesSuicideUnknownAndNothingElse() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2024-01-01")
                .fact("died_on", "2021-04-10")
                .exportedOn("2024-01-01");

        assertThat(person.cell("BY_SUICIDE", "m0-12")).isEqualTo(Cell.missing("detail_not_told"));
        assertThat(person.cell("SUICIDES", "m0-12")).isEqualTo(Cell.missing("detail_not_told"));
        assertThat(person.cell("SUICIDE", "m0-24")).isEqualTo(Cell.missing("detail_not_told"));
        assertThat(person.cell("BY_SUICIDE", "m12-24")).isEqualTo(Cell.missing("dead"));
        assertThat(person.cell("ANY", "m0-12").value()).isZero();
    }

    @Test
    void deathOfAnotherCauseIsNoSuicideAndOneByItIs() {
        EventStudy other = EventStudy.from("2021-01-01")
                .event("death", "other", "2021-04-10", "2021-04-10", 1)
                .exportedOn("2024-01-01");
        EventStudy suicide = EventStudy.from("2021-01-01")
                .event("death", "suicide", "2021-04-10", "2021-04-10", 1)
                .exportedOn("2024-01-01");

        assertThat(other.cell("BY_SUICIDE", "m0-12").value()).isZero();
        assertThat(other.cell("SUICIDE", "m0-24")).isEqualTo(Cell.timed(100, 99, Ending.DEATH));
        assertThat(suicide.cell("BY_SUICIDE", "m0-12").value()).isEqualTo(1);
        assertThat(suicide.cell("SUICIDES", "m0-12")).isEqualTo(Cell.measured(1, 100));
        assertThat(suicide.cell("SUICIDE", "m0-24")).isEqualTo(Cell.timed(100, 99, Ending.EVENT));
    }

    /** 1 January to 1 March 2021 are 60 days. Who stays counts too, where the site tells who leaves. */
    @Test
    void whoeverWithdrawsCountsInTheirPeriodAndInNoLaterOne() {
        EventStudy left =
                EventStudy.from("2021-01-01").fact("withdrew_on", "2021-03-01").exportedOn("2024-01-01");
        EventStudy later =
                EventStudy.from("2021-01-01").fact("withdrew_on", "2022-01-01").exportedOn("2024-01-01");
        EventStudy untold = EventStudy.from("2021-01-01").exportedOn("2024-01-01");

        assertThat(left.cell("LEFT", "m0-12").value()).isEqualTo(1);
        assertThat(left.cell("LEFT", "m0-12").exposureDays()).isEqualTo(60);
        assertThat(left.cell("LEFT", "m12-24")).isEqualTo(Cell.missing("withdrawn"));
        assertThat(left.cell("STAYED", "m0-24")).isEqualTo(Cell.timed(60, 59, Ending.EVENT));
        assertThat(left.cell("ANY", "m0-12")).isEqualTo(Cell.missing("withdrawn"));
        assertThat(later.cell("LEFT", "m0-12").value()).isZero();
        assertThat(later.cell("LEFT", "m12-24").value()).isEqualTo(1);
        assertThat(untold.cell("LEFT", "m0-12")).isEqualTo(Cell.missing("not_ascertained"));
    }
}
