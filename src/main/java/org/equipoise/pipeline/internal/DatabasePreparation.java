package org.equipoise.pipeline.internal;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.equipoise.database.DatabaseRoles;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunRefused;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/** Makes the database ready: roles, then migrations, then the check that the secret is the one it was filled with. */
@Component
class DatabasePreparation implements FlywayMigrationStrategy {
    private static final List<String> ROLES =
            List.of("equipoise_loader", DatabaseRoles.ANALYST, "equipoise_dsmb", "equipoise_coordinator");

    private final Installation installation;

    DatabasePreparation(Installation installation) {
        this.installation = installation;
    }

    @Override
    public void migrate(Flyway flyway) {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
            createRoles(connection);
            flyway.migrate();
            DatabaseRoles.grantAnalystToReader(connection);
            checkSecret(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be made ready", e);
        }
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
            return HexFormat.of().formatHex(mac.doFinal("equipoise".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256", e);
        }
    }
}
