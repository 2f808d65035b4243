package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in the inboxes, without what is still being copied into them. A file that was changed a while ago is taken at
 * once. One that was changed just now, or whose time lies ahead of our clock, is looked at twice, after all others: if it
 * has changed in between, it waits for the next night.
 */
final class Arrivals {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    private static final Duration AT_REST = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void last(Duration duration) throws InterruptedException;
    }

    /** Something in an inbox, and how it looked. */
    record Arrival(String site, Path file, long size, Instant modified) {
        private static Arrival of(String site, Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Arrival(
                        site,
                        file,
                        attributes.size(),
                        attributes.lastModifiedTime().toInstant());
            } catch (IOException e) {
                // Whoever reads it will tell of it.
                return new Arrival(site, file, -1, Instant.MIN);
            }
        }
    }

    private final Clock clock;
    private final Pause pause;
    private final Deque<Arrival> atRest = new ArrayDeque<>();
    private final Deque<Arrival> young = new ArrayDeque<>();

    Arrivals(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    void add(String site, Path file) {
        Arrival arrival = Arrival.of(site, file);
        boolean rests = arrival.modified().isBefore(clock.instant().minus(AT_REST));
        (rests ? atRest : young).add(arrival);
    }

    boolean isEmpty() {
        return atRest.isEmpty() && young.isEmpty();
    }

    /** Files that have come to rest and are next in turn, so many at most. */
    List<Path> coming(int most) {
        return atRest.stream().limit(most).map(Arrival::file).toList();
    }

    /** The next one that has come to rest; empty when there is none. */
    Optional<Arrival> next() throws InterruptedException {
        if (atRest.isEmpty() && !young.isEmpty()) {
            pause.last(BETWEEN_LOOKS);
            young.forEach(this::lookAgain);
            young.clear();
        }
        return Optional.ofNullable(atRest.poll());
    }

    private void lookAgain(Arrival before) {
        Arrival now = Arrival.of(before.site(), before.file());
        if (now.equals(before)) {
            atRest.add(now);
        } else {
            LOG.info(
                    "{}/{} is still being copied: it waits for the next night",
                    now.site(),
                    now.file().getFileName());
        }
    }
}
