package org.equipoise.database;

import java.util.Optional;

/** Somebody else's server: nothing to start, hold or stop. */
record ExternalLease(DatabaseAddress owner) implements Lease {
    @Override
    public DatabaseAddress reader() {
        return owner;
    }

    @Override
    public Optional<DatabaseAddress> superuser() {
        return Optional.empty();
    }

    @Override
    public Lease closeAtExit() {
        return this;
    }

    @Override
    public void close() {}
}
