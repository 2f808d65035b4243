package org.equipoise.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.pipeline.Answer;
import org.equipoise.pipeline.Compared;
import org.equipoise.pipeline.Comparing;
import org.equipoise.pipeline.DryRun;
import org.equipoise.pipeline.Foreseen;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Night;
import org.equipoise.pipeline.NightSummary;
import org.equipoise.pipeline.PipelineApplication;
import org.equipoise.pipeline.Progress;
import org.equipoise.pipeline.PublishedDefinitions;
import org.equipoise.pipeline.Secret;
import org.equipoise.submission.Submission;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * An installation to try nights on: a home, a copy of the made-up study "mini" that may be changed, a database of its
 * own. Sites alpha and gamma send cumulative exports, beta incremental ones.
 */
public final class TestNight implements AutoCloseable {
    /** First line of every export of the made-up sites. */
    public static final String HEADER = "id,visit,arm,randomised,seen,gaf\n";

    private final Home home;
    private final Path jobs;
    private final Path study;
    private final DatabaseAddress database;
    private String programVersion = "test";
    private @Nullable ConfigurableApplicationContext context;

    /** The made-up study, in a new home and database. */
    public TestNight(Path folder) {
        this(folder, resource("jobs"), "studies/mini.yaml", TestDatabase.fresh());
    }

    /** The made-up study on another server, or in a database that is there already. */
    public static TestNight mini(Path folder, DatabaseAddress database) {
        return new TestNight(folder, resource("jobs"), "studies/mini.yaml", database);
    }

    /** Other jobs or another server. Definitions that are there stay: another process may be reading them. */
    public TestNight(Path folder, Path jobsToCopy, String study, DatabaseAddress database) {
        home = new Home(folder.resolve("home"));
        jobs = folder.resolve("jobs");
        this.study = jobs.resolve(study);
        this.database = database;
        try {
            if (Files.notExists(jobs)) {
                FileSystemUtils.copyRecursively(jobsToCopy, jobs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path resource(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(TestNight.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public Home home() {
        return home;
    }

    public Path jobs() {
        return jobs;
    }

    public DatabaseAddress database() {
        return database;
    }

    /** Lays a file into a site's inbox, and returns it. */
    public Path put(String site, String name, String text) {
        return put(site, name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Path put(String site, String name, byte[] bytes) {
        try {
            Path file = Files.createDirectories(home.inbox(site)).resolve(name);
            Files.write(file, bytes);
            return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One night. The context is kept for the next one, as {@code serve} does. */
    public NightSummary run() {
        return context().getBean(Night.class).run(false, Progress.NONE);
    }

    /** One night that ends with the snapshot: nothing is compared. */
    public NightSummary publish() {
        return context().getBean(Night.class).run(true, Progress.NONE);
    }

    /** What the next night would change by the definitions as they are. */
    public Foreseen foresee() {
        return context().getBean(DryRun.class).run(Progress.NONE);
    }

    /** Computes a snapshot's comparisons anew; null for the latest. */
    public Compared compare(@Nullable Long snapshot, boolean dryRun) {
        return context().getBean(Comparing.class).compare(snapshot, dryRun, Progress.NONE);
    }

    /** Changes the study's file; the next night is another process's. */
    public void redefine(String before, String after) {
        try {
            String text = Files.readString(study);
            if (!text.contains(before)) {
                throw new IllegalArgumentException("The study does not say " + before);
            }
            Files.writeString(study, text.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    /** Answers a held file. */
    public void answer(String site, Path file, boolean confirm) {
        context().getBean(Answer.class).accept(site, file, confirm);
    }

    public ConfigurableApplicationContext context() {
        if (context == null) {
            context = PipelineApplication.start(installation(), database);
        }
        return context;
    }

    /** The next night is another version's of the program. */
    public void upgrade(String version) {
        programVersion = version;
        restart();
    }

    /** After a change of definitions: the next night is another process's, as it were. */
    public void restart() {
        close();
    }

    private Installation installation() {
        LoadedDefinitions definitions =
                DefinitionLoader.load(jobs, study, code -> PublishedDefinitions.of(database, code));
        try {
            return new Installation(
                    home, definitions.bundle().orElseThrow(), definitions, Secret.load(home, Map.of()), programVersion);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows as text, columns joined by {@code |}. */
    public List<String> query(String sql) {
        return queryAs("none", sql);
    }

    /** The same with the rights of a role. */
    public List<String> queryAs(String role, String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set role " + role);
            try (ResultSet found = statement.executeQuery(sql)) {
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(String.valueOf(found.getString(i)));
                    }
                    rows.add(String.join("|", row));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return rows;
    }

    public void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Each submission with where it stands and its five counts. */
    public static List<String> standing(NightSummary summary) {
        return summary.submissions().stream().map(TestNight::standing).toList();
    }

    private static String standing(Submission submission) {
        Submission.Counts counts = submission.counts();
        return submission.fileName() + " "
                + submission.status().label()
                + (submission.holdReason() == null
                        ? ""
                        : ":" + submission.holdReason().label())
                + " " + counts.received() + "=" + counts.accepted() + "+" + counts.rejected() + "+" + counts.duplicate()
                + "+" + counts.superseded();
    }

    /** The numbers that analysts see, without keys. */
    public List<String> values(String site) {
        return query(
                "select p.record_id, o.interval_code, o.value from warehouse.outcome_value o join identity.participant p"
                        + " using (participant_key) where o.value is not null and o.site_code = '" + site
                        + "' order by 1, 2");
    }

    /** A content hash by participant of one site. */
    public List<String> hashes(String site) {
        return query("select p.record_id, encode(h.content_hash, 'hex') from warehouse.participant_history h"
                + " join identity.participant p using (participant_key) where h.site_code = '" + site
                + "' and h.snapshot_to is null order by 1");
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
            context = null;
        }
    }
}
