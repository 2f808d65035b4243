package org.equipoise.database;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code equipoise database status} tells.
 *
 * @param state what the server does
 * @param dataDirectory where its data lie or would lie
 * @param kept whether it stays after the last command, as {@code database start} asks
 * @param server the running server, else null
 */
public record DatabaseStatus(
        State state,
        Path dataDirectory,
        boolean kept,
        @Nullable Server server) {

    /** What a home's server does. */
    public enum State {
        /** No command has used the home's database yet. */
        NOT_INITIALISED,
        /** The data are there; the next command starts the server. */
        STOPPED,
        /** It starts, recovers or stops just now. */
        CHANGING,
        /** It answers. */
        RUNNING
    }

    /**
     * A running server.
     *
     * @param version PostgreSQL's version, such as 18.6; only the first number while it cannot be asked
     * @param since when it was started, to the second
     */
    public record Server(int port, long pid, String version, Instant since) {}

    /** One sentence for a person. */
    public String sentence() {
        if (server == null) {
            return state == State.NOT_INITIALISED
                    ? "Not initialised: the first command that needs it makes a database in " + dataDirectory + "."
                    : "Stopped; the data are in " + dataDirectory + ".";
        }
        return (state == State.RUNNING ? "Running" : "Starting or stopping")
                + ": PostgreSQL " + server.version()
                + " on 127.0.0.1 port " + server.port()
                + ", pid " + server.pid()
                + ", since " + server.since()
                + (kept ? ", kept until \"equipoise database stop\"" : ", until the last command ends")
                + "; the data are in " + dataDirectory + ".";
    }
}
