package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.comparison.EstimatePage.Entry;
import org.equipoise.comparison.ReferenceRecord.Value;
import org.equipoise.definition.Looks;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.RepeatedModels;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Tier;
import org.equipoise.testing.ReferencePacks;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Public reference results of outcomes that are no scores (R 4.2), each number found in the rows as the page on estimates
 * says. The packs lie outside the repository; {@code -Dequipoise.reference=DIR} says where.
 */
class OutcomeTypesTest {
    private static final PeriodCode PERIOD = new PeriodCode("p");
    private static final double DAYS_A_MONTH = 30.4375;
    private static final String ONE_SITE = "one";

    /** One pack: which methods, and how its rows become cells. */
    private record Pack(String name, OutcomeType type, Set<String> methods, double daysAUnit) {}

    private static final List<Pack> ALL = List.of(
            new Pack("respiratory", OutcomeType.BINARY, Set.of("binary_two_arm", "mantel_haenszel_by_site"), 1),
            new Pack(
                    "bladder",
                    OutcomeType.COUNT,
                    Set.of("poisson_rate_ratio", "negative_binomial_rate_ratio"),
                    DAYS_A_MONTH),
            new Pack(
                    "veteran",
                    OutcomeType.TIME_TO_EVENT,
                    Set.of(
                            "kaplan_meier",
                            "logrank",
                            "logrank_stratified_by_site",
                            "cox_ph",
                            "cox_ph_stratified_by_site",
                            "rmst_difference"),
                    DAYS_A_MONTH),
            new Pack(
                    "myeloid",
                    OutcomeType.TIME_TO_EVENT,
                    Set.of("cumulative_incidence", "cumulative_incidence_difference", "gray_test"),
                    1));

    @TestFactory
    Stream<DynamicTest> everyNumberIsFoundWhereThePageSays() {
        EstimatePage page = EstimatePage.read();
        return ALL.stream().flatMap(pack -> {
            if (!Files.isDirectory(ReferencePacks.folder(pack.name()))) {
                return Stream.of(dynamicTest("not compared: no pack " + pack.name(), () -> assumeTrue(false)));
            }
            JsonNode file = JsonMapper.builder()
                    .build()
                    .readTree(ReferencePacks.folder(pack.name())
                            .resolve("expected.json")
                            .toFile());
            return StreamSupport.stream(file.get("results").spliterator(), false)
                    .map(ReferenceRecord::new)
                    .filter(record -> pack.methods().contains(record.text("method")))
                    .filter(record -> Set.of("", "efron").contains(record.selected("ties")))
                    .filter(record -> !record.text("id").contains("_adj/"))
                    .map(record -> dynamicTest(
                            pack.name() + " " + record.text("id"),
                            () -> assertThat(new Comparison(pack, file, record, page).differences())
                                    .isEmpty()));
        });
    }

    /** One record and the rows that answer it. */
    private static final class Comparison {
        private final Pack pack;
        private final ReferenceRecord record;
        private final EstimatePage page;
        private final String treatment;
        private final String control;
        private final List<Estimate> answers;
        private final List<String> differences = new ArrayList<>();

        Comparison(Pack pack, JsonNode file, ReferenceRecord record, EstimatePage page) throws IOException {
            this.pack = pack;
            this.record = record;
            this.page = page;
            JsonNode arms = record.node().get("select").path("arms");
            treatment = arms.isArray()
                    ? arms.get(0).asString()
                    : file.get("treatment").asString();
            control = arms.isArray()
                    ? arms.get(1).asString()
                    : file.get("control").asString();
            answers = answers();
        }

        private boolean isBySite() {
            return record.text("method").endsWith("_by_site");
        }

        private List<Estimate> answers() throws IOException {
            Study study = study();
            List<OutcomeRow> rows = rows();
            String site = record.selected("site");
            String scope = isBySite() ? Scope.OVER_SITES : site.isEmpty() ? ONE_SITE : site;
            Question question = new Question(
                    study.outcomes().get(0),
                    Place.over(study, study.outcomes().get(0), PERIOD),
                    scope.equals(Scope.OVER_SITES)
                            ? Scope.over(rows.stream().map(OutcomeRow::site).toList())
                            : Scope.of(scope),
                    List.of(Study.Endpoint.VALUE),
                    true);
            return new Comparer(study).compare(question, AnalysisSet.of(study, question.outcome(), rows));
        }

