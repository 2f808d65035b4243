package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, as a coordinator types it. */
@Timeout(300)
class WithdrawCommandTest {
    private static final Path JOBS = Path.of("src/test/resources/org/equipoise/testing/jobs");
    private static final String RECORD = "QX7731";

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    private int run(String... verb) {
        said.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(
                "--home",
                folder.resolve("home").toString(),
                "--jobs",
                JOBS.toString(),
                "--study",
                JOBS.resolve("studies/mini.yaml").toString()));
        arguments.addAll(List.of(verb));
        return Equipoise.run(new PrintWriter(said), new PrintWriter(said), arguments.toArray(String[]::new));
    }

    @Test
    void saysWhatItWouldEraseAndErasesOnlyWithAYes() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Path inbox = Files.createDirectories(folder.resolve("home/sites/alpha/inbox"));
        Files.writeString(
                inbox.resolve("alpha_2021-01-01.csv"),
                "id,visit,arm,randomised,seen,gaf\n" + RECORD + ",b,MBT,2020-01-10,2020-01-10,41\n"
                        + "A2,b,TAU,2020-01-10,2020-01-10,43\n");
        assertThat(run("nightly", "--snapshot-only")).isZero();

        assertThat(run("withdraw", "--site", "alpha", "--record", RECORD, "--kind", "consent"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(said.toString())
                .startsWith("Nothing is changed by this. The withdrawal would do the following.\n")
                .contains("- 1 row in the archived copies of 1 file, with the answers to these;")
                .contains("- their rows in snapshot 1, redacted now\n")
                .contains("Nothing was changed: a withdrawal of consent cannot be undone. Say --yes to carry it out.")
                .doesNotContain(RECORD);

        assertThat(run("withdraw", "--site", "alpha", "--record", RECORD, "--kind", "consent", "--yes"))
                .isZero();
        assertThat(said.toString())
                .startsWith("Erased from alpha:\n")
                .contains("Backups cannot be reached.")
                .contains("The next night publishes it: ")
                .doesNotContain(RECORD);

        assertThat(run(
                        "--format",
                        "json",
                        "withdraw",
                        "--site",
                        "alpha",
                        "--record",
                        RECORD,
                        "--kind",
                        "consent",
                        "--yes"))
                .isZero();
        assertThat(said.toString())
                .isEqualToNormalizingNewlines(
                        "{\"dry_run\":false,\"site\":\"alpha\",\"kind\":\"consent\",\"before\":true,\"files\":0,\"rows\":0,"
                                + "\"removed\":0,\"snapshots\":[],\"frozen\":[],\"releases\":[],\"backups\":[]}\n");

        assertThat(run("withdraw", "--site", "alpha", "--record", "A2", "--kind", "follow-up", "--date", "2020-02-30"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(said.toString())
                .isEqualToNormalizingNewlines(
                        "--date is a day written yyyy-MM-dd, as 2026-03-31. Nothing was changed.\n");
        assertThat(run("withdraw", "--site", "alpha", "--record", "A2", "--kind", "follow-up", "--date", "2020-02-03"))
                .isZero();
        assertThat(said.toString())
                .startsWith("Withdrawn from follow-up at alpha on 2020-02-03. What was known up to that day stays, and"
                        + " nothing after it, whatever later files say.\n");
        assertThat(Files.readString(folder.resolve("home/log/equipoise.log"))).doesNotContain(RECORD, "A2");
    }

    @Test
    void namesTheKindsThereAre() {
        assertThat(run("withdraw", "--site", "alpha", "--record", "A2", "--kind", "everything"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(said.toString())
                .isEqualToNormalizingNewlines("--kind is one of treatment, follow-up, consent. Nothing was changed.\n");
    }
}
