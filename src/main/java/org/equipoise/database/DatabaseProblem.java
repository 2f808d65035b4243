package org.equipoise.database;

import org.jspecify.annotations.Nullable;

/**
 * Something about the database that a person has to mend, in plain words: a stable code, what happened, and the remedy.
 * The texts never hold a password or a participant's value; the codes are listed in {@code database.md}.
 */
public final class DatabaseProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String happened;
    private final String remedy;

    /**
     * @param code stable code, {@code DB-0xx}
     * @param happened one sentence: what was expected and what was found
     * @param remedy one sentence: what the reader can do
     */
    public DatabaseProblem(String code, String happened, String remedy) {
        this(code, happened, remedy, null);
    }

    /** As above, with the exception that revealed it. */
    public DatabaseProblem(String code, String happened, String remedy, @Nullable Throwable cause) {
        super(code + " " + happened + " " + remedy, cause);
        this.code = code;
        this.happened = happened;
        this.remedy = remedy;
    }

    /** Stable code, {@code DB-0xx}. */
    public String code() {
        return code;
    }

    /** What was expected and found. */
    public String happened() {
        return happened;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
