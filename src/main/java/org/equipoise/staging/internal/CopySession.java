package org.equipoise.staging.internal;

import java.util.List;
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
        if (rows.rows() == 0) {
            return;
        }
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            try (CopyTarget target = CopyTarget.open(connection, table, columns)) {
                target.write(rows);
                return target.finish();
            }
        });
    }
}
