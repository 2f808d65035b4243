package org.equipoise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;

/** Properties of the model on 4,800 people at 80 sites, so that sites' own levels average out. */
class TrialTest {
    private static final Trial TRIAL = new Trial(11);
    private static final int SITES = 40;
    private static final int AT_SITE = 60;
    private static final List<SimulatedParticipant> NORTHGATE = people(0, NorthgateExportWriter.PROTOCOL);
    private static final List<SimulatedParticipant> LINDHOLM = people(1, LindholmExportWriter.PROTOCOL);

    private static List<SimulatedParticipant> people(int firstSite, Protocol protocol) {
        List<SimulatedParticipant> people = new ArrayList<>();
        for (int site = 0; site < SITES; site++) {
            for (int number = 1; number <= AT_SITE; number++) {
                people.add(TRIAL.participant(firstSite + 2 * site, number, protocol));
            }
        }
        return people;
    }

    @Test
    void participantIsTheSameAloneAndAfterOthers() {
        ExportWriter writer = new LindholmExportWriter(new SiteCode("lindholm"), LindholmExportWriter.PROTOCOL);
        Protocol protocol = writer.protocol();
        Trial crowded = new Trial(5);
        for (int number = 900; number > 17; number--) {
            crowded.participant(1, number, protocol);
        }

        List<String[]> afterOthers = writer.rows(crowded.participant(1, 17, protocol));
        List<String[]> alone = writer.rows(new Trial(5).participant(1, 17, protocol));

        assertThat(afterOthers).isNotEmpty().usingRecursiveComparison().isEqualTo(alone);
    }

    /**
     * Bounds around the targets in simulation.md: ZAN-BPD at baseline 16 to 17 (SD 6 to 7), falling to
     * 8 (MBT) and 12 (TAU); the rest likewise.
     */
    @Test
    void meansRunAsTheTargetsSay() {
        assertThat(mean(NORTHGATE, 0, 0, Trial.MBT)).isBetween(15.5, 18.0);
        assertThat(mean(NORTHGATE, 0, 0, Trial.TAU)).isBetween(15.5, 18.0);
        assertThat(mean(NORTHGATE, 0, 96, Trial.MBT)).isBetween(6.5, 9.0);
        assertThat(mean(NORTHGATE, 0, 96, Trial.TAU)).isBetween(11.0, 14.0);
        assertThat(sd(totals(NORTHGATE, 0, 0, Trial.MBT))).isBetween(5.5, 7.5);

        assertThat(mean(NORTHGATE, 1, 0, Trial.MBT)).isBetween(45.0, 50.0);
        assertThat(mean(NORTHGATE, 1, 96, Trial.MBT)).isBetween(58.0, 62.0);
        assertThat(mean(NORTHGATE, 1, 96, Trial.TAU)).isBetween(51.0, 55.0);

        assertThat(mean(NORTHGATE, 2, 0, Trial.TAU)).isBetween(24.0, 27.0);
        assertThat(mean(NORTHGATE, 3, 0, Trial.TAU)).isBetween(14.0, 16.0);
        assertThat(mean(LINDHOLM, 1, 0, Trial.TAU)).isBetween(27.0, 31.0);
        assertThat(mean(LINDHOLM, 1, 96, Trial.MBT)).isLessThan(mean(LINDHOLM, 1, 96, Trial.TAU) - 4);
    }

    @Test
    void effectGrowsToMonth18AndIsHeld() {
        double atSix = effect(6);
        double atEighteen = effect(18);
        double atSixty = effect(60);

        assertThat(effect(0)).isCloseTo(0, within(0.8));
        assertThat(atSix).isBetween(-3.0, -0.7);
        assertThat(atEighteen).isBetween(-6.5, -3.5);
        assertThat(atSixty).isCloseTo(atEighteen, within(1.2));
    }

    private static double effect(int month) {
        return mean(NORTHGATE, 0, month, Trial.MBT) - mean(NORTHGATE, 0, month, Trial.TAU);
    }

    @Test
    void itemsOfAFormGoTogether() {
        for (int form : List.of(0, 2, 3)) {
            for (int month : NorthgateExportWriter.PROTOCOL.months()) {
                assertThat(alpha(NORTHGATE, form, month)).isBetween(0.75, 0.95);
            }
        }
        assertThat(alpha(LINDHOLM, 1, 0)).isBetween(0.75, 0.95);
    }

