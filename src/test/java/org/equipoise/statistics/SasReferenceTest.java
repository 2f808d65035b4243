package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.RepeatedDesign.Effect;
import org.equipoise.testing.ReferencePacks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What SAS PROC MIXED and GLIMMIX print for the data of pack {@code fev}, as published with the R package mmrm.
 *
 * <p>SAS stops iterating earlier: each likelihood printed is below the one found here, by up to 1e-5 of -2 log L. So its
 * last printed digit may be off by one (limits, which add the error of a df, by three), and the table printed with all
 * digits agrees to the fourth.
 */
class SasReferenceTest {

    private static final Path FOLDER = ReferencePacks.folder("fev");

    /** One unit of the last digit printed, and a half for the rounding. */
    private static final double LAST_DIGIT = 1.5e-4;

    private MixedMethods.Trial trial;
    private JsonNode printed;

    @BeforeEach
    void read() {
        assumeTrue(Files.isDirectory(FOLDER), "no reference packs at " + FOLDER);
        JsonMapper mapper = JsonMapper.builder().build();
        printed = mapper.readTree(FOLDER.resolve("sas_reference.json").toFile());
        trial = MixedMethods.Trial.of(new Selection(
                ReferencePack.read(FOLDER), mapper.createObjectNode().put("measure", "fev1")));
    }

