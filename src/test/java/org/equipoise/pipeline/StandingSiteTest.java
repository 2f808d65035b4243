package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.equipoise.vocabulary.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A site or an instrument whose file breaks after it has published stands as it was, over the samples of all six sites:
 * its rows, its part in the comparisons, its new files in the inbox.
 */
class StandingSiteTest {
    private static final Path JOBS = Path.of("jobs");
    private static final String MAPPING = "sites/sonderby/mapping.yaml";
    private static final String INSTRUMENT = "instruments/gaf.yaml";
    private static final String NEW_FILE = "sonderby_haendelser_2026-11-07.csv";
    private static final String OTHERS_FILE = "fairhaven_visits_2026-11-01.csv";

    @TempDir
    private Path folder;

    private TestNight night;

    @BeforeEach
    void sixSites() {
        night = sixSites("standing");
    }

    private TestNight sixSites(String name) {
        TestNight made = new TestNight(folder.resolve(name), JOBS, "studies/mbt-tau.yaml", TestDatabase.fresh());
        try (Stream<Path> all = Files.walk(JOBS.resolve("sites"), 3)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                String fileName = file.getFileName().toString();
                made.put(fileName.substring(0, fileName.indexOf('_')), fileName, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    @AfterEach
    void close() {
        night.close();
    }

    /** The next night is another process's, which finds the definitions so. */
    private void change(String file, String text, String other) throws IOException {
        Path path = night.jobs().resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(text);
        Files.writeString(path, before.replace(text, other));
        night.restart();
    }

    private static void sendNews(TestNight to) throws IOException {
        Path events = JOBS.resolve("sites/sonderby/inbox/sonderby_haendelser_2026-10-07.csv");
        to.put("sonderby", NEW_FILE, Files.readAllBytes(events));
    }

    private static void sendOthersNews(TestNight to) throws IOException {
        Path visits = JOBS.resolve("sites/fairhaven/inbox/fairhaven_visits_2026-10-01.csv");
        List<String> lines = Files.readAllLines(visits);
        to.put("fairhaven", OTHERS_FILE, String.join("\n", lines.subList(0, lines.size() - 3)) + "\n");
    }

    private static List<String> estimates(TestNight of) {
        return of.query(
                "select outcome_code, interval_code, period_code, site_code, arm_code, population, tier, method,"
                        + " variant, quantity, at_value, variable, stratum, estimate, std_error, df, p_value, p_adjusted,"
                        + " ci_low, ci_high, n_treatment, n_control, options, reason"
                        + " from comparison.current_estimate order by " + ordinals(24));
    }

    private static String ordinals(int columns) {
        return IntStream.rangeClosed(1, columns).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private static List<String> told(NightSummary summary) {
        return summary.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aSiteWhoseMappingBreaksStandsAsItWas() throws IOException {
        NightSummary first = night.publish();
        List<String> rows = night.hashes("sonderby");
        sendNews(night);
        change(MAPPING, "selvskade: self_harm", "selvskade: selfharm");

        NightSummary second = night.publish();

        assertThat(second.nothingNew()).isTrue();
        assertThat(second.snapshotId()).isEqualTo(first.snapshotId());
        assertThat(second.contentHash()).isEqualTo(first.contentHash());
        assertThat(told(second))
                .containsExactly(
                        "DEF-120 sites/sonderby/mapping.yaml: The site stands as of 2026-10-07: its mapping has mistakes,"
                                + " so what it has published stays as it is, and new files wait. Expected a mapping"
                                + " without mistakes. Mend what the next lines say; the following night reads what"
                                + " waits.",
                        "DEF-062 sites/sonderby/mapping.yaml line 79: The study has no kind of event or spell selfharm."
                                + " Expected one of suicide_attempt, self_harm, emergency_visit,"
                                + " serious_adverse_event, death, withdrawal. Correct the code, or add it to the study's"
                                + " event_kinds or spell_kinds.",
                        "SUB-005 sonderby/" + NEW_FILE + ": The site's mapping has mistakes, so nothing of the site is"
                                + " read. Expected a mapping without mistakes. Mend the mapping as the problems above"
                                + " say; the file is read the next night.");
        assertThat(night.query("select distinct file_name from submission.submission where site_code = 'sonderby'"))
                .hasSize(3)
                .doesNotContain(NEW_FILE);
        assertThat(night.hashes("sonderby")).isEqualTo(rows).isNotEmpty();

        change(MAPPING, "selvskade: selfharm", "selvskade: self_harm");
        NightSummary mended = night.publish();
        assertThat(mended.problems()).isEmpty();
        try (TestNight fresh = sixSites("fresh")) {
            sendNews(fresh);
            assertThat(mended.contentHash()).isEqualTo(fresh.publish().contentHash());
        }
    }

    @Test
    void theOthersAreComparedWithWhatStands() throws IOException {
        night.publish();
        change(MAPPING, "randomised: true", "randomised: perhaps");
        sendOthersNews(night);
        NightSummary second = night.run();

        assertThat(second.changed()).isPositive();
        try (TestNight undisturbed = sixSites("undisturbed")) {
            sendOthersNews(undisturbed);
            NightSummary fresh = undisturbed.run();
            assertThat(second.contentHash()).isEqualTo(fresh.contentHash());
            assertThat(estimates(night)).isEqualTo(estimates(undisturbed)).anyMatch(row -> row.contains("|sonderby|"));
            assertThat(night.query("select * from warehouse.site order by 2"))
                    .isEqualTo(undisturbed.query("select * from warehouse.site order by 2"));
        }
    }

    @Test
    void anInstrumentThatBreaksStandsAsItWas() throws IOException {
        NightSummary first = night.publish();
        change(INSTRUMENT, "code: GAF", "code: GAF\nitem_count: many");

        NightSummary second = night.publish();

        assertThat(second.contentHash()).isEqualTo(first.contentHash());
        assertThat(told(second).get(0))
                .matches("DEF-122 instruments/gaf.yaml: The instrument stands as it was first published on"
                        + " [0-9]{4}-[0-9]{2}-[0-9]{2}: its file has mistakes. Expected an instrument without mistakes."
                        + " Mend what the next lines say; the following night scores by the file.");
        assertThat(told(second).get(1)).startsWith("DEF-005 instruments/gaf.yaml line ");
        sendOthersNews(night);
        assertThat(night.publish().changed()).isPositive();
    }

    /** The study no longer knows what the published mapping speaks of: no row of the site would be of this study. */
    @Test
    void aSiteIsLeftOutWhenThePublishedMappingNoLongerFitsTheStudy() throws IOException {
        night.publish();
        change("studies/mbt-tau.yaml", "self_harm", "harm_to_self");

        NightSummary second = night.publish();

        assertThat(told(second))
                .anyMatch(
                        line -> line.startsWith("DEF-121 sites/sonderby/mapping.yaml: The site is left out: its mapping"
                                + " has mistakes, and the one it was published with no longer fits the study and the"
                                + " instruments."));
        assertThat(night.query("select count(*) from warehouse.outcome_value where site_code = 'sonderby'"))
                .containsExactly("0");
    }
}
