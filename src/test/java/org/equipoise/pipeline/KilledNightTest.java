package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.HEADER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.DatabaseSettings;
import org.equipoise.database.DatabaseStatus;
import org.equipoise.database.EmbeddedPostgres;
import org.equipoise.database.Lease;
import org.equipoise.submission.Submission;
import org.equipoise.testing.ChildProgram;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * A night may be killed at any moment; a second start recovers by itself and ends as an undisturbed one.
 *
 * <p>The night that is killed is a second one, in a process of its own: an export of alpha replaces an earlier one, an
 * increment of beta replaces rows, gamma is new. Every fifth is a first night instead, so that kills also meet the
 * making of the tables. The moments are drawn, one from each of so many equal parts of the
 * time that an undisturbed night takes here.
 */
@Timeout(600)
class KilledNightTest {
    private static final long SEED = 20261125;
    private static final int KILLS_OF_THE_PROGRAM = 20;
    private static final int KILLS_OF_POSTGRESQL = 10;
    private static final int EVERY_SO_MANY_A_FIRST_NIGHT = 5;

    /** How often a night that was over before its moment gives way to another, with what it took as the measure. */
    private static final int MISSES_THAT_ARE_MADE_GOOD = 4;

    /** What must end as in an undisturbed night; no numbers that a sequence gave, no times, no keys. */
    private static final List<String> CONTENT = List.of(
            "select study_code, status, content_hash, definition_hash from warehouse.snapshot order by snapshot_id",
            "select (select count(*) from warehouse.participant_history), (select count(*) from"
                    + " warehouse.assessment_history), (select count(*) from warehouse.outcome_value),"
                    + " (select count(*) from staging.assessment_fragment), (select count(*) from"
                    + " staging.participant_fact), (select count(*) from comparison.result)",
            "select s.site_code, s.file_name, f.code, f.line, f.\"column\", f.status from staging.finding f join"
                    + " submission.submission s using (submission_id) order by 1, 2, 3, 4, 5, 6",
            "select outcome_code, interval_code, period_code, site_code, arm_code, method, variant, quantity, at_value, variable,"
                    + " stratum, float8send(estimate), float8send(std_error), float8send(p_value), float8send(ci_low),"
                    + " float8send(ci_high), reason from comparison.estimate order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,"
                    + " 13, 14, 15, 16, 17",
            "select count(*) from batch.run where status = 'running'",
            "select count(*) from batch.batch_job_execution where status in ('STARTING', 'STARTED')");

    private static final String SEEN =
            "select s.content_hash from warehouse.snapshot s where s.status = 'published' order by s.published_at desc limit 1";

    @TempDir
    private static Path temporary;

    private static EmbeddedPostgres server;
    private static Lease lease;

    private static Scenario first;
    private static Scenario second;
    private int made;
    private int missed;

    /**
     * A night to kill.
     *
     * @param database the one to begin with, copied for each kill
     * @param folder likewise the installation
     * @param before content hash that analysts see until the night has published
     * @param end what an undisturbed night leaves
     * @param lasting nanoseconds it takes, corrected when one turns out to be quicker
     */
    private record Scenario(String database, Path folder, String before, List<String> end, AtomicLong lasting) {
        Duration moment(double part) {
            return Duration.ofNanos(Math.round(lasting.get() * part));
        }
    }

