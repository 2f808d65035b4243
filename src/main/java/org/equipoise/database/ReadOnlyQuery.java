package org.equipoise.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.equipoise.database.QueryOutput.Column;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A question to the database that cannot change it: one statement, in a read-only transaction that is rolled back, with
 * the analysts' rights if there are analysts. Rows are passed on as they arrive, however many there are.
 */
public final class ReadOnlyQuery {
    private static final int ROWS_FETCHED = 1_000;

    private final DatabaseAddress address;

    /** Asks with this login, best the {@linkplain Lease#reader reader}'s. */
    public ReadOnlyQuery(DatabaseAddress address) {
        this.address = address;
    }

    /**
     * A whole answer.
     *
     * @param rows values as PostgreSQL writes them; null is NULL
     */
    public record Answer(List<Column> columns, List<List<@Nullable String>> rows) {}

    /** Writes the answer. */
    public void print(String sql, QueryFormat format, Appendable out) {
        ask(sql, format.on(out));
    }

    /** Keeps the answer in memory. */
    public Answer answer(String sql) {
        List<Column> columns = new ArrayList<>();
        List<List<@Nullable String>> rows = new ArrayList<>();
        ask(sql, new QueryOutput() {
            @Override
            public void columns(List<Column> given) {
                columns.addAll(given);
            }

            @Override
            public void row(List<@Nullable String> values) {
                rows.add(values);
            }

            @Override
            public void end() {}
        });
        return new Answer(columns, rows);
    }

    /** Passes the answer on, row by row. */
    public void ask(String sql, QueryOutput output) {
        try (Connection connection = address.connect()) {
            requireOneStatement(sql);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            becomeAnalyst(connection);
            // A plain statement: "?" is then an operator of jsonb and no parameter.
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.setFetchSize(ROWS_FETCHED);
                if (statement.execute(sql)) {
                    pass(statement.getResultSet(), output);
                } else {
                    throw refused("it gives no rows.", null);
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw refused(sentence(e), e);
        }
    }

    /** The driver would run a second statement after the first had ended the read-only transaction. */
    private static void requireOneStatement(String sql) throws SQLException {
        int statements =
                Parser.parseJdbcSql(sql, true, false, true, false, false).size();
        if (statements != 1) {
            throw refused(statements == 0 ? "it is empty." : "it holds " + statements + " statements.", null);
        }
    }

    private static void becomeAnalyst(Connection connection) throws SQLException {
        String role = "select 1 from pg_catalog.pg_roles where rolname = '" + DatabaseRoles.ANALYST + "'";
        try (Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet found = statement.executeQuery(role)) {
                exists = found.next();
            }
            if (exists) {
                statement.execute("set local role " + DatabaseRoles.ANALYST);
            }
        } catch (SQLException e) {
            throw new DatabaseProblem(
                    "DB-051",
                    "This login may not take on the role " + DatabaseRoles.ANALYST + ": " + sentence(e),
                    "An administrator grants it: grant " + DatabaseRoles.ANALYST + " to the login.",
                    e);
        }
    }

    private static void pass(ResultSet result, QueryOutput output) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new Column(meta.getColumnLabel(i), meta.getColumnTypeName(i)));
        }
        output.columns(List.copyOf(columns));
        while (result.next()) {
            List<@Nullable String> values = new ArrayList<>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                values.add(result.getString(i));
            }
            output.row(values);
        }
        output.end();
    }

    private static DatabaseProblem refused(String why, @Nullable SQLException cause) {
        return new DatabaseProblem(
                "DB-050",
                "The question was not answered: " + why,
                "Ask with one select, table, values, show or explain statement on what analysts may see.",
                cause);
    }

    /** The server's own words and hint, with the line of the question they are about. */
    private static String sentence(SQLException e) {
        if (!(e instanceof PSQLException server) || server.getServerErrorMessage() == null) {
            return PlainWords.sentence(e);
        }
        ServerErrorMessage message = Objects.requireNonNull(server.getServerErrorMessage());
        String hint = Optional.ofNullable(message.getHint())
                .map(text -> " (" + text + ")")
                .orElse("");
        String place = message.getPosition() > 0 ? " at character " + message.getPosition() : "";
        return message.getMessage() + place + hint + ".";
    }
}
