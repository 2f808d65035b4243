package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Days from one to another, both counted. */
record Span(LocalDate from, LocalDate to) {

    long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    boolean isOneDay() {
        return from.equals(to);
    }

    /** The day in the middle, the earlier of two. */
    LocalDate middle() {
        return from.plusDays((days() - 1) / 2);
    }
}
