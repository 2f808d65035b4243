package org.equipoise.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.equipoise.database.DatabaseStatus.State;
import org.equipoise.testing.ChildProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One home, made once; each test finds it stopped and leaves it stopped. */
@Timeout(60)
class EmbeddedPostgresTest {
    @TempDir
    private static Path temporary;

    private static Path home;
    private static EmbeddedPostgres server;
    private static ServerFiles files;

    @BeforeAll
    static void makeHome() throws IOException {
        home = TestHome.in(temporary);
        server = TestHome.server(home);
        files = new ServerFiles(home.toRealPath().resolve("database"));
        server.lease().close();
    }

    @AfterEach
    void stop() {
        server.stop(true);
    }

    @Test
    void startsForTheFirstLeaseAndStopsWithTheLast() throws SQLException {
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
        long begin = System.nanoTime();
        try (Lease first = server.lease()) {
            assertThat(ask(first.owner(), "select 1")).isEqualTo("1");
            System.out.println("start to first SQL, warm JVM: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            try (Lease second = server.lease()) {
                assertThat(second.owner()).isEqualTo(first.owner());
            }
            assertThat(server.status().state()).isEqualTo(State.RUNNING);
        }
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void closingALeaseTwiceLetsGoOnce() {
        try (Lease held = server.lease()) {
            Lease twice = server.lease();
            twice.close();
            twice.close();
            assertThat(server.status().state()).isEqualTo(State.RUNNING);
            assertThat(held.superuser()).isPresent();
        }
    }

    @Test
    void letsGoInAnInterruptedThread() {
        Lease lease = server.lease();
        Thread.currentThread().interrupt();
        lease.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void staysWhenKeptUntilStopped() {
        assertThat(server.keepRunning().kept()).isTrue();
        server.lease().close();
        assertThat(server.status().state()).isEqualTo(State.RUNNING);
        assertThat(server.stop(false)).isTrue();
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
        assertThat(server.status().kept()).isFalse();
        assertThat(server.stop(false)).isFalse();
    }

    @Test
    void statusNamesPortPidVersionAndPlace() {
        assertThat(server.status().sentence()).isEqualTo("Stopped; the data are in " + files.data() + ".");
        DatabaseStatus status = server.keepRunning();
        DatabaseStatus.Server running = Objects.requireNonNull(status.server());
        assertThat(running.version()).matches("18\\.\\d+");
        assertThat(status.sentence())
                .isEqualTo(
                        "Running: PostgreSQL " + running.version() + " on 127.0.0.1 port " + running.port() + ", pid "
                                + running.pid() + ", since " + running.since()
                                + ", kept until \"equipoise database stop\"; the data are in " + files.data() + ".");
    }

    @Test
    void refusesToStopWhileAnotherCommandUsesItUnlessForced() throws IOException {
        try (ChildProgram other = LeaseHolder.inAnotherProcess(home)) {
            assertThat(other.line()).startsWith("holding");
            assertThatThrownBy(() -> server.stop(false))
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessage("DB-030 The database is in use by another command (connections: equipoise 1)."
                            + " Wait until it has ended, or stop it all the same with --force: what it has not"
                            + " committed is then rolled back.");
            server.lease().close();
            assertThat(server.status().state()).isEqualTo(State.RUNNING);
            assertThat(server.stop(true)).isTrue();
        }
    }

    @Test
    void theLastOfTwoCommandsStopsIt() throws IOException {
        try (ChildProgram other = LeaseHolder.inAnotherProcess(home)) {
            assertThat(other.line()).startsWith("holding");
            Lease mine = server.lease();
            other.end();
            assertThat(server.status().state()).isEqualTo(State.RUNNING);
            mine.close();
            assertThat(server.status().state()).isEqualTo(State.STOPPED);
        }
    }

    @Test
    void outlivesAKilledCommandAndTheNextOneCleansUp() throws IOException {
        try (ChildProgram killed = LeaseHolder.inAnotherProcess(home)) {
            assertThat(killed.line()).startsWith("holding");
            killed.kill();
        }
        long pid = pid();
        try (Lease next = server.lease()) {
            assertThat(pid()).isEqualTo(pid);
            assertThat(next.reader()).isEqualTo(server.reader());
        }
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void stopsWhenItsCommandIsTerminatedPolitely() throws IOException {
        try (ChildProgram terminated = LeaseHolder.inAnotherProcess(home)) {
            assertThat(terminated.line()).startsWith("holding");
            terminated.terminate();
        }
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void recoversWhatWasCommittedWhenThePostmasterIsKilled() throws SQLException {
        try (Lease lease = server.lease();
                Connection connection = lease.owner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table survivor as select 42 as answer");
            connection.setAutoCommit(false);
            statement.execute("insert into survivor values (43)");
            kill(pid());
            assertThat(server.status().state()).isEqualTo(State.STOPPED);
            try (Lease next = server.lease()) {
                assertThat(ask(next.owner(), "select string_agg(answer::text, ',') from survivor"))
                        .isEqualTo("42");
            }
        }
    }

    @Test
    void endsBusyBackendsThatAKilledPostmasterLeft() throws Exception {
        try (Lease lease = server.lease();
                Connection connection = lease.owner().connect();
                Statement statement = connection.createStatement()) {
            // A loop that never waits does not notice that its postmaster is gone.
            Thread busy = new Thread(() -> {
                try {
                    statement.execute("do $$ begin loop perform 1; end loop; end $$");
                } catch (SQLException endedWithTheServer) {
                    return;
                }
            });
            busy.start();
            String running = "select count(*) from pg_stat_activity where state = 'active' and query like 'do %'";
            ChildProgram.await(() -> ask(lease.owner(), running).equals("1"));
            kill(pid());
            try (Lease next = server.lease()) {
                assertThat(ask(next.owner(), "select 1")).isEqualTo("1");
            }
            busy.join();
        }
    }

    @Test
    void startsAlthoughAnotherProgramHasTheNumberOfAKilledPostmaster() throws IOException {
        String left;
        try (Lease held = server.lease()) {
            assertThat(held.owner().user()).isEqualTo("equipoise_owner");
            left = Files.readString(files.data().resolve("postmaster.pid"));
        }
        String foreign =
                left.replaceFirst("^\\d+", Long.toString(ProcessHandle.current().pid()));
        Files.writeString(files.data().resolve("postmaster.pid"), foreign);
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
        try (Lease lease = server.lease()) {
            assertThat(ask(lease.owner(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void movesToAnotherPortWhenItsOwnIsTakenAndRemembersIt() throws IOException {
        int port = ServerRecord.read(files).port();
        try (ServerSocket foreign = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                Lease lease = server.lease()) {
            assertThat(foreign.isBound()).isTrue();
            assertThat(ask(lease.reader(), "select 1")).isEqualTo("1");
        }
        int another = ServerRecord.read(files).port();
        assertThat(another).isNotEqualTo(port);
        assertThat(server.reader().libpqUrl())
                .isEqualTo("postgresql://equipoise_reader@127.0.0.1:" + another + "/equipoise");
        assertThat(Files.readString(server.readerPasswordFile()))
                .startsWith("127.0.0.1:" + another + ":equipoise:equipoise_reader:");
    }

    @Test
    void requiresTheRightPassword() {
        try (Lease lease = server.lease()) {
            DatabaseAddress right = lease.owner();
            DatabaseAddress wrong = new DatabaseAddress(right.jdbcUrl(), right.user(), "guessed");
            assertThatThrownBy(wrong::connect)
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessage("DB-002 Cannot connect to " + right.libpqUrl()
                            + ": FATAL: password authentication failed for user \"equipoise_owner\". Check the user"
                            + " name and the password (SPRING_DATASOURCE_PASSWORD, PGPASSWORD or the password file).");
            DatabaseAddress none = new DatabaseAddress(right.jdbcUrl(), "postgres", null);
            assertThatThrownBy(none::connect).isInstanceOf(DatabaseProblem.class);
        }
    }

    @Test
    void readerStartsReadOnlyAndOwnerIsNoSuperuser() {
        try (Lease lease = server.lease()) {
            assertThat(ask(lease.reader(), "show default_transaction_read_only"))
                    .isEqualTo("on");
            assertThat(ask(lease.owner(), "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
        }
    }

    @Test
    void ownerMakesRolesAndTheReaderTakesTheAnalystsOnceTheyExist() throws SQLException {
        try (Lease lease = server.lease();
                Connection connection = lease.owner().connect();
                Statement statement = connection.createStatement()) {
            String isMember = "select pg_has_role('equipoise_reader', 'equipoise_analyst', 'SET')";
            DatabaseRoles.grantAnalystToReader(connection);
            statement.execute("create role equipoise_analyst nologin");
            assertThat(ask(lease.owner(), isMember)).isEqualTo("f");
            DatabaseRoles.grantAnalystToReader(connection);
            DatabaseRoles.grantAnalystToReader(connection);
            assertThat(ask(lease.owner(), isMember)).isEqualTo("t");
            statement.execute("drop role equipoise_analyst");
        }
    }

    @Test
    void isSafeAgainstPowerCutsAndUsesItsOwnLocale() {
        try (Lease lease = server.lease()) {
            assertThat(ask(
                            lease.superuser().orElseThrow(),
                            "select string_agg(current_setting(name), ' ') from unnest(array["
                                    + "'fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums',"
                                    + " 'listen_addresses', 'unix_socket_directories', 'max_connections', 'max_wal_size',"
                                    + " 'server_encoding']) name"))
                    .isEqualTo("on on on on 127.0.0.1  40 2GB UTF8");
            assertThat(ask(
                            lease.owner(),
                            "select datlocprovider::text || ' ' || datlocale from pg_database"
                                    + " where datname = 'equipoise'"))
                    .isEqualTo("b C.UTF-8");
            assertThat(ask(
                            lease.superuser().orElseThrow(),
                            "select string_agg(distinct auth_method, ' ') from" + " pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
        }
    }

    @Test
    void doesNotRunAsRoot() throws IOException {
        try (Lease lease = server.lease()) {
            assertThat(lease.superuser()).isPresent();
            assertThat((int) Files.getAttribute(Path.of("/proc", Long.toString(pid())), "unix:uid"))
                    .isNotZero();
            assertThat(Platform.ownerOf(files.data())).isNotZero();
        }
    }

    @Test
    void showsSecretsToTheirOwnerOnly() throws IOException {
        for (Path secret : new Path[] {files.record(), files.readerPasswords(), files.log()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .as(secret.toString())
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.data())))
                .isEqualTo("rwx------");
    }

    @Test
    void closesToOthersWhatACopyLeftOpenAndWritesTheReadersPasswordAgain() throws IOException {
        Files.setPosixFilePermissions(files.data(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(files.record(), PosixFilePermissions.fromString("rw-r--r--"));
        Files.delete(files.readerPasswords());
        server.lease().close();
        showsSecretsToTheirOwnerOnly();
    }

    @Test
    void keepsPasswordsOutOfLogTextsAndDataDirectory() throws IOException {
        try (Lease lease = server.lease()) {
            ServerRecord record = ServerRecord.read(files);
            String shown = lease.owner() + " " + lease.owner().jdbcUrl() + record + server.status() + " "
                    + Files.readString(files.log())
                    + Files.readString(files.data().resolve("equipoise.conf"));
            for (DatabaseAddress address :
                    new DatabaseAddress[] {record.owner(), record.reader(), record.superuser()}) {
                assertThat(shown).doesNotContain(Objects.requireNonNull(address.password()));
            }
        }
        try (var left = Files.newDirectoryStream(files.base(), "init-*")) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void logsNoErrorThatCouldQuoteAValue() throws IOException {
        try (Lease lease = server.lease()) {
            assertThat(lease.owner().user()).isEqualTo("equipoise_owner");
            assertThatThrownBy(() -> {
                        try (Connection connection = lease.owner().connect();
                                Statement statement = connection.createStatement()) {
                            statement.execute("select 'tender secret'::int");
                        }
                    })
                    .isInstanceOf(SQLException.class);
        }
        assertThat(Files.readString(files.log())).doesNotContain("tender secret");
    }

    @Test
    void saysWhyItDoesNotStart() throws IOException {
        Path control = files.data().resolve("global").resolve("pg_control");
        Path aside = control.resolveSibling("aside");
        Files.move(control, aside);
        try {
            assertThatThrownBy(server::lease)
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessage("DB-027 The database did not start: could not find the database system. Mend the cause"
                            + " and run the command again; the whole story is in " + files.log() + ".");
        } finally {
            Files.move(aside, control);
        }
    }

    @Test
    void refusesDataOfAnotherMajorVersion() throws IOException {
        Path version = files.data().resolve("PG_VERSION");
        Files.writeString(version, "17\n", StandardCharsets.UTF_8);
        try {
            assertThatThrownBy(server::lease)
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessageStartingWith("DB-022 The data in " + files.data()
                            + " are PostgreSQL 17's; this program carries PostgreSQL 18.");
        } finally {
            Files.writeString(version, "18\n", StandardCharsets.UTF_8);
        }
    }

    private static long pid() {
        return Objects.requireNonNull(server.status().server()).pid();
    }

    private static void kill(long pid) {
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        assertThat(postmaster.destroyForcibly()).isTrue();
        ChildProgram.await(() -> server.status().state() == State.STOPPED);
    }

    private static String ask(DatabaseAddress address, String sql) {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
