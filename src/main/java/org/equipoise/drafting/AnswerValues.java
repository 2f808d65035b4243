package org.equipoise.drafting;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.equipoise.definition.Instrument;
import org.equipoise.vocabulary.MissingReason;

/**
 * What the texts in the items of one form seem to be.
 *
 * @param share of the cells that fit the instrument so, missing codes apart, 0 to 1
 * @param shift added to each number
 * @param letters whether a letter may follow the number
 * @param labels texts that stand for a number
 * @param missing texts that stand for no value, and why, as far as that is known
 * @param unknownTexts repeated texts that are neither
 */
record AnswerValues(
        double share,
        int shift,
        boolean letters,
        Map<String, Integer> labels,
        Map<String, MissingReason> missing,
        SortedSet<String> unknownTexts) {

    /** Texts for no value that sites use in any form. */
    static final Map<String, MissingReason> KNOWN_MISSING = knownMissing();

    /** How often something beside the answers is there until it is taken for a code. */
    private static final int FEWEST = 3;

    /** Labels of the four answers to how often something troubled one, 0 to 3: PHQ and GAD forms. */
    private static final List<List<String>> FREQUENCIES = List.of(
            List.of("not at all", "several days", "more than half the days", "nearly every day"),
            List.of("überhaupt nicht", "an einzelnen tagen", "an mehr als der hälfte der tage", "beinahe jeden tag"),
            List.of("helemaal niet", "verscheidene dagen", "meer dan de helft van de dagen", "bijna elke dag"),
            List.of("slet ikke", "flere dage", "mere end halvdelen af dagene", "næsten hver dag"));

    private static Map<String, MissingReason> knownMissing() {
        Map<String, MissingReason> known = new HashMap<>();
        List.of("-95", "not measured").forEach(text -> known.put(text, MissingReason.FAILED));
        List.of("-96", "n/a", "n.v.t.", "ikke relevant", "not applicable", "nicht zutreffend")
                .forEach(text -> known.put(text, MissingReason.NOT_APPLICABLE));
        List.of("-97", "nask", "not asked").forEach(text -> known.put(text, MissingReason.NOT_ASKED));
        List.of("-98", "unk", "asku", "unknown", "ukendt", "onbekend", "unbekannt", "999", "9999", "-999", "-9999")
                .forEach(text -> known.put(text, MissingReason.UNKNOWN));
        List.of("-99", "not done", "ikke besvaret", "k.a.", "niet ingevuld", "keine angabe")
                .forEach(text -> known.put(text, MissingReason.NOT_DONE));
        List.of("refused", "-998").forEach(text -> known.put(text, MissingReason.REFUSED));
        List.of("#null!", ".", "na", "nan", "null", "#n/a", "-", "--", "?")
                .forEach(text -> known.put(text, MissingReason.BLANK));
        return Map.copyOf(known);
    }

    /** What the family's texts are, if it is this instrument. */
    static AnswerValues of(ItemFamily family, Instrument instrument) {
        Map<Integer, Map<String, Integer>> counts = new TreeMap<>();
        family.items().forEach((number, field) -> counts.put(number, field.counts()));
        return of(counts, instrument);
    }

    /** The same of how often each text is in each item. */
    static AnswerValues of(Map<Integer, Map<String, Integer>> texts, Instrument instrument) {
        Map<Integer, Map<String, Integer>> counts = new TreeMap<>();
        texts.forEach((number, count) -> counts.put(number, lower(count)));
        int least =
                instrument.items().stream().mapToInt(Instrument.Item::min).min().orElse(0);
        int most =
                instrument.items().stream().mapToInt(Instrument.Item::max).max().orElse(0);
        AnswerValues plain = count(counts, instrument, 0);
        AnswerValues shifted = count(counts, instrument, -1);
        boolean seenLeast = occurs(counts, least);
        boolean seenAbove = occurs(counts, most + 1);
        return seenAbove && !seenLeast && shifted.share >= plain.share ? shifted : plain;
    }

    private static Map<String, Integer> lower(Map<String, Integer> counts) {
        Map<String, Integer> lower = new LinkedHashMap<>();
        counts.forEach((text, count) -> lower.merge(text.toLowerCase(Locale.ROOT), count, Integer::sum));
        return lower;
    }

    private static boolean occurs(Map<Integer, Map<String, Integer>> counts, int value) {
        return counts.values().stream()
                        .mapToInt(texts -> texts.getOrDefault(String.valueOf(value), 0))
                        .sum()
                >= FEWEST;
    }

    private static AnswerValues count(Map<Integer, Map<String, Integer>> counts, Instrument instrument, int shift) {
        Map<Integer, Instrument.Item> items = new HashMap<>();
        instrument.items().forEach(item -> items.put(item.number(), item));
        Map<String, Integer> labels = labels(counts, instrument);
        Map<String, Integer> others = new TreeMap<>();
        int fitting = 0;
        int all = 0;
        boolean letters = false;
        for (Map.Entry<Integer, Map<String, Integer>> texts : counts.entrySet()) {
            Instrument.Item item = items.get(texts.getKey());
            for (Map.Entry<String, Integer> text : texts.getValue().entrySet()) {
                boolean lettered = text.getKey().matches("\\d[a-c]");
                String digits = lettered ? text.getKey().substring(0, 1) : text.getKey();
                boolean fits = labels.containsKey(text.getKey())
                        || (item != null
                                && digits.matches("-?\\d{1,4}")
                                && item.allows(Integer.parseInt(digits) + (double) shift));
                if (fits) {
                    letters |= lettered;
                    fitting += text.getValue();
                    all += text.getValue();
                } else if (item != null) {
                    others.merge(text.getKey(), text.getValue(), Integer::sum);
                    all += text.getValue();
                }
            }
        }
        Map<String, MissingReason> missing = new TreeMap<>();
        SortedSet<String> unknown = new TreeSet<>();
        for (Map.Entry<String, Integer> other : others.entrySet()) {
            MissingReason known = KNOWN_MISSING.get(other.getKey());
            boolean code = other.getKey().matches("-\\d{1,4}|9{1,4}|8{2,4}|7{2,4}|6{2,4}");
            if (known != null || (code && other.getValue() >= FEWEST)) {
                missing.put(other.getKey(), known == null ? MissingReason.UNKNOWN : known);
                all -= other.getValue();
            } else if (other.getValue() >= FEWEST) {
                unknown.add(other.getKey());
            }
        }
        return new AnswerValues(all == 0 ? 0 : (double) fitting / all, shift, letters, labels, missing, unknown);
    }

    private static Map<String, Integer> labels(Map<Integer, Map<String, Integer>> counts, Instrument instrument) {
        Map<String, Integer> labels = new TreeMap<>();
        if (instrument.items().stream().allMatch(item -> item.min() == 0 && item.max() == 3)) {
            for (List<String> language : FREQUENCIES) {
                if (counts.values().stream().anyMatch(texts -> language.stream().anyMatch(texts::containsKey))) {
                    language.forEach(label -> labels.put(label, language.indexOf(label)));
                }
            }
        }
        return labels;
    }
}