        private Study study() {
            Study base = TestStudy.of(Conduct.COMPLETED, treatment, control);
            Outcome outcome = new Outcome(
                    new OutcomeCode("X"),
                    "X",
                    pack.type(),
                    Direction.LOWER_IS_BETTER,
                    Tier.PRIMARY,
                    "people",
                    new OfEvents(List.of()),
                    List.of(),
                    List.of(PERIOD),
                    List.of(),
                    false,
                    Optional.empty());
            return TestStudy.with(
                    base,
                    List.of(),
                    new FollowUp(
                            List.of(), List.of(), List.of(new Period(PERIOD, "all", 0, 3000)), 0.9, 31, horizons()),
                    List.of(outcome),
                    new Study.Comparisons(
                            List.of(),
                            List.of(),
                            RepeatedModels.NONE,
                            List.of(),
                            Looks.NONE,
                            List.of(),
                            Optional.empty()));
        }

        private List<Integer> horizons() {
            JsonNode at = record.node().get("result").path("at");
            if (record.node().get("select").has("tau")) {
                return List.of(record.node().get("select").get("tau").intValue());
            }
            return IntStream.range(0, at.size())
                    .mapToObj(i -> (int) month(at.get(i)))
                    .toList();
        }

        private static double month(JsonNode point) {
            return point.has("months")
                    ? point.get("months").doubleValue()
                    : point.get("time").doubleValue();
        }

        private List<OutcomeRow> rows() throws IOException {
            try (CSVParser parser = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(Files.newBufferedReader(
                            ReferencePacks.folder(pack.name()).resolve("data.csv"), StandardCharsets.UTF_8))) {
                Predicate<CSVRecord> selected = line ->
                        (record.selected("visit").isEmpty() || line.get("visit").equals(record.selected("visit")))
                                && !(line.isMapped("exposure_months")
                                        && line.get("exposure_months").equals("0"));
                return parser.stream().filter(selected).map(this::row).toList();
            }
        }

        private OutcomeRow row(CSVRecord line) {
            boolean keepsSites = isBySite() || !record.selected("site").isEmpty();
            @Nullable Double value;
            @Nullable Short ending = null;
            double exposure = 1;
            switch (pack.type()) {
                case BINARY -> {
                    value = number(line, "value");
                    ending = value == null ? null : value.shortValue();
                }
                case COUNT -> {
                    value = number(line, "value");
                    exposure = Objects.requireNonNull(number(line, "exposure_months")) * pack.daysAUnit();
                }
                default -> {
                    value = Objects.requireNonNull(number(line, "time")) * pack.daysAUnit();
                    ending = ending(line);
                }
            }
            return new OutcomeRow(
                    keepsSites ? line.get("site") : ONE_SITE,
                    line.get("arm"),
                    "{}",
                    new Double[] {value},
                    new String[] {value == null ? "no_record" : null},
                    new Short[] {ending},
                    new Double[] {exposure},
                    null,
                    null,
                    new Integer[1]);
        }

        /** The record's cause is the event, the other one competes. */
        private short ending(CSVRecord line) {
            if (line.isMapped("status")) {
                return Short.parseShort(line.get("status"));
            }
            String code = line.get("event");
            return (short) (code.equals("0") ? 0 : code.equals(record.selected("event_code")) ? 1 : 2);
        }

        private static @Nullable Double number(CSVRecord line, String column) {
            return line.get(column).isEmpty() ? null : Double.valueOf(line.get(column));
        }

        List<String> differences() {
            JsonNode result = record.node().get("result");
            Double horizon = record.node().get("select").has("tau")
                    ? record.node().get("select").get("tau").doubleValue()
                    : null;
            for (String key : result.propertyNames()) {
                JsonNode value = result.get(key);
                if (key.equals("at")) {
                    value.forEach(point -> collect("at", point, month(point)));
                } else if (value.isObject()) {
                    collect(key, value, horizon);
                } else {
                    compare(key, value, horizon);
                }
            }
            return differences;
        }

        private void collect(String key, JsonNode values, @Nullable Double at) {
            values.propertyNames().forEach(inner -> compare(key + "." + inner, values.get(inner), at));
        }

        private void compare(String key, JsonNode value, @Nullable Double at) {
            Optional<Entry> entry = page.find(record.text("method"), key);
            if (!value.isNumber() || entry.isEmpty()) {
                return;
            }
            Value expected = new Value(key, "", value.doubleValue());
            Double actual = entry.get().read(entry.get().find(answers, variant(), arm(key), at));
            if (actual == null || !record.agrees(expected, actual)) {
                differences.add(String.format(Locale.ROOT, "%s: expected %s, got %s", key, expected.number(), actual));
            }
        }

        private String variant() {
            return record.text("method").startsWith("cox")
                            || record.text("method").startsWith("negative_binomial")
                    ? "site"
                    : "value";
        }

        private String arm(String key) {
            return key.contains("treatment") ? treatment : key.contains("control") ? control : record.selected("arm");
        }
    }
}
