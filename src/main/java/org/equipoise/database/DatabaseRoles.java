package org.equipoise.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Names of the roles this package makes or takes on, and the one grant that joins them. */
public final class DatabaseRoles {
    /** Login that owns the embedded database and runs migrations and jobs; may create roles, is no superuser. */
    public static final String OWNER = "equipoise_owner";

    /** Login for looking: {@code equipoise sql}, R, psql. Its sessions start read-only. */
    public static final String READER = "equipoise_reader";

    /** NOLOGIN role that the migrations make; it holds the analysts' rights. */
    public static final String ANALYST = "equipoise_analyst";

    private static final String GRANT_ANALYST_TO_READER = """
            do $$
            begin
              if (select count(*) from pg_catalog.pg_roles where rolname in ('equipoise_reader', 'equipoise_analyst')) = 2
                 and not pg_catalog.pg_has_role('equipoise_reader', 'equipoise_analyst', 'MEMBER') then
                grant equipoise_analyst to equipoise_reader;
              end if;
            end
            $$""";

    private DatabaseRoles() {}

    /**
     * Gives the reader the analysts' rights if both roles exist; repeating it changes nothing. Called once the
     * migrations have made the analysts' role, by whoever made it.
     */
    public static void grantAnalystToReader(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(GRANT_ANALYST_TO_READER);
        }
    }
}
