package org.equipoise.statistics;

import static org.equipoise.statistics.ReferenceMethods.estimate;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Reference results that take clusters into account. */
final class ClusterMethods {

    private ClusterMethods() {}

    static void register(Map<String, BiFunction<Selection, JsonNode, Object>> methods) {
        methods.put("lm_cluster_robust", ClusterMethods::clusterRobust);
        methods.put("intraclass_correlation", (selection, expected) -> intraclass(selection));
    }

    private static Object clusterRobust(Selection selection, JsonNode expected) {
        Table rows = selection.rows().with("value", "baseline");
        List<String> clusters = clusters(rows, selection.text("cluster"));
        Design design = selection.design(rows);
        LinearFit fit = LinearModel.withDefaults().fit(rows.numbers("value"), design);
        List<Integer> sizes =
                Groups.rows(clusters).values().stream().map(List::size).sorted().toList();
        List<Estimate> coefficients = new ArrayList<>();
        for (String column : design.columnNames()) {
            coefficients.add(fit.clustered(column, clusters, ClusterRobust.CR2));
        }
        Estimate cr0 = fit.clustered(Design.TREATMENT, clusters, ClusterRobust.CR0);
        Estimate cr3 = fit.clustered(Design.TREATMENT, clusters, ClusterRobust.CR3);
        return object(
                "n", fit.n(),
                "clusters", sizes.size(),
                "cluster_size_min", sizes.get(0),
                "cluster_size_max", sizes.get(sizes.size() - 1),
                "arm", estimate(fit.clustered(Design.TREATMENT, clusters, ClusterRobust.CR2)),
                "coefficients",
                        ReferenceMethods.coefficients(
                                coefficients, expected.get("result").get("coefficients")),
                "arm_se_cr0", cr0.standardError(),
                "arm_df_cr0", cr0.degreesOfFreedom(),
                "arm_se_cr3", cr3.standardError(),
                "arm_df_cr3", cr3.degreesOfFreedom(),
                "fork_arm_se_cr1",
                        fit.clustered(Design.TREATMENT, clusters, ClusterRobust.CR1)
                                .standardError(),
                "fork_arm_se_cr1_stata",
                        fit.clustered(Design.TREATMENT, clusters, ClusterRobust.CR1_STATA)
                                .standardError());
    }

    /** The cluster's column; who has none is a cluster of their own where the record says so. */
    private static List<String> clusters(Table rows, String cluster) {
        return cluster.equals("therapist")
                ? rows.texts("therapist")
                : rows.rows().stream()
                        .map(row -> Table.text(row, "therapy_group").isEmpty()
                                ? Table.text(row, "participant")
                                : Table.text(row, "therapy_group"))
                        .toList();
    }

    private static Object intraclass(Selection selection) {
        Table rows = selection.rows().with("value", selection.text("cluster"));
        List<String> clusters = rows.texts(selection.text("cluster"));
        double[] values = rows.numbers("value");
        IntraclassCorrelation.MeanSquares squares = IntraclassCorrelation.meanSquares(values, clusters);
        Design adjusted = selection.text("adjusted_model").startsWith("arm")
                ? Design.ofArms(rows.are("arm", selection.treatment()))
                : Design.ofIntercept(rows.size());
        return object(
                "n", values.length,
                "clusters", squares.clusters(),
                "reml", components(IntraclassCorrelation.reml(values, Design.ofIntercept(values.length), clusters)),
                "reml_adjusted",
                        components(IntraclassCorrelation.reml(
                                values, adjusted.withCovariate("baseline", rows.numbers("baseline")), clusters)),
                "anova",
                        object(
                                "ms_between", squares.meanSquareBetween(),
                                "ms_within", squares.meanSquareWithin(),
                                "n0", squares.effectiveSize(),
                                "F", squares.f(),
                                "df1", squares.clusters() - 1,
                                "df2", values.length - squares.clusters(),
                                "p", squares.p(),
                                "icc", squares.correlation(),
                                "ci_lower", squares.limits().lower(),
                                "ci_upper", squares.limits().upper()));
    }

    private static Object components(IntraclassCorrelation.Components components) {
        return object(
                "between", components.between(),
                "within", components.within(),
                "icc", components.correlation());
    }
}
