package org.equipoise.definition;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.vocabulary.StudyCode;

/**
 * A study: two arms, a time zero, planned intervals, outcomes, and how they are compared.
 *
 * @param timeZero the participant fact that holds the date follow-up is counted from
 * @param baseline which value before time zero is the baseline
 * @param intervals planned points, by rising month; the first is the baseline, month 0
 * @param factors participant facts that may adjust a comparison, such as strata of the randomisation
 * @param followUp what is counted and measured between the planned points
 * @param leastCount the least count of people, from 1 up, that results which leave the house may tell
 */
public record Study(
        StudyCode code,
        String name,
        Conduct conduct,
        List<Arm> arms,
        String timeZero,
        Baseline baseline,
        List<Interval> intervals,
        List<WindowCap> windowCaps,
        List<String> factors,
        FollowUp followUp,
        List<Outcome> outcomes,
        Comparisons comparisons,
        int leastCount) {
    /** What may be told where the study file does not say. */
    public static final int USUAL_LEAST_COUNT = 5;

    public Study {
        arms = List.copyOf(arms);
        intervals = List.copyOf(intervals);
        windowCaps = List.copyOf(windowCaps);
        factors = List.copyOf(factors);
        outcomes = List.copyOf(outcomes);
    }

    /**
     * The kinds of event and spell that an outcome rests on, by itself or through the outcome it asks; none for scores
     * and the areas under them.
     */
    public Set<String> kindsOf(Outcome outcome) {
        Set<String> kinds = new TreeSet<>();
        if (outcome.source() instanceof OutcomeSource.OfEvents events) {
            events.anyOf().forEach(occurrence -> kinds.add(occurrence.kind()));
        } else if (outcome.source() instanceof OutcomeSource.OfSpells spells) {
            kinds.add(spells.kind().value());
        } else if (outcome.source() instanceof OutcomeSource.OfCosts costs) {
            costs.includes().forEach(included -> kinds.add(included.use().kind()));
        } else if (outcome.source() instanceof OutcomeSource.OfRule rule) {
            outcomes.stream()
                    .filter(asked -> asked.code().equals(rule.outcome()))
                    .forEach(asked -> kinds.addAll(kindsOf(asked)));
        }
        return kinds;
    }

    /** The arm in this role. The loader makes sure there is just one. */
    public Arm arm(Role role) {
        return arms.stream().filter(arm -> arm.role() == role).findFirst().orElseThrow();
    }

    /** The interval of this code, if the study plans it. */
    public Optional<Interval> findInterval(IntervalCode code) {
        return intervals.stream()
                .filter(interval -> interval.code().equals(code))
                .findFirst();
    }

    /**
     * The outcome of this code.
     *
     * @throws java.util.NoSuchElementException if there is none; the loader makes sure that those referred to are there
     */
    public Outcome outcome(OutcomeCode code) {
        return outcomes.stream()
                .filter(outcome -> outcome.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** How far the study is, which decides what may be shown by arm. */
    public enum Conduct {
        /** Closed: estimates and p values every night. */
        COMPLETED,
        /** A routine registry: estimates with intervals every night, labelled monitoring, without p values. */
        OBSERVATIONAL,
        /** Running: nothing by arm before a declared look. */
        ONGOING
    }

    /** Effects are treatment minus control, ratios treatment over control. */
    public enum Role {
        TREATMENT,
        CONTROL
    }

    /** One arm of the study. */
    public record Arm(ArmCode code, String name, Role role) {}

    /**
     * The baseline value: the last usable one in the days up to time zero.
     *
     * @param daysBefore how long before time zero a value may be
     * @param notAfter participant fact with a date the value must precede, such as the first session; may be unknown
     */
    public record Baseline(int daysBefore, Optional<String> notAfter) {}

    /** A planned follow-up point. */
    public record Interval(IntervalCode code, String name, int month) {}

    /**
     * How far from its target a record may lie, for intervals up to a month.
     *
     * @param toMonth last month it holds for
     * @param days days on either side
     */
    public record WindowCap(int toMonth, int days) {}

    /** What a higher value means for the participant. */
    public enum Direction {
        LOWER_IS_BETTER,
        HIGHER_IS_BETTER
    }

    /** How strongly a conclusion may lean on the outcome; decides the family for multiplicity. */
    public enum Tier {
        PRIMARY,
        SECONDARY,
        EXPLORATORY
    }

    /**
     * What happens between the planned points, and in which spans it is looked at.
     *
     * @param events kinds of dated events
     * @param spells kinds of time spans; no code is both
     * @param periods spans of follow-up, in the study's order
     * @param coverage share of a period in which events must have been known for a person to count in it
     * @param bridgedDays the longest gap of unknown days across which a time to an event goes on
     * @param horizons months up to which mean times free of an event are compared
     */
    public record FollowUp(
            List<Kind> events,
            List<Kind> spells,
            List<Period> periods,
            double coverage,
            int bridgedDays,
            List<Integer> horizons) {

        /** A study of planned points only. */
        public static final FollowUp NONE = new FollowUp(List.of(), List.of(), List.of(), 0.9, 31, List.of());

        public FollowUp {
            events = List.copyOf(events);
            spells = List.copyOf(spells);
            periods = List.copyOf(periods);
            horizons = List.copyOf(horizons);
        }

        /** Whether the code is that of a kind of spell. */
        public boolean isSpell(String code) {
            for (Kind kind : spells) {
                if (kind.code().equals(code)) {
                    return true;
                }
            }
            return false;
        }

        /**
         * The period of this code.
         *
         * @throws java.util.NoSuchElementException if there is none
         */
        public Period period(PeriodCode code) {
            return periods.stream()
                    .filter(period -> period.code().equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * A kind of event or spell.
     *
     * @param details what there is within the kind, such as classes of drugs
     */
    public record Kind(String code, String name, List<String> details) {
        public Kind {
            details = List.copyOf(details);
        }
    }

    /** A span of follow-up, from the day of one month mark up to the day before another. */
    public record Period(PeriodCode code, String name, int fromMonth, int toMonth) {}

    /** What kind of number an outcome is. */
    public enum OutcomeType {
        /** A score. */
        CONTINUOUS,
        /** Whether something happened, or is so. */
        BINARY,
        /** How often something happened, over the time in which it would have been known. */
        COUNT,
        /** How much time was spent in a state. */
        DURATION,
        /** What care cost. */
        COST,
        /** How long until something happened first. */
        TIME_TO_EVENT;

        /** Whether it is so much over a period, nothing for many: compared by its mean, without a baseline. */
        public boolean isAmount() {
            return this == DURATION || this == COST;
        }
    }

    /**
     * What is compared between arms.
     *
     * @param unit as a reader says it: points, people, days
     * @param source where its values come from
     * @param intervals planned points it is asked at; empty for an outcome of periods
     * @param periods spans it is asked over; empty for an outcome of planned points
     * @param confirmatory codes of those of them whose p values belong to the tier's family
     * @param harm whether it is one of the harms that the report tells together
     * @param baseline the score whose baseline adjusts whether something happened; empty where none does
     * @param paramcd its name as a parameter in data sets of CDISC's shape: at most eight capitals and digits
     */
    public record Outcome(
            OutcomeCode code,
            String name,
            OutcomeType type,
            Direction direction,
            Tier tier,
            String unit,
            OutcomeSource source,
            List<IntervalCode> intervals,
            List<PeriodCode> periods,
            List<String> confirmatory,
            boolean harm,
            Optional<OutcomeCode> baseline,
            String paramcd) {
        public Outcome {
            intervals = List.copyOf(intervals);
            periods = List.copyOf(periods);
            confirmatory = List.copyOf(confirmatory);
        }

        /** An outcome whose PARAMCD follows from its code. */
        public Outcome(
                OutcomeCode code,
                String name,
                OutcomeType type,
                Direction direction,
                Tier tier,
                String unit,
                OutcomeSource source,
                List<IntervalCode> intervals,
                List<PeriodCode> periods,
                List<String> confirmatory,
                boolean harm,
                Optional<OutcomeCode> baseline) {
            this(
                    code,
                    name,
                    type,
                    direction,
                    tier,
                    unit,
                    source,
                    intervals,
                    periods,
                    confirmatory,
                    harm,
                    baseline,
                    ParameterCode.of(code));
        }

        /** Whether it is asked over periods and not at planned points. */
        public boolean isOverPeriods() {
            return !periods.isEmpty();
        }
    }

    /** What a comparison looks at. */
    public enum Endpoint {
        /** The value at the interval. */
        VALUE,
        /** The value at the interval minus the baseline. */
        CHANGE
    }

    /**
     * How outcomes are compared, by type.
     *
     * @param ancova for scores, one interval at a time
     * @param repeated for scores, all intervals at once
     * @param sensitivity outcomes whose missing values are filled in
     * @param looks when arms are compared for good
     * @param moderators what about the sites their effects are held against
     * @param unrandomised how sites without randomisation are compared together, if the study asks for it
     */
    public record Comparisons(
            List<Endpoint> endpoints,
            List<AdjustedModel> ancova,
            RepeatedModels repeated,
            List<Sensitivity> sensitivity,
            Looks looks,
            List<Moderator> moderators,
            Optional<Weighting> unrandomised) {
        public Comparisons {
            endpoints = List.copyOf(endpoints);
            ancova = List.copyOf(ancova);
            sensitivity = List.copyOf(sensitivity);
            moderators = List.copyOf(moderators);
        }

        /** How missing values of an outcome are filled in, if the study asks for it. */
        public Optional<Sensitivity> findSensitivity(OutcomeCode outcome) {
            return sensitivity.stream()
                    .filter(one -> one.outcome().equals(outcome))
                    .findFirst();
        }
    }

    /**
     * A linear model of the value on arm, baseline and factors; site is added wherever there are several.
     *
     * @param variant the name its results carry
     * @param factors names out of {@link Study#factors}
     */
    public record AdjustedModel(String variant, List<String> factors) {
        public AdjustedModel {
            factors = List.copyOf(factors);
        }
    }
}
