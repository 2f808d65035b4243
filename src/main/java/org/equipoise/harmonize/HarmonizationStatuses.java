package org.equipoise.harmonize;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.Crosswalk;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.OutcomeSource.OfArea;
import org.equipoise.definition.OutcomeSource.OfCare;
import org.equipoise.definition.OutcomeSource.OfCosts;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.OutcomeSource.OfMetric;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.OutcomeSource.OfSpells;
import org.equipoise.definition.OutcomeSource.OfStandardized;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.harmonize.HarmonizationStatus.Degree;
import org.equipoise.vocabulary.OutcomeCode;

/**
 * Says of every site and outcome how far the one leads to the other, in the four degrees of the Maelstrom guidelines.
 *
 * <p>A score is complete where the scale is sent, as items or as the site's own total, or lies in a longer form that is
 * sent; a metric is approximate where only a crosswalk reaches it that holds for groups. Where the site plans none of
 * the outcome's intervals, it is impossible. Events and spells are of the degree that {@link SentHistory} says. A rule
 * or an area is of the degree of the outcome it asks.
 *
 * <p>Reference: Fortier et al. (2017), Int J Epidemiol 46, 103-105, doi:10.1093/ije/dyw075.
 */
public final class HarmonizationStatuses {
    private final DefinitionBundle definitions;
    private final SiteMapping mapping;
    private final SentHistory history;

    private HarmonizationStatuses(DefinitionBundle definitions, SiteMapping mapping) {
        this.definitions = definitions;
        this.mapping = mapping;
        history = new SentHistory(mapping);
    }

    /**
     * What a verdict is before it is a row.
     *
     * @param reason what it rests on, in words
     */
    record Verdict(Degree degree, String reason) {
        static final Comparator<Verdict> BEST_FIRST = Comparator.comparing(Verdict::degree);
    }

    /** Every site that takes part, by every outcome, in the order of the definitions. */
    public static List<HarmonizationStatus> of(DefinitionBundle definitions) {
        return definitions.mappings().values().stream()
                .sorted(Comparator.comparing(mapping -> mapping.site().value()))
                .map(mapping -> new HarmonizationStatuses(definitions, mapping))
                .flatMap(site -> definitions.study().outcomes().stream().map(site::status))
                .toList();
    }

    private HarmonizationStatus status(Outcome outcome) {
        Verdict verdict = verdict(outcome);
        if (outcome.isOverPeriods()) {
            return status(outcome, verdict, 0);
        }
        long planned = outcome.intervals().stream().filter(schedule()::contains).count();
        return status(
                outcome, asPlanned(verdict, (int) planned, outcome.intervals().size()), (int) planned);
    }

    private HarmonizationStatus status(Outcome outcome, Verdict verdict, int planned) {
        return new HarmonizationStatus(mapping.site(), outcome.code(), verdict.degree(), verdict.reason(), planned);
    }

    private List<?> schedule() {
        return mapping.findMembership(definitions.study().code()).orElseThrow().schedule();
    }

    private static Verdict asPlanned(Verdict verdict, int planned, int asked) {
        if (verdict.degree() == Degree.IMPOSSIBLE || planned == asked) {
            return verdict;
        }
        return planned == 0
                ? new Verdict(Degree.IMPOSSIBLE, "none of its intervals is planned here")
                : new Verdict(
                        verdict.degree(), verdict.reason() + "; planned at " + planned + " of " + asked + " intervals");
    }

    private Verdict verdict(Outcome outcome) {
        if (outcome.source() instanceof OfScale scale) {
            return ofScale(scale);
        }
        if (outcome.source() instanceof OfMetric metric) {
            return ofMetric(metric);
        }
        if (outcome.source() instanceof OfStandardized standardized) {
            return ofStandardized(standardized);
        }
        if (outcome.source() instanceof OfEvents events) {
            return history.of(events, outcome.type());
        }
        if (outcome.source() instanceof OfRule rule) {
            Verdict asked = verdict(find(rule.outcome()));
            return new Verdict(asked.degree(), rule.outcome() + ": " + asked.reason());
        }
        if (outcome.source() instanceof OfArea area) {
            HarmonizationStatus asked = status(find(area.outcome()));
            return new Verdict(asked.degree(), area.outcome() + ": " + asked.reason());
        }
        if (outcome.source() instanceof OfCare care) {
            return history.of(care);
        }
        if (outcome.source() instanceof OfCosts costs) {
            return history.of(costs);
        }
        return history.of((OfSpells) outcome.source());
    }

