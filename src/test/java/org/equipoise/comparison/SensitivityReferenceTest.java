package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rows about missing values against R, which draws from the same posteriors by another road. Random numbers cannot be
 * the same: {@code sensitivity.R} says beforehand how far Monte Carlo error may take the two apart, and gives the range.
 */
class SensitivityReferenceTest {
    /** As many as the ranges were laid down for. */
    private static final int IMPUTATIONS = 400;

    private static List<Estimate> scores = List.of();
    private static List<Estimate> risks = List.of();

    @BeforeAll
    static void answer() throws IOException {
        scores = answers(OutcomeType.CONTINUOUS, "sensitivity-scores.csv");
        risks = answers(OutcomeType.BINARY, "sensitivity-risks.csv");
    }

    private static List<Estimate> answers(OutcomeType type, String file) throws IOException {
        Study study = SensitivityTest.study(type, Conduct.COMPLETED, IMPUTATIONS, List.of(5.0, 10.0, 15.0, 20.0));
        List<OutcomeRow> rows = new ArrayList<>();
        for (CSVRecord line : read(file)) {
            rows.add(SensitivityTest.person(
                    line.get("site"),
                    line.get("arm").equals("MBT"),
                    "no_record",
                    number(line.get("baseline")),
                    number(line.get("m6")),
                    number(line.get("m12"))));
        }
        return SensitivityTest.answers(study, rows).stream()
                .filter(row -> row.site().equals(Scope.OVER_SITES))
                .toList();
    }

    private static @Nullable Double number(String text) {
        return text.isEmpty() ? null : Double.valueOf(text);
    }

    private static List<CSVRecord> read(String file) throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(SensitivityReferenceTest.class.getResourceAsStream(file)),
                StandardCharsets.UTF_8)) {
            return CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)
                    .getRecords();
        }
    }

    @TestFactory
    Stream<DynamicTest> liesWithinMonteCarloErrorOfR() throws IOException {
        return read("sensitivity-expected.csv").stream()
                .map(line -> DynamicTest.dynamicTest(
                        String.join(
                                " ",
                                line.get("method"),
                                line.get("variant"),
                                line.get("quantity"),
                                line.get("at"),
                                line.get("what")),
                        () -> assertThat(found(line))
                                .isBetween(Double.parseDouble(line.get("low")), Double.parseDouble(line.get("high")))));
    }

    /** Ratios are pooled on their logarithm, and that is what R tells. */
    private static double found(CSVRecord line) {
        String[] quantity = line.get("quantity").split(" ", -1);
        Estimate row = find(
                line.get("method"),
                line.get("variant"),
                quantity[0],
                quantity.length > 1 ? quantity[1] : null,
                line.get("at").isEmpty() ? null : line.get("at"));
        boolean ratio = List.of("rr", "or").contains(quantity[0]);
        return Objects.requireNonNull(
                switch (line.get("what")) {
                    case "estimate" -> ratio ? Double.valueOf(Math.log(estimate(row))) : row.estimate();
                    case "std_error" -> row.standardError();
                    default -> row.df();
                });
    }

    private static double estimate(Estimate row) {
        return Objects.requireNonNull(row.estimate());
    }

    private static Estimate find(
            String method, String variant, String quantity, @Nullable String arm, @Nullable String variable) {
        List<Estimate> found = Stream.concat(scores.stream(), risks.stream())
                .filter(row -> row.method().equals(method)
                        && row.variant().equals(variant)
                        && row.quantity().equals(quantity)
                        && Objects.equals(row.arm(), arm)
                        && Objects.equals(row.variable(), variable))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** In R p stays below 0.05 for every shift of both arms. */
    @Test
    void shiftOfBothArmsNeverTips() {
        assertThat(find("tipping_point", "value:both", "shift", null, null).reason())
                .isEqualTo("not_reached");
    }
}
