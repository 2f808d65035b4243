package org.equipoise.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Something about the database that a person has to mend, in plain words: a stable code, what happened, and the remedy.
 * The texts never hold a password or a participant's value; the codes are listed in {@code database.md}.
 */
public final class DatabaseProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String POSTGRESQL_HAS_NO_ROOM = "53100";

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

    /** Whether it is PostgreSQL's word that its disk is full. */
    public static boolean isOutOfRoom(Throwable cause) {
        return cause instanceof SQLException refused && POSTGRESQL_HAS_NO_ROOM.equals(refused.getSQLState());
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
