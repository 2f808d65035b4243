package org.equipoise.cli;

import picocli.CommandLine.Command;

/** {@code equipoise status}. */
@Command(name = "status", description = "Says where the installation stands.", mixinStandardHelpOptions = true)
final class StatusCommand extends HomeCommand {
    private static final String RUNS = """
            select run_id, study_code, job, status, to_char(started_at, 'YYYY-MM-DD HH24:MI:SS') as started,
                   to_char(ended_at, 'YYYY-MM-DD HH24:MI:SS') as ended, host, pid
            from batch.run order by run_id desc limit 5
            """;

    @Override
    public Integer call() {
        return SqlCommand.withDatabase(options(), lease -> {
            out().println("Home: " + options().home().folder());
            out().println("Database: " + lease.owner());
            out().println();
            SqlCommand.print(lease.owner(), RUNS, options(), out());
        });
    }
}
