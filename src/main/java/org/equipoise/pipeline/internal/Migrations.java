package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.DatabaseRoles;
import org.equipoise.pipeline.RunRefused;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The roles and the migrations of a database. */
final class Migrations {
    private static final List<String> ROLES =
            List.of("equipoise_loader", DatabaseRoles.ANALYST, "equipoise_dsmb", "equipoise_coordinator");

    private static final String TABLES = "db/migration";
    private static final String VIEWS = "db/view";

    private final DatabaseAddress database;

    Migrations(DatabaseAddress database) {
        this.database = database;
    }

    /** Applies all there are, and notes which they are as the comment of Flyway's own table. */
    void apply(Connection connection) throws SQLException, IOException {
        configured("classpath:" + TABLES, "classpath:" + VIEWS).load().migrate();
        try (Statement statement = connection.createStatement()) {
            statement.execute("comment on table flyway_schema_history is '" + hash() + "'");
        }
        DatabaseRoles.grantAnalystToReader(connection);
    }

    /** Whether all there are have been applied, and no others. */
    static boolean areApplied(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select coalesce(obj_description(to_regclass('flyway_schema_history'), 'pg_class'), '')")) {
            rows.next();
            return rows.getString(1).equals(hash());
        }
    }

    /** Makes the tables as they were after this version; views come with all the rest. */
    void applyTablesUpTo(String version) {
        configured("classpath:" + TABLES).target(version).load().migrate();
    }

    private FluentConfiguration configured(String... locations) {
        return Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations(locations)
                .javaMigrations(new JobRepositoryMigration())
                .validateOnMigrate(true)
                .outOfOrder(false);
    }

    /** Of names and text of all migrations and views; the one in Java changes with the library only. */
    private static String hash() throws IOException {
        List<Resource> files = new ArrayList<>();
        PathMatchingResourcePatternResolver classpath = new PathMatchingResourcePatternResolver();
        for (String folder : List.of(TABLES, VIEWS)) {
            files.addAll(List.of(classpath.getResources("classpath:" + folder + "/*.sql")));
        }
        files.sort(Comparator.comparing(file -> String.valueOf(file.getFilename())));
        StringBuilder text = new StringBuilder();
        for (Resource file : files) {
            text.append(file.getFilename()).append('\n').append(file.getContentAsString(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(Digests.sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Roles belong to the whole server: another database of it may have made them already. */
    static void createRoles(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String role : ROLES) {
                statement.execute(String.format(Locale.ROOT, """
                        do $$ begin
                          if not exists (select from pg_roles where rolname = '%1$s') then create role %1$s nologin; end if;
                        exception when duplicate_object or unique_violation then null;
                        end $$
                        """, role));
            }
        } catch (SQLException e) {
            if ("42501".equals(e.getSQLState())) {
                throw new RunRefused(
                        1,
                        "The login may not create roles. Give it CREATEROLE, or have an administrator create "
                                + String.join(", ", ROLES) + " without login.");
            }
            throw e;
        }
    }
}
