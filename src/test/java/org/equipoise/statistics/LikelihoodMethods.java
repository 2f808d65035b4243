package org.equipoise.statistics;

import static org.equipoise.statistics.ReferenceMethods.coefficients;
import static org.equipoise.statistics.ReferenceMethods.estimate;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reference results of models fitted by maximum likelihood. */
final class LikelihoodMethods {

    private LikelihoodMethods() {}

    static void register(Map<String, BiFunction<Selection, JsonNode, Object>> methods) {
        methods.put("logistic_adjusted", LikelihoodMethods::logistic);
        methods.put("firth_logistic", LikelihoodMethods::firth);
        methods.put("standardised_risk", (selection, expected) -> standardized(selection));
        methods.put("poisson_rate_ratio", LikelihoodMethods::poisson);
        methods.put("negative_binomial_rate_ratio", LikelihoodMethods::negativeBinomial);
    }

    private static Object logistic(Selection selection, JsonNode expected) {
        Table rows = selection.rows().with("value");
        LogisticRegression.Result fit =
                LogisticRegression.withDefaults().fit(rows.are("value", "1"), selection.design(rows));
        JsonNode terms = expected.get("result").get("coefficients");
        List<Estimate> robust = fit.coefficients().all(Coefficients.Covariance.HC0);
        Limits profile = LogisticRegression.withDefaults()
                .profile(rows.are("value", "1"), selection.design(rows))
                .limits()
                .map(Math::exp);
        return object(
                "converged", fit.coefficients().failure().isEmpty(),
                "n", fit.n(),
                "coefficients", coefficients(fit.coefficients().all(Coefficients.Covariance.MODEL), terms),
                "arm_or", fit.oddsRatio().value(),
                "arm_or_wald_lower", fit.oddsRatio().lower(),
                "arm_or_wald_upper", fit.oddsRatio().upper(),
                "fork_arm_or_profile_lower", profile.lower(),
                "fork_arm_or_profile_upper", profile.upper(),
                "loglik", fit.logLikelihood(),
                "null_deviance", fit.nullLogLikelihood().map(l -> -2 * l),
                "deviance", fit.logLikelihood().map(l -> -2 * l),
                "hc0_se", byTerm(robust, terms, Estimate::standardError));
    }

