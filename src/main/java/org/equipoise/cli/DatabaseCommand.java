package org.equipoise.cli;

import org.equipoise.database.DatabaseSettings;
import org.equipoise.database.EmbeddedPostgres;
import org.equipoise.database.Lease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code equipoise database start|stop|status|url}. */
@Command(
        name = "database",
        description = "Starts, stops and finds the home's own PostgreSQL.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DatabaseCommand.Start.class,
            DatabaseCommand.Stop.class,
            DatabaseCommand.Status.class,
            DatabaseCommand.Url.class
        })
final class DatabaseCommand extends HomeCommand {
    @Override
    public Integer call() {
        throw new CommandFailed("Say which: database start, stop, status or url.");
    }

    /** What the four have in common. */
    abstract static class OnEmbedded extends HomeCommand {
        final EmbeddedPostgres server() {
            if (options().database() instanceof DatabaseSettings.Embedded embedded) {
                return embedded.server();
            }
            throw new CommandFailed(
                    "The environment names a PostgreSQL server that somebody else runs (PGHOST, PGPORT, PGDATABASE or "
                            + "SPRING_DATASOURCE_URL); unset these to use the home's own.");
        }
    }

    @Command(name = "start", description = "Starts it and keeps it running.", mixinStandardHelpOptions = true)
    static final class Start extends OnEmbedded {
        @Override
        public Integer call() {
            out().println(server().keepRunning().sentence());
            return ExitCode.OK;
        }
    }

    @Command(name = "stop", description = "Stops it.", mixinStandardHelpOptions = true)
    static final class Stop extends OnEmbedded {
        @Option(names = "--force", description = "Even while commands use it.")
        private boolean force;

        @Override
        public Integer call() {
            out().println(server().stop(force) ? "Stopped." : "It was not running.");
            return ExitCode.OK;
        }
    }

    @Command(name = "status", description = "Says whether it runs, and where.", mixinStandardHelpOptions = true)
    static final class Status extends OnEmbedded {
        @Override
        public Integer call() {
            out().println(server().status().sentence());
            return ExitCode.OK;
        }
    }

    @Command(name = "url", description = "Says how to open the warehouse.", mixinStandardHelpOptions = true)
    static final class Url extends HomeCommand {
        @Override
        public Integer call() {
            if (options().database() instanceof DatabaseSettings.Embedded embedded) {
                EmbeddedPostgres server = embedded.server();
                out().println("psql, R, Python: " + server.reader().libpqUrl());
                out().println("JDBC:            " + server.reader().jdbcUrl());
                out().println("password file:   PGPASSFILE=" + server.readerPasswordFile());
                out().println("It runs while a command needs it; to keep it running: equipoise database start");
            } else {
                try (Lease lease = options().database().lease()) {
                    out().println("psql, R, Python: " + lease.reader().libpqUrl());
                    out().println("JDBC:            " + lease.reader().jdbcUrl());
                }
            }
            return ExitCode.OK;
        }
    }
}
