package org.equipoise.harmonize;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.equipoise.vocabulary.IntervalCode;
import org.jspecify.annotations.Nullable;

/**
 * What is known of somebody who withdrew from follow-up: all up to the day, nothing after it. What had begun by then is
 * kept up to the day. What was asked about a time that ends later was asked later, so it is not kept at all; nor can a
 * number that was told for such a time be shared out.
 */
final class FollowUpEnd {
    private final LocalDate day;
    private final Function<IntervalCode, Optional<LocalDate>> planned;

    /**
     * @param day the last that is kept
     * @param planned when a visit is due, for assessments without a date; empty when it cannot be told
     */
    FollowUpEnd(LocalDate day, Function<IntervalCode, Optional<LocalDate>> planned) {
        this.day = day;
        this.planned = planned;
    }

    StagedParticipant cut(StagedParticipant staged) {
        return new StagedParticipant(
                staged.key(),
                staged.recordId(),
                staged.site(),
                staged.fragments().stream()
                        .filter(sourced -> isKept(
                                sourced.fragment().date(), sourced.fragment().visit()))
                        .toList(),
                staged.facts(),
                kept(staged.events(), this::event),
                kept(staged.spells(), this::spell),
                kept(staged.observed(), this::observed),
                kept(staged.care(), this::care),
                staged.cutOff(),
                staged.leftTreatment(),
                staged.leftFollowUp());
    }

    private boolean isKept(@Nullable LocalDate date, @Nullable IntervalCode visit) {
        return date != null
                ? !date.isAfter(day)
                : visit == null
                        || planned.apply(visit).filter(due -> due.isAfter(day)).isEmpty();
    }

    /** Those of which something is left. */
    private static <T> List<Sourced<T>> kept(List<Sourced<T>> all, UnaryOperator<@Nullable T> rule) {
        List<Sourced<T>> kept = new ArrayList<>(all.size());
        for (Sourced<T> sourced : all) {
            T left = rule.apply(sourced.value());
            if (left != null) {
                kept.add(new Sourced<>(left, sourced.submission(), sourced.rank(), sourced.stale()));
            }
        }
        return kept;
    }

    private @Nullable StagedEvent event(StagedEvent event) {
        return event.to().isAfter(day) ? null : event;
    }

    private @Nullable StagedSpell spell(StagedSpell spell) {
        LocalDate to = spell.to();
        if (spell.from().isAfter(day)) {
            return null;
        }
        if (to != null && !to.isAfter(day)) {
            return spell;
        }
        return spell.days() != null
                ? null
                : new StagedSpell(
                        spell.participant(), spell.kind(), spell.detail(), spell.from(), day, null, spell.line());
    }

    private @Nullable ObservedSpan observed(ObservedSpan span) {
        if (span.from().isAfter(day)) {
            return null;
        }
        if (!span.to().isAfter(day)) {
            return span;
        }
        return span.source() == ObservedSpan.Source.RECALL
                ? null
                : new ObservedSpan(span.participant(), span.kind(), span.from(), day, span.source(), span.line());
    }

    private @Nullable CareEpisode care(CareEpisode episode) {
        LocalDate to = episode.to();
        if (episode.from().isAfter(day)) {
            return null;
        }
        return to != null && !to.isAfter(day)
                ? episode
                : new CareEpisode(
                        episode.participant(),
                        episode.modality(),
                        episode.therapist(),
                        episode.group(),
                        episode.from(),
                        to == null ? null : day,
                        null,
                        episode.line());
    }
}
