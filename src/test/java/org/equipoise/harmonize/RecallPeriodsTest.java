package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.equipoise.harmonize.HarmonizedParticipant.CountedDays;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.RecordPlacement;
import org.equipoise.vocabulary.FindingCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts where recall periods overlap, by hand; everybody's two years begin on 1 January 2021. */
class RecallPeriodsTest {
    private static final String FIRST = "m0-12";
    private static final String SECOND = "m12-24";
    private static final LocalDate ZERO = LocalDate.of(2021, 1, 1);

    private static EventStudy person() {
        return EventStudy.from(ZERO.toString()).exportedOn("2024-01-01");
    }

    private static double times(EventStudy person) {
        return sum(person.harmonized());
    }

    private static int sum(HarmonizedParticipant person) {
        return person.events().stream().mapToInt(PlacedEvent::counted).sum();
    }

    /** Of 6 acts in 180 days (4 January to 2 July) the 60 from 4 May on have 2: of the 5 told later, 3 are new. */
    @Test
    void assessmentAddsWhatTheOneBeforeItDidNotTellOfTheSameDays() {
        EventStudy person = person().asked("attempt", null, "2021-01-04", "2021-07-02", 6)
                .asked("attempt", null, "2021-05-04", "2021-10-30", 5);

        assertThat(times(person)).isEqualTo(9);
        // What is added lies in the days not asked about before, 3 July to 30 October: their middle is 31 August.
        assertThat(person.harmonized().events())
                .extracting(PlacedEvent::counted, PlacedEvent::day)
                .containsExactly(tuple(6, 3 + 89), tuple(3, (int)
                        (LocalDate.of(2021, 8, 31).toEpochDay() - ZERO.toEpochDay())));
    }

    /** An act is never lost to an overlap in which nothing was told. */
    @Test
    void nothingToldBeforeTakesNothingAway() {
        EventStudy person = person().asked("attempt", null, "2021-01-01", "2021-06-30", 0)
                .asked("attempt", null, "2021-01-11", "2021-07-10", 1);

        assertThat(times(person)).isEqualTo(1);
        assertThat(person.harmonized().findings())
                .noneMatch(found -> found.finding().code() == FindingCode.HRM_007);
    }

    /** Five in a year, two of them in its last half: three in its first. */
    @Test
    void longerPeriodThatEndsOnTheSameDayAddsTheRest() {
        EventStudy person = person().asked("attempt", null, "2021-07-01", "2021-12-31", 2)
                .asked("attempt", null, "2021-01-01", "2021-12-31", 5);

        assertThat(times(person)).isEqualTo(5);
        assertThat(person.harmonized().events())
                .extracting(PlacedEvent::counted, PlacedEvent::day)
                .containsExactlyInAnyOrder(tuple(3, 90), tuple(2, 181 + 91));
    }

    /** The very act that the notes date, and another of which only the participant told. */
    @Test
    void actsToldByTheirDayAreAmongThoseRecalled() {
        EventStudy person = person().event("attempt", null, "2021-03-05", "2021-03-05", 1)
                .asked("attempt", null, "2021-01-01", "2021-06-30", 2)
                .asked("attempt", null, "2021-07-01", "2021-12-31", 1);

        assertThat(person.cell("TIMES", FIRST).value()).isEqualTo(3);
    }

    /** A month that is known and a day that is not make no recall period: each is an act of its own. */
    @Test
    void actsOfAnOpenDayAreNotTakenForRecall() {
        EventStudy person = person().observed("attempt", "2021-01-01", "2021-12-31")
                .event("attempt", "a", "2021-03-01", "2021-03-31", 1)
                .event("attempt", "b", "2021-03-01", "2021-03-31", 1);

        assertThat(times(person)).isEqualTo(2);
    }

    /** Severe and other acts are different ones; of seven told in all, four are told by their kind. */
    @Test
    void detailsCountApartAndTheWholeKindHoldsThem() {
        EventStudy person = person().asked("attempt", "severe", "2021-01-01", "2021-06-30", 1)
                .asked("attempt", "other", "2021-01-01", "2021-06-30", 3)
                .asked("attempt", null, "2021-01-01", "2021-06-30", 7);

        assertThat(times(person)).isEqualTo(7);
        assertThat(person.harmonized().events())
                .extracting(event -> event.sourced().value().detail(), PlacedEvent::counted)
                .containsExactlyInAnyOrder(tuple("severe", 1), tuple("other", 3), tuple(null, 3));
    }

    /** Four told of the whole kind may be severe or other, but none of them is both: of 3 + 4 told later, 3 are new. */
    @Test
    void actToldOfTheKindStandsForOneDetailOnly() {
        EventStudy person = person().asked("attempt", null, "2021-04-01", "2021-06-30", 4)
                .asked("attempt", "severe", "2021-01-01", "2021-06-30", 3)
                .asked("attempt", "other", "2021-01-01", "2021-06-30", 4);

        assertThat(times(person)).isEqualTo(7);
    }

    @Test
    void whatIsToldWhollyBeforeIsRepeated() {
        HarmonizedParticipant person = person().asked("attempt", null, "2021-01-01", "2021-06-30", 1)
                .asked("attempt", null, "2021-02-01", "2021-07-30", 1)
                .harmonized();

        assertThat(person.events())
                .extracting(PlacedEvent::placement)
                .containsExactlyInAnyOrder(RecordPlacement.COUNTED, RecordPlacement.REPEATED);
        assertThat(sum(person)).isEqualTo(1);
    }

