package org.equipoise.comparison;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.Moderator;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.MetaAnalysis;
import org.equipoise.statistics.MetaAnalysis.Result;
import org.equipoise.statistics.MetaRegression;
import org.equipoise.statistics.NotEstimable;
import org.jspecify.annotations.Nullable;

/**
 * How much the sites differ: their own effects, pooled with a variance between sites (restricted likelihood,
 * Hartung-Knapp with the factor not below 1). Sites whose effect or standard error is not to be had are left out and
 * counted. It stands beside the one model over all sites, never in its place. Where the study names moderators, a
 * regression of the effects on each of them says what they change with.
 */
final class Heterogeneity {
    private static final String METHOD = "meta_hartung_knapp_floored";
    private static final String REGRESSION = "meta_regression";

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

    /** The effect of each site, by a formula for one. */
    static <S> List<SiteEffect> effects(SortedMap<String, S> sites, Function<S, Estimate> effect) {
        return sites.entrySet().stream()
                .map(site -> SiteEffect.of(site.getKey(), effect.apply(site.getValue())))
                .toList();
    }

    /**
     * Adds the pooled effect and how the sites differ, and what their effects change with; the options tell why sites
     * were left out.
     *
     * @param variant what is pooled, such as {@code mmrm:planned}, {@code ancova:baseline} or {@code log_odds_ratio}
     * @param counts people behind the effects
     * @param sites one for each site
     */
    void pool(String variant, Counts counts, List<SiteEffect> sites) {
        List<SiteEffect> usable = sites.stream().filter(SiteEffect::isUsable).toList();
        Map<String, String> options = new TreeMap<>(options(sites.size() - usable.size()));
        if (usable.size() < sites.size()) {
            options.put(
                    "why_left_out",
                    sites.stream()
                            .filter(site -> !site.isUsable())
                            .map(site -> site.site() + " " + site.absent())
                            .collect(Collectors.joining(", ")));
        }
        pool(variant, counts, usable, options);
        rows.moderators().values().forEach((moderator, values) -> moderate(variant, counts, sites, moderator, values));
    }

    /** How the effects change with a moderator, over the sites that have both. */
    private void moderate(
            String variant,
            Counts counts,
            List<SiteEffect> sites,
            Moderator moderator,
            SortedMap<String, Double> values) {
        List<SiteEffect> usable = sites.stream()
                .filter(site -> site.isUsable() && values.containsKey(site.site()))
                .toList();
        Map<String, String> options = new TreeMap<>(options(sites.size() - usable.size()));
        options.put("moderator", moderator.outcome() + " of " + moderator.arm() + " at " + moderator.at());
        options.put("minimum_sites", Integer.toString(moderator.minimumSites()));
        Group group = rows.group(REGRESSION, variant, counts, options).form(moderator.code());
        if (usable.size() < moderator.minimumSites()) {
            group.addReason("slope", null, "too_few_sites");
            return;
        }
        MetaRegression.Result result = MetaRegression.fit(
                values(usable),
                variances(usable),
                usable.stream()
                        .mapToDouble(site -> Objects.requireNonNull(values.get(site.site())))
                        .toArray());
        group.add("k", result.studies());
        group.add("slope", Numbers.of(result.slope()));
        group.add("intercept", Numbers.of(result.intercept()));
        group.add("kh_factor", result.knappHartungFactor());
        group.add("tau2", result.tau2());
        group.add("I2", result.i2());
        group.add("QE", Numbers.of(result.q()).withTest(result.q(), result.qP()));
        group.add("explained", result.explained());
    }

    private static Map<String, String> options(int leftOut) {
        return Map.of("estimator", "reml", "sites_left_out", Integer.toString(leftOut));
    }

    private static double[] values(List<SiteEffect> usable) {
        return usable.stream()
                .mapToDouble(
                        site -> Objects.requireNonNull(site.estimate()).value().value())
                .toArray();
    }

    private static double[] variances(List<SiteEffect> usable) {
        return usable.stream()
                .mapToDouble(site ->
                        Objects.requireNonNull(site.estimate()).standardError().value())
                .map(error -> error * error)
                .toArray();
    }

    private void pool(String variant, Counts counts, List<SiteEffect> usable, Map<String, String> options) {
        Result result = MetaAnalysis.withDefaults().pool(values(usable), variances(usable));
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
