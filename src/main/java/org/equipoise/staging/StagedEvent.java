package org.equipoise.staging;

import java.time.LocalDate;
import org.equipoise.vocabulary.EventKind;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a participant: on a day, or a number of times within a span that a partial date or a
 * question about the last months leaves open.
 *
 * @param detail what kind within the kind, such as the cause of a death; null when the site does not say
 * @param from first day it can have happened on
 * @param to last day it can have happened on; equal to {@code from} when the day is known
 * @param count how often; 1 for a row about a single event, 0 where a site states that there was none in the span
 * @param line where it was read, header = 1
 */
public record StagedEvent(
        ParticipantKey participant,
        EventKind kind,
        @Nullable String detail,
        LocalDate from,
        LocalDate to,
        int count,
        int line) {}
