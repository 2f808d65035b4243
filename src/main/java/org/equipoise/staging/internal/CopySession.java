package org.equipoise.staging.internal;

import java.util.List;
import java.util.stream.Stream;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.CopyTarget;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sends encoded rows through the connection of the current transaction. */
final class CopySession {
    private final JdbcTemplate jdbc;

    CopySession(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void copy(String table, List<String> columns, BinaryCopy rows) {
        copy(table, columns, Stream.of(rows));
    }

    /** Sends the rows of several blocks as one: beginning and ending a copy costs as much as some hundred rows. */
    void copy(String table, List<String> columns, Stream<BinaryCopy> blocks) {
        List<BinaryCopy> filled = blocks.filter(rows -> rows.rows() > 0).toList();
        if (filled.isEmpty()) {
            return;
        }
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            try (CopyTarget target = CopyTarget.open(connection, table, columns)) {
                for (BinaryCopy rows : filled) {
                    target.write(rows);
                }
                return target.finish();
            }
        });
    }
}
