package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.standing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.equipoise.submission.Submission;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.equipoise.vocabulary.Problem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of order, repetition, conservation and isolation, kept over the samples of all six sites. */
class SixSitesTest {
    private static final Path JOBS = Path.of("jobs");
    private static final String OLD = "fairhaven_visits_2026-10-01.csv";
    private static final String CORRECTION = "fairhaven_visits_2026-11-01.csv";
    private static final String SENT_AGAIN = "fairhaven_visits_2026-12-01.csv";

    @TempDir
    private static Path together;

    private static Map<String, byte[]> files;
    private static NightSummary undisturbed;

    @TempDir
    private Path folder;

    /** Everything in one night. */
    @BeforeAll
    static void oneNight() throws IOException {
        files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(JOBS.resolve("sites"), 3)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        assertThat(files).hasSize(10);
        files.put(CORRECTION, corrected(Objects.requireNonNull(files.get(OLD))));
        try (TestNight night = sixSites(together)) {
            files.keySet().forEach(file -> put(night, file));
            undisturbed = night.publish();
        }
    }

    /** The first visit of the first participant is found to have been rated otherwise. */
    private static byte[] corrected(byte[] export) {
        String text = new String(export, StandardCharsets.UTF_8);
        int second = text.indexOf('\n') + 1;
        int end = text.indexOf('\n', second);
        String[] header = text.substring(0, second - 1).split(",", -1);
        String[] row = text.substring(second, end).split(",", -1);
        row[List.of(header).indexOf("gaf")] = "61";
        return (text.substring(0, second) + String.join(",", row) + text.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static TestNight sixSites(Path folder) {
        return new TestNight(folder, JOBS, "studies/mbt-tau.yaml", TestDatabase.fresh());
    }

    private static void put(TestNight night, String file) {
        night.put(file.substring(0, file.indexOf('_')), file, Objects.requireNonNull(files.get(file)));
    }

    @Test
    void noRowGetsLost() {
        assertThat(undisturbed.submissions()).hasSize(11).allSatisfy(submission -> {
            Submission.Counts counts = submission.counts();
            assertThat(counts.received())
                    .isPositive()
                    .isEqualTo(counts.accepted() + counts.rejected() + counts.duplicate() + counts.superseded());
        });
        assertThat(standing(undisturbed))
                .contains(OLD + " superseded 200=0+2+0+198", CORRECTION + " effective 200=198+2+0+0");
    }

    @Test
    void endsWithTheSameContentInWhateverOrderFilesArrive() {
        List<String> order = new ArrayList<>(files.keySet());
        order.remove(OLD);
        Collections.shuffle(order, new Random(7));
        try (TestNight night = sixSites(folder)) {
            order.subList(0, 5).forEach(file -> put(night, file));
            night.publish();
            order.subList(5, order.size()).forEach(file -> put(night, file));
            put(night, OLD);
            NightSummary all = night.publish();
            assertThat(all.contentHash()).isEqualTo(undisturbed.contentHash());
            assertThat(all.participants()).isEqualTo(undisturbed.participants());

            night.put("fairhaven", SENT_AGAIN, Objects.requireNonNull(files.get(OLD)));
            NightSummary again = night.publish();
            assertThat(again.nothingNew()).isTrue();
            assertThat(again.snapshotId()).isEqualTo(all.snapshotId());
            assertThat(standing(again)).isEqualTo(standing(all));
        }
    }

    @Test
    void aSiteWhoseMappingIsBrokenIsSkippedWhileTheOthersPublish() throws IOException {
        try (TestNight night = sixSites(folder)) {
            Path mapping = night.jobs().resolve("sites/sonderby/mapping.yaml");
            String right = Files.readString(mapping);
            Files.writeString(mapping, right.replace("selvskade: self_harm", "selvskade: selfharm"));
            files.keySet().forEach(file -> put(night, file));

            NightSummary five = night.publish();

            String skipped = ": The site's mapping has mistakes, so nothing of the site is read. Expected a mapping"
                    + " without mistakes. Mend the mapping as the problems above say; the file is read the next night.";
            assertThat(five.problems().stream().map(Problem::toString))
                    .containsExactly(
                            "DEF-062 sites/sonderby/mapping.yaml line 79: The study has no kind of event or spell"
                                    + " selfharm. Expected one of suicide_attempt, self_harm, emergency_visit,"
                                    + " serious_adverse_event, death, withdrawal. Correct the code, or add it to the study's"
                                    + " event_kinds or spell_kinds.",
                            "SUB-005 sonderby/sonderby_forloeb_2026-10-07.csv" + skipped,
                            "SUB-005 sonderby/sonderby_haendelser_2026-10-07.csv" + skipped,
                            "SUB-005 sonderby/sonderby_skemaer_2026-10-07.csv" + skipped);
            assertThat(night.query("select distinct site_code from warehouse.outcome_value order by 1"))
                    .containsExactly("eichberg", "fairhaven", "lindholm", "northgate", "oosterpark");
            Files.writeString(mapping, right);
            night.restart();
            assertThat(night.publish().contentHash()).isEqualTo(undisturbed.contentHash());
        }
    }
}
