package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.DatabaseRoles;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunRefused;

/**
 * Makes the database ready: roles, then migrations, then the check that the secret is the one it was filled with.
 *
 * <p>The migrations' text has a hash, which the database keeps as the comment of Flyway's own table. Where it is the
 * program's, everything has been applied and validated, and Flyway, whose start takes most of a second, is not asked.
 */
public final class DatabasePreparation {
    private static final int BACKUPS_KEPT = 3;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HHmmss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String BEFORE = "-before-";

    private final Installation installation;
    private final DatabaseAddress database;
    private final Clock clock;

    public DatabasePreparation(Installation installation, DatabaseAddress database, Clock clock) {
        this.installation = installation;
        this.database = database;
        this.clock = clock;
    }

    public void prepare() {
        try (Connection connection = database.connect()) {
            Migrations.createRoles(connection);
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
        if (Migrations.areApplied(connection)) {
            return;
        }
        Migrations migrations = new Migrations(database);
        if (!new StoredTables(connection).hasSubmissions()) {
            migrations.apply(connection);
            return;
        }
        try (RunLock lock = RunLock.take(database)) {
            if (!Migrations.areApplied(connection)) {
                backUp(lock);
                migrations.apply(connection);
            }
        }
    }

    /** What an earlier version has filled is first kept as it is; of such backups the last few stay. */
    private void backUp(RunLock lock) throws IOException {
        Home home = installation.home();
        Path folder = home.backups();
        Files.createDirectories(folder);
        String moment = MOMENT.format(clock.instant());
        new BackupWriter(home, database, installation.programVersion(), clock)
                .write(
                        lock,
                        home.folder().resolve("jobs"),
                        folder.resolve(moment + BEFORE + installation.programVersion() + ".zip"),
                        true);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> kept = files.filter(file -> file.getFileName().toString().contains(BEFORE))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path old : kept.subList(Math.min(BACKUPS_KEPT, kept.size()), kept.size())) {
                Files.delete(old);
            }
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
