package org.equipoise.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Role;
import org.equipoise.report.Reading.Effect;

/** What a reader must know of the numbers before leaning on them. */
final class Notes {
    private final Study study;
    private final List<Effect> effects;
    private final boolean clustersKnown;

    Notes(Study study, List<Reading> readings) {
        this.study = study;
        this.effects = readings.stream()
                .flatMap(reading ->
                        reading.times().stream().flatMap(when -> reading.effect(when, Scope.OVER_SITES).stream()))
                .filter(Effect::isEstimated)
                .toList();
        clustersKnown = readings.stream().anyMatch(Notes::hasClusters);
    }

    private static boolean hasClusters(Reading reading) {
        return reading.times().stream()
                .flatMap(when ->
                        reading.rows().all(reading.about(when, Scope.OVER_SITES), "", "lm_cluster_robust", "clusters"))
                .map(StoredEstimate::value)
                .anyMatch(clusters -> clusters != null && clusters > 0);
    }

    List<String> lines() {
        return Stream.of(
                        Optional.of("Everyone allocated, as allocated. Effects are "
                                + study.arm(Role.TREATMENT).code().value() + " minus "
                                + study.arm(Role.CONTROL).code().value() + ", ratios "
                                + study.arm(Role.TREATMENT).code().value() + " over "
                                + study.arm(Role.CONTROL).code().value() + "."),
                        Optional.of("In brackets after an effect: its 95 % confidence interval."),
                        Optional.of(Wording.conduct(study.conduct())),
                        correction(),
                        adjustment(),
                        anyUnadjusted(),
                        anyAtOneInterval(),
                        clustering())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> correction() {
        return effects.stream().map(Effect::row).anyMatch(row -> row.adjustedP() != null)
                ? Optional.of(
                        "Adjusted p: corrected among the comparisons named beforehand, by Holm among primary outcomes,"
                                + " then among secondary ones only if all primary ones reject, by Benjamini and Hochberg among"
                                + " exploratory ones.")
                : Optional.empty();
    }

    private Optional<String> adjustment() {
        return effects.stream()
                .map(Effect::source)
                .filter(source -> source.main() && MeanReading.ADJUSTED.contains(source.method()))
                .findFirst()
                .map(source -> "Differences in scores are by " + method(source.method())
                        + ", adjusted for baseline" + factors(source.variant())
                        + ", and for site where there are several; other effects for site.");
    }

    /** An adjusting method in words. */
    private static String method(String method) {
        return method.equals("ancova")
                ? "analysis of covariance"
                : "a mixed model for repeated measures over the whole follow-up";
    }

    private String factors(String variant) {
        Study.Comparisons comparisons = study.comparisons();
        return Stream.concat(
                        comparisons.repeated().models().stream()
                                .map(model -> Map.entry(model.variant(), model.factors())),
                        comparisons.ancova().stream().map(model -> Map.entry(model.variant(), model.factors())))
                .filter(model ->
                        model.getKey().equals(variant) && !model.getValue().isEmpty())
                .map(model -> ", " + String.join(", ", model.getValue()))
                .findFirst()
                .orElse("");
    }

    private Optional<String> anyUnadjusted() {
        return isMarked(Reading.UNADJUSTED) ? Optional.of(Reading.UNADJUSTED_NOTE) : Optional.empty();
    }

    private Optional<String> anyAtOneInterval() {
        return isMarked(Reading.ONE_INTERVAL) ? Optional.of(Reading.ONE_INTERVAL_NOTE) : Optional.empty();
    }

    private boolean isMarked(String mark) {
        return effects.stream().anyMatch(effect -> effect.source().mark().equals(mark));
    }

    private Optional<String> clustering() {
        return effects.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        clustersKnown
                                ? "These effects take no account of therapists and therapy groups. Contrasts with standard"
                                        + " errors clustered by them are stored beside them (methods lm_cluster_robust and"
                                        + " mmrm_cluster_robust)."
                                : "Clustering of participants by therapist or group is not accounted for.");
    }
}
