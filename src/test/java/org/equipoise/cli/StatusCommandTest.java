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

class StatusCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aHomeWithoutAnyRunSaysHowTheFirstIsBegun() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        String home = folder.resolve("home").toString();
        StringWriter said = new StringWriter();

        int code = Equipoise.run(new PrintWriter(said), new PrintWriter(said), "--home", home, "status");

        assertThat(said.toString())
                .endsWith("There has been no run yet. The first: java -jar target/equipoise.jar --home " + home
                        + " nightly" + System.lineSeparator());
        assertThat(code).isZero();
    }
}
