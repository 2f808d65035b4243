package org.equipoise.comparison;

import java.util.Locale;
import java.util.Map;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.Role;
import org.equipoise.statistics.Descriptives;
import org.equipoise.statistics.HodgesLehmann;
import org.equipoise.statistics.MannWhitneyTest;
import org.equipoise.statistics.PairedChange;
import org.equipoise.statistics.Quantiles;
import org.equipoise.statistics.StandardizedMeanDifference;
import org.equipoise.statistics.StandardizedMeanDifference.Size;
import org.equipoise.statistics.Summary;
import org.equipoise.statistics.TTest;
import org.equipoise.statistics.VarianceRatioTest;

/** What can be said of the two arms without a model: each on its own, and against each other. */
final class TwoArms {
    private final Study study;
    private final Sample sample;
    private final EstimateRows rows;

    TwoArms(Study study, Sample sample, EstimateRows rows) {
        this.study = study;
        this.sample = sample;
        this.rows = rows;
    }

    /** Each arm on its own. */
    void describe(Endpoint endpoint) {
        Group group = group("descriptives", endpoint, Map.of("quartiles", "type_7"));
        describe(group, endpoint, true);
        describe(group, endpoint, false);
    }

    private void describe(Group both, Endpoint endpoint, boolean treated) {
        Group group = both.inArm(arm(treated));
        double[] values = sample.values(endpoint, treated);
        int allocated = sample.allocated(treated);
        Descriptives main = Descriptives.of(values);
        group.add("n", values.length);
        group.add("missing", allocated - values.length);
        group.add("n_total", allocated);
        if (endpoint == Endpoint.VALUE) {
            sample.missing(treated)
                    .forEach((reason, count) -> group.add("missing_by_reason", reason, Numbers.of(count)));
        }
        group.add(
                "mean",
                Numbers.of(main.mean()).withStandardError(main.standardError()).withLimits(main.meanLimits()));
        group.add("sd", main.standardDeviation());
        group.add("se_mean", main.standardError());
        group.add("median", main.median());
        group.add("q1", main.lowerQuartile());
        group.add("q3", main.upperQuartile());
        group.add("min", main.minimum());
        group.add("max", main.maximum());
        quartiles(group, "type2_sas", Descriptives.of(values, Quantiles.Definition.SAS_TYPE_2));
        quartiles(group, "type6_spss", Descriptives.of(values, Quantiles.Definition.SPSS_TYPE_6));
    }

    private static void quartiles(Group group, String definition, Descriptives other) {
        group.add("q1_" + definition, other.lowerQuartile());
        group.add("q3_" + definition, other.upperQuartile());
    }

    /** One arm against the other. */
    void compare(Endpoint endpoint) {
        double[] treatment = sample.values(endpoint, true);
        double[] control = sample.values(endpoint, false);
        means(endpoint, treatment, control);
        standardised(endpoint, treatment, control);
        ranks(endpoint, treatment, control);
    }

    private void means(Endpoint endpoint, double[] treatment, double[] control) {
        TTest test = TTest.withDefaults();
        group("welch_t", endpoint, Map.of()).add("diff", Numbers.of(test.test(treatment, control)));
        group("pooled_t", endpoint, Map.of())
                .add("diff", Numbers.of(test.with(TTest.Variances.POOLED).test(treatment, control)));
        VarianceRatioTest variances = VarianceRatioTest.of(treatment, control);
        Group group = group("variance_ratio_F", endpoint, Map.of());
        group.add(
                "ratio",
                Numbers.of(variances.ratio())
                        .withTest(variances.ratio(), variances.p())
                        .withLimits(variances.limits()));
        group.add("df1", variances.numeratorDegreesOfFreedom());
        group.add("df2", variances.denominatorDegreesOfFreedom());
    }

