package org.equipoise.vocabulary;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong, told so that the reader can mend it: a stable code, the place, what was expected,
 * what was found, and the remedy.
 *
 * <p>{@link #found} may hold a participant's value: it goes to the finding table and the site's own
 * feedback only. {@link #toString} leaves it out, so a problem may be logged.
 *
 * @param code stable code, such as {@code STG-014}
 * @param severity what became of the value or row
 * @param place where it is
 * @param message what is wrong, in one plain sentence without participant values
 * @param expected what would have been right
 * @param found what was there instead, or null if that says nothing
 * @param remedy what to do about it
 */
public record Problem(
        String code,
        Severity severity,
        Place place,
        String message,
        String expected,
        @Nullable String found,
        String remedy) {

    /** The problem as a sentence, without what was found. */
    @Override
    public String toString() {
        String where = place.toString();
        return code + (where.isEmpty() ? ": " : " " + where + ": ") + message + " Expected " + expected + ". " + remedy;
    }
}
