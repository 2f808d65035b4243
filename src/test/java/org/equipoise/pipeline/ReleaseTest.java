package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.pipeline.Releasing.Kind;
import org.equipoise.pipeline.Releasing.Release;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves and what analysts get, over the samples of all sites. */
class ReleaseTest {
    private static final Path JOBS = Path.of("jobs");
    private static final long LEAST = 5;

    @TempDir
    private static Path folder;

    private static TestNight night;
    private static Release results;
    private static Release analysis;

    @BeforeAll
    static void releaseTheSamples() throws IOException {
        night = new TestNight(folder, JOBS, "studies/mbt-tau.yaml", TestDatabase.fresh());
        try (Stream<Path> all = Files.walk(JOBS.resolve("sites"), 3)) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".csv")).toList()) {
                String name = file.getFileName().toString();
                night.put(name.substring(0, name.indexOf('_')), name, Files.readAllBytes(file));
            }
        }
        night.run();
        results = release(Kind.RESULTS);
        analysis = release(Kind.ANALYSIS);
    }

    @AfterAll
    static void close() {
        night.close();
    }

    private static Release release(Kind kind) {
        return night.context().getBean(Releasing.class).release(kind, "somebody");
    }

    private static List<CSVRecord> rows(Release of, String file) throws IOException {
        try (CSVParser parser = CSVParser.parse(
                of.folder().resolve(file),
                StandardCharsets.UTF_8,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            return parser.getRecords();
        }
    }

    @Test
    void theSameSnapshotGivesTheSameBytes() throws IOException {
        for (Release before : List.of(results, analysis)) {
            Map<String, String> bytes = new TreeMap<>();
            try (Stream<Path> files = Files.list(before.folder())) {
                for (Path file : files.toList()) {
                    bytes.put(file.getFileName().toString(), Files.readString(file));
                }
            }
            Release again = release(before.kind());
            assertThat(again.sha256()).isEqualTo(before.sha256());
            assertThat(again.folder()).isEqualTo(before.folder());
            assertThat(again.id()).isNotEqualTo(before.id());
            for (Map.Entry<String, String> file : bytes.entrySet()) {
                assertThat(again.folder().resolve(file.getKey())).hasContent(file.getValue());
            }
        }
    }

    @Test
    void eachReleaseIsNoted() {
        assertThat(night.query("select snapshot_id, kind, requested_by, sha256, status from comparison.release"
                        + " order by release_id limit 2"))
                .containsExactly(
                        results.snapshot() + "|results|somebody|" + results.sha256() + "|released",
                        analysis.snapshot() + "|analysis|somebody|" + analysis.sha256() + "|released");
    }

    /** As whoever has it would recount: nothing told is small, and nothing withheld follows from a total as a small count. */
    @Test
    void noSmallCountIsToldOrFollowsFromTheTotal() throws IOException {
        Set<String> randomised = new HashSet<>(
                night.query("select site_code from warehouse.site where study_code = 'mbt-tau' and randomised"));
        Map<String, Map<String, Long>> told = new HashMap<>();
        Set<String> withheld = new HashSet<>();
        for (CSVRecord row : rows(results, "results.csv")) {
            String question = row.get("outcome_code") + "/" + row.get("interval_code") + row.get("period_code");
            if (row.get("reason").equals("withheld")) {
                withheld.add(question + "@" + row.get("site_code"));
                assertThat(row.get("estimate")
                                + row.get("ci_low")
                                + row.get("ci_high")
                                + row.get("p_value")
                                + row.get("p_adjusted"))
                        .isEmpty();
            } else if (Set.of("n", "events", "people_with_event").contains(row.get("quantity"))
                    && !(row.get("method").equals("event_rate")
                            && row.get("quantity").equals("events"))
                    && !row.get("estimate").isEmpty()) {
                told.computeIfAbsent(question + "@" + row.get("site_code"), table -> new TreeMap<>())
                        .put(
                                row.get("arm_code") + " " + row.get("quantity"),
                                Math.round(Double.parseDouble(row.get("estimate"))));
            }
        }
        assertThat(withheld).hasSizeGreaterThan(50).noneMatch(told::containsKey);
        assertThat(told)
                .hasSizeGreaterThan(200)
                .allSatisfy((table, counts) -> assertThat(counts.values()).noneMatch(ReleaseTest::isSmall));
        told.forEach((table, total) -> {
            String question = table.substring(0, table.indexOf('@'));
            if (table.endsWith("@ALL")) {
                Map<String, Long> rest = new TreeMap<>(total);
                randomised.forEach(site -> told.getOrDefault(question + "@" + site, Map.of())
                        .forEach((name, count) -> rest.merge(name, -count, Long::sum)));
                assertThat(rest.values()).as(table).noneMatch(ReleaseTest::isSmall);
            }
        });
    }

    private static boolean isSmall(long count) {
        return count >= 1 && count < LEAST;
    }

    @Test
    void theFourCategoriesOfAnOutcomeAreWithheldTogether() throws IOException {
        Map<String, Set<String>> bySite = new HashMap<>();
        for (CSVRecord row : rows(results, "results.csv")) {
            if (row.get("outcome_code").startsWith("DEP_")
                    && row.get("method").equals("binary_two_arm")
                    && row.get("quantity").equals("events")
                    && (row.get("reason").isEmpty() || row.get("reason").equals("withheld"))) {
                bySite.computeIfAbsent(row.get("interval_code") + "@" + row.get("site_code"), place -> new HashSet<>())
                        .add(row.get("reason"));
            }
        }
        assertThat(bySite)
                .isNotEmpty()
                .allSatisfy((place, reasons) -> assertThat(reasons).hasSize(1));
    }

    @Test
    void analystsGetEveryDataSetAndNobodysRecordId() throws IOException {
        assertThat(rows(analysis, "ADSL.csv")).hasSize(240);
        for (String dataSet : List.of("ADQS", "ADQSGRID", "ADEVENT", "ADTTE", "ADPARAM", "ADPERIOD", "CODELIST")) {
            assertThat(rows(analysis, dataSet + ".csv"))
                    .as(dataSet)
                    .hasSize(Integer.parseInt(night.query("select count(*) from adam.\"" + dataSet + '"')
                            .get(0)));
        }
        Set<String> records = new HashSet<>(night.query("select record_id from identity.participant"));
        for (String file : List.of("ADSL.csv", "ADQS.csv", "ADEVENT.csv", "ADTTE.csv")) {
            for (CSVRecord row : rows(analysis, file)) {
                assertThat(row.stream()
                                .filter(cell -> cell.matches(".*[A-Za-z].*"))
                                .anyMatch(records::contains))
                        .isFalse();
            }
        }
    }

    @Test
    void everyVariableIsInTheDictionaryWithALabel() throws IOException {
        Set<String> known = new HashSet<>();
        for (CSVRecord row : rows(analysis, "dictionary.csv")) {
            assertThat(row.get("label")).isNotEmpty();
            known.add(row.get("data_set") + "." + row.get("variable"));
        }
        for (String file : List.of("ADSL", "ADQS", "ADQSGRID", "ADEVENT", "ADTTE", "ADPARAM", "ADPERIOD", "CODELIST")) {
            rows(analysis, file + ".csv")
                    .get(0)
                    .toMap()
                    .keySet()
                    .forEach(name -> assertThat(known).contains(file + "." + name));
        }
    }

    @Test
    void refusesWhatWasNotCompared(@TempDir Path other) {
        try (TestNight unfinished = new TestNight(other)) {
            unfinished.put("alpha", "alpha_2021-01-01.csv", RepeatedNightTest.twelve("A"));
            unfinished.publish();
            assertThatThrownBy(
                            () -> unfinished.context().getBean(Releasing.class).release(Kind.RESULTS, "me"))
                    .isInstanceOf(RunRefused.class)
                    .hasMessage("The current snapshot, 1, has not been compared yet. Run nightly first, without"
                            + " --snapshot-only.");
        }
    }
}
