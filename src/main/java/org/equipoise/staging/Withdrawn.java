package org.equipoise.staging;

import java.util.Set;
import org.equipoise.vocabulary.ParticipantKey;

/**
 * Of whom nothing may be read in a file.
 *
 * @param people participants of the site who withdrew consent
 * @param erasedLines rows whose cells were blanked, since they were about such people
 */
public record Withdrawn(Set<ParticipantKey> people, Set<Integer> erasedLines) {
    /** Nobody withdrew, or it is not known. */
    public static final Withdrawn NOBODY = new Withdrawn(Set.of(), Set.of());

    public Withdrawn {
        people = Set.copyOf(people);
        erasedLines = Set.copyOf(erasedLines);
    }
}
