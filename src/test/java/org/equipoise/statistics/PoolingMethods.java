package org.equipoise.statistics;

import static org.equipoise.statistics.ReferenceMethods.coefficients;
import static org.equipoise.statistics.ReferenceMethods.estimate;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Reference results that pool, weight or adjust. */
final class PoolingMethods {

    private PoolingMethods() {}

    static void register(Map<String, BiFunction<Selection, JsonNode, Object>> methods) {
        methods.put("effect_sizes", (selection, expected) -> effects(selection));
        methods.put("meta_analysis", (selection, expected) -> meta(selection));
        methods.put("meta_hartung_knapp_floored", (selection, expected) -> floored(selection));
        methods.put("meta_regression", (selection, expected) -> regression(selection));
        methods.put("rubin_pooling", PoolingMethods::rubin);
        methods.put("multiplicity", (selection, expected) -> multiplicity(expected));
        methods.put("propensity_score", PoolingMethods::propensity);
        methods.put("ps_weighted_mean_difference", (selection, expected) -> weighted(selection));
        methods.put("distribution_tail", PoolingMethods::tails);
        methods.put("alpha_spending", (selection, expected) -> spending(selection));
        methods.put("permutation", (selection, expected) -> permutation(selection));
    }

    private static List<Estimate> trialEffects(Selection selection) {
        TwoByTwoTable.Measure measure = switch (selection.text("effect")) {
            case "RR" -> TwoByTwoTable.Measure.LOG_RISK_RATIO;
            case "OR" -> TwoByTwoTable.Measure.LOG_ODDS_RATIO;
            default -> TwoByTwoTable.Measure.RISK_DIFFERENCE;
        };
        TwoByTwoTable.ZeroCells rule = switch (selection.text("zero_cells")) {
            case "all" -> TwoByTwoTable.ZeroCells.HALF_EVERYWHERE;
            case "none" -> TwoByTwoTable.ZeroCells.UNCHANGED;
            default -> TwoByTwoTable.ZeroCells.HALF_WHERE_ZERO;
        };
        List<Estimate> all = BinaryMethods.trials(selection.pack()).stream()
                .map(table -> table.effect(measure, rule))
                .toList();
        int studies = selection.select().path("sites").isArray()
                ? selection.select().get("sites").size()
                : all.size();
        return all.subList(0, studies);
    }

    private static double[] values(List<Estimate> effects) {
        return effects.stream().mapToDouble(effect -> effect.value().value()).toArray();
    }

    private static double[] variances(List<Estimate> effects) {
        return effects.stream()
                .mapToDouble(effect -> Sums.square(effect.standardError().value()))
                .toArray();
    }

