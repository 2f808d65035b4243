package org.equipoise.comparison;

import java.util.List;
import java.util.Map;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.MetaAnalysis;
import org.equipoise.statistics.MetaAnalysis.Result;

/**
 * How much the sites differ: their own effects, pooled with a variance between sites (restricted likelihood,
 * Hartung-Knapp with the factor not below 1). Sites whose effect or standard error is not to be had are left out and
 * counted. It stands beside the one model over all sites, never in its place.
 */
final class Heterogeneity {
    private static final String METHOD = "meta_hartung_knapp_floored";

    private final EstimateRows rows;

    Heterogeneity(EstimateRows rows) {
        this.rows = rows;
    }

    /**
     * Adds the pooled effect and how the sites differ.
     *
     * @param variant what is pooled, such as {@code ancova:baseline} or {@code log_odds_ratio}
     * @param counts people behind the effects
     * @param effects one for each site
     */
    void pool(String variant, Counts counts, List<Estimate> effects) {
        List<Estimate> usable = effects.stream()
                .filter(effect -> effect.value().isEstimable()
                        && effect.standardError().isEstimable()
                        && effect.standardError().value() > 0)
                .toList();
        double[] values =
                usable.stream().mapToDouble(effect -> effect.value().value()).toArray();
        double[] variances = usable.stream()
                .mapToDouble(effect -> effect.standardError().value())
                .map(error -> error * error)
                .toArray();
        Result result = MetaAnalysis.withDefaults().pool(values, variances);
        MetaAnalysis.Heterogeneity between = result.heterogeneity();
        Group group = rows.group(
                METHOD,
                variant,
                counts,
                Map.of("estimator", "reml", "sites_left_out", Integer.toString(effects.size() - usable.size())));
        group.add("k", result.studies());
        group.add("estimate", Numbers.of(result.pooled()));
        group.add("hk_factor", result.hartungKnappFactor());
        group.add("prediction", Numbers.of(result.pooled().value()).withLimits(result.prediction()));
        group.add("tau2", Numbers.of(between.tau2()).withLimits(between.tau2Limits()));
        group.add("I2", Numbers.of(between.i2()).withLimits(between.i2Limits()));
        group.add("Q", Numbers.of(between.q()).withTest(between.q(), between.qP()));
    }
}
