package org.equipoise.staging;

import java.time.LocalDate;
import org.equipoise.vocabulary.ParticipantKey;

/**
 * Time in which a kind of event or spell would have been known had there been one. Without it, no event is no evidence.
 *
 * @param kind code of the event or spell kind
 * @param from first day
 * @param to last day
 * @param source how it was ascertained
 * @param line where it was read, header = 1
 */
public record ObservedSpan(
        ParticipantKey participant, String kind, LocalDate from, LocalDate to, Source source, int line) {

    /** What it says, as one text. */
    public String naturalKey() {
        return String.join(
                "",
                kind,
                ", from=",
                from.toString(),
                ", to=",
                to.toString(),
                ", source=",
                source.name(),
                ", line=",
                Integer.toString(line));
    }

    /** How events in a span were ascertained. */
    public enum Source {
        /** The participant was asked about the time up to the visit. */
        RECALL,
        /** Case notes of the time were reviewed. */
        NOTES,
        /** A register holds everything that happened. */
        REGISTER
    }
}
