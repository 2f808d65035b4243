package org.equipoise.harmonize;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.OutcomeSource;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.OutcomeSource.OfStandardized;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.jspecify.annotations.Nullable;

/**
 * What the definitions say of one site, worked out once: it is asked for each of the site's participants, outcome by
 * outcome. Outcomes and intervals are told by their place in the study.
 */
final class AtSite {
    private final Set<InstrumentCode> collected;
    private final boolean isDated;
    private final SentHistory sent;
    private final boolean[] planned;
    private final boolean[] untold;
    private final @Nullable OfScale[] ownScales;

    private AtSite(
            Study study,
            Set<InstrumentCode> collected,
            Set<IntervalCode> scheduled,
            boolean isDated,
            SentHistory sent) {
        this.collected = collected;
        this.isDated = isDated;
        this.sent = sent;
        planned = new boolean[study.intervals().size()];
        for (int i = 0; i < planned.length; i++) {
            planned[i] = scheduled.contains(study.intervals().get(i).code());
        }
        List<Outcome> outcomes = study.outcomes();
        untold = new boolean[outcomes.size()];
        ownScales = new OfScale[outcomes.size()];
        for (int i = 0; i < untold.length; i++) {
            untold[i] = sent.leavesUntold(outcomes.get(i).source());
            ownScales[i] = ownScale(outcomes.get(i).source());
        }
    }

    /** A site by its mapping. */
    static AtSite of(Study study, SiteMapping mapping, EmbeddedForms embedded) {
        return new AtSite(
                study,
                embedded.with(instrumentsOf(mapping)),
                Set.copyOf(mapping.findMembership(study.code()).orElseThrow().schedule()),
                mapping.exports().stream()
                        .flatMap(export -> export.facts().stream())
                        .anyMatch(fact -> fact.fact().equals(study.timeZero())),
                new SentHistory(mapping));
    }

    /** A site without a mapping. */
    static AtSite unmapped(Study study) {
        return new AtSite(study, Set.of(), Set.of(), false, SentHistory.NONE);
    }

    private static Set<InstrumentCode> instrumentsOf(SiteMapping mapping) {
        return mapping.exports().stream()
                .flatMap(export -> Stream.concat(
                        export.forms().stream().map(SiteMapping.Form::instrument),
                        export.itemRow().stream().flatMap(row -> row.instruments().values().stream())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable OfScale ownScale(OutcomeSource source) {
        if (source instanceof OfStandardized standardized) {
            return standardized.scales().stream()
                    .filter(scale -> collects(scale.instrument()))
                    .findFirst()
                    .orElse(standardized.scales().get(0));
        }
        return source instanceof OfScale scale ? scale : null;
    }

    /** Whether answers to the instrument are sent, by itself or in a longer form. */
    boolean collects(InstrumentCode instrument) {
        return collected.contains(instrument);
    }

    /** Whether the site sees its participants at this interval. */
    boolean plans(int interval) {
        return planned[interval];
    }

    /** Whether the site sends the date that follow-up counts from. */
    boolean isDated() {
        return isDated;
    }

    /** What the site tells of events and spells. */
    SentHistory sent() {
        return sent;
    }

    /** Whether the site tells that something of the outcome's kind happened, and not what the outcome asks of it. */
    boolean leavesUntold(int outcome) {
        return untold[outcome];
    }

    /** The scale whose scores are an outcome at this site; null where it is not those of one scale. */
    @Nullable
    OfScale findOwnScale(int outcome) {
        return ownScales[outcome];
    }
}
