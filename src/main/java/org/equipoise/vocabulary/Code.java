package org.equipoise.vocabulary;

import java.util.regex.Pattern;

/**
 * A short name given in a definition file. Codes compare by their text and are never translated. Those that a night compares
 * by the million do so by their own methods: a record's are chains of method handles, which a program that is not warm yet
 * goes through link by link.
 */
public sealed interface Code
        permits ArmCode,
                CrosswalkCode,
                EventKind,
                InstrumentCode,
                IntervalCode,
                OutcomeCode,
                PeriodCode,
                ScaleCode,
                SiteCode,
                SpellKind,
                StudyCode {

    /** What every code looks like; a JSON Schema in {@code jobs/schema} states the same. */
    Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

    /** The code's text. */
    String value();

    /** Whether a text has the {@link #SHAPE} of a code. By hand: millions are made out of rows of the database. */
    static boolean isCode(String text) {
        int length = text.length();
        if (length == 0 || length > 40 || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /**
     * Refuses text that is not a code.
     *
     * @param kind what the code names, for the message
     * @param value the text
     * @throws IllegalArgumentException if the text does not have the {@link #SHAPE} of a code
     */
    static void check(String kind, String value) {
        if (!isCode(value)) {
            throw new IllegalArgumentException(kind + " code: letters, digits, dot, dash or underscore, at most 40");
        }
    }
}
