package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlCommandTest {
    @TempDir
    private Path folder;

    /** As the worked queries do. */
    @Test
    void aQueryMayBeginWithAComment() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        StringWriter said = new StringWriter();
        int code = Equipoise.run(
                new PrintWriter(said),
                new PrintWriter(said),
                "--home",
                folder.resolve("home").toString(),
                "--format",
                "csv",
                "sql",
                "-- Grain: one row per table.\nselect 7 as days");
        assertThat(said.toString()).isEqualToNormalizingNewlines("days\n7\n");
        assertThat(code).isZero();
    }
}
