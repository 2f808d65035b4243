package org.equipoise.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A {@link LeaseHolder} run as another process, which can be killed. */
final class ChildCommand implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    ChildCommand(Path... homeAndCache) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LeaseHolder.class.getName()));
        Stream.of(homeAndCache).map(Path::toString).forEach(command::add);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Its next line; the tests' time limit bounds the wait. */
    String line() throws IOException {
        return String.valueOf(output.readLine());
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, which like Ctrl-C ends a JVM by its shutdown hooks. */
    void terminate() {
        process.destroy();
        process.onExit().join();
    }

    /** Lets it close its lease and end. */
    void end() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    /** A program it has started, once it runs. */
    ProcessHandle awaitProgram(String name) {
        await(() -> program(name).isPresent());
        return program(name).orElseThrow();
    }

    private Optional<ProcessHandle> program(String name) {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/bin/" + name))
                .findFirst();
    }

    static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        while (!condition.getAsBoolean()) {
            if (!deadline.waitFor(Duration.ofMillis(1))) {
                throw new AssertionError("waited 30 s in vain");
            }
        }
    }

    @Override
    public void close() {
        kill();
    }
}
