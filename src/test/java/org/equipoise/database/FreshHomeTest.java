package org.equipoise.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.database.DatabaseStatus.State;
import org.equipoise.testing.ChildProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A home's first minute, with everything that can interrupt it. */
@Timeout(60)
class FreshHomeTest {
    @TempDir
    private Path temporary;

    private Path home;
    private EmbeddedPostgres server;

    @BeforeEach
    void emptyHome() throws IOException {
        home = TestHome.in(temporary);
        server = TestHome.server(home);
    }

    @AfterEach
    void stop() {
        server.stop(true);
    }

    @Test
    void askingAboutAHomeWithoutDatabaseWritesNothing() throws IOException {
        assertThat(server.status().state()).isEqualTo(State.NOT_INITIALISED);
        assertThat(server.status().sentence())
                .isEqualTo("Not initialised: the first command that needs it makes a database in "
                        + home.toRealPath().resolve("database").resolve("data") + ".");
        assertThat(server.stop(false)).isFalse();
        assertThatThrownBy(server::reader)
                .isInstanceOf(DatabaseProblem.class)
                .hasMessage("DB-031 This home has no database yet ("
                        + home.toRealPath().resolve("database")
                        + "). Make one with \"equipoise database start\".");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void twoCommandsAtOnceShareOneNewDatabase() throws IOException {
        try (ChildProgram one = LeaseHolder.inAnotherProcess(home);
                ChildProgram two = LeaseHolder.inAnotherProcess(home)) {
            assertThat(one.line()).startsWith("holding");
            assertThat(two.line()).startsWith("holding");
            one.end();
            assertThat(one.line()).isEqualTo("closed");
            assertThat(server.status().state()).isEqualTo(State.RUNNING);
            two.end();
            assertThat(two.line()).isEqualTo("closed");
            assertThat(server.status().state()).isEqualTo(State.STOPPED);
        }
    }

    @Test
    void aKilledInitdbIsReportedAndTheNextCommandSucceeds() throws IOException {
        try (ChildProgram command = LeaseHolder.inAnotherProcess(home)) {
            command.awaitProgram("initdb").destroyForcibly();
            assertThat(command.line())
                    .isEqualTo("DB-021 Making a new database in "
                            + home.toRealPath().resolve("database")
                            + " failed: it was stopped by signal 9. Mend the cause and run the command again; nothing"
                            + " of this attempt is kept.");
        }
        assertThat(server.status().state()).isEqualTo(State.NOT_INITIALISED);
        server.lease().close();
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aCommandKilledDuringInitdbLeavesNothingThatDisturbsTheNext() throws IOException {
        try (ChildProgram command = LeaseHolder.inAnotherProcess(home)) {
            ProcessHandle initdb = command.awaitProgram("initdb");
            command.kill();
            assertThat(leftovers()).hasSize(1);
            // Not onExit(): a container's first process may never bury the dead. They have no command any more.
            ChildProgram.await(() -> initdb.info().command().isEmpty());
        }
        server.lease().close();
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void rootUsesAUserNamespaceWhereTheServersUidCannotReachTheHome() throws IOException, SQLException {
        assumeTrue(Platform.isRoot(), "only root drops its rights");
        assumeTrue(Programs.run(List.of("unshare", "-U", "true"), "").ok(), "user namespaces are forbidden here");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
        try (Lease lease = server.lease()) {
            lease.reader().connect().close();
            assertThat(server.status().state()).isEqualTo(State.RUNNING);
        }
        assertThat(server.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void saysWhichDirectoryIsClosedWhenNoWayIsLeft() throws IOException {
        assumeTrue(Platform.isRoot(), "only root drops its rights");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
        assertThat(RunAs.closed(home, Path.of("/bin/true")))
                .hasMessage("DB-017 PostgreSQL refuses to run as root, and the uid it would run under cannot pass"
                        + " through " + temporary
                        + ". Use a --home elsewhere, let others pass (chmod o+x), or run equipoise as an ordinary"
                        + " user.");
    }

    private List<Path> leftovers() throws IOException {
        List<Path> found = new ArrayList<>();
        try (var directories = Files.newDirectoryStream(home.resolve("database"), "init-*")) {
            directories.forEach(found::add);
        }
        return found;
    }
}
