package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.equipoise.comparison.Main;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.Outcome;
import org.jspecify.annotations.Nullable;

/** Scores and durations: means, and the difference between them. */
final class MeanReading extends Reading {
    static final List<String> QUANTITIES = List.of(
            "descriptives/n",
            "descriptives/mean",
            "descriptives/sd",
            "welch_t/diff",
            "mmrm/contrasts",
            "mmrm_cluster_robust/contrasts",
            "random_intercept_lmm/contrasts",
            "ancova/contrast",
            "linear_model/contrast",
            "standardised_mean_difference/hedges_g",
            "lm_cluster_robust/clusters");

    /** Methods that adjust scores for their baseline. */
    static final Set<String> ADJUSTED = Set.of("mmrm", "mmrm_cluster_robust", "random_intercept_lmm", "ancova");

    private final int decimals;

    MeanReading(Study study, Outcome outcome, StoredEstimates rows) {
        super(study, outcome, rows);
        decimals = decimals();
    }

    /** So many decimals that the first standard deviation shows three figures. */
    private int decimals() {
        double spread = times().stream()
                .flatMap(when -> study().arms().stream()
                        .map(arm -> number(when, Scope.OVER_SITES, arm.code().value(), "sd")))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(10.0);
        return spread >= 10 ? 1 : spread >= 1 ? 2 : 3;
    }

    private @Nullable Double number(When when, String site, String arm, String quantity) {
        return rows().number(about(when, site), arm, "descriptives", endpoint(when), quantity);
    }

    private String endpoint(When when) {
        Endpoint endpoint = when.isBaseline() || outcome().type().isAmount()
                ? Endpoint.VALUE
                : study().comparisons().endpoints().get(0);
        return endpoint.name().toLowerCase(Locale.ROOT);
    }

    @Override
    List<String> armColumns() {
        return List.of("n", "mean (SD)", "95 % CI");
    }

    @Override
    List<String> armCells(When when, String site, String arm) {
        Double mean = number(when, site, arm, "mean");
        StoredEstimate row = drawn(when, site, arm).orElse(null);
        return List.of(
                Numerals.whole(number(when, site, arm, "n")),
                mean == null
                        ? Numerals.NONE
                        : Numerals.number(mean, decimals) + " ("
                                + Numerals.number(number(when, site, arm, "sd"), decimals) + ")",
                row == null ? Numerals.NONE : Numerals.limits(row.low(), row.high(), decimals));
    }

    @Override
    Optional<StoredEstimate> drawn(When when, String site, String arm) {
        return rows().find(about(when, site), arm, "descriptives", endpoint(when), "mean");
    }

    @Override
    Scale scale() {
        return new Scale("Difference", false, 1, decimals);
    }

    @Override
    double drawnFactor() {
        return 1;
    }

    @Override
    String unit() {
        return "Mean, " + outcome().unit();
    }

    @Override
    List<Source> sources(When when, String site) {
        List<Source> sources = new ArrayList<>();
        for (Main main : Main.adjusted(study(), outcome())) {
            if (!main.method().equals("welch_t")) {
                sources.add(new Source(main.method(), main.variant(), main.quantity(), sources.isEmpty()));
            }
        }
        sources.add(new Source("welch_t", endpoint(when), "diff", false));
        return sources;
    }

    @Override
    List<String> pooledVariants() {
        return outcome().type().isAmount()
                ? List.of("mean_difference")
                : Main.adjusted(study(), outcome()).stream()
                        .map(main -> main.method() + ":" + main.variant())
                        .toList();
    }

    @Override
    String extraColumn() {
        return "Hedges\u2019 g";
    }

    @Override
    String extra(When when, String site) {
        return Numerals.number(
                rows().number(
                                about(when, site),
                                "",
                                "standardised_mean_difference",
                                endpoint(when) + ":noncentral_t",
                                "hedges_g"),
                2);
    }
}
