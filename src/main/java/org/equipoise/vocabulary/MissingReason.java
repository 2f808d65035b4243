package org.equipoise.vocabulary;

import java.util.Locale;

/** Why a value is not there. The database keeps {@link #code} in arrays and {@link #label} in tables. */
public enum MissingReason {
    /** The value is there. */
    NONE(0),
    /** The cell is empty and the site does not say why. */
    BLANK(1),
    NOT_DONE(2),
    NOT_APPLICABLE(3),
    NOT_ASKED(4),
    REFUSED(5),
    UNKNOWN(6),
    /** The measurement was tried and failed. */
    FAILED(7),
    /** There was a value, outside what the item allows. A finding names it. */
    OUT_OF_RANGE(8),
    /** There was a value that the site's mapping does not know. A finding names it. */
    UNMAPPED(9),
    /** Nothing was said of the item at all. */
    ABSENT(10);

    private static final MissingReason[] BY_CODE = values();

    private final byte code;

    MissingReason(int code) {
        this.code = (byte) code;
    }

    /** The number that stands for the reason in stored arrays; never changes. */
    public byte code() {
        return code;
    }

    /** The name as files and tables hold it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason stored under this number. */
    public static MissingReason of(int code) {
        return BY_CODE[code];
    }
}
