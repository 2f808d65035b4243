package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.pipeline.Withdrawing.Done;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.staging.Withdrawals.Kind;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.equipoise.testing.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One participant of each sample site withdraws consent: rows a visit, rows an answer, columns a visit, registers of what
 * happened; commas and semicolons, several encodings, ids that mappings fill up and prefix.
 */
@Timeout(600)
class ConsentAtSixSitesTest {
    private static final Path JOBS = Path.of("jobs");

    /** The id as it stands in the files; it is the first field of each row. */
    private static final Map<String, String> WHO = new TreeMap<>(Map.of(
            "eichberg", "303",
            "fairhaven", "2",
            "lindholm", "LH0003",
            "northgate", "NG-002",
            "oosterpark", "110003",
            "sonderby", "2"));

    /** The same as the program knows it, where that is another text. */
    private static final Map<String, String> KNOWN = Map.of("fairhaven", "FH-002", "sonderby", "SB0002");

    @TempDir
    private Path folder;

    private static String id(String site) {
        return Objects.requireNonNull(WHO.get(site));
    }

    private static String known(String site) {
        return KNOWN.getOrDefault(site, id(site));
    }

    /** Bytes as characters, whatever the encoding. */
    private static String text(Path file) throws IOException {
        return new String(Traces.content(file), StandardCharsets.ISO_8859_1);
    }

    private static boolean isTheirs(String line, String id) {
        return line.startsWith(id + ",") || line.startsWith(id + ";") || line.startsWith("\"" + id + "\"");
    }

    private static Map<Path, String> samples() throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        for (String site : WHO.keySet()) {
            try (Stream<Path> inbox =
                    Files.list(JOBS.resolve("sites").resolve(site).resolve("inbox"))) {
                for (Path file : inbox.sorted().toList()) {
                    files.put(file, text(file));
                }
            }
        }
        return files;
    }

    private static String site(Path file) {
        return file.getName(2).toString();
    }

    private static void deliver(TestNight to, Map<Path, String> files) {
        Charset bytes = StandardCharsets.ISO_8859_1;
        files.forEach((file, text) -> to.put(site(file), file.getFileName().toString(), text.getBytes(bytes)));
    }

    private static TestNight sixSites(Path folder) {
        return new TestNight(folder, JOBS, "studies/mbt-tau.yaml", TestDatabase.fresh());
    }

    @Test
    void everybodyElseIsAsInAFreshLoadOfFilesWithoutTheirRows() throws IOException {
        Map<Path, String> all = samples();
        Map<Path, String> without = new LinkedHashMap<>();
        all.forEach((file, text) -> without.put(
                file,
                Stream.of(text.split("(?<=\n)"))
                        .filter(line -> !isTheirs(line, id(site(file))))
                        .collect(Collectors.joining())));
        try (TestNight night = sixSites(folder.resolve("night"));
                TestNight fresh = sixSites(folder.resolve("fresh"))) {
            deliver(night, all);
            List<String> counts = counts(night.publish());
            deliver(fresh, without);
            NightSummary expected = fresh.publish();

            for (Map.Entry<String, String> one : WHO.entrySet()) {
                long rows = all.entrySet().stream()
                        .filter(file -> site(file.getKey()).equals(one.getKey()))
                        .flatMap(file -> Stream.of(file.getValue().split("(?<=\n)")))
                        .filter(line -> isTheirs(line, one.getValue()))
                        .count();
                Done done = night.context()
                        .getBean(Withdrawing.class)
                        .withdraw(new Request(one.getKey(), one.getValue(), Kind.CONSENT, null, "the test"));
                assertThat(done.rows()).as(one.getKey()).isEqualTo(rows).isPositive();
            }

            assertThat(theirLines(night.home().folder())).isEmpty();
            NightSummary next = night.publish();

            assertThat(next.contentHash()).isEqualTo(expected.contentHash());
            for (String site : WHO.keySet()) {
                assertThat(night.hashes(site)).isEqualTo(fresh.hashes(site));
            }
            assertThat(Traces.rows(night)).isEqualTo(Traces.rows(fresh));
            assertThat(counts(next)).as("as many rows were received as before").isEqualTo(counts);
            assertThat(next.submissions()).allSatisfy(submission -> {
                Counts of = submission.counts();
                assertThat(of.accepted() + of.rejected() + of.duplicate() + of.superseded())
                        .isEqualTo(of.received());
            });
            assertThat(theirLines(night.home().folder())).isEmpty();
            for (String site : WHO.keySet()) {
                if (!site.equals("eichberg")) { // 303 is a number like others
                    assertThat(Traces.inFiles(night.home().outbox(site), known(site)))
                            .isEmpty();
                }
                assertThat(night.query("select count(*) from identity.participant where site_code = '" + site
                                + "' and record_id = '" + known(site) + "'"))
                        .containsExactly("0");
                assertThat(night.query("select count(*) from staging.finding f join submission.submission s using"
                                + " (submission_id) where s.site_code = '" + site + "' and f.record_ref = '"
                                + known(site) + "'"))
                        .containsExactly("0");
            }
            assertThat(night.publish().nothingNew()).isTrue();
        }
    }

    private static List<String> counts(NightSummary summary) {
        return summary.submissions().stream()
                .map(submission ->
                        submission.fileName() + " " + submission.counts().received() + " " + submission.status())
                .toList();
    }

    /** Lines in archive, outboxes and inboxes that begin with the id of somebody who is erased. */
    private static List<String> theirLines(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(csv|zst|html|txt)"))
                    .flatMap(file -> Stream.of(textOf(file).split("\\R"))
                            .filter(line -> WHO.entrySet().stream()
                                    .anyMatch(one -> isAt(file, one.getKey(), home) && isTheirs(line, one.getValue())))
                            .map(line -> home.relativize(file) + ": " + line))
                    .toList();
        }
    }

    /** A file of the archive may be any site's; what two sites call alike is looked for in their folders only. */
    private static boolean isAt(Path file, String site, Path home) {
        Path place = home.relativize(file);
        return place.startsWith(Path.of("sites", site)) || (place.startsWith("archive") && !id(site).equals("2"));
    }

    private static String textOf(Path file) {
        return new String(Traces.content(file), StandardCharsets.ISO_8859_1);
    }
}
