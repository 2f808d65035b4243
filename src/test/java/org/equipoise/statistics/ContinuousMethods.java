package org.equipoise.statistics;

import static org.equipoise.statistics.ReferenceMethods.coefficients;
import static org.equipoise.statistics.ReferenceMethods.estimate;
import static org.equipoise.statistics.ReferenceMethods.labelled;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Reference results of continuous outcomes. */
final class ContinuousMethods {

    private ContinuousMethods() {}

    static void register(Map<String, BiFunction<Selection, JsonNode, Object>> methods) {
        methods.put("descriptives", (selection, expected) -> descriptives(selection));
        methods.put("welch_t", (selection, expected) -> t(selection, TTest.Variances.UNEQUAL));
        methods.put("pooled_t", (selection, expected) -> t(selection, TTest.Variances.POOLED));
        methods.put("variance_ratio_F", (selection, expected) -> varianceRatio(selection));
        methods.put("standardised_mean_difference", (selection, expected) -> standardized(selection));
        methods.put("mann_whitney_ties", (selection, expected) -> mannWhitneyTies(selection));
        methods.put("mann_whitney", (selection, expected) -> mannWhitney(selection));
        methods.put("hodges_lehmann_asymptotic", (selection, expected) -> hodgesLehmann(selection));
        methods.put("paired_t_change", (selection, expected) -> paired(selection));
        methods.put("ancova", ContinuousMethods::ancova);
    }

    private static Object descriptives(Selection selection) {
        double[] values = switch (selection.text("sample")) {
            case "no value, two missing" -> new double[0];
            case "one value 3.5" -> new double[] {3.5};
            default -> selection.arm(selection.text("arm"));
        };
        int rows = switch (selection.text("sample")) {
            case "" -> selection.rows().size();
            case "no value, two missing" -> 2;
            default -> values.length;
        };
        Descriptives d = Descriptives.of(values);
        Descriptives sas = Descriptives.of(values, Quantiles.Definition.SAS_TYPE_2);
        Descriptives spss = Descriptives.of(values, Quantiles.Definition.SPSS_TYPE_6);
        return object(
                "n", d.n(),
                "missing", rows - d.n(),
                "n_total", rows,
                "mean", d.mean(),
                "sd", d.standardDeviation(),
                "se_mean", d.standardError(),
                "median", d.median(),
                "q1", d.lowerQuartile(),
                "q3", d.upperQuartile(),
                "min", d.minimum(),
                "max", d.maximum(),
                "fork_q1_type2_sas", sas.lowerQuartile(),
                "fork_q3_type2_sas", sas.upperQuartile(),
                "fork_q1_type6_spss", spss.lowerQuartile(),
                "fork_q3_type6_spss", spss.upperQuartile());
    }

    private static Object t(Selection selection, TTest.Variances variances) {
        return estimate(TTest.withDefaults().with(variances).test(selection.treated(), selection.controls()));
    }

    private static Object varianceRatio(Selection selection) {
        VarianceRatioTest test = VarianceRatioTest.of(selection.treated(), selection.controls());
        return object(
                "ratio", test.ratio(),
                "df1", test.numeratorDegreesOfFreedom(),
                "df2", test.denominatorDegreesOfFreedom(),
                "p", test.p(),
                "ci_lower", test.limits().lower(),
                "ci_upper", test.limits().upper());
    }

    private static Object standardized(Selection selection) {
        StandardizedMeanDifference method = StandardizedMeanDifference.withDefaults();
        double[] x = selection.treated();
        double[] y = selection.controls();
        StandardizedMeanDifference.Result main = method.of(x, y);
        StandardizedMeanDifference.Size borenstein = method.with(StandardizedMeanDifference.Variance.BORENSTEIN)
                .of(x, y)
                .g();
        StandardizedMeanDifference.Size unbiased = method.with(StandardizedMeanDifference.Variance.UNBIASED)
                .of(x, y)
                .g();
        StandardizedMeanDifference.Result approximate =
                method.with(StandardizedMeanDifference.Correction.APPROXIMATE).of(x, y);
        return object(
                "pooled_sd", main.pooledStandardDeviation(),
                "cohen_d", main.d().value(),
                "hedges_J_exact", main.correction(),
                "hedges_g", main.g().value(),
                "d_ci_exact_lower", main.d().exact().lower(),
                "d_ci_exact_upper", main.d().exact().upper(),
                "g_ci_exact_lower", main.g().exact().lower(),
                "g_ci_exact_upper", main.g().exact().upper(),
                "g_var_LS", main.g().variance(),
                "g_se_LS", main.g().standardError(),
                "g_ci_LS_lower", main.g().normal().lower(),
                "g_ci_LS_upper", main.g().normal().upper(),
                "d_var", main.d().variance(),
                "d_se", main.d().standardError(),
                "d_ci_large_lower", main.d().normal().lower(),
                "d_ci_large_upper", main.d().normal().upper(),
                "fork_g_var_borenstein", borenstein.variance(),
                "fork_g_se_borenstein", borenstein.standardError(),
                "fork_g_ci_borenstein_lower", borenstein.normal().lower(),
                "fork_g_ci_borenstein_upper", borenstein.normal().upper(),
                "fork_g_var_UB", unbiased.variance(),
                "fork_J_approx", approximate.correction(),
                "fork_g_approx", approximate.g().value(),
                "fork_d_var_df",
                        method.with(StandardizedMeanDifference.Variance.DEGREES_OF_FREEDOM)
                                .of(x, y)
                                .d()
                                .variance(),
                "fork_glass_delta_control_sd", main.glassDelta(),
                "fork_d_average_sd", main.averageDelta());
    }

