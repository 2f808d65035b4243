package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Instrument.CountMissing;
import org.equipoise.definition.Instrument.Item;
import org.equipoise.definition.Instrument.MissingRule;
import org.equipoise.definition.Instrument.Recode;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.Instrument.Skip;
import org.equipoise.definition.Instrument.Surcharge;
import org.equipoise.harmonize.HarmonizedParticipant.Score;
import org.equipoise.harmonize.HarmonizedParticipant.ScoreSource;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ScaleCode;

/**
 * Turns the answers to one instrument into the numbers of its scales, by the rules in its definition.
 *
 * <p>Order: items that an answer makes needless are filled; a form with too many items missing gives no score; each
 * scale then recodes and turns round, leaves out what does not apply, judges what is missing, aggregates, and moves
 * the result to its unit. Scales made of scales come last among those they need, as the definition orders them.
 */
public final class Scoring {
    /** Some items are missing, more than the scale's rule allows, and for different reasons. */
    public static final String ITEMS_MISSING = "items_missing";

    /** The scale is a mean of what is present at all, and nothing is. */
    public static final String NOTHING_PRESENT = "nothing_present";

    private static final byte NOT_APPLICABLE = MissingReason.NOT_APPLICABLE.code();

    private final Instrument instrument;
    private final int[] allItems;
    private final List<ScaleKey> keys = new ArrayList<>();

    public Scoring(Instrument instrument) {
        this.instrument = instrument;
        allItems = IntStream.range(0, instrument.items().size()).toArray();
        instrument.scales().forEach(scale -> keys.add(new ScaleKey(instrument, scale)));
    }

    /** How many items a scale has, by its place in the definition. */
    int items(int scale) {
        return keys.get(scale).items.length;
    }

    /**
     * Scores every scale.
     *
     * @param values answers by item
     * @param reasons {@link MissingReason} codes by item
     * @return one score a scale, in the definition's order
     */
    public List<Score> score(short[] values, byte[] reasons) {
        short[] answers = values;
        byte[] whys = reasons;
        if (!instrument.skips().isEmpty()) {
            answers = values.clone();
            whys = reasons.clone();
            for (Skip skip : instrument.skips()) {
                fill(skip, answers, whys);
            }
        }
        int limit = instrument.maxMissing().orElse(Integer.MAX_VALUE);
        boolean formCounts = missing(allItems, whys) <= limit;
        List<Score> scores = new ArrayList<>(keys.size());
        for (ScaleKey key : keys) {
            if (!formCounts) {
                int answered = key.items.length - missing(key.items, whys);
                scores.add(without(key, reason(allItems, whys), answered));
            } else if (key.scale.formula().aggregation().isOfScales()) {
                scores.add(scoreOfScales(key, scores, whys));
            } else {
                scores.add(scoreOfItems(key, answers, whys));
            }
        }
        return scores;
    }

    private static void fill(Skip skip, short[] values, byte[] reasons) {
        for (int item : skip.where()) {
            if (reasons[item - 1] != 0 || values[item - 1] != skip.answer()) {
                return;
            }
        }
        for (int item : skip.items()) {
            if (reasons[item - 1] != 0) {
                values[item - 1] = (short) skip.countAs();
                reasons[item - 1] = 0;
            }
        }
    }

    private static Score scoreOfItems(ScaleKey key, short[] values, byte[] reasons) {
        MissingRule rule = key.scale.missingRule();
        for (int item : rule.onlyWithout()) {
            if (reasons[item - 1] != NOT_APPLICABLE) {
                return without(
                        key, MissingReason.NOT_APPLICABLE.label(), key.items.length - missing(key.items, reasons));
            }
        }
        int answered = 0;
        int inapplicable = 0;
        int positive = 0;
        double sum = 0;
        double lowest = Double.POSITIVE_INFINITY;
        int greatest = Integer.MIN_VALUE;
        for (int i = 0; i < key.items.length; i++) {
            int item = key.items[i];
            if (reasons[item] == 0) {
                double counted = key.count(i, values[item]);
                answered++;
                positive += counted > key.least[i] ? 1 : 0;
                sum += counted;
                lowest = Math.min(lowest, counted);
                greatest = Math.max(greatest, values[item]);
            } else if (reasons[item] == NOT_APPLICABLE && rule.leavesOutNotApplicable()) {
                inapplicable++;
            }
        }
        int applicable = key.items.length - inapplicable;
        int missing = applicable - answered;
        if (answered == 0 || missing > rule.maxMissing()) {
            return without(key, reason(key.items, reasons), answered);
        }
        double aggregate = switch (key.scale.formula().aggregation()) {
            case MEAN -> sum / answered;
            case LOWEST -> lowest;
            case MEAN_OF_POSITIVE -> positive == 0 ? Double.NaN : sum / positive;
            default -> missing == 0 || rule.counts() == CountMissing.AS_ZERO ? sum : sum / answered * applicable;
        };
        if (Double.isNaN(aggregate)) {
            return without(key, NOTHING_PRESENT, answered);
        }
        double value = key.inUnit(aggregate) + surcharges(key.scale, greatest);
        return new Score(
                key.scale.code(),
                missing > 0 && rule.rounded() ? Math.floor(value + 0.5) : value,
                null,
                answered,
                ScoreSource.ITEMS);
    }

