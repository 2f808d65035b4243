package org.equipoise.harmonize;

import java.time.LocalDate;
import java.util.List;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;

/**
 * Everything staged of one participant that counts now.
 *
 * @param recordId the site's own id, for findings and the content hash
 * @param cutOff day the site's latest export was taken; what lies after it is not due. Null when unknown
 * @param leftTreatment day they withdrew from treatment, as a coordinator told; null when none did
 * @param leftFollowUp day they withdrew from follow-up, as a coordinator told, whatever files say: nothing after it
 *     counts. Null when none did
 */
public record StagedParticipant(
        ParticipantKey key,
        String recordId,
        SiteCode site,
        List<SourcedFragment> fragments,
        List<SourcedFact> facts,
        List<Sourced<StagedEvent>> events,
        List<Sourced<StagedSpell>> spells,
        List<Sourced<ObservedSpan>> observed,
        List<Sourced<CareEpisode>> care,
        @Nullable LocalDate cutOff,
        @Nullable LocalDate leftTreatment,
        @Nullable LocalDate leftFollowUp) {

    /** Somebody of whom no coordinator told that they withdrew. */
    public StagedParticipant(
            ParticipantKey key,
            String recordId,
            SiteCode site,
            List<SourcedFragment> fragments,
            List<SourcedFact> facts,
            List<Sourced<StagedEvent>> events,
            List<Sourced<StagedSpell>> spells,
            List<Sourced<ObservedSpan>> observed,
            List<Sourced<CareEpisode>> care,
            @Nullable LocalDate cutOff) {
        this(key, recordId, site, fragments, facts, events, spells, observed, care, cutOff, null, null);
    }

    /** Whether no file speaks of them any more. */
    public boolean isGone() {
        return fragments.isEmpty() && facts.isEmpty();
    }

    /**
     * Something staged and where it came from, as for {@link SourcedFragment}.
     *
     * @param stale an earlier version, standing because the new one was refused
     */
    public record Sourced<T>(T value, long submission, int rank, boolean stale) {}

    /**
     * A fragment and where it came from.
     *
     * @param submission whose file it was read from
     * @param rank order of the submissions by the moment they were taken; the greatest wins
     * @param stale an earlier version, standing because the new one was refused
     */
    public record SourcedFragment(AssessmentFragment fragment, long submission, int rank, boolean stale) {}

    /** A fact and where it came from, as for {@link SourcedFragment}. */
    public record SourcedFact(ParticipantFact fact, long submission, int rank) {}
}
