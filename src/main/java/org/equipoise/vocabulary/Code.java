package org.equipoise.vocabulary;

import java.util.regex.Pattern;

/** A short name given in a definition file. Codes compare by their text and are never translated. */
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

    /**
     * Refuses text that is not a code.
     *
     * @param kind what the code names, for the message
     * @param value the text
     * @throws IllegalArgumentException if the text does not have the {@link #SHAPE} of a code
     */
    static void check(String kind, String value) {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(kind + " code: letters, digits, dot, dash or underscore, at most 40");
        }
    }
}
