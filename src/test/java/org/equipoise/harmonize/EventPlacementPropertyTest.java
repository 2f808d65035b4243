package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Random;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.RecordPlacement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a site sends, every dated record has one place and every cell a value or a reason; periods lose no act. */
class EventPlacementPropertyTest {
    private static final LocalDate ZERO = LocalDate.of(2020, 1, 31);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyRecordHasOnePlaceAndEveryCellAValueOrAReason(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            EventStudy person = randomPerson(random);
            HarmonizedParticipant harmonized = person.harmonized();

            assertThat(harmonized.events()).hasSize(person.staged().events().size());
            assertThat(harmonized.spells()).hasSize(person.staged().spells().size());
            assertThat(harmonized.events())
                    .allMatch(event -> event.counted() > 0 == (event.placement() == RecordPlacement.COUNTED))
                    .allMatch(
                            event -> event.counted() <= event.sourced().value().count());
            harmonized
                    .series()
                    .forEach(series -> assertThat(series.cells())
                            .allMatch(cell -> (cell.value() == null) == (cell.reason() != null))
                            .allMatch(cell -> cell.value() == null || cell.exposureDays() != null));
            assertThat(attemptsInPeriods(person)).isEqualTo(attemptsCounted(harmonized));
        }
    }

    /** Twelve months and the twelve after them split the two years without a gap or an overlap. */
    private static double attemptsInPeriods(EventStudy person) {
        return value(person.cell("TIMES", "m0-12")) + value(person.cell("TIMES", "m12-24"));
    }

    private static double value(Cell cell) {
        return cell.value() == null ? 0 : cell.value();
    }

    private static double attemptsCounted(HarmonizedParticipant harmonized) {
        int end = (int) java.time.temporal.ChronoUnit.DAYS.between(ZERO, ZERO.plusMonths(24));
        return harmonized.events().stream()
                .filter(event -> event.placement() == RecordPlacement.COUNTED)
                .filter(event -> Objects.requireNonNull(event.day()) < end)
                .mapToInt(PlacedEvent::counted)
                .sum();
    }

    private static EventStudy randomPerson(Random random) {
        EventStudy person = EventStudy.from(ZERO.toString()).exportedOn(day(random, 400, 1000));
        if (random.nextInt(4) == 0) {
            person.fact("died_on", day(random, 1, 900));
        }
        if (random.nextInt(4) == 0) {
            person.fact("withdrew_on", day(random, 1, 900));
        }
        for (int k = random.nextInt(4); k > 0; k--) {
            int from = random.nextInt(800) - 100;
            String[] kinds = {"attempt", "admission", "medication"};
            person.observed(
                    kinds[random.nextInt(3)],
                    ZERO.plusDays(from).toString(),
                    ZERO.plusDays(from + random.nextInt(700)).toString());
        }
        person.observed("attempt", day(random, -50, 50), day(random, 50, 900));
        for (int k = random.nextInt(6); k > 0; k--) {
            LocalDate from = ZERO.plusDays(random.nextInt(1100) - 100L);
            person.event(
                    "attempt",
                    null,
                    from,
                    from.plusDays(random.nextBoolean() ? 0 : random.nextInt(190)),
                    random.nextInt(3),
                    1 + random.nextInt(2));
        }
        for (int k = random.nextInt(5); k > 0; k--) {
            LocalDate to = ZERO.plusDays(random.nextInt(1100) - 100L);
            person.asked("attempt", null, to.minusDays(30L + random.nextInt(300)), to, random.nextInt(5));
            person.askedDays("admission", to.minusDays(180).toString(), to.toString(), random.nextInt(40));
        }
        for (int k = random.nextInt(4); k > 0; k--) {
            LocalDate from = ZERO.plusDays(random.nextInt(1100) - 100L);
            person.spell(
                    random.nextBoolean() ? "admission" : "medication",
                    random.nextBoolean() ? "a" : "b",
                    from.toString(),
                    random.nextInt(5) == 0
                            ? null
                            : from.plusDays(random.nextInt(200)).toString(),
                    random.nextInt(5) == 0 ? random.nextInt(30) : null);
        }
        return person;
    }

    private static String day(Random random, int from, int to) {
        return ZERO.plusDays(from + random.nextInt(to - from)).toString();
    }
}