    private static CovarianceStructure structure(String code) {
        return Arrays.stream(CovarianceStructure.values())
                .filter(structure -> structure.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private MixedModelFit armOnly(CovarianceStructure structure) {
        return MixedModel.withDefaults()
                .with(structure)
                .fit(trial.measures(), trial.empty().withArms(trial.treated(), Effect.CONSTANT));
    }

    private MixedModelFit full() {
        return MixedModel.withDefaults().fit(trial.measures(), trial.design("race + sex + arm*visit"));
    }

    private static double minusTwice(MixedModelFit fit) {
        return -2 * fit.logLikelihood().value();
    }

    /** Not above what SAS prints, and no further below than it stopped early. */
    private static void assertLikelihood(MixedModelFit fit, double printed, double early) {
        assertThat(minusTwice(fit)).isBetween(printed - early, printed + 5e-9);
    }

    @Test
    void printsTheSameMeansAndDifferences() {
        JsonNode model = printed.get("model_satterthwaite");
        MixedModelInference inference = full().inference(DegreesOfFreedom.SATTERTHWAITE);
        for (JsonNode row : model.get("lsmeans")) {
            boolean treated = row.get("arm").asString().equals("TRT");
            String visit = row.get("visit").asString();
            assertRow(row, inference.leastSquaresMean(treated, visit, Design.LevelWeights.EQUAL));
        }
        for (JsonNode row : model.get("contrasts_trt_minus_pbo")) {
            assertRow(row, inference.difference(row.get("visit").asString()));
        }
        assertLikelihood(full(), model.get("minus2_res_loglik").doubleValue(), 1e-5);
    }

    private static void assertRow(JsonNode row, Estimate estimate) {
        assertNear(row, "estimate", estimate.value(), LAST_DIGIT);
        assertNear(row, "se", estimate.standardError(), LAST_DIGIT);
        assertNear(row, "df", estimate.degreesOfFreedom(), 0.6);
        assertNear(row, "ci_lower", estimate.lower(), 2 * LAST_DIGIT);
        assertNear(row, "ci_upper", estimate.upper(), 2 * LAST_DIGIT);
    }

    private static void assertNear(JsonNode row, String key, Quantity actual, double tolerance) {
        assertThat(actual.value()).as(row + " " + key).isEqualTo(row.get(key).doubleValue(), within(tolerance));
    }

    @Test
    void printsTheSameCovariance() {
        JsonNode un = printed.get("model_satterthwaite").get("un");
        List<String> order = new ArrayList<>();
        printed.get("model_satterthwaite").get("un_order").forEach(visit -> order.add(visit.asString()));
        double[][] sigma = full().covariance(true).orElseThrow();
        for (String cell : un.propertyNames()) {
            int a = trial.visits().indexOf(order.get(cell.charAt(0) - '1'));
            int b = trial.visits().indexOf(order.get(cell.charAt(1) - '1'));
            // the early stop moves each by about a thousandth of its standard error
            assertThat(sigma[a][b]).as(cell).isEqualTo(un.get(cell).doubleValue(), within(0.006));
        }
    }

    @TestFactory
    Stream<DynamicTest> likelihoodsWithoutAnArm() {
        JsonNode rows = printed.get("intercept_only_reml_minus2_res_loglik");
        return rows.propertyNames().stream()
                .map(code -> dynamicTest(
                        code,
                        () -> assertLikelihood(
                                MixedModel.withDefaults().with(structure(code)).fit(trial.measures(), trial.empty()),
                                rows.get(code).doubleValue(),
                                1e-5)));
    }

    @TestFactory
    Stream<DynamicTest> kenwardRogerOfTheArm() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode row : printed.get("arm_only_kenward_roger")) {
            String code = row.get("cov").asString();
            tests.add(dynamicTest(code, () -> {
                Estimate arm = armOnly(structure(code))
                        .inference(DegreesOfFreedom.KENWARD_ROGER_LINEAR)
                        .coefficient(Design.TREATMENT);
                assertNear(row, "kr_linear_se", arm.standardError(), 1.2e-4);
                assertNear(row, "df", arm.degreesOfFreedom(), 0.08);
            }));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> empiricalVarianceOfTheArm() {
        JsonNode rows = printed.get("arm_only_cr0_variance_of_arm");
        return rows.propertyNames().stream()
                .map(code -> dynamicTest(code, () -> {
                    Estimate arm = armOnly(structure(code))
                            .clustered(ClusterRobust.CR0)
                            .coefficient(Design.TREATMENT);
                    assertThat(Math.pow(arm.standardError().value(), 2))
                            .isEqualTo(rows.get(code).doubleValue(), within(5e-5));
                }));
    }

    @Test
    void spatialExponential() {
        JsonNode row = printed.get("intercept_only_sp_exp_in_visit_order_reml");
        MixedModelFit fit = MixedModel.withDefaults()
                .with(CovarianceStructure.SPATIAL_EXPONENTIAL)
                .fit(trial.measures("visit_order"), trial.empty());
        double[][] sigma = fit.covariance(true).orElseThrow();
        assertLikelihood(fit, row.get("minus2_res_loglik").doubleValue(), 2e-5);
        assertThat(sigma[0][0]).isEqualTo(row.get("variance").doubleValue(), within(0.01));
        assertThat(-1 / Math.log(sigma[0][1] / sigma[0][0]))
                .isEqualTo(row.get("range").doubleValue(), within(6e-4));
    }

    /** The records whose p values are not compared: their fits had not arrived. */
    private static Stream<JsonNode> defaultStops() {
        return ReferencePack.read(FOLDER).records().stream()
                .filter(record -> record.get("id").asString().matches("fev1/arm_only/(toeph|adh)/.*"));
    }

    @TestFactory
    Stream<DynamicTest> likelihoodIsAboveThatOfDefaultStops() {
        return defaultStops()
                .map(record -> dynamicTest(
                        record.get("id").asString(),
                        () -> assertThat(record.get("result")
                                        .get("minus2_loglik")
                                        .doubleValue())
                                .isGreaterThan(2e-6
                                        + minusTwice(armOnly(structure(
                                                record.get("select").get("cov").asString()))))));
    }

    /** t is within a fifth of what the records allow; p is not, since it belongs to another t. */
    @TestFactory
    Stream<DynamicTest> pOfDefaultStopsFollowsTheirT() {
        return defaultStops()
                .map(record -> dynamicTest(record.get("id").asString(), () -> {
                    JsonNode theirs = record.get("result");
                    Estimate ours = armOnly(
                                    structure(record.get("select").get("cov").asString()))
                            .inference(
                                    record.get("id").asString().endsWith("linear")
                                            ? DegreesOfFreedom.KENWARD_ROGER_LINEAR
                                            : DegreesOfFreedom.KENWARD_ROGER)
                            .coefficient(Design.TREATMENT);
                    assertThat(ours.statistic().value() / theirs.get("t").doubleValue())
                            .isCloseTo(1, within(1e-4));
                    assertThat(Math.abs(ours.p().value() / theirs.get("p").doubleValue() - 1))
                            .isBetween(1e-3, 3e-3);
                    assertThat(Distributions.studentTwoSided(
                                            theirs.get("t").doubleValue(),
                                            theirs.get("df").doubleValue())
                                    / theirs.get("p").doubleValue())
                            .isCloseTo(1, within(1e-10));
                }));
    }
}
