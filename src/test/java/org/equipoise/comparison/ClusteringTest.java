package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.testing.ReferencePacks;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Standard errors by therapist and therapy group. */
class ClusteringTest {
    private static final Path PACK = ReferencePacks.folder("btheb");

    /** The reference pack's record bdi/m2/lm_cr2_therapist: R 4.2, clubSandwich's CR2 with Satterthwaite df. */
    @Test
    void contrastByTherapistIsThatOfTheReference() throws IOException {
        assumeTrue(Files.isDirectory(PACK), () -> "no folder " + PACK);

        Estimate arm = find(answers("therapist"), "baseline", "arm");

        assertThat(arm.estimate()).isCloseTo(-3.954360815894593, within(1e-8));
        assertThat(arm.standardError()).isCloseTo(2.761543407129329, within(1e-8));
        assertThat(arm.df()).isCloseTo(7.306172475419036, within(1e-7));
        assertThat(arm.p()).isCloseTo(0.19351964539217284, within(1e-8));
        assertThat(arm.low()).isCloseTo(-10.429307573610306, within(1e-7));
        assertThat(find(answers("therapist"), "baseline", "clusters").estimate())
                .isEqualTo(11);
    }

    @Test
    void whoeverHasNoGroupIsAClusterOfTheirOwn() throws IOException {
        assumeTrue(Files.isDirectory(PACK), () -> "no folder " + PACK);
        List<Estimate> answers = answers("therapy_group");

        Estimate own = find(answers, "baseline", "arm");
        assertThat(own.standardError()).isPositive();
        assertThat(own.df()).isGreaterThan(find(answers, "baseline", "clusters").estimate());
    }

    /**
     * Six people in clusters of three and three: the mean size of a person's cluster is 3, the design effect 1 + 2 x 0.05 =
     * 1.1.
     */
    @Test
    void fewClustersAreAlsoToldByAnAssumedDesignEffect() {
        List<OutcomeRow> rows = new ArrayList<>();
        double[] baselines = {20, 24, 22, 21, 25, 23};
        double[] values = {10, 15, 11, 19, 22, 18};
        for (int i = 0; i < values.length; i++) {
            rows.add(row("one", i < 3 ? "MBT" : "TAU", baselines[i], values[i], i < 3 ? "g1" : "g2"));
        }
        List<Estimate> answers = answers(TestStudy.completed(), rows, "one");
        Estimate plain = answers.stream()
                .filter(row -> row.method().equals("ancova")
                        && row.variant().equals("baseline")
                        && row.quantity().equals("contrast"))
                .findFirst()
                .orElseThrow();

        assertThat(find(answers, "baseline:design_effect", "arm").standardError())
                .isCloseTo(Objects.requireNonNull(plain.standardError()) * Math.sqrt(1.1), within(1e-12));
    }

    @Test
    void withoutClustersOnlyTheirNumberIsTold() {
        List<OutcomeRow> rows = List.of(
                row("one", "MBT", 20, 10, null),
                row("one", "MBT", 24, 15, null),
                row("one", "TAU", 21, 19, null),
                row("one", "TAU", 25, 22, null));

        assertThat(answers(TestStudy.completed(), rows, "one"))
                .filteredOn(row -> row.method().equals("lm_cluster_robust")
                        && row.variant().equals("baseline"))
                .singleElement()
                .matches(row ->
                        row.quantity().equals("clusters") && Double.valueOf(0).equals(row.estimate()));
    }

    private static Estimate find(List<Estimate> rows, String variant, String quantity) {
        return rows.stream()
                .filter(row -> row.method().equals("lm_cluster_robust")
                        && row.variant().equals(variant)
                        && row.quantity().equals(quantity))
                .findFirst()
                .orElseThrow();
    }

    private static OutcomeRow row(String site, String arm, double baseline, double value, @Nullable String cluster) {
        return new OutcomeRow(
                site,
                arm,
                "{\"sex\": \"f\"}",
                new Double[] {baseline, value},
                new String[2],
                new Short[2],
                new Double[2],
                cluster,
                null,
                new Integer[2]);
    }

    private static List<Estimate> answers(Study study, List<OutcomeRow> rows, String site) {
        Question question = ComparisonPlan.of(study, Map.of(site, true)).questions().stream()
                .filter(candidate -> candidate.place().code().equals("m12")
                        && candidate.scope().code().equals(site))
                .findFirst()
                .orElseThrow();
        return new Comparer(study)
                .compare(question, AnalysisSet.of(study, study.outcomes().get(0), rows));
    }

    private static List<Estimate> answers(String column) throws IOException {
        Map<String, CSVRecord> second = new LinkedHashMap<>();
        try (CSVParser parser = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(PACK.resolve("data.csv"), StandardCharsets.UTF_8))) {
            for (CSVRecord line : parser) {
                if (line.get("visit").equals("m2") && !line.get("value").isEmpty()) {
                    second.put(line.get("participant"), line);
                }
            }
        }
        return answers(
                TestStudy.of(Conduct.COMPLETED, "BtheB", "TAU"),
                second.values().stream()
                        .map(line -> row(
                                "1",
                                line.get("arm"),
                                Double.parseDouble(line.get("baseline")),
                                Double.parseDouble(line.get("value")),
                                line.get(column).isEmpty() ? null : line.get(column)))
                        .toList(),
                "1");
    }
}
