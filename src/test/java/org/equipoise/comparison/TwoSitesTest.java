package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.comparison.EstimatePage.Entry;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Twenty made-up participants at two sites. Numbers by R 4.2.2, emmeans 1.8 and metafor 3.8 ({@code two-sites.R} beside
 * the data), relative 1e-10.
 */
class TwoSitesTest {
    private static final double RELATIVE = 1e-10;

    private static List<OutcomeRow> rows() throws IOException {
        List<OutcomeRow> rows = new ArrayList<>();
        try (Reader reader = new InputStreamReader(
                        Objects.requireNonNull(TwoSitesTest.class.getResourceAsStream("two-sites.csv")),
                        StandardCharsets.UTF_8);
                CSVParser parser = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)) {
            for (CSVRecord line : parser) {
                String arm = line.get("arm");
                String sex = line.get("sex");
                rows.add(TestStudy.row(
                        line.get("site"),
                        arm.isEmpty() ? null : arm,
                        sex.isEmpty() ? "{}" : "{\"sex\": \"" + sex + "\"}",
                        number(line.get("baseline")),
                        number(line.get("m12"))));
            }
        }
        return rows;
    }

    private static @Nullable Double number(String text) {
        return text.isEmpty() ? null : Double.valueOf(text);
    }

    private static List<Estimate> answers(String scope) throws IOException {
        return TestStudy.answers(TestStudy.completed(), rows(), TestStudy.M12, scope);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, ancova, baseline, contrast, '', '', -5.44114737883283883, 0.96527132239068258, -7.54429292016750885, -3.3380018374981684",
        "ALL, ancova, baseline, coefficients, '', sitenorthgate, -1.01483679525222548, 0.96941876489252021, -3.12701883752020748, 1.0973452470157563",
        "ALL, ancova, baseline, coefficients, '', (Intercept), -0.89812067260139150, 2.97044253264527214, -7.37015897251812468, 5.5739176273153426",
        "ALL, ancova, baseline, lsmeans_equal_weights, MBT, '', 9.7178536102868449, 0.68428170193584459, 8.2269318590024998, 11.208775361571190",
        "ALL, ancova, baseline, lsmeans_proportional_weights, TAU, '', 15.095573689416419, 0.67529614496362567, 13.6242297849448502, 16.566917593887986",
        "ALL, ancova, baseline, sigma, '', '', 1.8892864343778841, , ,",
        "ALL, ancova, baseline, n, '', '', 16, , ,",
        "ALL, ancova, baseline, df_residual, '', '', 12, , ,",
        "ALL, ancova, strata, contrast, '', '', -5.69492203118752371, 1.01241337715143231, ,",
        "ALL, ancova, strata, n, '', '', 15, , ,",
        "lindholm, ancova, baseline, contrast, '', '', -5.084358523725832413, 1.727981083565057752, ,",
        "ALL, welch_t, value, diff, '', '', -4.972222222222221, 1.697564133071458592, -8.619156149273194956, -1.325288295171249242",
        "ALL, standardised_mean_difference, value:LS, hedges_g, '', '', -1.365752311069369, , ,",
        "ALL, mann_whitney, value, U_treatment, '', '', 11.5, , ,",
        "ALL, mann_whitney, value, p_asymptotic_cc, '', '', 0.020686487216200124, , ,",
        "ALL, descriptives, value, n, MBT, '', 9, , ,",
        "ALL, descriptives, value, missing, TAU, '', 1, , ,",
        "ALL, descriptives, value, missing_by_reason, TAU, no_record, 1, , ,",
        "ALL, descriptives, change, n, MBT, '', 8, , ,",
    })
    void agreesWithR(
            String scope,
            String method,
            String variant,
            String quantity,
            String arm,
            String variable,
            double estimate,
            @Nullable Double standardError,
            @Nullable Double low,
            @Nullable Double high)
            throws IOException {
        Estimate row = answers(scope).stream()
                .filter(candidate -> candidate.method().equals(method)
                        && candidate.variant().equals(variant)
                        && candidate.quantity().equals(quantity)
                        && arm.equals(candidate.arm() == null ? "" : candidate.arm())
                        && variable.equals(candidate.variable() == null ? "" : candidate.variable()))
                .findFirst()
                .orElseThrow();

        near(row.estimate(), estimate);
        near(row.standardError(), standardError);
        near(row.low(), low);
        near(row.high(), high);
    }

    private static void near(@Nullable Double actual, @Nullable Double expected) {
        if (expected != null) {
            assertThat(actual).isNotNull().isCloseTo(expected, within(RELATIVE * Math.abs(expected)));
        }
    }

    @Test
    void namesEachNumberOnce() throws IOException {
        assertThat(answers("ALL"))
                .extracting(row -> List.of(
                        row.method(),
                        row.variant(),
                        row.quantity(),
                        String.valueOf(row.arm()),
                        String.valueOf(row.variable())))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyQuantityIsOnThePage() throws IOException {
        List<String> told = EstimatePage.read().entries().stream()
                .map(entry -> entry.method() + "/" + entry.quantity())
                .distinct()
                .toList();

        assertThat(answers("ALL"))
                .extracting(row -> row.method() + "/" + row.quantity())
                .filteredOn(name -> !name.equals("descriptives/missing_by_reason"))
                .allSatisfy(name -> assertThat(told).contains(name));
    }

    @Test
    void everyEntryOfThePageHasARow() throws IOException {
        List<Estimate> answers = answers("ALL");

        Set<String> methods = answers.stream().map(Estimate::method).collect(Collectors.toSet());
        for (Entry entry : EstimatePage.read().entries()) {
            if (!methods.contains(entry.method())
                    || entry.variant().equals("{effect}")
                    || entry.method().equals("lm_cluster_robust")) {
                continue;
            }
            String of = entry.of().equals("arm_code") ? "MBT" : entry.of().isEmpty() ? "" : "baseline";
            String variant = entry.variant().contains("{model}") ? "strata" : "value";
            assertThat(entry.find(answers, variant, of)).isNotNull();
        }
    }

    @Test
    void countsThePeopleBehindEachNumber() throws IOException {
        assertThat(answers("ALL")).allSatisfy(row -> {
            boolean value = row.variant().startsWith("value");
            assertThat(row.nTreatment()).isEqualTo(value ? 9 : 8);
            assertThat(row.nControl()).isEqualTo(row.variant().endsWith("strata") ? 7 : 8);
        });
    }

    @Test
    void tellsTheModelAndTheSitesAmongTheOptions() throws IOException {
        assertThat(answers("ALL"))
                .filteredOn(
                        row -> row.method().equals("ancova") && row.variant().equals("strata"))
                .extracting(Estimate::options)
                .containsOnly("{\"sites\":2,\"model\":\"value ~ arm + baseline + sex + site\"}");
        assertThat(answers("lindholm"))
                .filteredOn(row ->
                        row.quantity().equals("contrast") && row.variant().equals("baseline"))
                .extracting(Estimate::options)
                .containsExactly("{\"model\":\"value ~ arm + baseline\"}");
    }

    @Test
    void describesTheBaselineWithoutChangeOrModel() throws IOException {
        assertThat(TestStudy.answers(TestStudy.completed(), rows(), TestStudy.BASELINE, "ALL"))
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(row.variant()).startsWith("value");
                    assertThat(row.method()).isNotEqualTo("ancova");
                });
    }

    @Test
    void armsSwappedTurnsEverySignRound() throws IOException {
        List<Estimate> swapped =
                TestStudy.answers(TestStudy.of(Conduct.COMPLETED, "TAU", "MBT"), rows(), TestStudy.M12, "ALL");
        for (Estimate row : answers("ALL")) {
            if (Set.of("diff", "contrast", "hedges_g", "hl_median_pairwise", "cliffs_delta")
                    .contains(row.quantity())) {
                Estimate other = swapped.stream()
                        .filter(candidate -> candidate.method().equals(row.method())
                                && candidate.variant().equals(row.variant())
                                && candidate.quantity().equals(row.quantity()))
                        .findFirst()
                        .orElseThrow();
                near(other.estimate(), -Objects.requireNonNull(row.estimate()));
                near(other.p(), row.p());
                near(other.low(), row.high() == null ? null : -row.high());
            }
        }
    }

    @Test
    void sameRowsGiveTheSameBitsInAnyLocale() throws IOException {
        Study study = TestStudy.completed();
        List<Estimate> first = TestStudy.answers(study, rows(), TestStudy.M12, "ALL");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
            assertThat(TestStudy.answers(study, rows(), TestStudy.M12, "ALL")).isEqualTo(first);
        } finally {
            Locale.setDefault(before);
        }
    }
}
