package org.equipoise.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSettingsTest {
    private static final Path HOME = Path.of("home");

    @TempDir
    private Path temporary;

    @Test
    void withoutAServerInTheEnvironmentTheHomesOwnIsUsed() {
        Map<String, String> environment =
                Map.of("PGUSER", "anna", "PGPASSWORD", "x", "PGHOST", " ", "EQUIPOISE_CACHE", "/cache");
        assertThat(DatabaseSettings.resolve(HOME, environment))
                .isEqualTo(new DatabaseSettings.Embedded(HOME, Path.of("/cache")));
    }

    @Test
    void springsVariablesComeFirst() {
        assertThat(external(Map.of(
                        "SPRING_DATASOURCE_URL",
                        "jdbc:postgresql://db:5433/trial?sslmode=require",
                        "SPRING_DATASOURCE_USERNAME",
                        "loader",
                        "SPRING_DATASOURCE_PASSWORD",
                        "secret",
                        "PGHOST",
                        "other")))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db:5433/trial?sslmode=require", "loader", "secret"));
    }

    @Test
    void aPasswordInTheUrlIsMovedOutOfIt() {
        DatabaseAddress address = external(Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://db/trial?user=loader&password=secret&sslmode=require"));
        assertThat(address)
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db/trial?sslmode=require", "loader", "secret"));
        assertThat(address).hasToString("postgresql://loader@db:5432/trial");
    }

    @Test
    void libpqsVariablesNameAServer() {
        assertThat(external(Map.of(
                        "PGHOST",
                        "db",
                        "PGPORT",
                        "5433",
                        "PGUSER",
                        "loader",
                        "PGPASSWORD",
                        "secret",
                        "PGDATABASE",
                        "trial & error",
                        "PGSSLMODE",
                        "verify-full")))
                .isEqualTo(new DatabaseAddress(
                        "jdbc:postgresql://db:5433/trial%20%26%20error?ApplicationName=equipoise&sslmode=verify-full",
                        "loader", "secret"));
    }

    @Test
    void libpqsDefaultsFillWhatIsNotSet() {
        assertThat(external(Map.of("PGDATABASE", "trial", "PGUSER", "anna", "PGPASSFILE", "/nowhere")))
                .isEqualTo(new DatabaseAddress(
                        "jdbc:postgresql://localhost:5432/trial?ApplicationName=equipoise", "anna", null));
        assertThat(external(Map.of("PGPORT", "5433", "PGUSER", "anna", "PGPASSFILE", "/nowhere"))
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://localhost:5433/anna?ApplicationName=equipoise");
    }

    @Test
    void theFirstFittingLineOfThePasswordFileCounts() throws IOException {
        Path file = Files.writeString(temporary.resolve("pgpass"), """
                # host:port:database:user:password
                db:5432:other:loader:wrong
                db:*:trial:loader:a\\:b\\\\c
                *:*:*:*:late
                """);
        assertThat(PasswordFile.find(file, "db", "5432", "trial", "loader")).contains("a:b\\c");
        assertThat(PasswordFile.find(file, "db", "5432", "trial", "anna")).contains("late");
        assertThat(external(Map.of(
                                "PGHOST",
                                "db",
                                "PGUSER",
                                "loader",
                                "PGDATABASE",
                                "trial",
                                "PGPASSFILE",
                                file.toString()))
                        .password())
                .isEqualTo("a:b\\c");
    }

    @Test
    void whatCannotBeUsedIsSaidWithTheRemedy() {
        assertThatThrownBy(() -> external(Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:mem:x?password=secret")))
                .hasMessage("DB-001 SPRING_DATASOURCE_URL does not name a PostgreSQL database. Write it as"
                        + " jdbc:postgresql://host:5432/database, or unset it to use the embedded database.");
        assertThatThrownBy(() -> external(Map.of("PGHOST", "/var/run/postgresql")))
                .hasMessage("DB-003 PGHOST is a socket directory (/var/run/postgresql), which Java cannot use. Set"
                        + " PGHOST to a host name such as localhost.");
        assertThatThrownBy(() -> external(Map.of("PGHOST", "db", "PGPORT", "many")))
                .hasMessage("DB-004 PGPORT is not a port number: many. Set it to a number such as 5432.");
    }

    @Test
    void aServerThatDoesNotAnswerIsSaidInOneSentence() {
        DatabaseAddress nobody = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/trial", "anna", "secret");
        assertThatThrownBy(nobody::connect)
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageStartingWith("DB-002 Cannot connect to postgresql://anna@127.0.0.1:1/trial: Connection to")
                .hasMessageEndingWith("Check host and port, and that the server is running.")
                .hasMessageNotContaining("secret");
    }

    @Test
    void rootIsWhoeverHasEffectiveUidZero() throws IOException {
        assertThat(Platform.isRoot(Files.writeString(temporary.resolve("user"), "Name:\tjava\nUid:\t0\t1000\t0\t0\n")))
                .isFalse();
        assertThat(Platform.isRoot(Files.writeString(temporary.resolve("root"), "Name:\tjava\nUid:\t1000\t0\t0\t0\n")))
                .isTrue();
        String id = Programs.run(List.of("id", "-u"), "").output().strip();
        assertThat(Platform.isRoot()).isEqualTo(id.equals("0"));
    }

    @Test
    void configurationFitsTheMachine() {
        long gigabyte = 1L << 30;
        assertThat(ServerConfiguration.sharedBuffersMegabytes(24 * gigabyte)).isEqualTo(256);
        assertThat(ServerConfiguration.sharedBuffersMegabytes(gigabyte)).isEqualTo(128);
        assertThat(ServerConfiguration.sharedBuffersMegabytes(0)).isEqualTo(256);
        assertThat(ServerConfiguration.workMegabytes(24 * gigabyte)).isEqualTo(96);
        assertThat(ServerConfiguration.workMegabytes(0)).isEqualTo(4);
        assertThat(ServerConfiguration.text(20_000, gigabyte, 64L << 20))
                .contains("dynamic_shared_memory_type = 'mmap'")
                .contains("log_line_prefix = '%m [%p] '");
        assertThat(ServerConfiguration.text(20_000, gigabyte, gigabyte))
                .contains("dynamic_shared_memory_type = 'posix'");
    }

    private static DatabaseAddress external(Map<String, String> environment) {
        return ((DatabaseSettings.External) DatabaseSettings.resolve(HOME, environment)).address();
    }
}
