package org.equipoise.pipeline;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.pipeline.internal.BackupWriter;
import org.equipoise.pipeline.internal.HomeRestore;

/** A home with its database in one file, and a home out of such a file. Needs no context, and no programs of PostgreSQL. */
public final class Backups {
    private final String programVersion;
    private final Clock clock;

    public Backups(String programVersion, Clock clock) {
        this.programVersion = programVersion;
        this.clock = clock;
    }

    /**
     * Writes everything as it is at one moment, under the lock of runs.
     *
     * @param jobs definitions to take along where the home has none of its own
     * @param file what must not be there yet; only its owner may read it
     * @param withSecret whether the home's secret is taken along
     * @throws RunRefused if a run is at work, the file is there already, or it cannot be written; nothing of it is left then
     */
    public Backup make(Home home, Path jobs, DatabaseAddress database, Path file, boolean withSecret) {
        return new BackupWriter(home, database, programVersion, clock).write(jobs, file, withSecret);
    }

    /**
     * Makes a home, and fills its database or the one that the environment names. The home is there whole, or not at all.
     *
     * @param home not there yet, or an empty folder
     * @throws RunRefused if the file is damaged or from a later version, the home or the database is not empty, or it does
     *     not come out as the file says; the home is as before then
     */
    public Backup restore(Path file, Home home, Map<String, String> environment) {
        return new HomeRestore(home, environment).restore(file);
    }
}
