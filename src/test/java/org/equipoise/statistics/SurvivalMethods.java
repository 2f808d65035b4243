package org.equipoise.statistics;

import static org.equipoise.statistics.ReferenceMethods.estimate;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Reference results of times to an event. */
final class SurvivalMethods {

    private SurvivalMethods() {}

    static void register(Map<String, BiFunction<Selection, JsonNode, Object>> methods) {
        methods.put("kaplan_meier", SurvivalMethods::kaplanMeier);
        methods.put("logrank", (selection, expected) -> logRank(selection, false, LogRankTest.Weights.LOG_RANK));
        methods.put("logrank_rho1", (selection, expected) -> logRank(selection, false, LogRankTest.Weights.EARLY));
        methods.put(
                "logrank_stratified_by_site",
                (selection, expected) -> logRank(selection, true, LogRankTest.Weights.LOG_RANK));
        methods.put("cox_ph", (selection, expected) -> cox(selection, expected, false));
        methods.put("cox_ph_stratified_by_site", (selection, expected) -> cox(selection, expected, true));
        methods.put("cox_ph_adjusted", (selection, expected) -> cox(selection, expected, false));
        methods.put("proportional_hazards_test", (selection, expected) -> proportionalHazards(selection));
        methods.put("rmst_difference", (selection, expected) -> restrictedMean(selection));
        methods.put("cumulative_incidence", SurvivalMethods::cumulativeIncidence);
        methods.put("cumulative_incidence_difference", SurvivalMethods::incidenceDifference);
        methods.put("gray_test", (selection, expected) -> gray(selection));
        methods.put("cause_specific_cox", SurvivalMethods::causeSpecific);
    }

    private static Object kaplanMeier(Selection selection, JsonNode expected) {
        Table rows = selection.rows();
        KaplanMeier curve = KaplanMeier.of(rows.numbers("time"), rows.are("status", "1"));
        List<Object> at = new ArrayList<>();
        for (JsonNode row : expected.get("result").get("at")) {
            double time = row.get("time").doubleValue();
            KaplanMeier.Point point = curve.at(time);
            Map<String, Object> columns = point(point);
            columns.put("ci_lower_loglog", point.limits().lower());
            columns.put("ci_upper_loglog", point.limits().upper());
            Limits log = curve.with(KaplanMeier.Scale.LOG).at(time).limits();
            columns.put("fork_ci_lower_log", log.lower());
            columns.put("fork_ci_upper_log", log.upper());
            at.add(columns);
        }
        return object(
                "n", curve.n(),
                "events", curve.events(),
                "median", curve.median().time(),
                "median_lower", curve.median().limits().lower(),
                "median_upper", curve.median().limits().upper(),
                "q25", curve.quantile(0.25).time(),
                "q75", curve.quantile(0.75).time(),
                "at", at,
                "steps", curve.steps().stream().map(SurvivalMethods::point).toList());
    }

    private static Map<String, Object> point(KaplanMeier.Point point) {
        return object(
                "time", point.time(),
                "n_risk", point.atRisk(),
                "n_event", point.events(),
                "n_censor", point.censored(),
                "surv", point.survival(),
                "se", point.standardError());
    }

    private static Object logRank(Selection selection, boolean stratified, LogRankTest.Weights weights) {
        Table rows = selection.rows();
        List<String> strata = stratified
                ? rows.texts("site")
                : rows.rows().stream().map(row -> "").toList();
        LogRankTest test = LogRankTest.of(
                rows.numbers("time"), rows.are("status", "1"), rows.are("arm", selection.treatment()), strata, weights);
        return object(
                "chisq", test.statistic(),
                "df", 1,
                "p", test.p(),
                "observed_control", test.observedControl(),
                "observed_treatment", test.observedTreatment(),
                "expected_control", test.expectedControl(),
                "expected_treatment", test.expectedTreatment(),
                "variance_treatment", test.variance());
    }

    private static CoxRegression.Result fit(Selection selection, boolean stratified) {
        Table rows = selection.rows();
        CoxRegression method = CoxRegression.withDefaults()
                .with(
                        switch (selection.text("ties")) {
                            case "breslow" -> CoxRegression.Ties.BRESLOW;
                            case "exact" -> CoxRegression.Ties.EXACT;
                            default -> CoxRegression.Ties.EFRON;
                        });
        boolean[] event = rows.has("event")
                ? rows.are("event", selection.select().get("event_code").asString())
                : rows.are("status", "1");
        Design design = Design.ofArms(rows.are("arm", selection.treatment()));
        if (!selection.text("adjust").isEmpty()) {
            for (String term : selection.text("adjust").split(" \\+ ", -1)) {
                design = Selection.withTerm(design, rows, term);
            }
        }
        return stratified
                ? method.fit(rows.numbers("time"), event, design, rows.texts("site"))
                : method.fit(rows.numbers("time"), event, design);
    }

    private static Object cox(Selection selection, JsonNode expected, boolean stratified) {
        CoxRegression.Result fit = fit(selection, stratified);
        Map<String, Object> result = cox(fit, expected);
        List<Estimate> ratios = fit.coefficients().all(Coefficients.Covariance.MODEL).stream()
                .map(estimate -> estimate.transformed(Math::exp))
                .toList();
        result.put("hr", perTerm(ratios.stream().map(Estimate::value).toList(), expected, "hr"));
        result.put("hr_lower", perTerm(ratios.stream().map(Estimate::lower).toList(), expected, "hr_lower"));
        result.put("hr_upper", perTerm(ratios.stream().map(Estimate::upper).toList(), expected, "hr_upper"));
        result.put("lr_chisq", fit.likelihoodRatio().statistic());
        result.put("lr_p", fit.likelihoodRatio().p());
        result.put("score_chisq", fit.score().statistic());
        result.put("score_p", fit.score().p());
        result.put("wald_chisq", fit.wald().statistic());
        return result;
    }

