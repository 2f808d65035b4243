package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.equipoise.harmonize.ContentHash;
import org.equipoise.pipeline.Backup;
import org.equipoise.pipeline.internal.BackupManifest.Sequence;
import org.postgresql.PGConnection;

/**
 * All rows of the program's schemas, whole. Flyway's own table is left out: it belongs to the database whose tables
 * Flyway has made.
 *
 * <p>Rows go by binary COPY. Its format has not changed since PostgreSQL 7.4, and the types of our columns are sent as
 * numbers, text, dates and arrays of these in fixed forms; so what one server has written, an older or newer one reads.
 */
final class StoredTables {
    private static final String OURS = " in ('submission', 'identity', 'staging', 'warehouse', 'comparison', 'batch') ";

    private final Connection connection;

    StoredTables(Connection connection) {
        this.connection = connection;
    }

    /** Names with schema, each after those it refers to. */
    List<String> names() throws SQLException {
        Map<String, Set<String>> references = new HashMap<>();
        for (List<String> edge : ask("select conrelid::regclass::text, confrelid::regclass::text from pg_constraint"
                + " where contype = 'f' and conrelid <> confrelid")) {
            references.computeIfAbsent(edge.get(0), table -> new HashSet<>()).add(edge.get(1));
        }
        Set<String> ordered = new LinkedHashSet<>();
        for (List<String> table : ask("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid ="
                + " c.relnamespace where c.relkind = 'r' and n.nspname" + OURS + "order by 1")) {
            add(table.get(0), references, ordered);
        }
        return List.copyOf(ordered);
    }

    private static void add(String table, Map<String, Set<String>> references, Set<String> ordered) {
        if (!ordered.contains(table)) {
            references.getOrDefault(table, Set.of()).forEach(before -> add(before, references, ordered));
            ordered.add(table);
        }
    }

    /** Its columns in order, without those that PostgreSQL computes. */
    List<String> columns(String table) throws SQLException {
        return ask("select quote_ident(attname) from pg_attribute where attrelid = '" + table
                        + "'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    /** Writes all rows, and returns how many. */
    long copyOut(String table, List<String> columns, OutputStream out) throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy " + table + named(columns) + " to stdout (format binary)", out);
    }

    /** Reads rows, and returns how many. */
    long copyIn(String table, List<String> columns, InputStream in) throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + named(columns) + " from stdin (format binary)", in);
    }

    private static String named(List<String> columns) {
        return columns.stream().collect(Collectors.joining(", ", " (", ")"));
    }

    List<Sequence> sequences() throws SQLException {
        List<Sequence> sequences = new ArrayList<>();
        for (List<String> name : ask("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid ="
                + " c.relnamespace where c.relkind = 'S' and n.nspname" + OURS + "order by 1")) {
            List<String> state =
                    ask("select last_value, is_called from " + name.get(0)).get(0);
            sequences.add(new Sequence(
                    name.get(0), Long.parseLong(state.get(0)), state.get(1).equals("t")));
        }
        return sequences;
    }

    void set(Sequence sequence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select setval(?::regclass, ?, ?)")) {
            statement.setString(1, sequence.name());
            statement.setLong(2, sequence.value());
            statement.setBoolean(3, sequence.called());
            statement.execute();
        }
    }

    /** Versions that Flyway has applied; none in an empty database. */
    List<String> migrations() throws SQLException {
        return ask("select to_regclass('flyway_schema_history')").get(0).get(0).equals("null")
                ? List.of()
                : ask("select version from flyway_schema_history where version is not null and success order by"
                                + " installed_rank")
                        .stream()
                        .map(row -> row.get(0))
                        .toList();
    }

    /** Whether any site's file has ever been taken in. */
    boolean hasSubmissions() throws SQLException {
        return !ask("select to_regclass('submission.submission')").get(0).get(0).equals("null")
                && !ask("select from submission.submission limit 1").isEmpty();
    }

    /** Whether any table of ours has a row. */
    boolean hasRows() throws SQLException {
        for (String table : names()) {
            if (!ask("select from " + table + " limit 1").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    void empty() throws SQLException {
        List<String> names = names();
        if (!names.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("truncate " + String.join(", ", names));
            }
        }
    }

    String serverVersion() throws SQLException {
        return ask("show server_version").get(0).get(0);
    }

    /** The latest snapshot of each study, with the hash of the content that is there. */
    List<Backup.Latest> latest() throws SQLException {
        List<Backup.Latest> latest = new ArrayList<>();
        for (List<String> row : ask("select study_code, max(snapshot_id) from warehouse.snapshot"
                + " where status in ('published', 'redacted') group by study_code order by study_code")) {
            List<byte[]> hashes = contentHashes(row.get(0), Long.parseLong(row.get(1)));
            latest.add(new Backup.Latest(
                    row.get(0), Long.parseLong(row.get(1)), hashes.size(), ContentHash.ofStudy(hashes)));
        }
        return latest;
    }

    private List<byte[]> contentHashes(String study, long snapshot) throws SQLException {
        List<byte[]> hashes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select content_hash from"
                + " warehouse.participant_history where study_code = ? and snapshot_from <= ?"
                + " and (snapshot_to is null or snapshot_to > ?)")) {
            statement.setString(1, study);
            statement.setLong(2, snapshot);
            statement.setLong(3, snapshot);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    hashes.add(rows.getBytes(1));
                }
            }
        }
        return hashes;
    }

    private List<List<String>> ask(String sql) throws SQLException {
        List<List<String>> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                found.add(row);
            }
        }
        return found;
    }
}
