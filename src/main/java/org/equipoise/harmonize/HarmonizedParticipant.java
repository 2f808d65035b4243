package org.equipoise.harmonize;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
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
 * @param events every event sent, with where it belongs
 * @param spells every spell sent, likewise
 * @param observed spans in which events would have been known, as sent
 * @param care care given, as sent
 * @param careBy who gave most of it
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
        List<PlacedEvent> events,
        List<PlacedSpell> spells,
        List<Sourced<ObservedSpan>> observed,
        List<Sourced<CareEpisode>> care,
        CareBy careBy,
        List<SourcedFinding> findings,
        byte[] contentHash) {

    HarmonizedParticipant withContentHash(byte[] hash) {
        return new HarmonizedParticipant(
                key,
                site,
                arm,
                timeZero,
                anchors,
                factors,
                assessments,
                series,
                events,
                spells,
                observed,
                care,
                careBy,
                findings,
                hash);
    }

    /** Where in time an assessment belongs. */
    public enum Placement {
        /** In the window of an interval, by date where there is one. */
        INTERVAL,
        /** Outside every window, or another assessment stands for the interval. */
        UNSCHEDULED,
        /** Time zero is not known. */
        NO_TIME_ZERO;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** As tables hold it. */
        public String label() {
            return label;
        }
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
        /** The items of a longer form that holds this one. */
        EMBEDDED,
        SITE;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** As tables hold it. */
        public String label() {
            return label;
        }
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

    /** Where a dated record belongs: each has just one place. */
    public enum RecordPlacement {
        /** Inside the time at risk. */
        COUNTED,
        /** A statement that there was no such event in the span. */
        NONE_STATED,
        /** All that it tells is told by another submission, by an earlier assessment or day by day, which counts. */
        REPEATED,
        BEFORE_TIME_ZERO,
        /** After death, withdrawal, the last contact or the export. */
        AFTER_FOLLOW_UP,
        /** While events of its kind were not ascertained. */
        NOT_OBSERVED,
        NO_TIME_ZERO;

        /** As tables hold it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An event and where it belongs.
     *
     * @param day days from time zero that it counts at; null when time zero is not known
     * @param counted how many acts count: none unless it is placed as counted, else those not told otherwise
     */
    public record PlacedEvent(
            Sourced<StagedEvent> sourced,
            RecordPlacement placement,
            @Nullable Integer day,
            int counted) {

        /** The same act, whoever tells of it. */
        record Act(String kind, @Nullable String detail, LocalDate from, LocalDate to) {
            static Act of(StagedEvent event) {
                return new Act(event.kind().value(), event.detail(), event.from(), event.to());
            }

            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Act act
                        && from.equals(act.from)
                        && to.equals(act.to)
                        && kind.equals(act.kind)
                        && Objects.equals(detail, act.detail);
            }

            @Override
            public int hashCode() {
                return 31 * kind.hashCode() + from.hashCode();
            }
        }

        String naturalKey() {
            StagedEvent event = sourced.value();
            return String.join(
                    "|",
                    event.kind().value(),
                    event.from().toString(),
                    event.to().toString(),
                    String.valueOf(event.detail()),
                    Integer.toString(event.count()),
                    placement.name(),
                    Integer.toString(counted));
        }
    }

    /**
     * What counts of a number of days told for a recall period: those not told otherwise.
     *
     * @param from first day that they lie among
     * @param to last day
     */
    public record CountedDays(double days, LocalDate from, LocalDate to) {}

    /**
     * A spell and where it belongs.
     *
     * @param day days from time zero of its first day; null when time zero is not known
     * @param counted of a number of days in a recall period; null for any other spell, and without time zero
     */
    public record PlacedSpell(
            Sourced<StagedSpell> sourced,
            RecordPlacement placement,
            @Nullable Integer day,
            @Nullable CountedDays counted) {

        String naturalKey() {
            StagedSpell spell = sourced.value();
            return String.join(
                    "|",
                    spell.kind().value(),
                    spell.from().toString(),
                    String.valueOf(spell.to()),
                    String.valueOf(spell.detail()),
                    String.valueOf(spell.days()),
                    String.valueOf(counted));
        }
    }

    /**
     * One outcome over the study's intervals, in their order, or over the outcome's own periods.
     *
     * @param overPeriods which of the two
     * @param ruleVersion of the rule that gave the values; null where no rule did
     */
    public record OutcomeSeries(
            OutcomeCode outcome,
            boolean overPeriods,
            List<Cell> cells,
            @Nullable String ruleVersion) {}

    /** How a time ended. */
    public enum Ending {
        CENSORED(0),
        EVENT(1),
        /** With a death that is not the event. */
        DEATH(2);

        private final int code;

        Ending(int code) {
            this.code = code;
        }

        /** As tables hold it. */
        public int code() {
            return code;
        }
    }

    /**
     * One outcome at one interval or over one period.
     *
     * @param value null when there is none; 1 or 0 for whether something happened; days for times
     * @param day days from time zero: of the assessment, of the first event, or of the end of a time
     * @param ending whether it happened, or how the time ended; null for scores, counts and durations
     * @param exposureDays days in which it would have been known; null at intervals
     * @param reason why there is no value; null when there is one
     * @param assessment index of the assessment the value is from, -1 without one
     * @param crosswalk edition of the crosswalk that the value was converted by; null where it was measured
     * @param conversionSe standard error of the converted value, as the crosswalk tells it; null where it does not, and
     *     where nothing was converted
     */
    public record Cell(
            @Nullable Double value,
            @Nullable Integer day,
            @Nullable Ending ending,
            @Nullable Integer exposureDays,
            @Nullable String reason,
            int assessment,
            @Nullable String crosswalk,
            @Nullable Double conversionSe) {

        static Cell missing(String reason) {
            return new Cell(null, null, null, null, reason, -1, null, null);
        }

        static Cell scored(double value, @Nullable Integer day, int assessment) {
            return new Cell(value, day, null, null, null, assessment, null, null);
        }

        /** What a crosswalk makes of this cell's score. */
        Cell converted(double there, @Nullable Double se, String edition) {
            return new Cell(there, day, null, null, null, assessment, edition, se);
        }

        /** Whether a rule holds of this cell's value. */
        Cell ruled(boolean holds) {
            return new Cell(
                    holds ? 1.0 : 0.0,
                    day,
                    holds ? Ending.EVENT : Ending.CENSORED,
                    exposureDays,
                    null,
                    assessment,
                    crosswalk,
                    null);
        }

        /** What does not hold of a participant who had died by then. */
        static Cell neverOfTheDead(boolean overPeriod) {
            return new Cell(0.0, null, Ending.CENSORED, overPeriod ? 0 : null, null, -1, null, null);
        }

        static Cell happened(OptionalInt first, int exposureDays) {
            return new Cell(
                    first.isPresent() ? 1.0 : 0.0,
                    first.isPresent() ? first.getAsInt() : null,
                    first.isPresent() ? Ending.EVENT : Ending.CENSORED,
                    exposureDays,
                    null,
                    -1,
                    null,
                    null);
        }

        static Cell measured(double value, int exposureDays) {
            return new Cell(value, null, null, exposureDays, null, -1, null, null);
        }

        static Cell timed(int days, int day, Ending ending) {
            return new Cell((double) days, day, ending, days, null, -1, null, null);
        }
    }
}
