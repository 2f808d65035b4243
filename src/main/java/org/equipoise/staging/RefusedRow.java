package org.equipoise.staging;

import java.time.LocalDate;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;

/**
 * A row that was refused, as far as its key could be read: the earlier version of the same key stands.
 *
 * @param item for rows that are one answer; 0 for a total or a whole row
 */
public record RefusedRow(
        ParticipantKey participant,
        int line,
        @Nullable IntervalCode visit,
        @Nullable LocalDate date,
        @Nullable InstrumentCode instrument,
        int item) {}
