package org.equipoise.pipeline.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.pipeline.RunRefused;

/**
 * One run at a time, whichever machine it is on: an advisory lock on a connection of its own, outside any
 * pool. It ends with the process, however that ends.
 */
final class RunLock implements AutoCloseable {
    /** Names the lock among others in the database: "equip". */
    private static final long NAME = 0x6571756970L;

    /** A server notices within moments that a killed process has gone; so long the lock is tried. */
    private static final int TRIES = 20;

    private static final double SECONDS_BETWEEN_TRIES = 0.1;

    private final Connection connection;

    private RunLock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes the lock.
     *
     * @throws RunRefused if another run holds it
     */
    static RunLock take(DatabaseAddress database) {
        Connection connection = database.connect();
        try {
            for (int i = 0; i < TRIES; i++) {
                if (ask(connection)) {
                    return new RunLock(connection);
                }
            }
            String holder = holder(connection);
            connection.close();
            throw new RunRefused(
                    5, "Another run is at work" + holder + ". Wait for it to end; nothing was changed by this start.");
        } catch (SQLException e) {
            throw new IllegalStateException("The lock of runs cannot be asked for", e);
        }
    }

    private static boolean ask(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_try_advisory_lock(?) or (pg_sleep(?) is null and false)")) {
            statement.setLong(1, NAME);
            statement.setDouble(2, SECONDS_BETWEEN_TRIES);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static String holder(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        select ' since ' || to_char(started_at, 'YYYY-MM-DD HH24:MI') || ' on ' || host || ', process ' || pid
                        from batch.run where status = 'running' order by run_id desc limit 1
                        """);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            // 42P01: the first run of all is still making the tables
            if ("42P01".equals(e.getSQLState())) {
                return "";
            }
            throw e;
        }
    }

    /** Given back by name first: that a connection was closed, a busy server notices only after a while. */
    @Override
    public void close() {
        try (connection;
                PreparedStatement statement = connection.prepareStatement("select pg_advisory_unlock(?)")) {
            statement.setLong(1, NAME);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("The lock of runs cannot be given back", e);
        }
    }
}