    @BeforeAll
    static void makeTheNights() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        server = ((DatabaseSettings.Embedded) DatabaseSettings.resolve(temporary.resolve("server"), Map.of())).server();
        lease = server.lease();
        createDatabase("first_night", "template0");
        try (TestNight night = TestNight.mini(temporary.resolve("first"), address("first_night"))) {
            night.put("alpha", "alpha_2021-01-01.csv", export("A", 24, 0));
            night.put("beta", "beta_2021-01-01.csv", export("B", 30, 0));
        }
        first = undisturbed("first_night", temporary.resolve("first"));
        createDatabase("second_night", "first_night_undisturbed");
        Path folder = temporary.resolve("second");
        FileSystemUtils.copyRecursively(temporary.resolve("first_night_undisturbed"), folder);
        try (TestNight night = TestNight.mini(folder, address("second_night"))) {
            night.put("alpha", "alpha_2021-02-01.csv", export("A", 26, 1));
            night.put("beta", "beta_2021-02-01.csv", export("B", 8, 2));
            night.put("gamma", "gamma_2021-02-01.csv", export("C", 300, 3));
        }
        second = undisturbed("second_night", folder);
    }

    @AfterAll
    static void stop() {
        lease.close();
    }

    /** Rows of so many participants at three visits; one value in forty is impossible. */
    private static String export(String prefix, int participants, int salt) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 1; i <= participants; i++) {
            String id = prefix + i;
            text.append(id).append(i % 2 == 0 ? ",b,TAU" : ",b,MBT").append(",2020-01-10,2020-01-10,");
            text.append(35 + (i * 7) % 11).append('\n');
            text.append(id)
                    .append(",six,,,2020-07-10,")
                    .append(45 + (i * 5 + salt) % 13)
                    .append('\n');
            text.append(id).append(",twelve,,,2021-01-10,");
            text.append(i % 13 == 0 ? 500 : 50 + (i * 3 + salt) % 17).append('\n');
        }
        return text.toString();
    }

    private static Scenario undisturbed(String database, Path folder) throws Exception {
        String before = hash(database, folder);
        Path copy = copy(database, folder, database + "_undisturbed");
        try (ChildProgram child =
                NightProgram.inAnotherProcess(copy, address(database + "_undisturbed"), !before.isEmpty())) {
            assertThat(child.line()).isEqualTo("ready");
            long begin = System.nanoTime();
            child.say("go");
            assertThat(child.line()).startsWith("done");
            long done = System.nanoTime();
            child.end();
            return new Scenario(
                    database, folder, before, end(copy, database + "_undisturbed"), new AtomicLong(done - begin));
        }
    }

    /** What analysts see now. */
    private static String hash(String database, Path folder) {
        try (TestNight night = TestNight.mini(folder, address(database))) {
            return hasTables(night) ? String.join(" ", night.query(SEEN)) : "";
        }
    }

    /** The views are made last. */
    private static boolean hasTables(TestNight night) {
        return night.query("select to_regclass('warehouse.current_snapshot')")
                .equals(List.of("warehouse.current_snapshot"));
    }

    @Test
    void aKilledProgramIsMadeGoodByASecondStart() throws Exception {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < KILLS_OF_THE_PROGRAM; i++) {
            told.add(trial(i, KILLS_OF_THE_PROGRAM, ChildProgram::kill));
        }
        tellAndRequireThatKillsHit("the program", told);
    }

    @Test
    void aKilledServerIsMadeGoodByASecondStart() throws Exception {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < KILLS_OF_POSTGRESQL; i++) {
            told.add(trial(i, KILLS_OF_POSTGRESQL, child -> {
                killPostmaster();
                assertThat(child.endsWithin(Duration.ofSeconds(60)))
                        .as("the program ends by itself when its database is gone")
                        .isTrue();
            }));
        }
        tellAndRequireThatKillsHit("PostgreSQL", told);
    }

    @Test
    void ofTwoStartsAtOnceOneDoesTheNightAndTheOtherWaitsOrSaysWhoDoes() throws Exception {
        String name = second.database() + "_twice";
        Path folder = copy(second.database(), second.folder(), name);
        try (ChildProgram one = NightProgram.inAnotherProcess(folder, address(name), true);
                ChildProgram two = NightProgram.inAnotherProcess(folder, address(name), true)) {
            assertThat(List.of(one.line(), two.line())).containsOnly("ready");
            one.say("go");
            two.say("go");
            List<String> ends = List.of(one.line(), two.line());
            assertThat(ends).anyMatch(end -> end.startsWith("done"));
            assertThat(ends)
                    .allMatch(end -> end.startsWith("done")
                            || end.matches("failed \\[RunRefused, Another run is at work( since .*)?\\. Wait for"
                                    + " it to end; nothing was changed by this start\\.]"));
        }
        assertThat(end(folder, name)).isEqualTo(second.end());
    }

    /** Of what is killed, and how it is waited for. */
    private interface Kill {
        void at(ChildProgram child) throws Exception;
    }

    private String trial(int i, int of, Kill kill) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + 31L * of + i);
        double part = (i + random.nextDouble()) / of;
        Scenario scenario = i % EVERY_SO_MANY_A_FIRST_NIGHT == 2 ? first : second;
        String name = scenario.database() + "_" + of + "_" + ++made;
        Path folder = copy(scenario.database(), scenario.folder(), name);
        Optional<Duration> tooLate;
        try (ChildProgram child = NightProgram.inAnotherProcess(
                folder, address(name), !scenario.before().isEmpty())) {
            assertThat(child.line()).isEqualTo("ready");
            child.say("go");
            tooLate = child.speaksWithin(scenario.moment(part));
            kill.at(child);
        }
        attachAgain();
        String interrupted = interrupted(name, folder);
        assertThat(hash(name, folder))
                .as("until it has published, a night shows nothing of its own")
                .isIn(scenario.before(), hashOf(scenario.end()));
        try (TestNight night = TestNight.mini(folder, address(name))) {
            NightSummary summary = night.run();
            assertThat(summary.submissions()).allSatisfy(KilledNightTest::conserves);
        }
        List<String> end = end(folder, name);
        assertThat(difference(end, scenario.end()))
                .as("kill %d of %d, in %s", i + 1, of, interrupted)
                .isEmpty();
        assertThat(end).isEqualTo(scenario.end());
        drop(name);
        FileSystemUtils.deleteRecursively(folder);
        if (tooLate.isPresent() && missed < MISSES_THAT_ARE_MADE_GOOD) {
            missed++;
            scenario.lasting().set(tooLate.get().toNanos());
            return trial(i, of, kill);
        }
        return interrupted;
    }

    /** The lines that only one of them has: there are too many to be told apart when all are printed. */
    private static List<String> difference(List<String> end, List<String> undisturbed) {
        return Stream.concat(
                        end.stream().filter(line -> !undisturbed.contains(line)).map(line -> "more: " + line),
                        undisturbed.stream().filter(line -> !end.contains(line)).map(line -> "less: " + line))
                .toList();
    }

    private static void conserves(Submission submission) {
        Submission.Counts counts = submission.counts();
        assertThat(counts.accepted() + counts.rejected() + counts.duplicate() + counts.superseded())
                .isEqualTo(counts.received())
                .isPositive();
    }

    /** The step that a kill met, or where else it fell. */
    private static String interrupted(String database, Path folder) {
        try (TestNight night = TestNight.mini(folder, address(database))) {
            if (!hasTables(night)) {
                return "the making of the tables";
            }
            if (night.query("select 1 from batch.run where status = 'running'").isEmpty()) {
                return "no run";
            }
            return "run, step "
                    + night.query("select coalesce(max(step_name), 'none') from batch.batch_step_execution"
                                    + " where status in ('STARTING', 'STARTED') ")
                            .get(0);
        }
    }

    private static void tellAndRequireThatKillsHit(String what, List<String> told) {
        System.out.println("kills of " + what + " met: " + String.join("; ", told));
        assertThat(told.stream().filter(where -> !where.equals("no run")))
                .as("kills that met a night at work; the others came too late or too early to prove anything")
                .hasSizeGreaterThanOrEqualTo(told.size() / 3);
    }

    /** All that a night leaves, in lines: content, counts, the sites' answers, the originals. */
    private static List<String> end(Path folder, String database) throws IOException {
        List<String> lines = new ArrayList<>();
        try (TestNight night = TestNight.mini(folder, address(database))) {
            CONTENT.forEach(sql -> lines.addAll(night.query(sql)));
            lines.addAll(night.query("select site_code, file_name, status, received, accepted, rejected, duplicate,"
                    + " superseded from submission.submission order by 1, 2"));
            lines.addAll(names(night.home().archive()));
            for (String row : night.query("select site_code, submission_id, file_name from submission.submission"
                    + " order by site_code, file_name")) {
                String[] parts = row.split("\\|", -1);
                Path outbox = night.home().outbox(parts[0]).resolve(parts[1]);
                lines.add(parts[2] + " answered with " + names(outbox));
            }
            lines.add(String.valueOf(night.query("select max(run_id) from comparison.result").stream()
                    .allMatch(run -> Files.exists(
                            night.home().report(Long.parseLong(run)).resolve("index.html")))));
        }
        return lines;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".tmp"))
                    .sorted()
                    .toList();
        }
    }

    private static String hashOf(List<String> end) {
        return end.stream()
                .filter(line -> line.startsWith("mini|published|"))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .split("\\|", -1)[2];
    }

    private static void killPostmaster() {
        long pid = Objects.requireNonNull(server.status().server()).pid();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        ChildProgram.await(() -> server.status().state() == DatabaseStatus.State.STOPPED);
    }

    /** What every command does first. */
    private static void attachAgain() {
        Lease next = server.lease();
        lease.close();
        lease = next;
    }

    private static Path copy(String database, Path folder, String name) throws IOException, SQLException {
        createDatabase(name, database);
        Path copy = temporary.resolve(name);
        FileSystemUtils.copyRecursively(folder, copy);
        return copy;
    }

    private static void createDatabase(String name, String template) throws SQLException {
        // the other way of copying leaves sequences that after a crash give numbers twice: it takes over how many of
        // their numbers are safe, but not the log that makes them so
        administer(String.format(Locale.ROOT, "create database %s template %s strategy file_copy", name, template));
    }

    private static void drop(String name) throws SQLException {
        administer(String.format(Locale.ROOT, "drop database %s with (force)", name));
    }

    private static void administer(String sql) throws SQLException {
        try (Connection connection = lease.superuser().orElseThrow().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DatabaseAddress address(String database) {
        DatabaseAddress address = lease.superuser().orElseThrow();
        String url = address.jdbcUrl().replaceFirst("(?<=//[^/]{1,200}/)[^?]*", database);
        return new DatabaseAddress(url, address.user(), address.password());
    }
}
