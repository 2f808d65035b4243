package org.equipoise.vocabulary;

import java.util.Locale;

/** Why a value is not there. Stored as the ordinal in arrays and as the label in tables, so the order stays. */
public enum MissingReason {
    /** The value is there. */
    NONE,
    /** The cell is empty and the site does not say why. */
    BLANK,
    NOT_DONE,
    NOT_APPLICABLE,
    NOT_ASKED,
    REFUSED,
    UNKNOWN,
    /** The measurement was tried and failed. */
    FAILED,
    /** There was a value, outside what the item allows. A finding names it. */
    OUT_OF_RANGE,
    /** There was a value that the site's mapping does not know. A finding names it. */
    UNMAPPED,
    /** This fragment does not speak of the item at all. */
    ABSENT;

    private static final MissingReason[] BY_ORDINAL = values();

    /** The name as files and tables hold it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason stored under this ordinal. */
    public static MissingReason of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