    private static Object effects(Selection selection) {
        List<Estimate> effects = trialEffects(selection);
        return object(
                "site", IntStream.rangeClosed(1, effects.size()).boxed().toList(),
                "yi", effects.stream().map(Estimate::value).toList(),
                "vi",
                        effects.stream()
                                .map(effect -> effect.standardError().map(Sums::square))
                                .toList());
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static MetaAnalysis.Result pool(Selection selection, MetaAnalysis.Test test, int predictionFrom) {
        return pool(selection, MetaAnalysis.withDefaults().with(test).withPredictionFrom(predictionFrom));
    }

    private static Limits predicted(Selection selection, MetaAnalysis.Prediction prediction) {
        return pool(
                        selection,
                        MetaAnalysis.withDefaults()
                                .with(MetaAnalysis.Test.NORMAL)
                                .with(prediction)
                                .withPredictionFrom(2))
                .prediction();
    }

    private static MetaAnalysis.Result pool(Selection selection, MetaAnalysis method) {
        MetaAnalysis.Estimator estimator = switch (selection.text("estimator")) {
            case "FE" -> MetaAnalysis.Estimator.FIXED;
            case "DL" -> MetaAnalysis.Estimator.DERSIMONIAN_LAIRD;
            case "PM" -> MetaAnalysis.Estimator.PAULE_MANDEL;
            default -> MetaAnalysis.Estimator.RESTRICTED_LIKELIHOOD;
        };
        List<Estimate> effects = trialEffects(selection);
        return method.with(estimator).pool(values(effects), variances(effects));
    }

    private static Object meta(Selection selection) {
        MetaAnalysis.Result result = pool(selection, MetaAnalysis.Test.NORMAL, 2);
        MetaAnalysis.Heterogeneity between = result.heterogeneity();
        Map<String, Object> columns = estimate(result.pooled());
        columns.put("k", result.studies());
        columns.put("Q", between.q());
        columns.put("Q_df", between.degreesOfFreedom());
        columns.put("Q_p", between.qP());
        columns.put("tau2", between.tau2());
        columns.put("tau", between.tau2().map(Math::sqrt));
        columns.put("I2_percent", between.i2().map(share -> 100 * share));
        columns.put("fork_I2_from_Q_percent", between.i2FromQ().map(share -> 100 * share));
        Limits oneLess = predicted(selection, MetaAnalysis.Prediction.STUDIES_LESS_ONE);
        columns.put("fork_pi_t_km1_lower", oneLess.lower());
        columns.put("fork_pi_t_km1_upper", oneLess.upper());
        Limits twoLess = predicted(selection, MetaAnalysis.Prediction.STUDIES_LESS_TWO);
        columns.put("fork_pi_higgins_t_km2_lower", twoLess.lower());
        columns.put("fork_pi_higgins_t_km2_upper", twoLess.upper());
        columns.put("H2", between.h2());
        columns.put("se_tau2", between.tau2Error());
        columns.put("pi_z_lower", result.prediction().lower());
        columns.put("pi_z_upper", result.prediction().upper());
        columns.put("hksj", hartungKnapp(pool(selection, MetaAnalysis.Test.HARTUNG_KNAPP, 2)));
        columns.put("fork_hksj_adhoc_max1", hartungKnapp(pool(selection, MetaAnalysis.Test.HARTUNG_KNAPP_FLOORED, 2)));
        columns.put("tau2_qprofile_lower", between.tau2Limits().lower());
        columns.put("tau2_qprofile_upper", between.tau2Limits().upper());
        columns.put("loglik_reml", result.logLikelihood());
        return columns;
    }

    private static Object hartungKnapp(MetaAnalysis.Result result) {
        Map<String, Object> columns = estimate(result.pooled());
        columns.put("pi_t_lower", result.prediction().lower());
        columns.put("pi_t_upper", result.prediction().upper());
        return columns;
    }

    private static Object floored(Selection selection) {
        MetaAnalysis.Result result = pool(selection, MetaAnalysis.Test.HARTUNG_KNAPP_FLOORED, 3);
        MetaAnalysis.Heterogeneity between = result.heterogeneity();
        Map<String, Object> columns = estimate(result.pooled());
        double factor = result.hartungKnappFactor().value();
        columns.put("k", result.studies());
        columns.put("tau2", between.tau2());
        columns.put("hk_factor", factor);
        columns.put("hk_factor_used", Math.max(1, factor));
        columns.put("floored", factor < 1);
        columns.put("pi_lower", result.prediction().lower());
        columns.put("pi_upper", result.prediction().upper());
        columns.put("tau2_lower", between.tau2Limits().lower());
        columns.put("tau2_upper", between.tau2Limits().upper());
        columns.put("tau_lower", between.tau2Limits().lower().map(Math::sqrt));
        columns.put("tau_upper", between.tau2Limits().upper().map(Math::sqrt));
        columns.put("I2_percent", between.i2().map(share -> 100 * share));
        columns.put("I2_lower", between.i2Limits().lower().map(share -> 100 * share));
        columns.put("I2_upper", between.i2Limits().upper().map(share -> 100 * share));
        columns.put("H2", between.h2());
        columns.put("H2_lower", between.h2Limits().lower());
        columns.put("H2_upper", between.h2Limits().upper());
        return columns;
    }

    private static Object regression(Selection selection) {
        Table sites = selection.pack().table("data.csv").where("case", selection.text("case"));
        MetaRegression.Result result = MetaRegression.fit(sites.numbers("y"), sites.numbers("v"), sites.numbers("x"));
        return object(
                "k", result.studies(),
                "slope", estimate(result.slope()),
                "intercept", estimate(result.intercept()),
                "kh_factor", result.knappHartungFactor(),
                "tau2", result.tau2(),
                "I2_percent", result.i2().map(share -> 100 * share),
                "QE", result.q(),
                "QE_p", result.qP(),
                "R2_percent", result.explained().map(share -> 100 * share));
    }

    private static Object rubin(Selection selection, JsonNode expected) {
        JsonNode result = expected.get("result");
        String visit = selection.text("visit");
        Table all = selection.pack().table("data_imputed.csv");
        double[] estimates = new double[result.get("m").intValue()];
        double[] variances = new double[estimates.length];
        double complete = 0;
        for (int i = 0; i < estimates.length; i++) {
            Table rows = all.where("imputation", Integer.toString(i + 1));
            LinearFit fit = LinearModel.withDefaults()
                    .fit(
                            rows.numbers("bdi_" + visit),
                            Design.ofArms(rows.are("arm", selection.treatment()))
                                    .withCovariate("baseline", rows.numbers("baseline")));
            estimates[i] = fit.treatment().value().value();
            variances[i] = Sums.square(fit.treatment().standardError().value());
            complete = fit.residualDegreesOfFreedom();
        }
        if (selection.text("df_complete").equals("infinite")) {
            complete = Double.POSITIVE_INFINITY;
        }
        RubinPooling pooled = RubinPooling.of(estimates, variances, complete);
        Map<String, Object> columns = estimate(pooled.pooled());
        columns.put("Q", list(estimates));
        columns.put("U", list(variances));
        columns.put("m", pooled.imputations());
        columns.put("df_complete", complete);
        columns.put("within", pooled.within());
        columns.put("between", pooled.between());
        columns.put("total", pooled.total());
        columns.put("riv", pooled.relativeIncrease());
        columns.put("lambda", pooled.lambda());
        columns.put("fmi", pooled.missingInformation());
        columns.put("df_barnard_rubin", pooled.pooled().degreesOfFreedom());
        columns.put("fork_df_rubin_1987", pooled.olderDegreesOfFreedom());
        return columns;
    }

    private static Object multiplicity(JsonNode expected) {
        JsonNode given = expected.get("result").get("p");
        double[] p = IntStream.range(0, given.size())
                .mapToDouble(i -> given.get(i).doubleValue())
                .toArray();
        return object(
                "p", list(p),
                "holm", list(Multiplicity.HOLM.adjust(p)),
                "hochberg", list(Multiplicity.HOCHBERG.adjust(p)),
                "BH", list(Multiplicity.BENJAMINI_HOCHBERG.adjust(p)),
                "BY", list(Multiplicity.BENJAMINI_YEKUTIELI.adjust(p)),
                "bonferroni", list(Multiplicity.BONFERRONI.adjust(p)));
    }

    private static Design confounders(Selection selection, Table rows) {
        JsonNode named = selection.select().path("confounders");
        List<String> columns = named.isArray()
                ? texts(named)
                : List.of("age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75");
        Design design = Design.ofIntercept(rows.size());
        for (String column : columns) {
            design = design.withCovariate(column, rows.numbers(column));
        }
        return design;
    }

    private static List<String> texts(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> list.get(i).asString())
                .toList();
    }

