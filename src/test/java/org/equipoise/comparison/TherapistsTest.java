package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Tier;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mixed model where people share a therapist, over four made-up sites of which one is small: what the study's rows say
 * of the committed case {@code therapists}, which R computed ({@code mixed-model-clusters.R} beside it).
 */
class TherapistsTest {
    private static final String PACK = "/org/equipoise/statistics/reference/therapists/";
    private static final List<Interval> INTERVALS =
            List.of(TestStudy.BASELINE, interval("m06", 6), interval("m12", 12), interval("m24", 24));
    private static final String BY_GROUP = "planned:by_group";
    private static final String POOLED = "mmrm:planned";

    private static List<Estimate> answers = List.of();
    private static JsonNode records = JsonMapper.shared().createArrayNode();

    private static Interval interval(String code, int month) {
        return new Interval(new IntervalCode(code), month + " months", month);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(TherapistsTest.class.getResourceAsStream(PACK + name));
    }

    @BeforeAll
    static void answer() throws IOException {
        answers = answers(Scope.OVER_SITES, true);
        try (InputStream expected = resource("expected.json")) {
            records = JsonMapper.shared().readTree(expected).get("results");
        }
    }

    private static List<Estimate> answers(String scope, boolean clusters) throws IOException {
        Study study = TestStudy.of(
                Conduct.COMPLETED,
                "treatment",
                "control",
                INTERVALS,
                List.of(TestStudy.outcome("SEVERITY", Direction.LOWER_IS_BETTER, Tier.PRIMARY, INTERVALS)));
        RepeatedQuestion question =
                ComparisonPlan.of(study, Map.of("A", true, "B", true, "C", true, "D", true)).repeated().stream()
                        .filter(candidate -> candidate.scope().code().equals(scope))
                        .findFirst()
                        .orElseThrow();
        return new RepeatedComparison(Occasion.night(study), () -> 0)
                .compare(question, AnalysisSet.of(study, study.outcomes().get(0), rows(clusters)))
                .estimates();
    }

