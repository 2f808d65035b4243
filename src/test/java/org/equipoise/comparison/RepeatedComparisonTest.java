package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.equipoise.comparison.FittedModel.Fitted;
import org.equipoise.definition.RepeatedModels;
import org.equipoise.definition.RepeatedModels.Covariance;
import org.equipoise.definition.RepeatedModels.Criterion;
import org.equipoise.definition.RepeatedModels.Inference;
import org.equipoise.definition.RepeatedModels.Model;
import org.equipoise.definition.RepeatedModels.Weights;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Tier;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ninety made-up participants at three sites, one of which scores something else after the baseline. Numbers by R 4.2.2,
 * nlme 3.1 ({@code follow-up.R} beside the data), relative 1e-6: {@code gls} stops there.
 */
class RepeatedComparisonTest {
    private static final double RELATIVE = 1e-6;
    private static final RepeatedModels KENWARD_ROGER = planned(false, Inference.KENWARD_ROGER_LINEAR);
    private static final RepeatedModels BY_ARM = planned(true, Inference.SATTERTHWAITE);

    private static RepeatedModels planned(boolean byArm, Inference inference) {
        return new RepeatedModels(
                List.of(new Model(
                        "planned", List.of(), Covariance.PLANNED, byArm, Criterion.REML, inference, Weights.EQUAL)),
                List.of(),
                List.of());
    }

    private static final List<Interval> INTERVALS = List.of(
            TestStudy.BASELINE, interval("m6", 6), interval("m12", 12), interval("m18", 18), interval("m36", 36));

    private static Interval interval(String code, int month) {
        return new Interval(new IntervalCode(code), month + " months", month);
    }

    private static Study study(Conduct conduct) {
        return study(conduct, RepeatedModels.planned(INTERVALS));
    }

    private static Study study(Conduct conduct, RepeatedModels models) {
        return TestStudy.of(
                conduct,
                "MBT",
                "TAU",
                INTERVALS,
                List.of(TestStudy.outcome("SEVERITY", Direction.LOWER_IS_BETTER, Tier.PRIMARY, INTERVALS)),
                models);
    }

