package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.pipeline.Foreseen.OutcomeChange;
import org.equipoise.submission.Submission;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a change of definitions the archived originals are read again, and the end is that of a new installation with
 * the changed definitions and the same files. A dry run foresees it and leaves nothing behind.
 */
class ReharmonizingTest {
    private static final String ALPHA = "sites/alpha/mapping.yaml";
    private static final String BETA = "sites/beta/mapping.yaml";
    private static final String INSTRUMENT = "instruments/gaf.yaml";
    private static final String STUDY = "studies/mini.yaml";

    /** A text of a definition file and what stands in its place afterwards. */
    private record Change(String file, String before, String after) {}

    private record Delivery(String site, String name, String text) {}

    @TempDir
    private Path folder;

    private final List<Delivery> deliveries = deliveries();
    private TestNight night;

    /** Forty participants at each of two sites, who come early, late, twice or not; each site sends two exports. */
    private static List<Delivery> deliveries() {
        Random random = new Random(20261125);
        List<Delivery> all = new ArrayList<>();
        for (String site : List.of("alpha", "beta")) {
            StringBuilder first = new StringBuilder(TestNight.HEADER);
            StringBuilder second = new StringBuilder(TestNight.HEADER);
            for (int i = 1; i <= 40; i++) {
                LocalDate zero = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(60));
                String row = site.charAt(0) + "" + i + ",%s,%s,%s,%s,%d\n";
                String arm = random.nextBoolean() ? "MBT" : "TAU";
                String baseline =
                        row.formatted("b", arm, zero, zero.minusDays(random.nextInt(100)), 1 + random.nextInt(100));
                String six =
                        row.formatted("six", "", "", zero.plusDays(100 + random.nextInt(160)), 1 + random.nextInt(100));
                String twelve =
                        row.formatted("twelve", "", "", zero.plusDays(300 + random.nextInt(130)), random.nextInt(110));
                first.append(baseline).append(random.nextInt(5) > 0 ? six : "");
                second.append(site.equals("alpha") || random.nextInt(4) == 0 ? baseline : "")
                        .append(random.nextInt(3) > 0 ? six.replace(",9", ",8") : "")
                        .append(random.nextInt(4) > 0 ? twelve : "");
            }
            all.add(new Delivery(site, site + "_2021-01-31.csv", first.toString()));
            all.add(new Delivery(site, site + "_2021-06-30.csv", second.toString()));
        }
        return all;
    }

    @BeforeEach
    void firstNights() {
        night = new TestNight(folder.resolve("long"));
        for (Delivery delivery : deliveries) {
            night.put(delivery.site(), delivery.name(), delivery.text());
            night.publish();
        }
    }

    @AfterEach
    void close() {
        night.close();
    }

    private static void apply(TestNight to, Change change) {
        Path file = to.jobs().resolve(change.file());
        try {
            String text = Files.readString(file);
            assertThat(text).contains(change.before());
            Files.writeString(file, text.replace(change.before(), change.after()));
            assertThat(DefinitionLoader.load(to.jobs(), to.jobs().resolve(STUDY))
                            .allProblems())
                    .as("problems after %s", change)
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What analysts, sites and the next night find, with files by name. */
    private static List<String> everything(TestNight of) {
        List<String> lines = new ArrayList<>();
        lines.addAll(of.values("alpha"));
        lines.addAll(of.values("beta"));
        lines.addAll(of.query("select file_name, status, hold_reason, mapping_version, received, accepted, rejected,"
                + " duplicate, superseded, stale from submission.submission order by file_name"));
        lines.addAll(of.query("select s.file_name, f.code, f.line, f.\"column\", f.expected, f.found, f.count"
                + " from staging.finding f join submission.submission s using (submission_id)"
                + " order by 1, 2, 3, 4, 5, 6, 7"));
        return lines;
    }

    @Test
    void anotherVersionOfTheProgramHarmonizesEveryoneAnew() {
        List<String> hashes = night.hashes("alpha");
        night.execute("update warehouse.participant_history set content_hash = decode(repeat('00', 32), 'hex')"
                + " where site_code = 'alpha'");
        assertThat(night.publish().nothingNew()).isTrue();

        night.upgrade("another");
        NightSummary upgraded = night.publish();

        assertThat(upgraded.nothingNew()).isFalse();
        assertThat(night.hashes("alpha")).isEqualTo(hashes);
        assertThat(night.query("select program_version from warehouse.snapshot order by snapshot_id desc limit 1"))
                .containsExactly("another");
        assertThat(night.publish().nothingNew()).isTrue();
    }

    private static List<String> stored(TestNight of) {
        List<String> lines = everything(of);
        lines.addAll(of.query("select snapshot_id, content_hash, status from warehouse.snapshot order by 1"));
        lines.addAll(of.query("select count(*), max(run_id) from batch.run"));
        lines.addAll(of.query("select submission_id, reading_sha256, dirty from submission.submission order by 1"));
        lines.addAll(of.query("select site_code, file_name from submission.inbox_file order by 1, 2"));
        try (Stream<Path> archived = Files.walk(of.home().archive())) {
            archived.map(Path::toString).sorted().forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** Applies the changes one after the other, each foreseen, then made, then compared with a new installation. */
    private void endsAsAFreshLoad(Change... changes) {
        List<Change> soFar = new ArrayList<>();
        for (Change change : changes) {
            soFar.add(change);
            apply(night, change);
            night.restart();
            List<String> before = stored(night);
            Map<String, String> valuesBefore = cells(night);

            Foreseen foreseen = night.foresee();

            assertThat(stored(night)).isEqualTo(before);
            NightSummary summary = night.publish();
            assertThat(foreseen.added() + foreseen.changed() + foreseen.removed())
                    .as("participants foreseen of %s", change)
                    .isEqualTo(summary.changed());
            assertThat(foreseen.readings())
                    .extracting(reading ->
                            reading.after().fileName() + reading.after().counts())
                    .containsExactlyElementsOf(summary.submissions().stream()
                            .filter(submission -> summary.received().contains(submission.id()))
                            .map(submission -> submission.fileName() + submission.counts())
                            .toList());
            assertThat(foreseen.outcomes())
                    .as("values foreseen of %s", change)
                    .isEqualTo(differences(valuesBefore, cells(night)))
                    .isNotEmpty();
            try (TestNight fresh = new TestNight(folder.resolve("fresh" + soFar.size()))) {
                soFar.forEach(made -> apply(fresh, made));
                deliveries.forEach(delivery -> fresh.put(delivery.site(), delivery.name(), delivery.text()));
                assertThat(summary.contentHash())
                        .as("after %s", change)
                        .isEqualTo(fresh.publish().contentHash());
                assertThat(everything(night)).isEqualTo(everything(fresh));
            }
        }
    }

    /**
     * Beside a changed mapping: an export that replaces an earlier one, one that adds to others, one that comes late, one
     * whose name fits none, a folder among the files, and the folder of no site. The first export of alpha
     * stands as before: two later ones have superseded it.
     */
    @Test
    void newFilesAreForeseenAsTheNightTakesThemIn() throws IOException {
        apply(night, new Change(BETA, "        date: seen\n", ""));
        night.restart();
        night.put("alpha", "alpha_2022-01-31.csv", withoutLastRow(deliveries.get(1)));
        night.put("alpha", "alpha_2020-12-31.csv", withoutLastRow(deliveries.get(0)));
        night.put(
                "beta",
                "beta_2022-01-31.csv",
                TestNight.HEADER + "b1,six,,,2020-08-01,12\nb99,b,MBT,2020-01-01,2020-01-01,5\n");
        night.put("beta", "notes.csv", "what,ever\n");
        night.put("nowhere", "nowhere_2022-01-31.csv", TestNight.HEADER);
        Files.createDirectories(night.home().inbox("alpha").resolve("old"));
        List<String> before = stored(night);
        Map<String, String> valuesBefore = cells(night);

        Foreseen foreseen = night.foresee();

        assertThat(stored(night)).isEqualTo(before);
        NightSummary summary = night.publish();
        assertThat(foreseen.readings())
                .extracting(reading -> standing(reading.after()))
                .containsExactlyElementsOf(summary.submissions().stream()
                        .filter(submission -> !submission.fileName().equals("alpha_2021-01-31.csv"))
                        .map(ReharmonizingTest::standing)
                        .toList());
        assertThat(foreseen.readings().stream().filter(reading -> reading.before() == null))
                .extracting(reading -> reading.after().fileName())
                .containsExactlyInAnyOrder(
                        "alpha_2020-12-31.csv",
                        "alpha_2022-01-31.csv",
                        "beta_2022-01-31.csv",
                        "notes.csv",
                        "nowhere_2022-01-31.csv");
        assertThat(foreseen.problems()).isEqualTo(summary.problems()).hasSize(1);
        assertThat(foreseen.added()).isEqualTo(1);
        assertThat(foreseen.added() + foreseen.changed() + foreseen.removed()).isEqualTo(summary.changed());
        assertThat(foreseen.outcomes())
                .isEqualTo(differences(valuesBefore, cells(night)))
                .isNotEmpty();
    }

    private static String withoutLastRow(Delivery delivery) {
        String text = delivery.text();
        return text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1);
    }

    private static String standing(Submission submission) {
        return submission.fileName() + " " + submission.status() + " " + submission.holdReason() + " "
                + submission.counts();
    }

    /** Every value there is, by site, outcome, person and interval. */
    private static Map<String, String> cells(TestNight of) {
        Map<String, String> cells = new TreeMap<>();
        of.query("select o.site_code || '|' || o.outcome_code || '|' || p.record_id || '|' || o.interval_code, o.value"
                        + " from warehouse.outcome_value o join identity.participant p using (participant_key)"
                        + " where o.value is not null")
                .forEach(line ->
                        cells.put(line.substring(0, line.lastIndexOf('|')), line.substring(line.lastIndexOf('|') + 1)));
        return cells;
    }

    private static List<OutcomeChange> differences(Map<String, String> before, Map<String, String> after) {
        Map<List<String>, int[]> counts =
                new TreeMap<>((one, other) -> Arrays.compare(one.toArray(String[]::new), other.toArray(String[]::new)));
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        for (String cell : all.keySet()) {
            String then = before.get(cell);
            String now = after.get(cell);
            int kind = then == null ? 0 : now == null ? 2 : then.equals(now) ? -1 : 1;
            if (kind >= 0) {
                counts.computeIfAbsent(List.of(cell.split("\\|")).subList(0, 2), key -> new int[3])[kind]++;
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new OutcomeChange(
                        entry.getKey().get(0),
                        entry.getKey().get(1),
                        entry.getValue()[0],
                        entry.getValue()[1],
                        entry.getValue()[2]))
                .collect(Collectors.toList());
    }

    @Test
    void changedMappingsEndAsAFreshLoad() {
        endsAsAFreshLoad(
                new Change(BETA, "        date: seen\n", ""),
                new Change(BETA, "six: m6, twelve: m12", "six: m12, twelve: m6"),
                new Change(ALPHA, "instrument: GAF\n", "instrument: GAF\n        value: {shift: -2}\n"),
                new Change(ALPHA, "    record: id", "    record: {column: id, prefix: X}"));
    }

    @Test
    void aChangedInstrumentEndsAsAFreshLoad() {
        endsAsAFreshLoad(
                new Change(INSTRUMENT, "range: [1, 100]", "range: [1, 70]"),
                new Change(INSTRUMENT, "    items: 1\n", "    items: 1\n    reversed: 1\n"));
    }

    @Test
    void changedWindowsEndAsAFreshLoad() {
        endsAsAFreshLoad(
                new Change(STUDY, "days: 42", "days: 14"),
                new Change(STUDY, "days_before: 90", "days_before: 20"),
                new Change(STUDY, "code: m6, name: 6 months, month: 6", "code: m6, name: 6 months, month: 5"));
    }
}
