package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.MetaAnalysis;
import org.equipoise.statistics.MetaAnalysis.Result;
import org.equipoise.statistics.NotEstimable;
import org.jspecify.annotations.Nullable;

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
     * What one site adds.
     *
     * @param estimate its effect; null where there is none
     * @param absent why there is none; null where there is one
     */
    record SiteEffect(
            String site,
            @Nullable Estimate estimate,
            @Nullable String absent) {

        static SiteEffect absent(String site, String reason) {
            return new SiteEffect(site, null, reason);
        }

        static SiteEffect of(String site, Estimate estimate) {
            return new SiteEffect(
                    site,
                    estimate,
                    whyUnusable(estimate).map(EstimateRows::code).orElse(null));
        }

        boolean isUsable() {
            return absent == null;
        }
    }

    private static Optional<NotEstimable> whyUnusable(Estimate effect) {
        return effect.value()
                .reason()
                .or(() -> effect.standardError().reason())
                .or(() -> effect.standardError().value() > 0
                        ? Optional.empty()
                        : Optional.of(NotEstimable.ZERO_VARIANCE));
    }

    /**
     * Adds the pooled effect of named sites and how they differ; the options tell why sites were left out.
     *
     * @param variant what is pooled, such as {@code mmrm:planned}
     * @param counts people behind the effects
     */
    void poolSites(String variant, Counts counts, List<SiteEffect> sites) {
        List<Estimate> usable = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (SiteEffect site : sites) {
            if (site.isUsable()) {
                usable.add(Objects.requireNonNull(site.estimate()));
            } else {
                reasons.add(site.site() + " " + site.absent());
            }
        }
        Map<String, String> options = new TreeMap<>(options(reasons.size()));
        if (!reasons.isEmpty()) {
            options.put("why_left_out", String.join(", ", reasons));
        }
        pool(variant, counts, usable, options);
    }

    /**
     * Adds the pooled effect and how the sites differ.
     *
     * @param variant what is pooled, such as {@code ancova:baseline} or {@code log_odds_ratio}
     * @param counts people behind the effects
     * @param effects one for each site
     */
    void pool(String variant, Counts counts, List<Estimate> effects) {
        List<Estimate> usable =
                effects.stream().filter(effect -> whyUnusable(effect).isEmpty()).toList();
        pool(variant, counts, usable, options(effects.size() - usable.size()));
    }

    private static Map<String, String> options(int leftOut) {
        return Map.of("estimator", "reml", "sites_left_out", Integer.toString(leftOut));
    }

    private void pool(String variant, Counts counts, List<Estimate> usable, Map<String, String> options) {
        double[] values =
                usable.stream().mapToDouble(effect -> effect.value().value()).toArray();
        double[] variances = usable.stream()
                .mapToDouble(effect -> effect.standardError().value())
                .map(error -> error * error)
                .toArray();
        Result result = MetaAnalysis.withDefaults().pool(values, variances);
        MetaAnalysis.Heterogeneity between = result.heterogeneity();
        Group group = rows.group(METHOD, variant, counts, options);
        group.add("k", result.studies());
        group.add("estimate", Numbers.of(result.pooled()));
        group.add("hk_factor", result.hartungKnappFactor());
        group.add("prediction", Numbers.of(result.pooled().value()).withLimits(result.prediction()));
        group.add("tau2", Numbers.of(between.tau2()).withLimits(between.tau2Limits()));
        group.add("I2", Numbers.of(between.i2()).withLimits(between.i2Limits()));
        group.add("Q", Numbers.of(between.q()).withTest(between.q(), between.qP()));
    }
}
