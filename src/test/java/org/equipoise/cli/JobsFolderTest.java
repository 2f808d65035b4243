package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command that copies definitions says where it looked for them. */
class JobsFolderTest {
    @TempDir
    private Path folder;

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("init"), List.of("simulate", "--participants", "6", "--sites", "6", "--seed", "1", "--out"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void withoutDefinitionsItSaysSoAndMakesNothing(List<String> command) {
        Path nowhere = folder.resolve("nowhere");
        Path made = folder.resolve("made");
        StringWriter said = new StringWriter();

        int code = Equipoise.run(
                new PrintWriter(said),
                new PrintWriter(said),
                Stream.of(List.of("--jobs", nowhere.toString()), command, List.of(made.toString()))
                        .flatMap(List::stream)
                        .toArray(String[]::new));

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString()).contains("no definitions in " + nowhere, "--jobs DIR");
        assertThat(made).doesNotExist();
    }
}