    /** The period begins on 1 February though days up to 30 June had been asked about. */
    @Test
    void overlapThatMadeADifferenceIsTold() {
        HarmonizedParticipant person = person().asked("attempt", null, "2021-01-01", "2021-06-30", 1)
                .asked("attempt", null, "2021-02-01", "2021-07-30", 1)
                .harmonized();

        assertThat(person.findings())
                .filteredOn(found -> found.finding().code() == FindingCode.HRM_007)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.finding().expected()).isEqualTo("a period from 2021-07-01 on");
                    assertThat(found.finding().found()).isEqualTo("a period from 2021-02-01 on");
                    assertThat(found.finding().place().field()).isEqualTo("attempt");
                    assertThat(found.finding().place().line()).isEqualTo(2);
                });
    }

    /** 18 days of 180 have 6 in the 60 from 4 May on; of the 20 told later 14 are left, for 3 July to 30 October. */
    @Test
    void daysInAStateCountOnceToo() {
        EventStudy person = person().askedDays("admission", "2021-01-04", "2021-07-02", 18)
                .askedDays("admission", "2021-05-04", "2021-10-30", 20)
                .askedDays("admission", "2021-10-31", "2022-01-31", 0);

        assertThat(person.cell("DAYS", FIRST).value()).isCloseTo(32, within(1e-12));
        assertThat(person.harmonized().spells().get(1).counted())
                .isEqualTo(new CountedDays(14, LocalDate.of(2021, 7, 3), LocalDate.of(2021, 10, 30)));
        assertThat(person.cell("STAYS", FIRST).value()).isEqualTo(2);
    }

    /** A stay of ten days, which the interview of June has among its ten, leaves nothing to add. */
    @Test
    void stayToldByItsDatesIsAmongTheDaysRecalled() {
        EventStudy person = person().spell("admission", null, "2021-03-01", "2021-03-10", null)
                .askedDays("admission", "2021-01-01", "2021-06-30", 10)
                .askedDays("admission", "2021-07-01", "2021-12-31", 0);

        assertThat(person.cell("DAYS", FIRST).value()).isEqualTo(10);
        assertThat(person.cell("STAYS", FIRST).value()).isEqualTo(1);
    }

    /** All of 92 days to 30 June in hospital, but none told of the 61 before them: 31 days are too few for 92. */
    @Test
    void daysThatDoNotFitWhereNobodyHadAskedLieInAllOfThePeriod() {
        EventStudy person = person().askedDays("admission", "2021-01-01", "2021-05-30", 0)
                .askedDays("admission", "2021-03-31", "2021-06-30", 92);

        assertThat(person.harmonized().spells().get(0).counted())
                .isEqualTo(new CountedDays(92, LocalDate.of(2021, 3, 31), LocalDate.of(2021, 6, 30)));
    }

    private record Asked(int from, int to) {
        boolean holds(int day) {
            return day >= from && day <= to;
        }
    }

    /**
     * People whose acts are known are asked at random visits about the half year before. What counts is the truth where
     * periods do not overlap. Where they do, it is at least what assessments without a day in common tell, and at most
     * what all tell; which of the acts lay in the overlap is known by their share only, but of the acts that adding up
     * would count twice, over three in four count once.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsWhatHappenedHoweverOftenItIsTold(long seed) {
        Random random = new Random(seed);
        int happened = 0;
        int counted = 0;
        int told = 0;
        for (int i = 0; i < 1000; i++) {
            List<Integer> acts = new ArrayList<>();
            for (int k = random.nextInt(12); k > 0; k--) {
                acts.add(random.nextInt(730));
            }
            EventStudy person = person();
            List<Asked> periods = new ArrayList<>();
            int sum = 0;
            for (int visit = 120 + random.nextInt(60); visit < 730; visit += 90 + random.nextInt(120)) {
                Asked asked = new Asked(Math.max(0, visit - 181), visit);
                int times = (int) acts.stream().filter(asked::holds).count();
                person.asked("attempt", null, ZERO.plusDays(asked.from()), ZERO.plusDays(asked.to()), times);
                periods.add(asked);
                sum += times;
            }
            HarmonizedParticipant harmonized = person.harmonized();
            int here = sum(harmonized);
            int there = (int) acts.stream()
                    .filter(day -> periods.stream().anyMatch(asked -> asked.holds(day)))
                    .count();
            boolean overlap = false;
            for (int p = 1; p < periods.size(); p++) {
                overlap |= periods.get(p).from() <= periods.get(p - 1).to();
            }
            assertThat(here).isLessThanOrEqualTo(sum);
            assertThat(here).isGreaterThanOrEqualTo(mostApart(periods, acts));
            if (!overlap) {
                assertThat(here).isEqualTo(there);
            }
            assertThat(value(person, FIRST) + value(person, SECOND)).isEqualTo(here);
            happened += there;
            counted += here;
            told += sum;
        }
        assertThat(told - happened).isGreaterThan(happened / 6);
        assertThat(counted - happened).isBetween(0, (told - happened) / 4);
    }

    private static double value(EventStudy person, String period) {
        return Objects.requireNonNullElse(person.cell("TIMES", period).value(), 0.0);
    }

    /** The most that assessments without a day in common tell of. */
    private static int mostApart(List<Asked> periods, List<Integer> acts) {
        int[] most = new int[periods.size() + 1];
        for (int p = 0; p < periods.size(); p++) {
            Asked asked = periods.get(p);
            int before = p;
            while (before > 0 && periods.get(before - 1).to() >= asked.from()) {
                before--;
            }
            int times = (int) acts.stream().filter(asked::holds).count();
            most[p + 1] = Math.max(most[p], most[before] + times);
        }
        return most[periods.size()];
    }
}
