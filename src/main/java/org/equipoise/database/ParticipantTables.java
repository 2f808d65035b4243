package org.equipoise.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The tables that hold rows of participants: those with a column {@value #KEY}. They are asked of the database itself, so
 * that a table made later is not forgotten when somebody is erased.
 */
public final class ParticipantTables {
    private static final String KEY = "participant_key";

    /** Lets rows of frozen snapshots go; for one transaction. */
    private static final String ERASING = "select set_config('equipoise.erasing', ?, true)";

    private ParticipantTables() {}

    /** The tables of a schema, by name, each with its schema. */
    public static List<String> of(Connection connection, String schema) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                        select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                        from pg_class c
                        join pg_namespace n on n.oid = c.relnamespace
                        join pg_attribute a on a.attrelid = c.oid and a.attname = ? and not a.attisdropped
                        where n.nspname = ? and c.relkind in ('r', 'p')
                        order by 1
                        """)) {
            statement.setString(1, KEY);
            statement.setString(2, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
        }
        return tables;
    }

    /** Deletes a participant's rows from the tables of a schema, those of frozen snapshots too, in the caller's transaction. */
    public static void erase(Connection connection, String schema, UUID participant) throws SQLException {
        set(connection, "on");
        for (String table : of(connection, schema)) {
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from " + table + " where " + KEY + " = ?")) {
                statement.setObject(1, participant);
                statement.executeUpdate();
            }
        }
        set(connection, "off");
    }

    /** Frees the room of deleted rows in all tables of participants, so that it is written over; outside transactions. */
    public static void vacuum(Connection connection, List<String> schemas) throws SQLException {
        for (String schema : schemas) {
            for (String table : of(connection, schema)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("vacuum " + table);
                }
            }
        }
    }

    private static void set(Connection connection, String erasing) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ERASING)) {
            statement.setString(1, erasing);
            statement.execute();
        }
    }
}