    @Test
    void followUpShrinksFromVisitToVisitToAboutTwoThirds() {
        LocalDate wholeEightYears = NorthgateExportWriter.PROTOCOL.exportDay().minusMonths(99);
        List<SimulatedParticipant> early = NORTHGATE.stream()
                .filter(person -> person.randomised().isBefore(wholeEightYears))
                .toList();
        double before = 1;
        for (int month : NorthgateExportWriter.PROTOCOL.months()) {
            double seen = early.stream()
                            .filter(person -> person.visits().stream().anyMatch(visit -> visit.month() >= month))
                            .count()
                    / (double) early.size();
            assertThat(seen).isLessThanOrEqualTo(before);
            before = seen;
        }
        assertThat(before).isBetween(0.55, 0.72);
    }

    @Test
    void theMoreBurdenedAreLostMoreOften() {
        Predicate<SimulatedParticipant> lost =
                person -> person.death() == null && person.withdrawal() == null && lastMonth(person) < 36;
        double ofLost = meanBaseline(NORTHGATE.stream().filter(lost));
        double ofOthers = meanBaseline(NORTHGATE.stream().filter(lost.negate()));

        assertThat(ofLost).isGreaterThan(ofOthers + 1);
    }

    private static double meanBaseline(Stream<SimulatedParticipant> people) {
        return people.flatMapToInt(person -> person.visits().get(0).forms().get(0).total().stream())
                .average()
                .orElseThrow();
    }

    private static int lastMonth(SimulatedParticipant person) {
        return person.visits().get(person.visits().size() - 1).month();
    }

    @Test
    void armsAreEvenInEveryBlockOfFour() {
        for (int block = 0; block < NORTHGATE.size() / 4; block++) {
            assertThat(NORTHGATE.subList(4 * block, 4 * block + 4))
                    .filteredOn(person -> person.arm().equals(Trial.MBT))
                    .hasSize(2);
        }
    }

    @Test
    void someDieAndSomeWithdraw() {
        assertThat(NORTHGATE.stream().filter(person -> person.death() != null).count() / (double) NORTHGATE.size())
                .isBetween(0.02, 0.06);
        assertThat(NORTHGATE.stream()
                                .filter(person -> person.withdrawal() != null)
                                .count()
                        / (double) NORTHGATE.size())
                .isBetween(0.06, 0.15);
    }

    @Test
    void visitsKeepToTheCalendar() {
        for (SimulatedParticipant person : NORTHGATE) {
            List<LocalDate> days =
                    person.visits().stream().map(SimulatedVisit::day).toList();
            assertThat(days).isSorted().doesNotHaveDuplicates();
            assertThat(days.get(0))
                    .isBeforeOrEqualTo(person.randomised())
                    .isAfter(person.randomised().minusDays(24));
            LocalDate last = days.get(days.size() - 1);
            assertThat(last).isBeforeOrEqualTo(NorthgateExportWriter.PROTOCOL.exportDay());
            Stream.of(person.death(), person.withdrawal())
                    .filter(day -> day != null)
                    .forEach(day -> assertThat(last).isBeforeOrEqualTo(day));
        }
    }

    private static int[] totals(List<SimulatedParticipant> people, int form, int month, ArmCode arm) {
        return people.stream()
                .filter(person -> person.arm().equals(arm))
                .flatMap(person -> person.visits().stream())
                .filter(visit -> visit.month() == month)
                .flatMapToInt(visit -> visit.forms().get(form).total().stream())
                .toArray();
    }

    private static double mean(List<SimulatedParticipant> people, int form, int month, ArmCode arm) {
        return Arrays.stream(totals(people, form, month, arm)).average().orElseThrow();
    }

    private static double sd(int[] values) {
        return Math.sqrt(variance(values));
    }

    private static double variance(int[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    /** Cronbach's alpha: k / (k - 1) * (1 - sum of item variances / variance of the total). */
    private static double alpha(List<SimulatedParticipant> people, int form, int month) {
        List<FilledForm> full = people.stream()
                .flatMap(person -> person.visits().stream())
                .filter(visit -> visit.month() == month)
                .map(visit -> visit.forms().get(form))
                .filter(filled -> filled.total().isPresent())
                .toList();
        int items = full.get(0).items();
        double ofItems = IntStream.range(0, items)
                .mapToDouble(item -> variance(
                        full.stream().mapToInt(filled -> filled.answer(item)).toArray()))
                .sum();
        double ofTotal = variance(
                full.stream().mapToInt(filled -> filled.total().orElseThrow()).toArray());
        return items / (items - 1.0) * (1 - ofItems / ofTotal);
    }
}
