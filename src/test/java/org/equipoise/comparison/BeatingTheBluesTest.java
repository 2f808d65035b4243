package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.equipoise.comparison.EstimatePage.Entry;
import org.equipoise.comparison.ReferenceRecord.Value;
import org.equipoise.comparison.RepeatedRecord.Expected;
import org.equipoise.comparison.RepeatedRecord.OfEstimate;
import org.equipoise.comparison.RepeatedRecord.OfModel;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.Study;
import org.equipoise.testing.ReferencePacks;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public reference results of Beating the Blues: the file as its owner published it goes through a whole night, and
 * each number is read from {@code comparison.estimate} where the page on estimates says that it is. The
 * pack lies outside the repository; {@code -Dequipoise.reference=DIR} says where. Without it {@link TwoSitesTest} still
 * holds the methods.
 */
class BeatingTheBluesTest {
    private static final Path PACK = ReferencePacks.folder("btheb");
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

    private static final Set<String> REPEATED =
            Set.of("mmrm", "mmrm_cluster_robust", "mmrm_linear_combination", "random_intercept_lmm");

    private static final List<String> COLUMNS =
            List.of("estimate", "std_error", "df", "statistic", "p_value", "ci_low", "ci_high");

    @TempDir
    private Path folder;

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
        List<ReferenceRecord> repeated = records(REPEATED);
        assertThat(repeated)
                .as("15 by REML, 2 by ML, proportional means, 2 clustered, 2 of combinations, 2 random intercepts")
                .hasSize(24);
        Map<String, String> models = new HashMap<>();
        Map<String, List<String>> published = published(study, repeated, models);
        EstimatePage page = EstimatePage.read();
        List<ReferenceRecord> records = records(METHODS);
        assertThat(records)
                .as("8 at each of 5 visits, 8 more at each of 4 follow-ups")
                .hasSize(72);
        List<String> scopes = List.of("btheb", Scope.OVER_SITES);
        return Stream.concat(
                records.stream()
                        .flatMap(record -> scopes.stream()
                                .map(scope -> dynamicTest(
                                        record.text("id") + " at " + scope,
                                        () -> assertThat(differences(page, record, published, scope, study))
                                                .isEmpty()))),
                repeated.stream()
                        .flatMap(record -> scopes.stream()
                                .map(scope -> dynamicTest(
                                        record.text("id") + " at " + scope,
                                        () -> assertThat(differences(record, published, models, scope, study))
                                                .isEmpty()))));
    }

    private static List<ReferenceRecord> records(Set<String> methods) {
        return StreamSupport.stream(
                        JsonMapper.builder()
                                .build()
                                .readTree(PACK.resolve("expected.json").toFile())
                                .get("results")
                                .spliterator(),
                        false)
                .map(ReferenceRecord::new)
                .filter(record -> methods.contains(record.text("method")))
                .toList();
    }

    /** The published file through a whole night. */
    private Map<String, List<String>> published(Study study, List<ReferenceRecord> repeated, Map<String, String> models)
            throws IOException {
        Map<String, List<String>> numbers = new HashMap<>();
        try (TestNight night = new TestNight(folder, Path.of("jobs"), "studies/btheb.yaml", TestDatabase.fresh())) {
            night.put("btheb", "BtheB.csv", Files.readAllBytes(PACK.resolve("BtheB.csv")));
            assertThat(TestNight.standing(night.run())).containsExactly("BtheB.csv effective 100=100+0+0+0");
            for (String row : night.query("select " + String.join(", ", COLUMNS) + ", interval_code, site_code, method,"
                    + " variant, quantity, coalesce(arm_code, ''), coalesce(variable, '') from comparison.estimate")) {
                List<String> cells = List.of(row.split("\\|", -1));
                numbers.merge(
                        String.join("|", cells.subList(COLUMNS.size(), cells.size())),
                        cells,
                        (one, two) -> List.of("two rows"));
            }
            for (ReferenceRecord record : repeated) {
                readModels(night, new RepeatedRecord(record), study, models);
            }
        }
        return numbers;
    }

    /** What the record's model came to, by variant, site and expression. */
    private static void readModels(TestNight night, RepeatedRecord record, Study study, Map<String, String> models) {
        String variant = record.model(study).variant();
        List<String> expressions = record.numbers(study).stream()
                .map(Expected::place)
                .filter(OfModel.class::isInstance)
                .map(place -> ((OfModel) place).expression())
                .distinct()
                .toList();
        for (String row : night.query("select site_code, " + String.join(", ", expressions)
                + " from comparison.model where variant = '" + variant + "'")) {
            List<String> cells = List.of(row.split("\\|", -1));
            for (int i = 0; i < expressions.size(); i++) {
                models.put(variant + "|" + cells.get(0) + "|" + expressions.get(i), cells.get(i + 1));
            }
        }
    }

    private static List<String> differences(
            ReferenceRecord reference,
            Map<String, List<String>> published,
            Map<String, String> models,
            String site,
            Study study) {
        RepeatedRecord record = new RepeatedRecord(reference);
        String variant = record.model(study).variant();
        List<String> differences = new ArrayList<>();
        for (Expected expected : record.numbers(study)) {
            String actual = expected.place() instanceof OfEstimate at
                    ? published
                            .getOrDefault(
                                    String.join(
                                            "|",
                                            at.interval(),
                                            site,
                                            at.method(),
                                            at.variant(),
                                            at.quantity(),
                                            at.arm(),
                                            at.variable()),
                                    List.of("no row", "", "", "", "", "", ""))
                            .get(COLUMNS.indexOf(at.column()))
                    : models.getOrDefault(
                            variant + "|" + site + "|" + ((OfModel) expected.place()).expression(), "no model");
            Value value = new Value(expected.key(), "", expected.number());
            if (!actual.matches("[-+.0-9Ee]+") || !reference.agrees(value, Double.parseDouble(actual))) {
                differences.add(String.format(
                        Locale.ROOT,
                        "%s %s: expected %s, got %s",
                        expected.key(),
                        expected.place(),
                        expected.number(),
                        actual));
            }
        }
        return differences;
    }

    private static String place(Study study, ReferenceRecord record, Entry entry, String of, String site) {
        return String.join(
                "|",
                record.selected("visit"),
                site,
                entry.method(),
                entry.variant().replaceFirst("\\{[a-z]+}", variant(study, record)),
                entry.quantity(),
                entry.of().equals("arm_code") ? of : "",
                entry.of().equals("variable") ? of : "");
    }

    private static List<String> differences(
            EstimatePage page, ReferenceRecord record, Map<String, List<String>> published, String site, Study study) {
        List<String> differences = new ArrayList<>();
        for (Value expected : record.values()) {
            if (page.notOffered().contains(expected.key())) {
                continue;
            }
            Entry entry = page.find(record.text("method"), expected.key())
                    .orElseThrow(() -> new AssertionError("the page does not tell " + expected.key()));
            String of = expected.of().isEmpty() ? record.selected("arm") : expected.of();
            String actual = published
                    .getOrDefault(place(study, record, entry, of, site), List.of("no row"))
                    .get(COLUMNS.indexOf(entry.column()));
            if (actual.equals("null") || !record.agrees(expected, Double.parseDouble(actual))) {
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
}
