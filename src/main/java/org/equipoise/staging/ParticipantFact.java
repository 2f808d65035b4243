package org.equipoise.staging;

import java.time.LocalDate;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of a participant: arm, anchor date, stratum. Either text or date is there.
 *
 * @param line first line of the file that says so
 * @param column header of the column
 */
public record ParticipantFact(
        ParticipantKey participant,
        String fact,
        @Nullable String text,
        @Nullable LocalDate date,
        int line,
        String column) {}
