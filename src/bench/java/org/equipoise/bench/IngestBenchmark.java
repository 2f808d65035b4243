package org.equipoise.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.equipoise.bench.BenchmarkExports.Written;
import org.equipoise.database.DatabaseSettings;
import org.equipoise.database.Lease;
import org.postgresql.PGConnection;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times the night as a whole process, from the inbox to the published snapshot, against PostgreSQL's own
 * {@code COPY} of the same bytes into a table of texts: the ratio is the figure to quote. Both run in turn, on
 * the same machine. Counts are asserted before a time counts.
 *
 * <p>{@code mvn -q -B -Dmaven.test.skip=true package && mvn -q -B -Pbench test-compile exec:java}
 */
public final class IngestBenchmark {
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final String HEAP = System.getProperty("heap", "512m");
    /** Compiling once is enough where each method's work is small: the second compiler took a third of the night's time. */
    private static final List<String> OPTIONS = List.of(
            System.getProperty("options", "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC -XX:MetaspaceSize=160m")
                    .split(" "));

    /** How many times the usual rows. */
    private static final int TIMES = Integer.getInteger("times", 1);

    private static final double NANOS = 1e9;

    private IngestBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path place = Files.createTempDirectory("equipoise-bench");
        try {
            report(place, "long", "lindholm", inbox -> BenchmarkExports.writeLong(
                    TIMES * BenchmarkExports.LONG_ROWS, BenchmarkExports.LONG_FILES, 1, inbox));
            report(
                    place,
                    "wide",
                    "northgate",
                    inbox -> BenchmarkExports.writeWide(TIMES * BenchmarkExports.WIDE_ROWS, 1, inbox));
        } finally {
            FileSystemUtils.deleteRecursively(place);
        }
    }

    /** Writes exports into an inbox. */
    private interface Exports {
        Written write(Path inbox) throws IOException;
    }

    private static void report(Path place, String name, String site, Exports exports) throws Exception {
        Path inbox = Files.createDirectories(place.resolve(name));
        Written written = exports.write(inbox);
        Path jobs = jobs(place.resolve(name + "-jobs"), name, site);
        List<Double> copies = new ArrayList<>();
        List<Night> nights = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            copies.add(copy(place.resolve("yardstick"), inbox, written.rows()));
            nights.add(night(place.resolve(name + "-home-" + round), jobs, site, inbox, written.rows()));
        }
        double copy = median(copies);
        double night = median(nights.stream().map(Night::seconds).toList());
        int peak = nights.stream().mapToInt(Night::peakMegabytes).max().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%s: %d rows, %d participants; COPY %.2f s, night %.2f s (start included; heap %s, at most %d MB of it used), ratio %.2f%n",
                name,
                written.rows(),
                written.participants(),
                copy,
                night,
                HEAP,
                peak,
                night / copy);
    }

    private static Path jobs(Path target, String name, String site) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("jobs"), target);
        Path mapping = target.resolve("sites").resolve(site).resolve("mapping.yaml");
        String text = Files.readString(mapping);
        Files.writeString(
                mapping, name.equals("long") ? BenchmarkExports.longMapping(text) : BenchmarkExports.wideMapping(text));
        return target;
    }

    /** Seconds that PostgreSQL takes for the same bytes. */
    private static double copy(Path home, Path inbox, long rows) throws IOException, SQLException {
        try (Lease lease = DatabaseSettings.resolve(home, Map.of()).lease();
                Connection connection = lease.owner().connect();
                Statement statement = connection.createStatement()) {
            List<Path> files = files(inbox);
            String header = header(files.get(0));
            statement.execute("drop table if exists yardstick");
            statement.execute("create table yardstick (\"" + header.replace(",", "\" text, \"") + "\" text)");
            long before = System.nanoTime();
            long copied = 0;
            for (Path file : files) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    copied += connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy yardstick from stdin (format csv, header)", bytes, 1 << 16);
                }
            }
            double seconds = (System.nanoTime() - before) / NANOS;
            if (copied != rows) {
                throw new IllegalStateException("COPY took " + copied + " rows of " + rows);
            }
            return seconds;
        }
    }

    private static String header(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElseThrow();
        }
    }

    /** What a night took. */
    private record Night(double seconds, int peakMegabytes) {}

    /**
     * A whole night in a process of its own, its start included. The warehouse stands, empty, and its server runs, as they
     * do for {@code COPY}: a night before, without a file, has made them, and an archive of the program's classes.
     */
    private static Night night(Path home, Path jobs, String site, Path inbox, long rows)
            throws IOException, InterruptedException {
        Path itsInbox = Files.createDirectories(home.resolve("sites").resolve(site).resolve("inbox"));
        Path collections = Files.createTempFile("night", ".gc");
        String archive = home.resolve("equipoise.jsa").toString();
        try (Lease lease = DatabaseSettings.resolve(home, Map.of()).lease()) {
            run(command(home, jobs, collections, "-XX:ArchiveClassesAtExit=" + archive));
            for (Path file : files(inbox)) {
                Files.createLink(itsInbox.resolve(file.getFileName()), file);
            }
            long before = System.nanoTime();
            JsonNode night = run(command(home, jobs, collections, "-XX:SharedArchiveFile=" + archive));
            double seconds = (System.nanoTime() - before) / NANOS;
            long accepted = 0;
            for (JsonNode submission : night.get("submissions")) {
                accepted += submission.get("accepted").asLong();
            }
            if (accepted != rows) {
                throw new IllegalStateException(accepted + " rows accepted of " + rows + " at " + lease.owner().jdbcUrl());
            }
            return new Night(seconds, peak(collections));
        } finally {
            printSteps(home);
            FileSystemUtils.deleteRecursively(home);
        }
    }

    private static List<String> command(Path home, Path jobs, Path collections, String classes) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(
                classes,
                "-Xmx" + HEAP,
                "-Xlog:disable",
                "-Xlog:gc:file=" + collections,
                "-jar",
                "target/equipoise.jar",
                "--home",
                home.toString(),
                "--jobs",
                jobs.toString(),
                "--format",
                "json",
                "--study",
                jobs.resolve("studies/mbt-tau.yaml").toString(),
                "nightly",
                "--snapshot-only"));
        return command;
    }

    /** Runs a night and returns what it says of itself. */
    private static JsonNode run(List<String> command) throws IOException, InterruptedException {
        Path answer = Files.createTempFile("night", ".json");
        Process process = new ProcessBuilder(command)
                .redirectOutput(answer.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("a night ended with exit code " + exit);
        }
        return JsonMapper.shared().readTree(Files.readString(answer));
    }

    /** The fullest that the heap was, told before each collection as in "312M->80M(512M)". */
    private static int peak(Path collections) throws IOException {
        return Pattern.compile("(\\d+)M->")
                .matcher(Files.readString(collections))
                .results()
                .mapToInt((MatchResult found) -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(0);
    }

    private static void printSteps(Path home) throws IOException {
        try (Stream<String> log = Files.lines(home.resolve("log/equipoise.log"))) {
            System.out.println(log.filter(line -> line.contains("executed in") && !line.contains("stageFile"))
                    .map(line -> line.substring(line.indexOf(": [") + 2).replace(" executed in", ""))
                    .toList());
        }
    }

    private static List<Path> files(Path inbox) throws IOException {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.sorted().toList();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
