package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.statistics.ClusterRobust;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.IntraclassCorrelation;
import org.equipoise.statistics.Limits;
import org.equipoise.statistics.LinearFit;
import org.jspecify.annotations.Nullable;

/**
 * A linear model's contrast again, people of one therapy group, or of one therapist where there is no group, taken as one
 * cluster (CR2); whoever has neither is a cluster of their own. With fewer than ten clusters also the model's own
 * standard error times the root of the design effect 1 + (m - 1) 0.05, m the mean size of the cluster a person is in.
 */
final class Clustering {
    private static final int ENOUGH = 10;
    private static final double ASSUMED_CORRELATION = 0.05;

    private final EstimateRows rows;

    Clustering(EstimateRows rows) {
        this.rows = rows;
    }

    /**
     * Adds the rows. Without any cluster there is only their number, zero: clustering is not accounted for.
     *
     * @param clusters cluster of each row of the model; null where there is none
     */
    void repeat(
            String variant,
            Sample.Counts counts,
            LinearFit fit,
            double[] values,
            Design design,
            List<@Nullable String> clusters) {
        Group group =
                rows.group("lm_cluster_robust", variant, counts, Map.of("clusters", "therapy group or therapist"));
        int named = (int) clusters.stream().filter(Objects::nonNull).distinct().count();
        group.add("clusters", named);
        if (named == 0) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < clusters.size(); i++) {
            String cluster = clusters.get(i);
            names.add(cluster == null ? "person " + i : "cluster " + cluster);
        }
        group.add("arm", Numbers.of(fit.clustered(Design.TREATMENT, names, ClusterRobust.CR2)));
        group.add("icc", IntraclassCorrelation.reml(values, design, names).correlation());
        if (named < ENOUGH) {
            group.form("design_effect").add("arm", inflated(fit.treatment(), names));
        }
    }

    private static Numbers inflated(Estimate plain, List<String> names) {
        Map<String, Integer> sizes = new HashMap<>();
        names.forEach(name -> sizes.merge(name, 1, Integer::sum));
        double squares = 0;
        for (int size : sizes.values()) {
            squares += (double) size * size;
        }
        double factor = Math.sqrt(1 + (squares / names.size() - 1) * ASSUMED_CORRELATION);
        double value = plain.value().isEstimable() ? plain.value().value() : 0;
        return Numbers.of(plain.value())
                .withStandardError(plain.standardError().map(error -> error * factor))
                .withLimits(new Limits(
                        plain.lower().map(limit -> value + (limit - value) * factor),
                        plain.upper().map(limit -> value + (limit - value) * factor)));
    }
}
