package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.pipeline.ServeSettings.LogFormat;
import org.equipoise.testing.TickingClock;
import org.junit.jupiter.api.Test;

class NightWatchTest {
    private static final Instant EVENING = Instant.parse("2026-11-25T20:00:00Z");
    private static final Instant TURN = Instant.parse("2026-11-26T02:00:00Z");

    private final TickingClock clock = new TickingClock(EVENING);
    private final List<Instant> nights = new ArrayList<>();
    private final List<Instant> turns = new ArrayList<>();
    private Duration length = Duration.ofMinutes(1);

    private static ServeSettings settings() {
        return new ServeSettings(
                "0 0 2 * * *",
                ZoneOffset.UTC,
                Duration.ofSeconds(10),
                2,
                "127.0.0.1",
                0,
                LogFormat.TEXT,
                Duration.ofMinutes(1));
    }

    private NightWatch watch(boolean atOnce) {
        return new NightWatch(settings(), clock, atOnce, due -> {
            turns.add(due);
            nights.add(clock.instant());
            clock.pass(length);
        });
    }

    @Test
    void beginsANightWhenItsTurnHasComeAndNotBefore() {
        NightWatch watch = watch(false);
        watch.tick();
        clock.set(TURN.minusMillis(1));
        watch.tick();
        assertThat(nights).isEmpty();
        clock.set(TURN.plusMillis(900));
        watch.tick();
        watch.tick();
        assertThat(nights).containsExactly(TURN.plusMillis(900));
        assertThat(turns).containsExactly(TURN);
        assertThat(watch.next()).contains(TURN.plus(Duration.ofDays(1)));
    }

    @Test
    void takesUpAtOnceWhatWasCutShortAndThenKeepsToTheSchedule() {
        NightWatch watch = watch(true);
        watch.tick();
        assertThat(nights).containsExactly(EVENING);
        assertThat(watch.next()).contains(TURN);
    }

    @Test
    void doesNotMakeUpForTurnsThatPassedDuringALongNight() {
        length = Duration.ofHours(30);
        NightWatch watch = watch(false);
        clock.set(TURN);
        watch.tick();
        watch.tick();
        assertThat(nights).containsExactly(TURN);
        assertThat(watch.next()).contains(TURN.plus(Duration.ofDays(2)));
    }

    @Test
    void comesToItsNextTurnAfterANightThatThrew() {
        NightWatch watch = new NightWatch(settings(), clock, false, due -> {
            throw new IllegalStateException("unforeseen");
        });
        clock.set(TURN);
        assertThatThrownBy(watch::tick).hasMessage("unforeseen");
        assertThat(watch.next()).contains(TURN.plus(Duration.ofDays(1)));
    }
}
