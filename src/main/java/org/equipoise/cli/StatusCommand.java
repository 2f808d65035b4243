package org.equipoise.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.equipoise.database.ReadOnlyQuery;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.pipeline.ServeSettings;
import org.equipoise.vocabulary.Problem;
import picocli.CommandLine.Command;

/** {@code equipoise status}. */
@Command(name = "status", description = "Says where the installation stands.", mixinStandardHelpOptions = true)
final class StatusCommand extends HomeCommand {
    private static final String RUNS = """
            select run_id, study_code, job, status, to_char(started_at, 'YYYY-MM-DD HH24:MI:SS') as started,
                   to_char(ended_at, 'YYYY-MM-DD HH24:MI:SS') as ended, host, pid
            from batch.run order by run_id desc limit 5
            """;

    private static final String FROZEN = """
            select f.name as frozen, f.study_code, f.snapshot_id, s.status, f.run_id, f.program_version,
                   to_char(f.frozen_at, 'YYYY-MM-DD HH24:MI:SS') as frozen_at
            from warehouse.frozen f
            join warehouse.snapshot s using (snapshot_id)
            order by f.frozen_at, f.name
            """;

    @Override
    public Integer call() throws IOException {
        LoadedDefinitions definitions = options().definitions();
        List<Problem> setbacks = definitions.setbacks();
        String schedule = schedule(ServeSettings.lastFollowed(options().home()));
        return SqlCommand.withDatabase(options(), lease -> {
            out().println("Home: " + options().home().folder());
            out().println("Database: " + lease.owner());
            out().println("Schedule of serve: " + schedule);
            out().println("Last summary: " + options().home().summaries().resolve("latest.txt"));
            out().println();
            ReadOnlyQuery query = new ReadOnlyQuery(lease.owner());
            if (isAny("batch.run", query)) {
                SqlCommand.print(lease.owner(), RUNS, options(), out());
            } else {
                out().println("There has been no run yet. The first: "
                        + options().asTyped() + " nightly");
            }
            if (isAny("warehouse.frozen", query)) {
                out().println();
                SqlCommand.print(lease.owner(), FROZEN, options(), out());
            }
            if (!setbacks.isEmpty()) {
                out().println();
                out().println("By the definitions as they are now, the next night "
                        + (definitions.bundle().isPresent() ? "takes them so:" : "does not begin:"));
                setbacks.forEach(problem -> out().println("  " + Lines.of(problem)));
            }
        });
    }

    /** Whether the table has a row. A new database, or one that an older program has filled, may lack the table itself. */
    private static boolean isAny(String table, ReadOnlyQuery query) {
        return !query.answer("select where to_regclass('" + table + "') is not null")
                        .rows()
                        .isEmpty()
                && !query.answer("select from " + table + " limit 1").rows().isEmpty();
    }

    private static String schedule(ServeSettings settings) {
        return settings.cron() + " (" + settings.zone() + "), next turn "
                + settings.nextNight(Clock.systemUTC().instant())
                        .map(turn -> DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                                .format(turn.atZone(settings.zone())))
                        .orElse("never");
    }
}