    /** One number, a list or an object by term, as the reference writes it. */
    private static Object perTerm(List<Quantity> values, JsonNode expected, String key) {
        JsonNode form = expected.get("result").path(key);
        if (form.isArray()) {
            return values;
        }
        if (!form.isObject()) {
            return values.get(0);
        }
        Map<String, Object> byTerm = object();
        int i = 0;
        for (String term : form.propertyNames()) {
            byTerm.put(term, values.get(i++));
        }
        return byTerm;
    }

    private static Map<String, Object> cox(CoxRegression.Result fit, JsonNode expected) {
        return object(
                "n", fit.n(),
                "events", fit.events(),
                "coefficients",
                        ReferenceMethods.coefficients(
                                fit.coefficients().all(Coefficients.Covariance.MODEL),
                                expected.get("result").get("coefficients")),
                "loglik_null", fit.nullLogLikelihood(),
                "loglik", fit.logLikelihood());
    }

    private static Object causeSpecific(Selection selection, JsonNode expected) {
        CoxRegression.Result fit = fit(selection, false);
        Map<String, Object> result = cox(fit, expected);
        result.put("hr", fit.hazardRatio().value());
        result.put("hr_lower", fit.hazardRatio().lower());
        result.put("hr_upper", fit.hazardRatio().upper());
        return result;
    }

    private static Object proportionalHazards(Selection selection) {
        CoxRegression.ModelTest test = fit(selection, false).proportionalHazards();
        return object("chisq", test.statistic(), "p", test.p());
    }

    private static Object restrictedMean(Selection selection) {
        Table treated = selection.rows().where("arm", selection.treatment());
        Table control = selection.rows().where("arm", selection.control());
        RestrictedMean mean = RestrictedMean.of(
                treated.numbers("time"),
                treated.are("status", "1"),
                control.numbers("time"),
                control.are("status", "1"),
                selection.number("tau"));
        Map<String, Object> result = estimate(mean.difference());
        result.put("tau", selection.number("tau"));
        result.put("rmst_treatment", mean.treatment().value());
        result.put("se_treatment", mean.treatment().standardError());
        result.put("rmst_control", mean.control().value());
        result.put("se_control", mean.control().standardError());
        result.put("difference", mean.difference().value());
        result.put("ratio", mean.ratio());
        return result;
    }

    /** The codes with the record's cause as 1 and the other as 2. */
    private static int[] codes(Selection selection, Table rows) {
        String cause = selection.select().get("event_code").asString();
        return rows.texts("event").stream()
                .mapToInt(code -> code.equals("0") ? 0 : code.equals(cause) ? 1 : 2)
                .toArray();
    }

    private static CumulativeIncidence curve(Selection selection, String arm) {
        Table rows = selection.rows().where("arm", arm);
        return CumulativeIncidence.of(rows.numbers("time"), codes(selection, rows));
    }

    private static Object cumulativeIncidence(Selection selection, JsonNode expected) {
        Table rows = selection.rows();
        int[] codes = codes(selection, rows);
        CumulativeIncidence curve = CumulativeIncidence.of(rows.numbers("time"), codes);
        List<Object> at = new ArrayList<>();
        for (JsonNode row : expected.get("result").get("at")) {
            double time = row.get("time").doubleValue();
            CumulativeIncidence.Point point = curve.at(time);
            Limits other = curve.at(time, CumulativeIncidence.Scale.COMPLEMENTARY_LOG_LOG)
                    .limits();
            at.add(object(
                    "months", row.get("months").doubleValue(),
                    "time", point.time(),
                    "n_risk", point.atRisk(),
                    "cif", point.incidence(),
                    "se", point.standardError(),
                    "ci_lower", point.limits().lower(),
                    "ci_upper", point.limits().upper(),
                    "fork_se_aalen_cmprsk", point.aalenError(),
                    "fork_ci_lower_cloglog", other.lower(),
                    "fork_ci_upper_cloglog", other.upper()));
        }
        return object(
                "n", rows.size(),
                "events", Arrays.stream(codes).filter(code -> code == 1).count(),
                "competing", Arrays.stream(codes).filter(code -> code == 2).count(),
                "at", at);
    }

    private static Object incidenceDifference(Selection selection, JsonNode expected) {
        CumulativeIncidence treatment = curve(selection, selection.treatment());
        CumulativeIncidence control = curve(selection, selection.control());
        List<Object> at = new ArrayList<>();
        for (JsonNode row : expected.get("result").get("at")) {
            double months = row.get("months").doubleValue();
            Map<String, Object> columns =
                    estimate(CumulativeIncidence.difference(treatment, control, months * 30.4375));
            columns.put("months", months);
            columns.put("difference", columns.get("estimate"));
            at.add(columns);
        }
        return object("at", at);
    }

    private static Object gray(Selection selection) {
        Table treated = selection.rows().where("arm", selection.treatment());
        Table control = selection.rows().where("arm", selection.control());
        GrayTest test = GrayTest.of(
                treated.numbers("time"), codes(selection, treated), control.numbers("time"), codes(selection, control));
        return object("chisq", test.statistic(), "df", 1, "p", test.p());
    }
}
