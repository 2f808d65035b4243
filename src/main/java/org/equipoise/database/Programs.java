package org.equipoise.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a program to its end. */
final class Programs {
    private Programs() {}

    /**
     * @param exit exit code
     * @param output standard output and error, mixed
     */
    record Result(int exit, String output) {
        boolean ok() {
            return exit == 0;
        }

        /** The first complaint, without time stamp and program name; the first line if none stands out. */
        String complaint() {
            return Programs.complaint(output);
        }
    }

    static String complaint(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Optional<String> marked = lines.stream()
                .filter(line -> line.matches(".*(FATAL|PANIC|ERROR|error|fatal):.*"))
                .findFirst()
                .map(line -> line.replaceFirst("^.*?(FATAL|PANIC|ERROR|error|fatal):\\s*", ""));
        String text = marked.orElse(
                lines.isEmpty() ? "it said nothing" : lines.get(0).replaceFirst("^(postgres|initdb): ", ""));
        return text.endsWith(".") ? text : text + ".";
    }

    /** A builder whose child sees no {@code PG…} or {@code LD_…} variable of ours, speaks English, stands in {@code /}. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("LC_ALL", "C");
        builder.directory(Path.of("/").toFile());
        builder.redirectErrorStream(true);
        return builder;
    }

    static Result run(List<String> command, String input) throws IOException {
        Process process = builder(command).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedEarly) {
            // A program that ends without reading says why in its output.
        }
        try (InputStream out = process.getInputStream()) {
            String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