    private static Object spending(Selection selection) {
        List<AlphaSpending.Look> looks = AlphaSpending.valueOf(selection.text("family"))
                .boundaries(selection.numbers("information"), selection.number("alpha"));
        return object(
                "spent", looks.stream().map(AlphaSpending.Look::spent).toList(),
                "boundary", looks.stream().map(AlphaSpending.Look::boundary).toList());
    }

    private static Object permutation(Selection selection) {
        double[] labels = selection.numbers("treated");
        boolean[] treated = new boolean[labels.length];
        for (int i = 0; i < treated.length; i++) {
            treated[i] = labels[i] == 1;
        }
        PermutationTest.Result result = PermutationTest.withSeed(1)
                .meanDifference(
                        selection.numbers("values"),
                        treated,
                        texts(selection.select().get("sites")));
        return object("statistic", result.statistic(), "p", result.p(), "deals", result.deals());
    }

    private static Object propensity(Selection selection, JsonNode expected) {
        Table rows = selection.pack().table("data.csv");
        Design confounders = confounders(selection, rows);
        LogisticRegression.Result model = LogisticRegression.withDefaults().fit(rows.are("treat", "1"), confounders);
        Descriptives scores = Descriptives.of(PropensityWeighting.fitted(model, confounders));
        return object(
                "coefficients",
                        coefficients(
                                model.coefficients().all(Coefficients.Covariance.MODEL),
                                expected.get("result").get("coefficients")),
                "ps_summary",
                        object(
                                "min", scores.minimum(),
                                "q1", scores.lowerQuartile(),
                                "median", scores.median(),
                                "mean", scores.mean(),
                                "q3", scores.upperQuartile(),
                                "max", scores.maximum()),
                "loglik", model.logLikelihood());
    }

