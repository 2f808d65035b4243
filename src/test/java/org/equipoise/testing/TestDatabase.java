package org.equipoise.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.DatabaseSettings;
import org.equipoise.database.Lease;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one switch that says which PostgreSQL serves the tests: {@code -Dequipoise.test.database=embedded|docker|auto}.
 * {@code auto}, the default, takes Docker when it answers and holds the images named by {@code equipoise.test.images}
 * already, and the embedded server otherwise. It is said once, aloud.
 */
public final class TestDatabase {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final List<String> IMAGES =
            List.of(System.getProperty("equipoise.test.images", "postgres:18.6,postgres:15.18")
                    .split(","));
    private static final Map<String, DatabaseAddress> SERVERS = new LinkedHashMap<>();

    private TestDatabase() {}

    /** A new, empty database on the first server. */
    public static DatabaseAddress fresh() {
        return fresh(servers().get(0));
    }

    /** A new, empty database on a server that {@link #servers} names. */
    public static DatabaseAddress fresh(String server) {
        DatabaseAddress address = SERVERS.get(server);
        String name = "night_" + MADE.incrementAndGet();
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("No database for tests could be made", e);
        }
        String url = address.jdbcUrl().replaceFirst("(?<=//[^/]{1,200}/)[^?]*", name);
        return new DatabaseAddress(url, address.user(), address.password());
    }

    /** What serves: the images of Docker, or the embedded server alone. */
    public static synchronized List<String> servers() {
        if (SERVERS.isEmpty()) {
            String wanted =
                    System.getProperty("equipoise.test.database", "auto").toLowerCase(Locale.ROOT);
            if (wanted.equals("docker") || (wanted.equals("auto") && dockerHasTheImages())) {
                IMAGES.forEach(TestDatabase::startImage);
            } else {
                startEmbedded();
            }
            System.out.println("tests run on " + String.join(" and ", SERVERS.keySet()));
        }
        return List.copyOf(SERVERS.keySet());
    }

    /** Asked of Docker's own command, which pulls nothing. Testcontainers' reaper would be pulled, so it must be off. */
    private static boolean dockerHasTheImages() {
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            return false;
        }
        List<String> command = new ArrayList<>(List.of("docker", "image", "inspect"));
        command.addAll(IMAGES);
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @SuppressWarnings("resource") // it lives as long as the JVM; the hook ends it
    private static void startImage(String image) {
        PostgreSQLContainer container = new PostgreSQLContainer(image);
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        SERVERS.put(
                image, new DatabaseAddress(container.getJdbcUrl(), container.getUsername(), container.getPassword()));
    }

    private static void startEmbedded() {
        try {
            Path home = Files.createTempDirectory("equipoise-tests");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
            Lease lease = DatabaseSettings.resolve(home, Map.of()).lease();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                lease.close();
                deleteQuietly(home);
            }));
            SERVERS.put("the embedded PostgreSQL", lease.superuser().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
