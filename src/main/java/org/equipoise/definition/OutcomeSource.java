package org.equipoise.definition;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.definition.Instrument.Change;
import org.equipoise.definition.Study.Period;
import org.equipoise.vocabulary.CrosswalkCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.vocabulary.SpellKind;
import org.jspecify.annotations.Nullable;

/** Where the values of an outcome come from. */
public sealed interface OutcomeSource {

    /** The scales that its values are read from, unconverted; none where there are none. */
    default List<OfScale> scales() {
        if (this instanceof OfScale scale) {
            return List.of(scale);
        }
        if (this instanceof OfMetric metric) {
            return metric.direct();
        }
        return this instanceof OfStandardized standardized ? standardized.scales() : List.of();
    }

    /** The scale of an instrument, at the planned points. */
    record OfScale(InstrumentCode instrument, ScaleCode scale) implements OutcomeSource {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfScale of && instrument.equals(of.instrument) && scale.equals(of.scale);
        }

        @Override
        public int hashCode() {
            return 31 * instrument.hashCode() + scale.hashCode();
        }
    }

    /**
     * A common metric, at the planned points: the first of these ways that gives a value there.
     *
     * @param direct scales that are on the metric themselves
     * @param crosswalks conversions to it, in order of preference
     */
    record OfMetric(List<OfScale> direct, List<CrosswalkCode> crosswalks) implements OutcomeSource {
        public OfMetric {
            direct = List.copyOf(direct);
            crosswalks = List.copyOf(crosswalks);
        }
    }

    /**
     * What sites measure on scales that nothing converts into each other, at the planned points. A site's values are those of
     * the first of these scales that it collects; only the comparison brings them together, in standard deviations.
     *
     * @param scales in order of preference; all have the outcome's direction
     */
    record OfStandardized(List<OfScale> scales) implements OutcomeSource {
        public OfStandardized {
            scales = List.copyOf(scales);
        }
    }

    /**
     * Things that happen: any of them counts. A spell happens on its first day; in a period it has also happened when
     * it goes on from before.
     */
    record OfEvents(List<Occurrence> anyOf) implements OutcomeSource {
        public OfEvents {
            anyOf = List.copyOf(anyOf);
        }
    }

    /**
     * Time spent in a state; days in several spells at once count once.
     *
     * @param details classes within the kind; empty for all
     * @param atOnce how many different classes must go on at the same time for a day to count
     * @param measure unit of the value
     */
    record OfSpells(SpellKind kind, List<String> details, int atOnce, Measure measure) implements OutcomeSource {
        public OfSpells {
            details = List.copyOf(details);
        }
    }

    /**
     * Sessions of care that were attended.
     *
     * @param modalities what care; empty for all
     */
    record OfCare(List<String> modalities) implements OutcomeSource {
        public OfCare {
            modalities = List.copyOf(modalities);
        }
    }

    /**
     * What the care that was used cost.
     *
     * @param includes what is counted
     * @param annual whether the sum is divided by the years it was ascertained in
     */
    record OfCosts(UnitCosts table, List<Included> includes, boolean annual) implements OutcomeSource {
        public OfCosts {
            includes = List.copyOf(includes);
        }
    }

    /** A kind of event, kind of spell or modality of care whose cost is counted; which of them, its unit says. */
    record Included(UnitCosts.Unit unit, UnitCosts.Use use) {}

    /**
     * A rule over another outcome, at the same planned points or over the same periods.
     *
     * @param version of the rule, kept with every value it gives: papers mean different things by one name
     */
    record OfRule(OutcomeCode outcome, Criterion criterion, String version) implements OutcomeSource {}

    /**
     * The area under another outcome's curve over a period: years of life weighted by a utility, months in a state.
     *
     * @param outcome a score, or whether something is so, at planned points; more is better
     * @param measure unit of time
     * @param longestGap the most months between the planned points of values that a line is drawn between
     */
    record OfArea(OutcomeCode outcome, Measure measure, int longestGap) implements OutcomeSource {
        /**
         * Whether points planned at these months lie close enough for all of a period to be known.
         *
         * @param planned in ascending order
         */
        public boolean reaches(List<Integer> planned, Period period) {
            int reached = Integer.MIN_VALUE;
            for (int month : planned) {
                if (month <= period.fromMonth()) {
                    reached = month;
                } else if (reached < period.toMonth()) {
                    if (reached == Integer.MIN_VALUE || month - reached > longestGap) {
                        return false;
                    }
                    reached = month;
                }
            }
            return reached >= period.toMonth();
        }
    }

    /** What a rule asks of a value. */
    sealed interface Criterion {
        /** Whether the value is compared with the participant's own baseline. */
        boolean needsBaseline();
    }

    /** A limit the value, or its change since the baseline, is held against. */
    record Threshold(Test test, double limit) implements Criterion {
        @Override
        public boolean needsBaseline() {
            return test.needsBaseline();
        }
    }

    /**
     * The class that a person's change falls into (Jacobson and Truax 1991). Just one of the four holds.
     *
     * @param change the least change that is more than error, out of the scale's own
     * @param cutOff between the clinical and the healthy side: a score from which something holds; empty where the rule
     *     does not ask who crossed it
     */
    record ReliableChange(Category category, Change change, OptionalDouble cutOff) implements Criterion {
        @Override
        public boolean needsBaseline() {
            return true;
        }
    }

    /** What became of a person, from best to worst. */
    enum Category {
        /** Better by more than error, and from the clinical side of the cut-off to the healthy one. */
        RECOVERED,
        /** Better by more than error, and not recovered; without a cut-off, whoever is better. */
        IMPROVED,
        /** Changed by no more than error. */
        UNCHANGED,
        /** Worse by more than error. */
        DETERIORATED
    }

    /**
     * A kind of event or spell.
     *
     * @param detail only this within the kind
     */
    record Occurrence(String kind, Optional<String> detail) {}

    /** Units of time. */
    enum Measure {
        DAYS(1),
        MONTHS(30.4375),
        YEARS(365.25);

        private final double length;

        Measure(double length) {
            this.length = length;
        }

        /** So many days in this unit. */
        public double of(double days) {
            return days / length;
        }
    }

    /** How a value is held against a limit. */
    enum Test {
        /** The value is greater than the limit. */
        ABOVE,
        /** The value is less than the limit. */
        BELOW,
        /** The value is better than the baseline by more than the limit. */
        IMPROVED_BY,
        /** The value is worse than the baseline by more than the limit. */
        WORSENED_BY;

        /** Whether the value is compared with the participant's own baseline. */
        public boolean needsBaseline() {
            return this == IMPROVED_BY || this == WORSENED_BY;
        }
    }
}