    private void standardised(Endpoint endpoint, double[] treatment, double[] control) {
        StandardizedMeanDifference method = StandardizedMeanDifference.withDefaults();
        Summary x = Summary.of(treatment);
        Summary y = Summary.of(control);
        StandardizedMeanDifference.Result main = method.of(x, y);
        Size borenstein = method.with(StandardizedMeanDifference.Variance.BORENSTEIN)
                .of(x, y, main)
                .g();
        StandardizedMeanDifference.Result approximate =
                method.with(StandardizedMeanDifference.Correction.APPROXIMATE).of(x, y, main);
        Group group = group("standardised_mean_difference", endpoint, Map.of("standardiser", "pooled_sd"));
        group.add("pooled_sd", main.pooledStandardDeviation());
        group.add("hedges_J_exact", main.correction());
        exact(group, "hedges_g", main.g());
        normal(group, "LS", "hedges_g", main.g());
        normal(group, "borenstein", "hedges_g", borenstein);
        exact(group, "cohen_d", main.d());
        normal(group, "large", "cohen_d", main.d());
        group.add("g_var_LS", main.g().variance());
        group.add("g_var_borenstein", borenstein.variance());
        group.add(
                "g_var_UB",
                method.with(StandardizedMeanDifference.Variance.UNBIASED)
                        .of(x, y, main)
                        .g()
                        .variance());
        group.add("d_var", main.d().variance());
        group.add("J_approx", approximate.correction());
        group.add("g_approx", approximate.g().value());
        group.add("glass_delta_control_sd", main.glassDelta());
        group.add("d_average_sd", main.averageDelta());
    }

    private static void exact(Group group, String quantity, Size size) {
        group.form("noncentral_t").add(quantity, Numbers.of(size.value()).withLimits(size.exact()));
    }

    private static void normal(Group group, String form, String quantity, Size size) {
        group.form(form)
                .add(
                        quantity,
                        Numbers.of(size.value())
                                .withStandardError(size.standardError())
                                .withLimits(size.normal()));
    }

    private void ranks(Endpoint endpoint, double[] treatment, double[] control) {
        MannWhitneyTest test = MannWhitneyTest.of(treatment, control);
        HodgesLehmann shift = HodgesLehmann.withDefaults();
        HodgesLehmann.Shift exact = shift.exact(treatment, control);
        Group group = group("mann_whitney", endpoint, Map.of());
        group.add("U_treatment", test.treatmentPairs());
        group.add("U_control", test.controlPairs());
        group.add("rank_sum_treatment", test.treatmentRankSum());
        group.add("ties", test.ties() ? 1 : 0);
        group.add("sigma_tie_corrected", test.sigma());
        group.add("z_no_cc", test.z());
        group.add("z_cc", test.zCorrected());
        group.addP("p_asymptotic_no_cc", test.z(), test.p());
        group.addP("p_asymptotic_cc", test.zCorrected(), test.pCorrected());
        group.addP("p_exact", test.treatmentPairs(), test.pExact());
        group.add("r_default_uses_exact", test.pExact().isEstimable() ? 1 : 0);
        group.add("hl_median_pairwise", Numbers.of(exact.shift()).withLimits(exact.limits()));
        group.add("prob_superiority", test.probabilityOfSuperiority());
        group.add("cliffs_delta", test.cliffsDelta());
        HodgesLehmann.Shift asymptotic = shift.asymptotic(treatment, control);
        group("hodges_lehmann_asymptotic", endpoint, Map.of())
                .add("estimate", Numbers.of(asymptotic.shift()).withLimits(asymptotic.limits()));
    }

    /** How each arm changed since its own baseline. */
    void changeWithin() {
        Group group = group("paired_t_change", Endpoint.CHANGE, Map.of());
        changeWithin(group, true);
        changeWithin(group, false);
    }

    private void changeWithin(Group both, boolean treated) {
        PairedChange change = PairedChange.of(sample.pairedBaselines(treated), sample.pairedValues(treated));
        Group group = both.inArm(arm(treated));
        group.add("n", change.n());
        group.add("mean_change", Numbers.of(change.change()));
        group.add("sd_change", change.standardDeviation());
        group.add("pre_post_r", change.correlation());
        group.add("srm", change.standardizedResponseMean());
        group.add("dz_pre_sd", change.changeInFirstDeviations());
    }

    private Group group(String method, Endpoint endpoint, Map<String, String> options) {
        return rows.group(method, endpoint.name().toLowerCase(Locale.ROOT), sample.counts(endpoint), options);
    }

    private String arm(boolean treated) {
        return study.arm(treated ? Role.TREATMENT : Role.CONTROL).code().value();
    }
}
