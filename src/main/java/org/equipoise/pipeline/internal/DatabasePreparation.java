package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.DatabaseRoles;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunRefused;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Makes the database ready: roles, then migrations, then the check that the secret is the one it was filled with.
 *
 * <p>The migrations' text has a hash, which the database keeps as the comment of Flyway's own table. Where it is the
 * program's, everything has been applied and validated, and Flyway, whose start takes most of a second, is not asked.
 */
public final class DatabasePreparation {
    private static final List<String> ROLES =
            List.of("equipoise_loader", DatabaseRoles.ANALYST, "equipoise_dsmb", "equipoise_coordinator");

    private static final String MIGRATIONS = "db/migration";
    private static final String VIEWS = "db/view";

    private final Installation installation;
    private final DatabaseAddress database;

    public DatabasePreparation(Installation installation, DatabaseAddress database) {
        this.installation = installation;
        this.database = database;
    }

    public void prepare() {
        try (Connection connection = database.connect()) {
            createRoles(connection);
            migrateUnlessApplied(connection);
            DatabaseRoles.grantAnalystToReader(connection);
            checkSecret(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be made ready", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The program's migrations cannot be read", e);
        }
    }

    private void migrateUnlessApplied(Connection connection) throws SQLException, IOException {
        try (PreparedStatement ask = connection.prepareStatement("select encode(sha256(?), 'hex'),"
                + " coalesce(obj_description(to_regclass('flyway_schema_history'), 'pg_class'), '')")) {
            ask.setBytes(1, migrations());
            try (ResultSet rows = ask.executeQuery()) {
                rows.next();
                String ours = rows.getString(1);
                if (!ours.equals(rows.getString(2))) {
                    migrate();
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("comment on table flyway_schema_history is '" + ours + "'");
                    }
                }
            }
        }
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:" + MIGRATIONS, "classpath:" + VIEWS)
                .javaMigrations(new JobRepositoryMigration())
                .validateOnMigrate(true)
                .outOfOrder(false)
                .load()
                .migrate();
    }

    /** Names and text of all migrations and views; the one in Java changes with the library only. */
    private static byte[] migrations() throws IOException {
        List<Resource> files = new ArrayList<>();
        PathMatchingResourcePatternResolver classpath = new PathMatchingResourcePatternResolver();
        for (String folder : List.of(MIGRATIONS, VIEWS)) {
            files.addAll(List.of(classpath.getResources("classpath:" + folder + "/*.sql")));
        }
        files.sort(Comparator.comparing(file -> String.valueOf(file.getFilename())));
        StringBuilder text = new StringBuilder();
        for (Resource file : files) {
            text.append(file.getFilename()).append('\n').append(file.getContentAsString(StandardCharsets.UTF_8));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Roles belong to the whole server: another database of it may have made them already. */
    private static void createRoles(Connection connection) throws SQLException {
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

    private void checkSecret(Connection connection) throws SQLException {
        String check = check();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into identity.installation (secret_check) values ('" + check + "') on conflict do nothing");
            try (var rows = statement.executeQuery("select secret_check from identity.installation")) {
                rows.next();
                if (!rows.getString(1).equals(check)) {
                    throw new RunRefused(
                            1,
                            "The secret is not the one this database was filled with, so participants would get other keys. "
                                    + "Put the right secret.key into the home, or name it with EQUIPOISE_SECRET_FILE.");
                }
            }
        }
    }

    private String check() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(installation.secret(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("equipoise".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256", e);
        }
    }
}
