package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.Study;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.IntervalTable.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of intervals and days of periods: every day has just one place, or none, whatever day follow-up counts from. */
class PlacementPropertyTest {
    private static final Study STUDY = DefinitionLoader.load(Path.of("jobs"), Path.of("jobs/studies/mbt-tau.yaml"))
            .bundle()
            .orElseThrow()
            .study();

    /** Every day of a leap year and of the year after it. */
    static Stream<LocalDate> anchors() {
        return LocalDate.of(2020, 1, 1).datesUntil(LocalDate.of(2022, 1, 1));
    }

    @Test
    void everyDayLiesInOneWindowAtMostAndInThatOfANearTarget() {
        IntervalTable table = IntervalTable.of(STUDY);
        for (int day = -200; day < 3400; day++) {
            int at = day;
            long holding =
                    table.windows().stream().filter(window -> window.holds(at)).count();
            assertThat(holding).as("day %d", day).isLessThanOrEqualTo(1);
            assertThat(table.find(day).isPresent()).isEqualTo(holding == 1);
            table.find(day).filter(window -> window.target() > 0).ifPresent(window -> assertNearest(table, window, at));
        }
    }

    private static void assertNearest(IntervalTable table, Window window, int day) {
        int distance = Math.abs(day - window.target());
        assertThat(table.windows())
                .allMatch(other -> Math.abs(day - other.target()) >= distance - 1, "day " + day + " is nearer to none");
    }

    /** The first and last day of the first year and the first of the second; a day on which nothing happened counts for none. */
    @ParameterizedTest
    @MethodSource("anchors")
    void yearsThatFollowEachOtherShareOutAllDays(LocalDate zero) {
        Random random = new Random(zero.toEpochDay());
        LocalDate second = zero.plusMonths(12);
        LocalDate end = zero.plusMonths(24);
        int first = (int) (second.toEpochDay() - zero.toEpochDay());
        int later = (int) (end.toEpochDay() - second.toEpochDay());
        LocalDate drawn = second.plusDays(1 + random.nextInt(later - 1));
        EventStudy person = EventStudy.from(zero.toString())
                .observed("attempt", zero.toString(), end.toString())
                .event("attempt", null, zero.toString(), zero.toString(), 1)
                .event(
                        "attempt",
                        null,
                        second.minusDays(1).toString(),
                        second.minusDays(1).toString(),
                        1)
                .event("attempt", null, second.toString(), second.toString(), 1)
                .event("attempt", null, drawn.toString(), drawn.toString(), 0)
                .exportedOn(end.plusDays(30).toString());

        assertThat(person.cell("TIMES", "m0-12")).isEqualTo(Cell.measured(2, first));
        assertThat(person.cell("TIMES", "m12-24")).isEqualTo(Cell.measured(1, later));
    }

    /** Recall windows may overlap: a day asked about twice is one day at risk, and none is more than the period has. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDayAskedAboutTwiceIsOneDayAtRisk(long seed) {
        Random random = new Random(seed);
        LocalDate zero = LocalDate.of(2020, 2, 29);
        for (int i = 0; i < 100; i++) {
            EventStudy person = EventStudy.from(zero.toString()).exportedOn("2024-01-01");
            boolean[] asked = new boolean[365];
            for (int k = 1 + random.nextInt(6); k > 0; k--) {
                int from = random.nextInt(600) - 100;
                int to = from + random.nextInt(200);
                person.observed(
                        "attempt",
                        zero.plusDays(from).toString(),
                        zero.plusDays(to).toString());
                for (int day = Math.max(0, from); day <= Math.min(364, to); day++) {
                    asked[day] = true;
                }
            }
            int days = 0;
            for (boolean one : asked) {
                days += one ? 1 : 0;
            }

            Cell cell = person.cell("TIMES", "m0-12");

            assertThat(Objects.requireNonNullElse(cell.exposureDays(), 0).intValue())
                    .isEqualTo(days);
        }
    }
}
