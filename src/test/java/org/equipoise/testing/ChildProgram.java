package org.equipoise.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A program run as another process, which can be killed. It has 256 MB of heap, however much the machine has. */
public final class ChildProgram implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    public ChildProgram(Class<?> program, String... arguments) throws IOException {
        this(ProcessBuilder.Redirect.INHERIT, program, arguments);
    }

    /** Lets what it complains about be read with what it says. */
    public static ChildProgram complaining(Class<?> program, String... arguments) throws IOException {
        return new ChildProgram(ProcessBuilder.Redirect.PIPE, program, arguments);
    }

    private ChildProgram(ProcessBuilder.Redirect complaints, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(complaints)
                .redirectErrorStream(complaints.equals(ProcessBuilder.Redirect.PIPE))
                .start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Its next line; the tests' time limit bounds the wait. */
    public String line() throws IOException {
        return String.valueOf(output.readLine());
    }

    /** Gives it a line. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until it ends by itself, at most so long; whether it has. */
    public boolean endsWithin(Duration moment) throws InterruptedException {
        return process.waitFor(moment.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long it took to say something, if it did within so long. */
    public Optional<Duration> speaksWithin(Duration moment) throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < moment.toNanos()) {
            if (output.ready()) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - begin));
            }
            LockSupport.parkNanos(500_000);
        }
        return Optional.empty();
    }

    /** All it has still to say; it has ended by then. */
    public String rest() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /** What it ended with. */
    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, which like Ctrl-C ends a JVM by its shutdown hooks. */
    public void terminate() {
        process.destroy();
        process.onExit().join();
    }

    /** Closes its input, at which it ends. */
    public void end() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    /** A program it has started, once it runs. */
    public ProcessHandle awaitProgram(String name) {
        await(() -> program(name).isPresent());
        return program(name).orElseThrow();
    }

    private Optional<ProcessHandle> program(String name) {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/bin/" + name))
                .findFirst();
    }

    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 30 s in vain");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