    private static List<OutcomeRow> rows(boolean clusters) throws IOException {
        Map<String, List<CSVRecord>> people = new LinkedHashMap<>();
        try (CSVParser parser = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new InputStreamReader(resource("data.csv"), StandardCharsets.UTF_8))) {
            parser.forEach(line -> people.computeIfAbsent(line.get("participant"), who -> new ArrayList<>())
                    .add(line));
        }
        return people.values().stream().map(lines -> row(lines, clusters)).toList();
    }

    private static OutcomeRow row(List<CSVRecord> lines, boolean clusters) {
        CSVRecord first = lines.get(0);
        @Nullable Double[] values = new Double[INTERVALS.size()];
        values[0] = Double.valueOf(first.get("baseline"));
        for (int i = 1; i < values.length; i++) {
            for (CSVRecord line : lines) {
                if (line.get("visit").equals(INTERVALS.get(i).code().value())) {
                    values[i] = Double.valueOf(line.get("value"));
                }
            }
        }
        String therapist = first.get("therapist");
        return new OutcomeRow(
                first.get("site"),
                first.get("arm"),
                "{}",
                values,
                new String[values.length],
                new Short[values.length],
                new Double[values.length],
                clusters && !therapist.isEmpty() ? therapist : null,
                null,
                new Integer[values.length]);
    }

    private static JsonNode expected(String id) {
        return StreamSupport.stream(records.spliterator(), false)
                .filter(record -> record.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow()
                .get("result");
    }

    private static Estimate row(String interval, String variant, String quantity, @Nullable String variable) {
        return row(answers, interval, variant, quantity, variable);
    }

    private static Estimate row(
            List<Estimate> rows, String interval, String variant, String quantity, @Nullable String variable) {
        List<Estimate> found = rows.stream()
                .filter(row -> interval.equals(row.interval())
                        && row.variant().equals(variant)
                        && row.quantity().equals(quantity)
                        && Objects.equals(row.variable(), variable))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static void assertClose(@Nullable Double actual, JsonNode expected, double relative) {
        assertThat(actual)
                .isCloseTo(expected.doubleValue(), within(relative * Math.abs(expected.doubleValue()) + 1e-7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void differencesAreToldAgainByTherapist(int at) {
        JsonNode expected = expected("us/therapists");
        JsonNode contrast = expected.get("cr2").get(at);
        String interval = contrast.get("visit").asString();
        Estimate row = row(interval, BY_GROUP, "contrasts", null);

        assertThat(row.method()).isEqualTo("mmrm_cluster_robust");
        assertClose(row.estimate(), contrast.get("estimate"), 1e-5);
        assertClose(row.standardError(), contrast.get("se"), 1e-5);
        assertClose(row.df(), contrast.get("df"), 1e-4);
        assertClose(row.p(), contrast.get("p"), 1e-4);
        assertThat(row.options())
                .contains(
                        "\"clusters\":\"therapy group or therapist\"",
                        "\"covariance\":\"us\"",
                        "\"inference\":\"cr2\"");
        assertClose(row(interval, BY_GROUP, "clusters", null).estimate(), expected.get("clusters"), 0);
        assertClose(
                row(interval, BY_GROUP, "icc", null).estimate(),
                expected("icc/therapists").get("icc").get(at),
                1e-6);
    }

    @Test
    void withoutTherapistsOnlyTheirNumberIsTold() throws IOException {
        assertThat(answers(Scope.OVER_SITES, false))
                .filteredOn(row -> row.variant().startsWith(BY_GROUP))
                .hasSize(3)
                .allMatch(row ->
                        row.quantity().equals("clusters") && Double.valueOf(0).equals(row.estimate()));
    }

    /**
     * Site A: groups of 6, 6, 6 and 4, therapists of 4, 6 and 9, three people alone. The mean size of a person's cluster is
     * 260/44, the design effect 1 + (260/44 - 1) 0.05.
     */
    @Test
    void fewTherapistsAreAlsoToldByAnAssumedDesignEffect() throws IOException {
        List<Estimate> there = answers("A", true);
        Estimate plain = row(there, "m12", "planned", "contrasts", null);
        Estimate inflated = row(there, "m12", BY_GROUP + ":design_effect", "contrasts", null);

        assertThat(row(there, "m12", BY_GROUP, "clusters", null).estimate()).isEqualTo(7);
        assertThat(inflated.estimate()).isEqualTo(plain.estimate());
        assertThat(inflated.standardError())
                .isCloseTo(
                        Objects.requireNonNull(plain.standardError()) * Math.sqrt(1 + (260.0 / 44 - 1) * 0.05),
                        within(1e-12));
        assertThat(answers).noneMatch(row -> row.variant().endsWith(":design_effect"));
    }

    @Test
    void armsAreComparedAtAllIntervalsAtOnce() {
        JsonNode expected = expected("us/change");
        Estimate change = row("m24", "planned", "f", "arm by interval");

        assertThat(change.method()).isEqualTo("mmrm_joint_test");
        assertClose(change.estimate(), expected.get("f"), 1e-5);
        assertClose(change.df(), expected.get("df"), 1e-4);
        assertClose(change.p(), expected.get("p"), 1e-4);
        assertClose(row("m24", "planned", "df1", "arm by interval").estimate(), expected.get("df1"), 0);
        assertThat(row("m24", "planned", "df1", "arm at all intervals").estimate())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m06", "m12", "m24"})
    void sitesOwnModelsArePooled(String interval) {
        JsonNode expected = expected("us/two_stage/" + interval);
        Estimate pooled = row(interval, POOLED, "estimate", null);

        assertThat(pooled.method()).isEqualTo("meta_hartung_knapp_floored");
        assertClose(row(interval, POOLED, "k", null).estimate(), expected.get("k"), 0);
        assertClose(pooled.estimate(), expected.get("estimate"), 1e-5);
        assertClose(pooled.standardError(), expected.get("se"), 1e-5);
        assertClose(pooled.df(), expected.get("df"), 0);
        assertClose(pooled.low(), expected.get("ci_lower"), 1e-5);
        assertClose(row(interval, POOLED, "hk_factor", null).estimate(), expected.get("hk_factor"), 1e-5);
        assertClose(row(interval, POOLED, "tau2", null).estimate(), expected.get("tau2"), 1e-5);
        assertClose(row(interval, POOLED, "Q", null).estimate(), expected.get("Q"), 1e-5);
        assertClose(row(interval, POOLED, "prediction", null).low(), expected.get("pi_lower"), 1e-5);
        assertClose(row(interval, POOLED, "prediction", null).high(), expected.get("pi_upper"), 1e-5);
        assertThat(pooled.options()).contains("\"sites_left_out\":\"1\"", "\"why_left_out\":\"D too_few_people\"");
    }
}
