package org.equipoise.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Begins a night whenever its turn has come. Asked again and again by whoever keeps time; for one thread. A turn
 * that passed while a night was at work, or while the process was down, is not made up for: the next one is.
 */
public final class NightWatch {
    private final ServeSettings settings;
    private final Clock clock;
    private final Consumer<Instant> night;
    private volatile Optional<Instant> next;

    /**
     * @param atOnce whether the first turn is now: a night that was cut short is taken up again
     * @param night one night from beginning to end, given when it was due; tells its own failures
     */
    public NightWatch(ServeSettings settings, Clock clock, boolean atOnce, Consumer<Instant> night) {
        this.settings = settings;
        this.clock = clock;
        this.night = night;
        next = atOnce ? Optional.of(clock.instant()) : settings.nextNight(clock.instant());
    }

    /** Runs a night if it is time. */
    public void tick() {
        Optional<Instant> due = next.filter(turn -> !clock.instant().isBefore(turn));
        if (due.isEmpty()) {
            return;
        }
        try {
            night.accept(due.get());
        } finally {
            next = settings.nextNight(clock.instant());
        }
    }

    /** When the next night begins. */
    public Optional<Instant> next() {
        return next;
    }
}
