package org.equipoise.database;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Bounded polling. */
final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Waits a moment; false when the time is up or the thread is asked to stop. */
    boolean waitFor(Duration moment) {
        if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(moment.toNanos());
        return true;
    }
}
