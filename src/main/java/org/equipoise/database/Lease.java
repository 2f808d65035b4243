package org.equipoise.database;

import java.util.Optional;

/**
 * One command's hold on the database. While any command holds a lease the embedded server runs; the last one to close
 * stops it, unless {@code database start} asked to keep it. A killed command lets go by itself, and the next command
 * to close its lease cleans up. Closing twice does nothing.
 */
public interface Lease extends AutoCloseable {

    /** Login for migrations and jobs. */
    DatabaseAddress owner();

    /** Login for looking; the same as {@link #owner} on an external server. */
    DatabaseAddress reader();

    /** Login with every right, on the embedded server only: for backup and restore. */
    Optional<DatabaseAddress> superuser();

    /**
     * Also lets go when the JVM ends on Ctrl-C or SIGTERM, where no {@code finally} runs. Not for a command whose
     * connections are closed by a shutdown hook of its own: hooks have no order.
     */
    Lease closeAtExit();

    @Override
    void close();
}