    private static Object weighted(Selection selection) {
        Table rows = selection.pack().table("data.csv");
        PropensityWeighting.Target target = switch (selection.text("weights")) {
            case "unweighted" -> PropensityWeighting.Target.UNWEIGHTED;
            case "att" -> PropensityWeighting.Target.TREATED;
            case "overlap" -> PropensityWeighting.Target.OVERLAP;
            // stabilised weights differ by a constant within each arm, which normalised means do not see
            default -> PropensityWeighting.Target.ALL;
        };
        PropensityWeighting.Result result = PropensityWeighting.compare(
                rows.numbers("value"), rows.are("treat", "1"), confounders(selection, rows), target);
        List<Object> balance = new ArrayList<>();
        for (PropensityWeighting.Balance one : result.balance()) {
            balance.add(object(
                    "term", one.column(),
                    "mean_treatment", one.meanTreatment(),
                    "mean_control", one.meanControl(),
                    "smd_pooled_unweighted_sd", one.standardizedDifference(),
                    "fork_smd_bernoulli_sd", one.binaryDifference()));
        }
        Map<String, Object> columns = estimate(result.weightsKnown());
        columns.put("mean_treatment", result.meanTreatment());
        columns.put("mean_control", result.meanControl());
        columns.put("se_hc0_weights_known", result.weightsKnown().standardError());
        columns.put("ess_treatment", result.effectiveTreatment());
        columns.put("ess_control", result.effectiveControl());
        columns.put("balance", balance);
        columns.put("se_m_estimation_ps_estimated", result.weightsEstimated().standardError());
        columns.put("ci_m_estimation_lower", result.weightsEstimated().lower());
        columns.put("ci_m_estimation_upper", result.weightsEstimated().upper());
        return columns;
    }

    private static Object tails(Selection selection, JsonNode expected) {
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : expected.get("result")) {
            Map<String, Object> columns = object();
            row.propertyNames().forEach(key -> columns.put(key, row.get(key).doubleValue()));
            if (row.has("t")) {
                double df = row.get("df").doubleValue();
                columns.put(
                        "p_two_sided",
                        Distributions.studentTwoSided(row.get("t").doubleValue(), df));
                columns.put("q975", Distributions.studentMargin(0.95, df));
            } else if (row.has("z")) {
                columns.put(
                        "p_two_sided", Distributions.normalTwoSided(row.get("z").doubleValue()));
            } else if (row.has("f")) {
                columns.put(
                        "p",
                        Distributions.fUpper(
                                row.get("f").doubleValue(),
                                row.get("df1").doubleValue(),
                                row.get("df2").doubleValue()));
            } else {
                columns.put(
                        "p",
                        Distributions.chiSquareUpper(
                                row.get("x").doubleValue(), row.get("df").doubleValue()));
            }
            rows.add(columns);
        }
        return rows;
    }
}
