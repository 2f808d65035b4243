package org.equipoise.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One {@code COPY … FROM STDIN} in progress on a connection, inside the caller's transaction. {@link #finish} ends it;
 * closing without finishing takes all its rows back.
 */
public final class CopyTarget implements AutoCloseable {
    /** Signature, no flags, no header extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};

    private final CopyIn copy;
    private final String table;
    private final int columns;
    private long sent;

    private CopyTarget(CopyIn copy, String table, int columns) {
        this.copy = copy;
        this.table = table;
        this.columns = columns;
    }

    /**
     * Begins.
     *
     * @param connection PostgreSQL's own or a pool's; used for nothing else until this is closed
     * @param table {@code schema.table} or {@code table}
     * @param columns in the order in which rows give their fields
     */
    public static CopyTarget open(Connection connection, String table, List<String> columns) throws SQLException {
        String sql = "copy "
                + Stream.of(table.split("\\.", -1)).map(CopyTarget::quoted).collect(Collectors.joining("."))
                + columns.stream().map(CopyTarget::quoted).collect(Collectors.joining(", ", " (", ")"))
                + " from stdin (format binary)";
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        CopyTarget target = new CopyTarget(copy, table, columns.size());
        try {
            copy.writeToCopy(HEADER, 0, HEADER.length);
            return target;
        } catch (SQLException e) {
            target.close();
            throw e;
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Sends the rows; the buffer is not changed and may be cleared afterwards. */
    public void write(BinaryCopy rows) throws SQLException {
        if (rows.columns() != columns) {
            throw new IllegalArgumentException(
                    table + " was opened with " + columns + " columns, the rows have " + rows.columns());
        }
        rows.requireCompleteRow();
        if (rows.size() > 0) {
            copy.writeToCopy(rows.bytes(), 0, rows.size());
            sent += rows.rows();
        }
    }

    /**
     * Ends the copy.
     *
     * @return rows the server wrote
     * @throws DatabaseProblem DB-060 if that is not the number sent, for example when a trigger left rows out
     */
    public long finish() throws SQLException {
        copy.writeToCopy(TRAILER, 0, TRAILER.length);
        long written = copy.endCopy();
        if (written != sent) {
            throw new DatabaseProblem(
                    "DB-060",
                    "Of " + sent + " rows sent to " + table + " the database wrote " + written + ".",
                    "Look for a trigger or rule on that table that leaves rows out.");
        }
        return written;
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
