package org.equipoise.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.definition.SiteMapping.ValueRule;
import org.equipoise.definition.Study.Direction;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ScaleCode;

/**
 * A questionnaire or interview: its items and how they are scored. Item wording is copyrighted and
 * nowhere held; items have numbers.
 *
 * @param version which form of the instrument this is
 * @param items the items, numbered 1 to n without a gap
 * @param skips items that an earlier answer makes needless
 * @param maxMissing how many items of the whole form may be missing until no scale counts
 * @param embeddedIn longer instruments whose answers hold this one
 * @param variants other forms of the same instrument, and how a mapping brings them to this one
 * @param recall the period the respondent looks back on, in words
 * @param licence whether and from whom permission is needed
 * @param sources where the scoring was read
 * @param toConfirm what still has to be checked against the manual, in words; empty when nothing
 */
public record Instrument(
        InstrumentCode code,
        String name,
        String version,
        List<Item> items,
        Map<String, MissingReason> missing,
        List<Skip> skips,
        OptionalInt maxMissing,
        List<Scale> scales,
        List<Embedding> embeddedIn,
        List<Variant> variants,
        String recall,
        LicenceStatus licenceStatus,
        String licence,
        List<String> sources,
        List<String> toConfirm) {

    public Instrument {
        items = List.copyOf(items);
        missing = Map.copyOf(missing);
        skips = List.copyOf(skips);
        scales = List.copyOf(scales);
        embeddedIn = List.copyOf(embeddedIn);
        variants = List.copyOf(variants);
        sources = List.copyOf(sources);
        toConfirm = List.copyOf(toConfirm);
    }

    /** The scale of this code, if the instrument has it. */
    public Optional<Scale> findScale(ScaleCode code) {
        return scales.stream().filter(scale -> scale.code().equals(code)).findFirst();
    }

    /**
     * One item with the least and greatest value it allows; values are whole numbers.
     *
     * @param step from one allowed value to the next: 2 for an item answered with 0, 2 or 4
     */
    public record Item(int number, int min, int max, int step) {
        /** Whether the item can have this value. */
        public boolean allows(double value) {
            return value >= min
                    && value <= max
                    && value == Math.rint(value)
                    && (step == 1 || (value - min) % step == 0);
        }

        /** An answer turned round: what the least was is then the greatest. */
        public int turned(int answer) {
            return min + max - answer;
        }
    }

    /** Whether a site may use the form as it likes. */
    public enum LicenceStatus {
        /** Nobody holds rights that matter here. */
        PUBLIC_DOMAIN,
        /** Copyrighted, and free to use, perhaps with conditions. */
        FREE,
        /** The author or an institution has to be asked. */
        PERMISSION,
        /** Paid for, by use or by user. */
        COMMERCIAL
    }

    /**
     * Items that need no answer where the answers to others all have one value: left blank, they count as
     * the value here.
     */
    public record Skip(List<Integer> where, int answer, List<Integer> items, int countAs) {
        public Skip {
            where = List.copyOf(where);
            items = List.copyOf(items);
        }
    }

    /**
     * Where a longer instrument holds this one.
     *
     * @param items the longer one's item for each of this one's, in its order
     */
    public record Embedding(InstrumentCode instrument, List<Integer> items) {
        public Embedding {
            items = List.copyOf(items);
        }
    }

    /**
     * Another edition, language or coding of the same items.
     *
     * @param code by which a form of a mapping names it; empty where that alone does not bring it to this one
     * @param mapping what to write in a site's mapping, in words
     * @param value how its answers become this one's numbers
     * @param alreadyReversed items that its answers have turned round
     */
    public record Variant(
            Optional<String> code, String name, String mapping, ValueRule value, Set<Integer> alreadyReversed) {
        public Variant {
            alreadyReversed = Set.copyOf(alreadyReversed);
        }
    }

    /** The variant of this code, if the instrument has it. */
    public Optional<Variant> findVariant(String variant) {
        return variants.stream()
                .filter(one -> one.code().filter(variant::equals).isPresent())
                .findFirst();
    }

    /** How the items of a scale become its number. */
    public enum Aggregation {
        SUM,
        MEAN,
        /** The smallest answer. */
        LOWEST,
        /** The mean of those answers that are above their item's least. */
        MEAN_OF_POSITIVE,
        /** The sum of other scales of the instrument. */
        SUM_OF_SCALES,
        /** The mean of other scales of the instrument. */
        MEAN_OF_SCALES;

        /** Whether it works on other scales instead of items. */
        public boolean isOfScales() {
            return this == SUM_OF_SCALES || this == MEAN_OF_SCALES;
        }
    }

    /** What stands in for an item that may be missing. */
    public enum CountMissing {
        /** The mean of the answered items. */
        AS_MEAN,
        /** Nothing is added. */
        AS_ZERO
    }

    /**
     * What a scale does where items are missing.
     *
     * @param maxMissing how many may be
     * @param rounded whether a number with a stand-in in it is rounded, halves upwards
     * @param leavesOutNotApplicable whether an item that does not apply is no item of the scale for this person
     * @param onlyWithout the scale stands only for people to whom none of these items applies; empty for everyone
     */
    public record MissingRule(
            int maxMissing,
            CountMissing counts,
            boolean rounded,
            boolean leavesOutNotApplicable,
            List<Integer> onlyWithout) {
        public MissingRule {
            onlyWithout = List.copyOf(onlyWithout);
        }
    }

    /** What the answers to some items count as in one scale. */
    public record Recode(List<Integer> items, Map<Integer, Double> values) {
        public Recode {
            items = List.copyOf(items);
            values = Map.copyOf(values);
        }
    }

    /** What is added to a scale, once, if any of its answers is at least this great. */
    public record Surcharge(int from, double add) {}

    /**
     * How answers become a number: (aggregate of the items) times {@code multiply} plus {@code add} plus surcharges.
     *
     * @param parts the scales it is made of, where it is not made of items
     */
    public record Formula(
            Aggregation aggregation,
            List<ScaleCode> parts,
            List<Recode> recodes,
            double multiply,
            double add,
            List<Surcharge> surcharges) {
        public Formula {
            parts = List.copyOf(parts);
            recodes = List.copyOf(recodes);
            surcharges = List.copyOf(surcharges);
        }
    }

    /**
     * Items that give one number.
     *
     * @param items numbers of its items; of a scale made of scales, all their items
     * @param reversed those of its items that count as min + max - value
     * @param min least possible score
     * @param max greatest possible score
     * @param bands names for ranges of the score, by rising start
     */
    public record Scale(
            ScaleCode code,
            String name,
            List<Integer> items,
            List<Integer> reversed,
            Formula formula,
            MissingRule missingRule,
            double min,
            double max,
            Direction direction,
            List<Band> bands,
            List<CutOff> cutOffs,
            List<Change> changes) {
        public Scale {
            items = List.copyOf(items);
            reversed = List.copyOf(reversed);
            bands = List.copyOf(bands);
            cutOffs = List.copyOf(cutOffs);
            changes = List.copyOf(changes);
        }
    }

    /** A named range of a score, from its start up to the start of the next. */
    public record Band(double from, String name) {}

    /** A score from which something is taken to hold, and what. */
    public record CutOff(double from, String meaning) {}

    /** What kind of reliability a reliable change was computed with. */
    public enum ReliabilityKind {
        RETEST,
        INTERNAL_CONSISTENCY,
        INTER_RATER
    }

    /**
     * A change that counts, with what it was computed from: points = 1.96 sd sqrt(2) sqrt(1 - reliability). A published
     * number of points counts from there on; one that comes out of the formula must be exceeded, as its source has it.
     *
     * <p>Reference: Jacobson and Truax (1991), J Consult Clin Psychol 59, 12-19, doi:10.1037/0022-006X.59.1.12.
     *
     * @param points the change; as published, or as the formula gives
     * @param sd standard deviation in the sample; empty when not known
     * @param reliability in the sample; empty when not known
     * @param kind of reliability; empty when not known
     * @param basis whose numbers they are, in words
     */
    public record Change(
            double points,
            OptionalDouble sd,
            OptionalDouble reliability,
            Optional<ReliabilityKind> kind,
            String basis) {
        /** The bound of a change beyond error at 95 %. */
        private static final double BOUND = 1.96;

        /** Scores are sums of decimals: a difference of just so many points may miss them in its last bits. */
        private static final double LAST_BITS = 1e-9;

        /** The formula. */
        static double points(double sd, double reliability) {
            return BOUND * sd * Math.sqrt(2) * Math.sqrt(1 - reliability);
        }

        /** Whether so great a difference is more than error. */
        public boolean isReached(double difference) {
            boolean isComputed = sd.isPresent() && reliability.isPresent();
            return isComputed
                    ? difference > points(sd.getAsDouble(), reliability.getAsDouble()) + LAST_BITS
                    : difference >= points - LAST_BITS;
        }
    }
}