    private static <T> Map<String, Object> byTerm(List<T> values, JsonNode terms, Function<T, Quantity> part) {
        Map<String, Object> byTerm = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            byTerm.put(terms.get(i).get("term").asString(), part.apply(values.get(i)));
        }
        return byTerm;
    }

    private static Object firth(Selection selection, JsonNode expected) {
        Table rows;
        Design design;
        boolean[] outcome;
        if (selection.text("outcome").equals("HG")) {
            rows = selection.pack().table("data.csv");
            design = Design.ofIntercept(rows.size());
            for (String term : selection.text("model").split(" \\+ ", -1)) {
                design = Selection.withTerm(design, rows, term);
            }
            outcome = rows.are("HG", "1");
        } else {
            rows = selection.rows().with("value");
            design = selection.design(rows);
            outcome = rows.are("value", "1");
        }
        FirthLogisticRegression.Result fit = FirthLogisticRegression.fit(outcome, design);
        JsonNode terms = expected.get("result").get("coefficients");
        return object(
                "n", fit.n(),
                "coefficients", coefficients(fit.coefficients().all(Coefficients.Covariance.MODEL), terms),
                "penalised_loglik", fit.penalizedLogLikelihood(),
                "profile_ci_lower",
                        byTerm(
                                fit.profiles(),
                                terms,
                                profile -> profile.limits().lower()),
                "profile_ci_upper",
                        byTerm(
                                fit.profiles(),
                                terms,
                                profile -> profile.limits().upper()),
                "profile_p", byTerm(fit.profiles(), terms, ProfileInterval::p));
    }

    private static Object standardized(Selection selection) {
        Table rows = selection.rows().with("value");
        StandardizedRisks main =
                standardized(selection, rows, Coefficients.Covariance.HC0, StandardizedRisks.Covariates.AS_OBSERVED);
        return object(
                "converged", main.riskDifference().value().isEstimable(),
                "n", rows.size(),
                "risk_treatment", main.riskTreatment().value(),
                "risk_treatment_se", main.riskTreatment().standardError(),
                "risk_control", main.riskControl().value(),
                "risk_control_se", main.riskControl().standardError(),
                "rd", estimate(main.riskDifference()),
                "rr", logScale(main.riskRatio()),
                "or", logScale(main.oddsRatio()),
                "fork_model_based",
                        errors(standardized(
                                selection,
                                rows,
                                Coefficients.Covariance.MODEL,
                                StandardizedRisks.Covariates.AS_OBSERVED)),
                "fork_m_estimation",
                        errors(standardized(
                                selection, rows, Coefficients.Covariance.HC0, StandardizedRisks.Covariates.SAMPLED)));
    }

    private static StandardizedRisks standardized(
            Selection selection,
            Table rows,
            Coefficients.Covariance covariance,
            StandardizedRisks.Covariates covariates) {
        return LogisticRegression.withDefaults()
                .standardize(rows.are("value", "1"), selection.design(rows), covariance, covariates);
    }

    private static Map<String, Object> logScale(Estimate ratio) {
        Map<String, Object> columns = estimate(ratio);
        columns.put("log_se", ratio.standardError());
        return columns;
    }

    private static Object errors(StandardizedRisks risks) {
        return object(
                "rd_se", risks.riskDifference().standardError(),
                "rr_log_se", risks.riskRatio().standardError(),
                "or_log_se", risks.oddsRatio().standardError());
    }

    private static Object poisson(Selection selection, JsonNode expected) {
        Table rows = selection.rows();
        CountRegression.Result fit =
                CountRegression.poisson(rows.numbers("value"), rows.numbers("exposure_months"), selection.design(rows));
        Map<String, Object> result = counts(fit, expected);
        result.put("fork_arm_robust_hc1", rate(fit, Coefficients.Covariance.HC1));
        putProfile(
                result,
                CountRegression.poissonProfile(
                        rows.numbers("value"), rows.numbers("exposure_months"), selection.design(rows)));
        result.put("loglik", fit.logLikelihood());
        result.put("deviance", fit.deviance());
        result.put("pearson_chisq", fit.pearson());
        result.put("df_residual", fit.residualDegreesOfFreedom());
        return result;
    }

    private static Object negativeBinomial(Selection selection, JsonNode expected) {
        Table rows = selection.rows();
        CountRegression.Result fit = CountRegression.negativeBinomial(
                rows.numbers("value"), rows.numbers("exposure_months"), selection.design(rows));
        Map<String, Object> result = counts(fit, expected);
        putProfile(
                result,
                CountRegression.negativeBinomialProfile(
                        rows.numbers("value"), rows.numbers("exposure_months"), selection.design(rows)));
        result.put("theta", fit.theta().value());
        result.put("theta_se_at_maximum", fit.theta().standardError());
        result.put("alpha_dispersion", fit.theta().value().map(theta -> 1 / theta));
        result.put("twologlik", fit.logLikelihood().map(l -> 2 * l));
        result.put("fork_arm_joint_observed_information", rate(fit, Coefficients.Covariance.OBSERVED));
        return result;
    }

    private static void putProfile(Map<String, Object> result, ProfileInterval profile) {
        result.put("profile_log_lower", profile.limits().lower());
        result.put("profile_log_upper", profile.limits().upper());
    }

    private static Map<String, Object> counts(CountRegression.Result fit, JsonNode expected) {
        return object(
                "n", fit.n(),
                "coefficients",
                        coefficients(
                                fit.coefficients().all(Coefficients.Covariance.MODEL),
                                expected.get("result").get("coefficients")),
                "arm_model", rate(fit, Coefficients.Covariance.MODEL),
                "arm_robust_hc0", rate(fit, Coefficients.Covariance.HC0));
    }

    private static Map<String, Object> rate(CountRegression.Result fit, Coefficients.Covariance covariance) {
        Map<String, Object> columns = estimate(fit.rateRatio(covariance));
        columns.put("rate_ratio", columns.get("estimate"));
        return columns;
    }
}
