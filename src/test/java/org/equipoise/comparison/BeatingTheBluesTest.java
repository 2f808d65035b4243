package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.comparison.EstimatePage.Entry;
import org.equipoise.comparison.ReferenceRecord.Value;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.Study;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public reference results of Beating the Blues, each number found in the rows as the page on estimates says. The
 * pack lies outside the repository; {@code -Dequipoise.reference=DIR} says where. Without it {@link TwoSitesTest} still
 * holds the methods.
 */
class BeatingTheBluesTest {
    private static final Path PACK = Path.of(System.getProperty("equipoise.reference", "../shared/reference"))
            .resolve("btheb");
    private static final Set<String> METHODS = Set.of(
            "descriptives",
            "welch_t",
            "pooled_t",
            "variance_ratio_F",
            "standardised_mean_difference",
            "mann_whitney",
            "hodges_lehmann_asymptotic",
            "paired_t_change",
            "ancova");

    @TestFactory
    Stream<DynamicTest> everyNumberIsFoundWhereThePageSays() throws IOException {
        if (!Files.isDirectory(PACK)) {
            // one skipped test is counted and named; a factory that gives up is not
            return Stream.of(dynamicTest(
                    "not compared: no folder " + PACK,
                    () -> assumeTrue(
                            false,
                            () -> "no folder " + PACK + "; give the packs' place with -Dequipoise.reference=DIR")));
        }
        Study study = DefinitionLoader.load(Path.of("jobs"), Path.of("jobs/studies/btheb.yaml"))
                .bundle()
                .orElseThrow()
                .study();
        AnalysisSet set = AnalysisSet.of(study, rows(study));
        EstimatePage page = EstimatePage.read();
        List<ReferenceRecord> records = records();
        assertThat(records)
                .as("8 at each of 5 visits, 8 more at each of 4 follow-ups")
                .hasSize(72);
        return records.stream()
                .flatMap(record -> Stream.of("1", Scope.OVER_SITES)
                        .map(scope -> dynamicTest(
                                record.text("id") + " at " + scope,
                                () -> assertThat(differences(page, record, answers(study, set, record, scope), study))
                                        .isEmpty())));
    }

    private static List<ReferenceRecord> records() {
        return StreamSupport.stream(
                        JsonMapper.builder()
                                .build()
                                .readTree(PACK.resolve("expected.json").toFile())
                                .get("results")
                                .spliterator(),
                        false)
                .map(ReferenceRecord::new)
                .filter(record -> METHODS.contains(record.text("method")))
                .toList();
    }

    private static List<Estimate> answers(Study study, AnalysisSet set, ReferenceRecord record, String scope) {
        Question question = ComparisonPlan.of(study, Map.of("1", true)).questions().stream()
                .filter(candidate -> candidate.interval().code().value().equals(record.selected("visit"))
                        && candidate.scope().code().equals(scope))
                .findFirst()
                .orElseThrow();
        return new Comparer(study).compare(question, set);
    }

    private static List<String> differences(
            EstimatePage page, ReferenceRecord record, List<Estimate> answers, Study study) {
        List<String> differences = new ArrayList<>();
        for (Value expected : record.values()) {
            if (page.notOffered().contains(expected.key())) {
                continue;
            }
            Entry entry = page.find(record.text("method"), expected.key())
                    .orElseThrow(() -> new AssertionError("the page does not tell " + expected.key()));
            String of = expected.of().isEmpty() ? record.selected("arm") : expected.of();
            Double actual = entry.read(entry.find(answers, variant(study, record), of));
            if (actual == null || !record.agrees(expected, actual)) {
                differences.add(String.format(
                        Locale.ROOT, "%s %s: expected %s, got %s", expected.key(), of, expected.number(), actual));
            }
        }
        return differences;
    }

    private static String variant(Study study, ReferenceRecord record) {
        String model = record.selected("model");
        if (model.isEmpty()) {
            return record.selected("endpoint").isEmpty() ? "value" : "change";
        }
        return study.comparisons().ancova().stream()
                .filter(candidate -> Stream.concat(Stream.of("arm", "baseline"), candidate.factors().stream())
                        .toList()
                        .equals(List.of(model.split(" \\+ ", -1))))
                .findFirst()
                .orElseThrow()
                .variant();
    }

    private static List<OutcomeRow> rows(Study study) throws IOException {
        Map<String, CSVRecord> first = new LinkedHashMap<>();
        Map<String, @Nullable Double[]> values = new LinkedHashMap<>();
        List<String> visits = study.intervals().stream()
                .map(interval -> interval.code().value())
                .toList();
        try (CSVParser parser = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(PACK.resolve("data.csv"), StandardCharsets.UTF_8))) {
            for (CSVRecord line : parser) {
                String participant = line.get("participant");
                first.putIfAbsent(participant, line);
                @Nullable Double[] series = values.computeIfAbsent(participant, key -> new Double[visits.size()]);
                String value = line.get("value");
                series[visits.indexOf(line.get("visit"))] = value.isEmpty() ? null : Double.valueOf(value);
            }
        }
        return first.entrySet().stream()
                .map(entry -> TestStudy.row(
                        entry.getValue().get("site"),
                        entry.getValue().get("arm"),
                        JsonMapper.builder()
                                .build()
                                .writeValueAsString(Map.of(
                                        "drug", entry.getValue().get("drug"),
                                        "length", entry.getValue().get("length"))),
                        values.getOrDefault(entry.getKey(), new Double[0]),
                        "no_record"))
                .toList();
    }
}
