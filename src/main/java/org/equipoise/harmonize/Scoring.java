package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Instrument.Aggregation;
import org.equipoise.definition.Instrument.Item;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.harmonize.HarmonizedParticipant.Score;
import org.equipoise.harmonize.HarmonizedParticipant.ScoreSource;
import org.equipoise.vocabulary.MissingReason;
import org.jspecify.annotations.Nullable;

/** Turns the answers to one instrument into the numbers of its scales, by the rules in its definition. */
public final class Scoring {
    /** Some items are missing, more than the scale's rule allows, and for different reasons. */
    public static final String ITEMS_MISSING = "items_missing";

    private final List<ScaleKey> keys = new ArrayList<>();

    /** A scale as arrays: which items, which of them turned round, and by what sum. */
    private record ScaleKey(Scale scale, int[] items, boolean[] reversed, int[] turn) {}

    public Scoring(Instrument instrument) {
        for (Scale scale : instrument.scales()) {
            int[] items = scale.items().stream().mapToInt(number -> number - 1).toArray();
            boolean[] reversed = new boolean[items.length];
            int[] turn = new int[items.length];
            for (int i = 0; i < items.length; i++) {
                Item item = instrument.items().get(items[i]);
                reversed[i] = scale.reversed().contains(items[i] + 1);
                turn[i] = item.min() + item.max();
            }
            keys.add(new ScaleKey(scale, items, reversed, turn));
        }
    }

    /**
     * Scores every scale.
     *
     * @param values answers by item
     * @param reasons {@link MissingReason} codes by item
     * @return one score a scale, in the definition's order
     */
    public List<Score> score(short[] values, byte[] reasons) {
        List<Score> scores = new ArrayList<>(keys.size());
        for (ScaleKey key : keys) {
            scores.add(score(key, values, reasons));
        }
        return scores;
    }

    private static Score score(ScaleKey key, short[] values, byte[] reasons) {
        int answered = 0;
        long sum = 0;
        for (int i = 0; i < key.items.length; i++) {
            int item = key.items[i];
            if (reasons[item] == 0) {
                answered++;
                sum += key.reversed[i] ? key.turn[i] - values[item] : values[item];
            }
        }
        int missing = key.items.length - answered;
        if (answered == 0 || missing > key.scale.maxMissing()) {
            return new Score(key.scale.code(), null, reason(key, reasons), answered, ScoreSource.ITEMS);
        }
        double mean = (double) sum / answered;
        double value =
                key.scale.aggregation() == Aggregation.MEAN ? mean : missing == 0 ? sum : mean * key.items.length;
        return new Score(key.scale.code(), value, null, answered, ScoreSource.ITEMS);
    }

    /** The reason all missing items share, or that they are missing. */
    private static @Nullable String reason(ScaleKey key, byte[] reasons) {
        byte shared = -1;
        for (int item : key.items) {
            if (reasons[item] != 0) {
                if (shared >= 0 && shared != reasons[item]) {
                    return ITEMS_MISSING;
                }
                shared = reasons[item];
            }
        }
        return MissingReason.of(shared).label();
    }
}