    private static Object mannWhitney(Selection selection) {
        double[] x = selection.treated();
        double[] y = selection.controls();
        MannWhitneyTest test = MannWhitneyTest.of(x, y);
        HodgesLehmann.Shift shift = HodgesLehmann.withDefaults().exact(x, y);
        return object(
                "U_treatment", test.treatmentPairs(),
                "U_control", test.controlPairs(),
                "rank_sum_treatment", test.treatmentRankSum(),
                "ties", test.ties(),
                "sigma_tie_corrected", test.sigma(),
                "z_no_cc", test.z(),
                "z_cc", test.zCorrected(),
                "p_asymptotic_cc", test.pCorrected(),
                "p_asymptotic_no_cc", test.p(),
                "p_exact", test.pExact(),
                "fork_p_exact_permutation_with_ties", MannWhitneyTest.exactWithTies(x, y),
                "hl_median_pairwise", shift.shift(),
                "hl_exact", shift.shift(),
                "hl_ci_exact_lower", shift.limits().lower(),
                "hl_ci_exact_upper", shift.limits().upper(),
                "r_default_uses_exact", test.pExact().isEstimable(),
                "prob_superiority", test.probabilityOfSuperiority(),
                "cliffs_delta", test.cliffsDelta());
    }

    private static Object mannWhitneyTies(Selection selection) {
        return object("p", MannWhitneyTest.exactWithTies(selection.numbers("treatment"), selection.numbers("control")));
    }

    private static Object hodgesLehmann(Selection selection) {
        HodgesLehmann.Shift shift = HodgesLehmann.withDefaults().asymptotic(selection.treated(), selection.controls());
        return object(
                "estimate", shift.shift(),
                "ci_lower", shift.limits().lower(),
                "ci_upper", shift.limits().upper());
    }

    private static Object paired(Selection selection) {
        Table table = selection.rows().with("value", "baseline");
        PairedChange change = PairedChange.of(table.numbers("baseline"), table.numbers("value"));
        Map<String, Object> result = estimate(change.change());
        result.put("n", change.n());
        result.put("mean_change", change.change().value());
        result.put("sd_change", change.standardDeviation());
        result.put("pre_post_r", change.correlation());
        result.put("srm", change.standardizedResponseMean());
        result.put("dz_pre_sd", change.changeInFirstDeviations());
        return result;
    }

    private static Object ancova(Selection selection, JsonNode expected) {
        Table table = selection.rows().with("value", "baseline");
        LinearFit fit = LinearModel.withDefaults().fit(table.numbers("value"), selection.design(table));
        return object(
                "n", fit.n(),
                "df_residual", fit.residualDegreesOfFreedom(),
                "sigma", fit.sigma(),
                "r_squared", fit.rSquared(),
                "coefficients",
                        coefficients(fit.coefficients(), expected.get("result").get("coefficients")),
                "arm_se_hc0", fit.robust(Design.TREATMENT, LinearFit.Robust.HC0).standardError(),
                "arm_se_hc1", fit.robust(Design.TREATMENT, LinearFit.Robust.HC1).standardError(),
                "arm_se_hc3", fit.robust(Design.TREATMENT, LinearFit.Robust.HC3).standardError(),
                "lsmeans_equal_weights", armMeans(selection, fit, Design.LevelWeights.EQUAL),
                "fork_lsmeans_proportional_weights", armMeans(selection, fit, Design.LevelWeights.PROPORTIONAL),
                "contrast", estimate(fit.treatment()));
    }

    private static List<Map<String, Object>> armMeans(Selection selection, LinearFit fit, Design.LevelWeights weights) {
        LinearFit.ArmMeans means = fit.leastSquaresMeans(weights);
        return List.of(
                labelled("arm", selection.treatment(), estimate(means.treatment())),
                labelled("arm", selection.control(), estimate(means.control())));
    }
}
