package org.equipoise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.vocabulary.ArmCode;
import org.junit.jupiter.api.Test;

/** What happens to made-up people comes near what is told of real ones: the table of the page, with room around it. */
class ChroniclerTest {
    private static final double DAYS_PER_YEAR = 365.25;
    private static final List<SimulatedParticipant> KNOWN_FOR_EIGHT_YEARS = IntStream.range(0, 40)
            .boxed()
            .flatMap(site -> IntStream.rangeClosed(1, 60)
                    .mapToObj(number -> new Trial(11).participant(site, number, NorthgateExportWriter.PROTOCOL)))
            .filter(person -> !person.chronicle().lastDay().isBefore(month(person, 96)))
            .toList();

    private static LocalDate month(SimulatedParticipant person, int month) {
        return person.randomised().plusMonths(month);
    }

    private static double mean(ArmCode arm, ToDoubleFunction<SimulatedParticipant> value) {
        return KNOWN_FOR_EIGHT_YEARS.stream()
                .filter(person -> person.arm().equals(arm))
                .mapToDouble(value)
                .average()
                .orElseThrow();
    }

    private static double anyAttempt(SimulatedParticipant person) {
        return Math.min(1, person.chronicle().count(Chronicle.ATTEMPT, month(person, 36), month(person, 96)));
    }

    private static ToDoubleFunction<SimulatedParticipant> years(String kind) {
        return person -> person.chronicle().days(kind, month(person, 36), month(person, 96)) / DAYS_PER_YEAR;
    }

    @Test
    void attemptsAreFarFewerAfterMbt() {
        assertThat(mean(Trial.MBT, ChroniclerTest::anyAttempt)).isCloseTo(0.23, within(0.10));
        assertThat(mean(Trial.TAU, ChroniclerTest::anyAttempt)).isCloseTo(0.74, within(0.16));
    }

    @Test
    void workIsMoreAndOutpatientCareLess() {
        assertThat(mean(Trial.MBT, years(Chronicle.EMPLOYMENT))).isCloseTo(3.2, within(1.2));
        assertThat(mean(Trial.TAU, years(Chronicle.EMPLOYMENT))).isCloseTo(1.2, within(0.5));
        assertThat(mean(Trial.MBT, years(Chronicle.OUTPATIENT))).isCloseTo(2.0, within(0.8));
        assertThat(mean(Trial.TAU, years(Chronicle.OUTPATIENT))).isCloseTo(3.6, within(1.2));
    }

    @Test
    void armsAreAlikeBeforeRandomisation() {
        double mbt = mean(Trial.MBT, person -> before(person, Chronicle.SELF_HARM));
        double tau = mean(Trial.TAU, person -> before(person, Chronicle.SELF_HARM));
        assertThat(mbt).isCloseTo(1.2, within(0.2));
        assertThat(tau).isCloseTo(1.2, within(0.2));
    }

    private static double before(SimulatedParticipant person, String kind) {
        return person.chronicle()
                .count(kind, month(person, -6), person.randomised().minusDays(1));
    }

    @Test
    void nothingIsKnownAfterTheLastDayAndStaysDoNotOverlap() {
        for (SimulatedParticipant person : KNOWN_FOR_EIGHT_YEARS) {
            Chronicle chronicle = person.chronicle();
            assertThat(chronicle.incidents())
                    .allSatisfy(incident -> assertThat(incident.day()).isBeforeOrEqualTo(chronicle.lastDay()));
            assertThat(chronicle.states())
                    .allSatisfy(state -> assertThat(state.from())
                            .isBeforeOrEqualTo(state.to() == null ? chronicle.lastDay() : state.to()));
            List<Chronicle.State> stays = chronicle.states(Chronicle.ADMISSION).toList();
            IntStream.range(1, stays.size())
                    .forEach(i -> assertThat(stays.get(i).from())
                            .isAfter(stays.get(i - 1).to()));
        }
    }

    @Test
    void aPersonsStoryDoesNotDependOnTheSiteSchedule() {
        List<Chronicle> stories = Stream.of(NorthgateExportWriter.PROTOCOL, LindholmExportWriter.PROTOCOL)
                .map(protocol ->
                        new Protocol(protocol.months(), protocol.forms(), NorthgateExportWriter.PROTOCOL.exportDay()))
                .map(protocol -> new Trial(5).participant(0, 1, protocol).chronicle())
                .toList();
        assertThat(stories.get(0)).isEqualTo(stories.get(1));
    }
}