    private Outcome find(OutcomeCode code) {
        Study study = definitions.study();
        return study.outcomes().stream()
                .filter(outcome -> outcome.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private Verdict ofScale(OfScale scale) {
        return findScore(scale)
                .map(how -> new Verdict(Degree.COMPLETE, how))
                .orElseGet(() -> new Verdict(Degree.IMPOSSIBLE, "no " + nameOf(scale) + " is sent"));
    }

    private Verdict ofMetric(OfMetric metric) {
        Stream<Verdict> direct = metric.direct().stream().map(this::ofScale);
        Stream<Verdict> converted = metric.crosswalks().stream()
                .map(code -> definitions.crosswalks().get(code))
                .flatMap(crosswalk -> findScore(crosswalk.source()).map(how -> converted(crosswalk, how)).stream());
        return Stream.concat(direct, converted)
                .filter(verdict -> verdict.degree() != Degree.IMPOSSIBLE)
                .min(Verdict.BEST_FIRST)
                .orElseGet(
                        () -> new Verdict(Degree.IMPOSSIBLE, "no scale is sent that is on the metric or leads to it"));
    }

    private Verdict ofStandardized(OfStandardized standardized) {
        return standardized.scales().stream()
                .flatMap(scale -> findScore(scale).stream())
                .findFirst()
                .map(how -> new Verdict(Degree.APPROXIMATE, how + ", standardized in the comparison"))
                .orElseGet(() -> new Verdict(Degree.IMPOSSIBLE, "none of its scales is sent"));
    }

    private static Verdict converted(Crosswalk crosswalk, String how) {
        return new Verdict(
                crosswalk.approximate() ? Degree.APPROXIMATE : Degree.COMPLETE,
                how + ", converted by " + crosswalk.edition());
    }

    /** How the site's exports give a score of the scale, in words. */
    private Optional<String> findScore(OfScale scale) {
        if (sendsItems(scale)) {
            return Optional.of("items of " + scale.instrument());
        }
        if (sendsTotal(scale)) {
            return Optional.of("the site's own total of " + nameOf(scale));
        }
        Instrument instrument = definitions.instruments().get(scale.instrument());
        return instrument == null
                ? Optional.empty()
                : instrument.embeddedIn().stream()
                        .map(Instrument.Embedding::instrument)
                        .filter(longer -> sendsItems(new OfScale(longer, scale.scale())))
                        .map(longer -> "items inside " + longer)
                        .findFirst();
    }

    private boolean sendsItems(OfScale scale) {
        return mapping.exports().stream()
                .anyMatch(export -> export.forms().stream()
                                .anyMatch(form -> form.instrument().equals(scale.instrument())
                                        && !form.items().isEmpty())
                        || export.itemRow()
                                .filter(row -> row.totalUse() == SiteMapping.TotalUse.CROSS_CHECK
                                        || row.totalItem().isEmpty())
                                .filter(row -> row.instruments().containsValue(scale.instrument()))
                                .isPresent());
    }

    private boolean sendsTotal(OfScale scale) {
        return mapping.exports().stream()
                .anyMatch(export -> export.forms().stream()
                                .filter(form -> form.instrument().equals(scale.instrument()))
                                .flatMap(form -> form.totals().stream())
                                .anyMatch(total -> total.scale().equals(scale.scale())
                                        && total.use() == SiteMapping.TotalUse.SCORE)
                        || export.itemRow()
                                .filter(row -> row.instruments().containsValue(scale.instrument())
                                        && row.totalItem().containsValue(scale.scale()))
                                .isPresent());
    }

    private static String nameOf(OfScale scale) {
        return scale.instrument() + "/" + scale.scale();
    }
}
