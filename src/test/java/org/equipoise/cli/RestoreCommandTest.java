package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.equipoise.pipeline.Backup;
import org.equipoise.pipeline.Backups;
import org.equipoise.testing.ChildProgram;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A home with a PostgreSQL of its own comes out of a file; killed on the way, it is as if nothing had been begun. */
@Timeout(600)
class RestoreCommandTest {
    @TempDir
    private Path folder;

    private Path home;
    private Backup made;

    private record Said(int code, String text) {}

    @BeforeEach
    void aBackup() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        home = folder.resolve("new");
        try (TestNight night = new TestNight(folder.resolve("old"))) {
            night.put("alpha", "alpha_2021-01-31.csv", TestNight.HEADER + "A1,b,MBT,2020-01-10,2020-01-10,45\n");
            night.publish();
            made = new Backups("test", Clock.systemUTC())
                    .make(night.home(), night.jobs(), night.database(), folder.resolve("home.zip"), true);
        }
    }

    private Said say(String... arguments) {
        StringWriter said = new StringWriter();
        int code = Equipoise.run(
                new PrintWriter(said),
                new PrintWriter(said),
                Stream.concat(Stream.of("--home", home.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
        return new Said(code, said.toString());
    }

    private List<String> beside() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aKilledRestoreLeavesNoHomeAndTheNextOneMakesIt() throws IOException {
        Path half = folder.resolve(".new.restoring");
        for (String reached : List.of("secret.key", "database/data/postmaster.pid")) {
            try (ChildProgram child = new ChildProgram(
                    Equipoise.class,
                    "--home",
                    home.toString(),
                    "restore",
                    made.file().toString())) {
                while (!Files.exists(half.resolve(reached))) {
                    LockSupport.parkNanos(1_000_000);
                }
                child.kill();
            }
            assertThat(home).doesNotExist();
        }

        Said restored = say("restore", made.file().toString());

        assertThat(restored.text())
                .contains("Study mini: snapshot 1, 1 participants, content "
                        + made.snapshots().get(0).contentHash())
                .contains("Every member and the content hashes are as they were written.");
        assertThat(restored.code()).isZero();
        assertThat(beside()).containsExactly("home.zip", "new", "old");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secret.key"))))
                .isEqualTo("rw-------");
        assertThat(say("--format", "csv", "sql", "select content_hash from warehouse.snapshot"))
                .isEqualTo(
                        new Said(0, "content_hash\n" + made.snapshots().get(0).contentHash() + "\n"));
        Said again = say(
                "--jobs",
                home.resolve("jobs").toString(),
                "--format",
                "json",
                "backup",
                folder.resolve("2.zip").toString());
        assertThat(again.text())
                .contains("\"content_hash\":\"" + made.snapshots().get(0).contentHash() + "\"", "\"secret\":true");
        assertThat(say("restore", made.file().toString()).code()).isEqualTo(1);
    }

    @Test
    void aHomeWithoutDataHasNothingToBackUp() {
        Said said = say("backup", folder.resolve("none.zip").toString());

        assertThat(said).isEqualTo(new Said(1, home + " holds no data yet. Run nightly first.\n"));
        assertThat(folder.resolve("none.zip")).doesNotExist();
        assertThat(folder.resolve("none.zip.part")).doesNotExist();
    }
}
