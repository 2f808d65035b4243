package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.vocabulary.Problem;

/** A small jobs folder without a problem, to be spoiled. */
record JobsFixture(Path jobs) {
    private static final Path RIGHT = Path.of("src/test/resources/org/equipoise/definition/right");

    static JobsFixture in(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(RIGHT)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(RIGHT.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
        return new JobsFixture(folder);
    }

    /** Replaces the first place of a text in a file. */
    JobsFixture with(String file, String text, String other) throws IOException {
        return with(file, text, other, StandardCharsets.UTF_8);
    }

    JobsFixture with(String file, String text, String other, Charset charset) throws IOException {
        Path path = jobs.resolve(file);
        String right = Files.readString(path);
        assertThat(right).contains(text);
        int at = right.indexOf(text);
        Files.writeString(path, right.substring(0, at) + other + right.substring(at + text.length()), charset);
        return this;
    }

    JobsFixture without(String file) throws IOException {
        Files.delete(jobs.resolve(file));
        return this;
    }

    LoadedDefinitions load() {
        return DefinitionLoader.load(jobs, jobs.resolve("studies/trial.yaml"));
    }

    /** All problems as a reader sees them, with what was found. */
    static List<String> sentences(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem + (problem.found() == null ? "" : " Found " + problem.found() + "."))
                .toList();
    }
}
