package org.equipoise.harmonize;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.equipoise.staging.StagingStore.SourcedFinding;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;

/**
 * What is published of one participant.
 *
 * @param arm as randomised; null when the site's files do not say it
 * @param timeZero date that follow-up counts from; null when unknown
 * @param anchors every date known of the participant, by fact
 * @param factors facts that may adjust a comparison, by name
 * @param contentHash SHA-256 over all the rest but findings and sources, with the record id in place of the key
 */
public record HarmonizedParticipant(
        ParticipantKey key,
        SiteCode site,
        @Nullable ArmCode arm,
        @Nullable LocalDate timeZero,
        SortedMap<String, LocalDate> anchors,
        SortedMap<String, String> factors,
        List<ScoredAssessment> assessments,
        List<OutcomeSeries> series,
        List<SourcedFinding> findings,
        byte[] contentHash) {

    HarmonizedParticipant withContentHash(byte[] hash) {
        return new HarmonizedParticipant(
                key, site, arm, timeZero, anchors, factors, assessments, series, findings, hash);
    }

    /** Where in time an assessment belongs. */
    public enum Placement {
        /** In the window of an interval, by date where there is one. */
        INTERVAL,
        /** Outside every window, or another assessment stands for the interval. */
        UNSCHEDULED,
        /** Time zero is not known. */
        NO_TIME_ZERO
    }

    /**
     * An assessment with its scores.
     *
     * @param interval the window that holds it; null unless placed in one
     * @param nominal the interval the site files it under; null when the site does not say
     * @param day days from time zero; null when either date is unknown
     * @param submission where its first item was read
     * @param values answers by item, meaningless where a reason is set
     * @param reasons {@link org.equipoise.vocabulary.MissingReason} codes
     */
    public record ScoredAssessment(
            InstrumentCode instrument,
            Placement placement,
            @Nullable IntervalCode interval,
            @Nullable IntervalCode nominal,
            @Nullable LocalDate date,
            @Nullable Integer day,
            long submission,
            int line,
            boolean stale,
            short[] values,
            byte[] reasons,
            List<Score> scores) {}

    /** Where a score comes from. */
    public enum ScoreSource {
        ITEMS,
        SITE
    }

    /**
     * The number of a scale.
     *
     * @param value null when it is not to be had
     * @param reason why not; null when there is a value
     * @param answered items answered
     */
    public record Score(
            ScaleCode scale,
            @Nullable Double value,
            @Nullable String reason,
            int answered,
            ScoreSource source) {}

    /** One outcome over the study's intervals, in their order. */
    public record OutcomeSeries(OutcomeCode outcome, List<Cell> cells) {}

    /**
     * One outcome at one interval.
     *
     * @param value null when there is none
     * @param reason why there is none; null when there is a value
     * @param assessment index of the assessment the value is from, -1 without one
     */
    public record Cell(
            @Nullable Double value,
            @Nullable Integer day,
            @Nullable String reason,
            int assessment) {}
}
