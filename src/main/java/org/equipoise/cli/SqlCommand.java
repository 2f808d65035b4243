package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.Lease;
import org.equipoise.database.QueryFormat;
import org.equipoise.database.ReadOnlyQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code equipoise sql "..."}. */
@Command(
        name = "sql",
        description = "Asks the warehouse a question, with an analyst's rights.",
        mixinStandardHelpOptions = true)
final class SqlCommand extends HomeCommand {
    @Parameters(paramLabel = "QUERY", description = "One query.")
    private String query = "";

    @Override
    public Integer call() {
        return withDatabase(options(), lease -> print(lease.reader(), query, options(), out()));
    }

    static Integer withDatabase(GlobalOptions options, Consumer<Lease> work) {
        try (Lease lease = options.database().lease()) {
            work.accept(lease);
            return ExitCode.OK;
        }
    }

    static void print(DatabaseAddress login, String query, GlobalOptions options, PrintWriter out) {
        QueryFormat format = switch (options.format()) {
            case json -> QueryFormat.JSON;
            case csv -> QueryFormat.CSV;
            case text, html -> QueryFormat.TEXT;
        };
        new ReadOnlyQuery(login).print(query, format, out);
        out.flush();
    }
}