    private static double surcharges(Scale scale, int greatest) {
        double sum = 0;
        for (Surcharge surcharge : scale.formula().surcharges()) {
            sum += greatest >= surcharge.from() ? surcharge.add() : 0;
        }
        return sum;
    }

    private static Score scoreOfScales(ScaleKey key, List<Score> scores, byte[] reasons) {
        double sum = 0;
        int answered = key.items.length - missing(key.items, reasons);
        for (int part : key.parts) {
            Score score = scores.get(part);
            Double value = score.value();
            if (value == null) {
                return new Score(key.scale.code(), null, score.reason(), answered, ScoreSource.ITEMS);
            }
            sum += value;
        }
        boolean mean = key.scale.formula().aggregation() == Instrument.Aggregation.MEAN_OF_SCALES;
        return new Score(
                key.scale.code(), key.inUnit(mean ? sum / key.parts.length : sum), null, answered, ScoreSource.ITEMS);
    }

    private static Score without(ScaleKey key, String reason, int answered) {
        return new Score(key.scale.code(), null, reason, answered, ScoreSource.ITEMS);
    }

    private static int missing(int[] items, byte[] reasons) {
        int missing = 0;
        for (int item : items) {
            missing += reasons[item] == 0 ? 0 : 1;
        }
        return missing;
    }

    /** The reason all missing items share, or that they are missing. */
    private static String reason(int[] items, byte[] reasons) {
        byte shared = -1;
        for (int item : items) {
            if (reasons[item] != 0) {
                if (shared >= 0 && shared != reasons[item]) {
                    return ITEMS_MISSING;
                }
                shared = reasons[item];
            }
        }
        return MissingReason.of(shared).label();
    }

    /** A scale as arrays, so that millions of answers need no look-up by name. */
    private static final class ScaleKey {
        final Scale scale;
        /** Places of its items in the answers. */
        final int[] items;
        /** Places of its parts among the instrument's scales. */
        final int[] parts;
        /** The least answer of each item. */
        final int[] from;
        /** What each answer of each item counts as, from the least answer on. */
        final double[][] counts;
        /** The least that each item counts as. */
        final double[] least;

        ScaleKey(Instrument instrument, Scale scale) {
            this.scale = scale;
            List<Item> own = scale.items().stream()
                    .map(number -> instrument.items().get(number - 1))
                    .toList();
            List<ScaleCode> codes =
                    instrument.scales().stream().map(Scale::code).toList();
            items = own.stream().mapToInt(item -> item.number() - 1).toArray();
            parts = scale.formula().parts().stream().mapToInt(codes::indexOf).toArray();
            from = own.stream().mapToInt(Item::min).toArray();
            counts = own.stream().map(item -> counts(scale, item)).toArray(double[][]::new);
            least = Arrays.stream(counts)
                    .mapToDouble(table -> Arrays.stream(table).min().orElseThrow())
                    .toArray();
        }

        private static double[] counts(Scale scale, Item item) {
            boolean reversed = scale.reversed().contains(item.number());
            Optional<Recode> recode = scale.formula().recodes().stream()
                    .filter(candidate -> candidate.items().contains(item.number()))
                    .findFirst();
            return IntStream.rangeClosed(item.min(), item.max())
                    .map(answer -> reversed ? item.turned(answer) : answer)
                    .mapToDouble(turned -> recode.map(found -> found.values().getOrDefault(turned, 0.0))
                            .orElse((double) turned))
                    .toArray();
        }

        double count(int i, short answer) {
            return counts[i][answer - from[i]];
        }

        double inUnit(double aggregate) {
            return aggregate * scale.formula().multiply() + scale.formula().add();
        }
    }
}
