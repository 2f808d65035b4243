package org.equipoise.staging;

import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a submission.
 *
 * @param found what was there; a participant's value, for the finding table and the site's feedback only
 * @param count how often, when told once for many
 * @param participant whose scores it is about, for findings of harmonization
 */
public record Finding(
        FindingCode code,
        Place place,
        String expected,
        @Nullable String found,
        int count,
        @Nullable ParticipantKey participant) {

    /** Longest text quoted from a file. */
    private static final int LONGEST_QUOTE = 200;

    public Finding {
        if (found != null && found.length() > LONGEST_QUOTE) {
            boolean splitsCharacter = Character.isHighSurrogate(found.charAt(LONGEST_QUOTE - 1));
            found = found.substring(0, splitsCharacter ? LONGEST_QUOTE - 1 : LONGEST_QUOTE) + "...";
        }
    }

    /** A finding told once. */
    public static Finding of(FindingCode code, Place place, String expected, @Nullable String found) {
        return new Finding(code, place, expected, found, 1, null);
    }

    /** The finding as a problem, for messages. */
    public Problem toProblem() {
        return new Problem(code.code(), code.severity(), place, code.message(), expected, found, code.remedy());
    }

    /** Without what was found, so that it may be logged. */
    @Override
    public String toString() {
        return toProblem().toString();
    }
}
