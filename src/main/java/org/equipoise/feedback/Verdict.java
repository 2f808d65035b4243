package org.equipoise.feedback;

/** What handing a file over would come to. Of several files the greatest exit code counts. */
public enum Verdict {
    /** Every row would be used or only repeats another. */
    ACCEPTED(0),
    /** The definitions, or the question which site it is from, keep the file from being checked. */
    NOT_CHECKED(1),
    /** The file would be used, but not all of its rows. */
    SOME_ROWS_REJECTED(3),
    /** Nothing of the file would be used. */
    FILE_REJECTED(4);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of the command line. */
    public int exitCode() {
        return exitCode;
    }

    /** The name as JSON holds it. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
