package org.equipoise.comparison;

import java.util.List;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.statistics.ClusterRobust;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.IntraclassCorrelation;
import org.equipoise.statistics.LinearFit;
import org.jspecify.annotations.Nullable;

/**
 * A linear model's contrast again, people of one therapy group or therapist taken as one cluster (CR2). With few clusters
 * also the model's own standard error by an assumed design effect.
 */
final class Clustering {
    private final EstimateRows rows;

    Clustering(EstimateRows rows) {
        this.rows = rows;
    }

    /**
     * Adds the rows. Without any cluster there is only their number, zero: clustering is not accounted for.
     *
     * @param known cluster of each row of the model; null where there is none
     */
    void repeat(
            String variant,
            Sample.Counts counts,
            LinearFit fit,
            double[] values,
            Design design,
            List<@Nullable String> known) {
        Clusters clusters = Clusters.of(known);
        Group group = rows.group("lm_cluster_robust", variant, counts, Clusters.OPTIONS);
        group.add("clusters", clusters.shared());
        if (clusters.shared() == 0) {
            return;
        }
        group.add("arm", Numbers.of(fit.clustered(Design.TREATMENT, clusters.names(), ClusterRobust.CR2)));
        group.add(
                "icc",
                IntraclassCorrelation.reml(values, design, clusters.names()).correlation());
        if (clusters.areFew()) {
            group.form("design_effect").add("arm", clusters.inflated(fit.treatment()));
        }
    }
}
