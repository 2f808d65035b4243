package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Random;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and costs over two years that begin on 1 January 2021, worked out by hand. */
class CareUseTest {
    private static final String FIRST = "m0-12";
    private static final String SECOND = "m12-24";

    /** Everything is known throughout both years. */
    private static EventStudy person() {
        return EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2022-12-31")
                .observed("admission", "2021-01-01", "2022-12-31")
                .observed("medication", "2021-01-01", "2022-12-31")
                .exportedOn("2024-01-01");
    }

    private static double value(Cell cell) {
        return Objects.requireNonNull(cell.value(), "no value: " + cell.reason());
    }

    /** 1 December to 29 January are 60 days with 12 sessions; the 31 in the first year have 6.2, so 6, the rest 6. */
    @Test
    void sessionsAreSharedOutOverTheDaysOfTheirEpisode() {
        EventStudy person = person().care("individual", "2021-12-01", "2022-01-29", 12)
                .care("group", "2021-02-01", "2021-03-01", 4);

        assertThat(person.cell("SESSIONS", FIRST)).isEqualTo(Cell.measured(10, 365));
        assertThat(person.cell("SESSIONS", SECOND)).isEqualTo(Cell.measured(6, 365));
        assertThat(person.cell("GROUP", FIRST)).isEqualTo(Cell.measured(4, 365));
        assertThat(person.cell("GROUP", SECOND)).isEqualTo(Cell.measured(0, 365));
    }

    @Test
    void sessionsOfAnEpisodeThatGoesOnLieOnItsFirstDay() {
        EventStudy person = person().care("individual", "2021-12-31", null, 9);

        assertThat(value(person.cell("SESSIONS", FIRST))).isEqualTo(9);
        assertThat(value(person.cell("SESSIONS", SECOND))).isZero();
    }

    @Test
    void withoutSessionsOrWithoutAnyCareToldNothingIsKnown() {
        assertThat(person().care("individual", "2021-02-01", "2021-03-01", null).cell("SESSIONS", FIRST))
                .isEqualTo(Cell.missing("sessions_unknown"));
        assertThat(person().cell("SESSIONS", FIRST)).isEqualTo(Cell.missing("not_ascertained"));
    }

    /** Days in which the person was followed end with the hundredth, the day of death, and so does attendance. */
    @Test
    void attendanceEndsWithFollowUp() {
        EventStudy person = person().fact("died_on", "2021-04-10").care("individual", "2021-04-01", "2021-04-20", 20);

        assertThat(person.cell("SESSIONS", FIRST)).isEqualTo(Cell.measured(10, 100));
        assertThat(person.cell("SESSIONS", SECOND)).isEqualTo(Cell.missing("dead"));
    }

    /**
     * First year: 12 days in hospital 6000, 2 attempts 500, 31 days of a 93, 10 days of b 10, 6 sessions 600: 7203.
     * Second year: 9 days in hospital 4500, 6 sessions 600: 5100.
     */
    private static EventStudy user() {
        return person().spell("admission", null, "2021-12-20", "2022-01-09", null)
                .event("attempt", null, "2021-02-01", "2021-02-01", 2)
                .spell("medication", "a", "2021-01-01", "2021-01-31", null)
                .spell("medication", "a", "2021-01-10", "2021-01-20", null)
                .spell("medication", "b", "2021-01-15", "2021-01-24", null)
                .care("individual", "2021-12-01", "2022-01-29", 12)
                .care("group", "2021-02-01", "2021-03-01", 4);
    }

    @Test
    void costIsTheSumOfUnitsTimesTheirCost() {
        assertThat(user().cell("COST", FIRST)).isEqualTo(Cell.measured(7203, 365));
        assertThat(user().cell("COST", SECOND)).isEqualTo(Cell.measured(5100, 365));
    }

    /** 365 of 365.25 days of a year were covered: 7203 / (365 / 365.25) = 7207.9336. */
    @Test
    void costAYearIsDividedByTheYearsCovered() {
        assertThat(value(user().cell("COST_A_YEAR", FIRST))).isCloseTo(7207.9336, within(1e-4));
    }

    /** 10 days in hospital and 5 sessions within the 100 days lived: 5500 / (100 / 365.25) = 20088.75 a year. */
    @Test
    void costAYearOfThoseWhoDiedIsThatOfTheTimeTheyLived() {
        EventStudy person = person().fact("died_on", "2021-04-10")
                .spell("admission", null, "2021-04-01", "2021-04-30", null)
                .care("individual", "2021-01-01", "2021-01-10", 5);

        assertThat(person.cell("COST", FIRST)).isEqualTo(Cell.measured(5500, 100));
        assertThat(value(person.cell("COST_A_YEAR", FIRST))).isCloseTo(20088.75, within(1e-9));
    }

    @Test
    void useWithoutAUnitCostLeavesThatPersonsPeriodWithoutACost() {
        EventStudy person = user().spell("medication", "c", "2021-05-01", "2021-05-02", null);

        assertThat(person.cell("COST", FIRST)).isEqualTo(Cell.missing("no_unit_cost"));
        assertThat(value(person.cell("COST", SECOND))).isEqualTo(5100);
    }

    @Test
    void costNeedsEveryIncludedUseToBeAscertained() {
        EventStudy person = EventStudy.from("2021-01-01")
                .observed("attempt", "2021-01-01", "2022-12-31")
                .observed("admission", "2021-01-01", "2022-12-31")
                .observed("medication", "2021-01-01", "2021-06-30")
                .care("individual", "2021-12-01", "2022-01-29", 12)
                .exportedOn("2024-01-01");

        assertThat(person.cell("COST", FIRST)).isEqualTo(Cell.missing("partly_ascertained"));
        assertThat(person.cell("COST", SECOND)).isEqualTo(Cell.missing("not_ascertained"));
        assertThat(person().cell("COST", FIRST)).isEqualTo(Cell.missing("not_ascertained"));
    }

    @Test
    void usingNothingCostsNothing() {
        assertThat(person().care("group", "2021-02-01", "2021-03-01", 4).cell("COST", FIRST))
                .isEqualTo(Cell.measured(0, 365));
    }

    /** Whatever the episodes, the sessions of two years that follow each other are all there are in them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noSessionIsLostOrCountedTwiceBetweenPeriods(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            EventStudy person = person();
            int all = 0;
            for (int k = 1 + random.nextInt(5); k > 0; k--) {
                int from = random.nextInt(600);
                int sessions = random.nextInt(80);
                all += sessions;
                LocalDate first = LocalDate.of(2021, 1, 1).plusDays(from);
                person.care(
                        "individual",
                        first.toString(),
                        first.plusDays(random.nextInt(730 - from)).toString(),
                        sessions);
            }

            assertThat(value(person.cell("SESSIONS", FIRST)) + value(person.cell("SESSIONS", SECOND)))
                    .isEqualTo(all);
        }
    }
}