    private static List<OutcomeRow> rows() throws IOException {
        try (InputStream data =
                Objects.requireNonNull(RepeatedComparisonTest.class.getResourceAsStream("follow-up.csv"))) {
            List<OutcomeRow> rows = new ArrayList<>();
            for (String line : new String(data.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList()) {
                String[] cells = line.split(",", -1);
                @Nullable Double[] values = new Double[INTERVALS.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = cells[i + 2].isEmpty() ? null : Double.valueOf(cells[i + 2]);
                }
                rows.add(TestStudy.row(cells[0], cells[1], "{}", values, "no_record"));
            }
            return rows;
        }
    }

    private static RepeatedAnswer answer(Study study, List<OutcomeRow> rows, String scope) {
        RepeatedQuestion question = plan(study).repeated().stream()
                .filter(candidate -> candidate.scope().code().equals(scope))
                .findFirst()
                .orElseThrow();
        return new RepeatedComparison(Occasion.night(study), () -> 0)
                .compare(question, AnalysisSet.of(study, study.outcomes().get(0), rows));
    }

    private static ComparisonPlan plan(Study study) {
        return ComparisonPlan.of(study, Map.of("lindholm", true, "northgate", true, "sonderby", true));
    }

    private static RepeatedAnswer overSites() throws IOException {
        return answer(study(Conduct.COMPLETED), rows(), Scope.OVER_SITES);
    }

    private static Estimate row(
            RepeatedAnswer answer, String interval, String quantity, @Nullable String arm, @Nullable String variable) {
        List<Estimate> found = answer.estimates().stream()
                .filter(row -> interval.equals(row.interval())
                        && row.quantity().equals(quantity)
                        && Objects.equals(row.arm(), arm)
                        && Objects.equals(row.variable(), variable))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Fitted fitted(RepeatedAnswer answer) {
        assertThat(answer.models()).hasSize(1);
        return Objects.requireNonNull(answer.models().get(0).fitted());
    }

    @ParameterizedTest
    @CsvSource({
        "m6, contrasts, , , -3.19447430317, 1.11395041064",
        "m12, contrasts, , , -3.03230024512, 1.10409260886",
        "m18, contrasts, , , -2.37933086993, 1.00672805269",
        "m12, lsmeans, MBT, , 17.8515923437, 0.775992556934",
        // over the standard deviation of the baselines, 4.48979358748
        "m6, standardised_contrasts, , , -0.711496918718, 0.248107265721",
    })
    void agreesWithR(
            String interval,
            String quantity,
            @Nullable String arm,
            @Nullable String variable,
            double estimate,
            double standardError)
            throws IOException {
        Estimate row = row(overSites(), interval, quantity, arm, variable);

        assertThat(row.estimate()).isCloseTo(estimate, within(RELATIVE * Math.abs(estimate)));
        assertThat(row.standardError()).isCloseTo(standardError, within(RELATIVE * standardError));
        assertThat(row.method()).isEqualTo("mmrm");
        assertThat(row.variant()).isEqualTo("planned");
        assertThat(row.nTreatment()).isEqualTo(30);
        assertThat(row.nControl()).isEqualTo(30);
    }

    @Test
    void tellsTheModel() throws IOException {
        FittedModel model = overSites().models().get(0);
        Fitted fitted = fitted(overSites());

        assertThat(model.formula()).isEqualTo("value ~ arm * interval + baseline * interval + site");
        assertThat(model.reason()).isNull();
        assertThat(fitted.structure()).isEqualTo("us");
        assertThat(fitted.inference()).isEqualTo("satterthwaite");
        assertThat(fitted.intervals()).isEqualTo("[\"m6\",\"m12\",\"m18\"]");
        assertThat(fitted.people().participants()).isEqualTo(60);
        assertThat(fitted.people().observations()).isEqualTo(157);
        assertThat(fitted.baselines().missing()).isEqualTo(3);
        assertThat(fitted.baselines().deviation()).isCloseTo(4.48979358748, within(1e-10));
        assertThat(Objects.requireNonNull(fitted.likelihood()).logarithm()).isCloseTo(-418.675372346, within(1e-6));
    }

    @Test
    void leavesOutASiteWithoutScores() throws IOException {
        assertThat(fitted(overSites()).dropped()).isEqualTo("[]");
        assertThat(fitted(overSites()).coefficients()).contains("sitenorthgate").doesNotContain("sitesonderby");
        RepeatedAnswer there = answer(study(Conduct.COMPLETED), rows(), "sonderby");
        assertThat(there.estimates()).extracting(Estimate::reason).containsOnly("too_few_people");
        assertThat(there.models()).extracting(FittedModel::reason).containsExactly("too_few_people");
    }

    @Test
    void saysWhyAnIntervalIsNotInTheModel() throws IOException {
        Estimate late = row(overSites(), "m36", "contrasts", null, null);
        assertThat(late.reason()).isEqualTo("too_few_people");
        assertThat(late.nControl()).isEqualTo(9);
        assertThat(row(overSites(), "m36", "combinations", null, "maintenance m18 to m36")
                        .reason())
                .isEqualTo("interval_not_in_model");
    }

    /** Whoever comes at month 6 does not come at month 12; both arms alternate within either half. */
    private static List<OutcomeRow> apart() throws IOException {
        List<OutcomeRow> apart = rows();
        for (int i = 0; i < apart.size(); i++) {
            apart.get(i).values()[i / 2 % 2 == 0 ? 1 : 2] = null;
        }
        return apart;
    }

    @Test
    void fallsBackWhereTooFewShareAPairOfIntervals() throws IOException {
        RepeatedAnswer answer = answer(study(Conduct.COMPLETED), apart(), Scope.OVER_SITES);

        assertThat(fitted(answer).structure()).isEqualTo("sp_exp");
        assertThat(fitted(answer).inference()).isEqualTo("cr2");
        assertThat(fitted(answer).considered())
                .startsWith("[{\"structure\":\"us\",\"reason\":\"not_identified\",\"intervals\":[\"m6\",\"m12\"],"
                        + "\"shared\":0},{\"structure\":\"sp_exp\",");
        assertThat(row(answer, "m18", "contrasts", null, null).options())
                .contains("\"covariance\":\"sp_exp\"", "\"inference\":\"cr2\"");
    }

    /** With several differences Kenward and Roger's standard error is never below the plain one. */
    @Test
    void saysThatKenwardAndRogerWereAskedFor() throws IOException {
        Estimate plain = row(overSites(), "m18", "contrasts", null, null);
        Estimate asked = row(
                answer(study(Conduct.COMPLETED, KENWARD_ROGER), rows(), Scope.OVER_SITES),
                "m18",
                "contrasts",
                null,
                null);

        assertThat(asked.options()).contains("\"covariance\":\"us\"", "\"inference\":\"kenward_roger_linear\"");
        assertThat(asked.estimate()).isEqualTo(plain.estimate());
        assertThat(asked.standardError()).isGreaterThan(Objects.requireNonNull(plain.standardError()));
        assertThat(asked.df()).isEqualTo(plain.df());
        assertThat(plain.options()).contains("\"inference\":\"satterthwaite\"");
    }

    @Test
    void saysThatAnotherCovarianceTookCr2InPlaceOfKenwardAndRoger() throws IOException {
        RepeatedAnswer answer = answer(study(Conduct.COMPLETED, KENWARD_ROGER), apart(), Scope.OVER_SITES);

        assertThat(row(answer, "m18", "contrasts", null, null).options())
                .contains("\"covariance\":\"sp_exp\"", "\"inference\":\"cr2\"");
    }

    /** Two unstructured matrices of three intervals: twelve parameters. */
    @Test
    void givesEachArmACovarianceOfItsOwn() throws IOException {
        RepeatedAnswer answer = answer(study(Conduct.COMPLETED, BY_ARM), rows(), Scope.OVER_SITES);
        Fitted fitted = fitted(answer);

        assertThat(fitted.structure()).isEqualTo("us");
        assertThat(Objects.requireNonNull(fitted.likelihood()).parameters()).isEqualTo(12);
        assertThat(fitted.covariance())
                .startsWith("{\"intervals\":[\"m6\",\"m12\",\"m18\"],\"treatment\":[[")
                .contains("]],\"control\":[[");
        assertThat(row(answer, "m18", "contrasts", null, null).options()).contains("\"covariance_by_arm\":\"true\"");
    }

    /** Enough people of both arms together come at months 6 and 12, of the control arm nobody. */
    @Test
    void givesEachArmOnlyTheCovarianceItsPeopleCanBear() throws IOException {
        List<OutcomeRow> rows = rows();
        for (int i = 1; i < rows.size(); i += 2) {
            rows.get(i).values()[i / 2 % 2 == 0 ? 1 : 2] = null;
        }
        assertThat(fitted(answer(study(Conduct.COMPLETED), rows, Scope.OVER_SITES))
                        .structure())
                .isEqualTo("us");
        Fitted byArm = fitted(answer(study(Conduct.COMPLETED, BY_ARM), rows, Scope.OVER_SITES));
        assertThat(byArm.structure()).isEqualTo("sp_exp");
        assertThat(byArm.considered()).contains("\"intervals\":[\"m6\",\"m12\"],\"shared\":0");
    }

    @Test
    void leavesOneIntervalToTheAnalysisOfCovariance() throws IOException {
        List<OutcomeRow> once = rows();
        once.forEach(row -> {
            row.values()[2] = null;
            row.values()[3] = null;
        });
        RepeatedAnswer answer = answer(study(Conduct.COMPLETED), once, Scope.OVER_SITES);

        assertThat(row(answer, "m6", "contrasts", null, null).reason()).isEqualTo("one_interval");
        assertThat(answer.models()).extracting(FittedModel::reason).containsExactly("one_interval");
    }

    @Test
    void withholdsEverythingWhileTheStudyRuns() throws IOException {
        RepeatedAnswer answer = answer(study(Conduct.ONGOING), rows(), Scope.OVER_SITES);

        assertThat(answer.estimates()).hasSize(4).allSatisfy(row -> {
            assertThat(row.reason()).isEqualTo("withheld_until_look");
            assertThat(row.nTreatment()).isNull();
        });
        assertThat(answer.models()).extracting(FittedModel::fitted).containsOnlyNulls();
    }

    /** Holm by hand: 4 x 0.01, 3 x 0.02, then never below what came before. */
    @Test
    void familiesTakeTheAnalysisOfCovarianceWhereTheModelHasNoAnswer() {
        Main model = new Main("mmrm", "planned", "contrasts");
        Main alone = new Main("ancova", "baseline", "contrast");
        Map<Families.Key, Double> p = Map.of(
                key("m6", model), 0.01,
                key("m6", alone), 0.5,
                key("m12", model), 0.02,
                key("m18", model), 0.025,
                key("m36", alone), 0.03);

        assertThat(Families.adjust(study(Conduct.COMPLETED), p))
                .extracting(Families.Adjusted::key)
                .containsExactly(key("m6", model), key("m12", model), key("m18", model), key("m36", alone));
        assertThat(Families.adjust(study(Conduct.COMPLETED), p))
                .extracting(Families.Adjusted::p)
                .containsExactly(0.04, 0.06, 0.06, 0.06);
    }

    private static Families.Key key(String interval, Main main) {
        return new Families.Key("SEVERITY", interval, main);
    }

    @Test
    void isTheSameOnAnyNumberOfThreads() throws IOException {
        Study study = study(Conduct.COMPLETED);
        AnalysisSet set = AnalysisSet.of(study, study.outcomes().get(0), rows());
        RepeatedComparison comparison = new RepeatedComparison(Occasion.night(study), () -> 0);
        List<RepeatedQuestion> questions = plan(study).repeated();

        assertThat(questions.parallelStream()
                        .map(question -> comparison.compare(question, set))
                        .toList())
                .isEqualTo(questions.stream()
                        .map(question -> comparison.compare(question, set))
                        .toList());
    }
}
