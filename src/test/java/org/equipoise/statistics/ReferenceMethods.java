package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** How each method of the reference packs is computed here, in the form of the reference's result. */
final class ReferenceMethods {

    private static final Map<String, BiFunction<Selection, JsonNode, Object>> METHODS = new LinkedHashMap<>();

    static {
        ContinuousMethods.register(METHODS);
        BinaryMethods.register(METHODS);
        ClusterMethods.register(METHODS);
        LikelihoodMethods.register(METHODS);
        MixedMethods.register(METHODS);
        SurvivalMethods.register(METHODS);
        PoolingMethods.register(METHODS);
        ImputationMethods.register(METHODS);
    }

    /**
     * Keys that are not compared, by method: diagnostics of the reference's own iteration; the standard error of theta, for
     * which glm.nb takes the information one Newton step before its end (off by up to 1.5e-4 on these data; the committed
     * cases compare that one with the information at the maximum); the number of clusters less one, which a reader can
     * count; clubSandwich's square root for the clustered errors of a mixed model, where mmrm's is used; and svyglm's error,
     * which is HC0 times sqrt(n/(n - 1)).
     */
    private static final Map<String, Set<String>> NOT_OFFERED = Map.of(
            "firth_logistic", Set.of("max_abs_modified_score"),
            "negative_binomial_rate_ratio", Set.of("max_abs_score", "theta_se"),
            "lm_cluster_robust", Set.of("fork_df_clusters_minus_1"),
            "mmrm_cluster_robust", Set.of("fork_cr2_clubsandwich_contrasts"),
            "ps_weighted_mean_difference", Set.of("fork_se_svyglm"));

    /**
     * Keys that are not compared, by record: p values of fits that mmrm's default optimiser left too early. So far out in the
     * tail p moves by 1.2e-3 ({@code toeph}) and 2.6e-3 ({@code adh}) of itself where t moves by 4e-5 and 9e-5; the records
     * allow 5e-4. {@link SasReferenceTest} shows so much, that the likelihood found here is the higher one, and that SAS
     * agrees with it.
     */
    private static final Map<String, Set<String>> NOT_OFFERED_OF_RECORD = Map.of(
            "fev1/arm_only/toeph/kenwardroger", Set.of("p"),
            "fev1/arm_only/toeph/kenwardrogerlinear", Set.of("p"),
            "fev1/arm_only/adh/kenwardroger", Set.of("p"),
            "fev1/arm_only/adh/kenwardrogerlinear", Set.of("p"));

    private ReferenceMethods() {}

    static Set<String> notOffered(JsonNode expected) {
        return NOT_OFFERED_OF_RECORD.getOrDefault(
                expected.get("id").asString(),
                NOT_OFFERED.getOrDefault(expected.get("method").asString(), Set.of()));
    }

    static Object compute(ReferencePack pack, JsonNode expected) {
        BiFunction<Selection, JsonNode, Object> method =
                METHODS.get(expected.get("method").asString());
        if (method == null) {
            throw new IllegalArgumentException("no method " + expected.get("method"));
        }
        return method.apply(new Selection(pack, expected.get("select")), expected);
    }

    /** An object of a result: keys and values in turn. */
    static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** The usual columns of one estimate. */
    static Map<String, Object> estimate(Estimate estimate) {
        return object(
                "estimate", estimate.value(),
                "diff", estimate.value(),
                "se", estimate.standardError(),
                "df", estimate.degreesOfFreedom(),
                "t", estimate.statistic(),
                "z", estimate.statistic(),
                "stat", estimate.statistic(),
                "p", estimate.p(),
                "ci_lower", estimate.lower(),
                "ci_upper", estimate.upper());
    }

    static Map<String, Object> labelled(String label, String value, Map<String, Object> columns) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(label, value);
        row.putAll(columns);
        return row;
    }

    /** A table of coefficients under the names R gives them, in the order of the design. */
    static List<Map<String, Object>> coefficients(List<Estimate> estimates, JsonNode expectedRows) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < expectedRows.size(); i++) {
            rows.add(labelled("term", expectedRows.get(i).get("term").asString(), estimate(estimates.get(i))));
        }
        return rows;
    }
}
