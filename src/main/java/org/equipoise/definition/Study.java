package org.equipoise.definition;

import java.util.List;
import java.util.Optional;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.vocabulary.StudyCode;

/**
 * A study: two arms, a time zero, planned intervals, outcomes, and how they are compared.
 *
 * @param timeZero the participant fact that holds the date follow-up is counted from
 * @param baseline which value before time zero is the baseline
 * @param intervals planned points, by rising month; the first is the baseline, month 0
 * @param factors participant facts that may adjust a comparison, such as strata of the randomisation
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
        List<Outcome> outcomes,
        Comparisons comparisons) {

    public Study {
        arms = List.copyOf(arms);
        intervals = List.copyOf(intervals);
        windowCaps = List.copyOf(windowCaps);
        factors = List.copyOf(factors);
        outcomes = List.copyOf(outcomes);
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

    /** What kind of number an outcome is. More kinds follow with events and spells. */
    public enum OutcomeType {
        CONTINUOUS
    }

    /**
     * What is compared between arms.
     *
     * @param unit as a reader says it: points
     * @param instrument whose scale it is
     * @param scale the scale of that instrument
     */
    public record Outcome(
            OutcomeCode code,
            String name,
            OutcomeType type,
            Direction direction,
            Tier tier,
            String unit,
            InstrumentCode instrument,
            ScaleCode scale) {}

    /** What a comparison looks at. */
    public enum Endpoint {
        /** The value at the interval. */
        VALUE,
        /** The value at the interval minus the baseline. */
        CHANGE
    }

    /** How outcomes are compared, by type. */
    public record Comparisons(List<Endpoint> endpoints, List<AdjustedModel> ancova) {
        public Comparisons {
            endpoints = List.copyOf(endpoints);
            ancova = List.copyOf(ancova);
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
