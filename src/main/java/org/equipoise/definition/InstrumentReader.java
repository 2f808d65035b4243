package org.equipoise.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.equipoise.definition.Instrument.Embedding;
import org.equipoise.definition.Instrument.Item;
import org.equipoise.definition.Instrument.LicenceStatus;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.Instrument.Skip;
import org.equipoise.definition.Instrument.Variant;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.MissingReason;

/** Reads an instrument and checks that its numbers agree with each other. */
final class InstrumentReader {
    private final Part root;
    private final TreeMap<Integer, Item> items = new TreeMap<>();
    /** Whether the items can be counted on; if not, nothing is told that may only follow from them. */
    private boolean itemsAreSound;

    private InstrumentReader(Part root) {
        this.root = root;
    }

    static Instrument read(YamlFile file) {
        return new InstrumentReader(Part.of(file)).read();
    }

    private Instrument read() {
        readItems();
        InstrumentCode code = root.at("code").code(InstrumentCode::new);
        List<Scale> scales = readScales();
        Instrument instrument = new Instrument(
                code,
                root.at("name").text(),
                root.at("version").text(),
                List.copyOf(items.values()),
                readMissing(root.at("missing")),
                root.at("skips").elements().stream().map(this::readSkip).toList(),
                readMaxMissing(),
                scales,
                root.at("embedded_in").elements().stream()
                        .map(part -> new Embedding(
                                part.at("instrument").code(InstrumentCode::new),
                                part.at("items").numbers()))
                        .toList(),
                readVariants(scales),
                root.at("recall").text(),
                root.at("licence_status").choice(LicenceStatus.class, LicenceStatus.PERMISSION),
                root.at("licence").text(),
                root.at("sources").elements().stream().map(Part::text).toList(),
                root.at("to_confirm").elements().stream().map(Part::text).toList());
        root.at("missing").forEach((value, part) -> MissingValues.tellScores(value, part, instrument));
        checkPartitions(scales);
        return instrument;
    }

    private List<Variant> readVariants(List<Scale> scales) {
        Uniqueness codes = new Uniqueness("The variant");
        List<Variant> variants = new ArrayList<>();
        for (Part part : root.at("variants").elements()) {
            if (part.at("code").isPresent()) {
                codes.see(part.at("code"));
            }
            variants.add(new Variant(
                    part.at("code").findText(),
                    part.at("name").text(),
                    part.at("mapping").text(),
                    AnswerReader.readValue(part.at("value")),
                    AnswerReader.readReversed(
                            part.at("already_reversed"), scales, root.at("code").text())));
        }
        return variants;
    }

    static Map<String, MissingReason> readMissing(Part part) {
        Map<String, MissingReason> missing = new HashMap<>();
        part.forEach((value, reason) -> missing.put(value, reason.choice(MissingReason.class, MissingReason.UNKNOWN)));
        return missing;
    }

    private void readItems() {
        itemsAreSound = !root.file().isMisshapen("/items");
        for (Part group : root.at("items").elements()) {
            List<Part> range = group.at("range").elements();
            int min = range.isEmpty() ? 0 : range.get(0).integer(0);
            int max = range.size() < 2 ? min : range.get(1).integer(min);
            int step = Math.max(1, group.at("step").integer(1));
            if (min > max) {
                itemsAreSound = false;
                group.at("range").tell(DefinitionProblem.RANGE_ORDER, "[least, greatest]", min + ", " + max);
            } else if ((max - min) % step != 0) {
                itemsAreSound = false;
                group.at("step").tell(DefinitionProblem.STEP_MISFIT, "a divisor of " + (max - min), null, step);
            }
            for (int number : group.at("numbers").numbers()) {
                if (items.put(number, new Item(number, min, max, step)) != null) {
                    itemsAreSound = false;
                    group.at("numbers").tell(DefinitionProblem.ITEM_TWICE, "each item once", null, number);
                }
            }
        }
        int last = items.isEmpty() ? 0 : items.lastKey();
        for (int number = 1; number < last; number++) {
            if (!items.containsKey(number)) {
                itemsAreSound = false;
                root.at("items").tell(DefinitionProblem.ITEM_GAP, "items 1 to " + last, null, number);
            }
        }
    }

    private Skip readSkip(Part part) {
        List<Integer> where = part.at("where").numbers();
        List<Integer> skipped = part.at("items").numbers();
        where.forEach(number -> checkKnown(part.at("where"), number));
        skipped.forEach(number -> checkKnown(part.at("items"), number));
        return new Skip(
                where,
                part.at("answer").integer(0),
                skipped,
                part.at("count_as").integer(0));
    }

    /** Tells an item that the instrument has not. */
    private void checkKnown(Part part, int number) {
        if (!items.containsKey(number) && itemsAreSound) {
            part.tell(
                    DefinitionProblem.ITEM_UNKNOWN,
                    "items 1 to " + items.size(),
                    null,
                    root.at("code").text(),
                    number);
        }
    }

    private OptionalInt readMaxMissing() {
        OptionalInt limit = root.at("max_missing").findInt();
        if (limit.isPresent() && limit.getAsInt() >= items.size() && itemsAreSound) {
            root.at("max_missing")
                    .tell(
                            DefinitionProblem.TOO_MANY_MISSING,
                            "less than " + items.size(),
                            Integer.toString(limit.getAsInt()),
                            root.at("code").text());
        }
        return limit;
    }

    private List<Scale> readScales() {
        Uniqueness codes = new Uniqueness("The scale");
        List<Scale> scales = new ArrayList<>();
        for (Part part : root.at("scales").elements()) {
            codes.see(part.at("code"));
            ScaleReader reader = new ScaleReader(root.at("code").text(), part, items, itemsAreSound, scales);
            scales.add(reader.read());
        }
        return scales;
    }

    /** Scales that are said to share out the items hold each item once. */
    private void checkPartitions(List<Scale> scales) {
        for (Part partition : root.at("partitions").elements()) {
            Set<Integer> seen = new HashSet<>();
            boolean complete = itemsAreSound;
            for (Part name : partition.at("scales").elements()) {
                Optional<Scale> scale = ScaleReader.find(scales, name.text());
                complete &= scale.isPresent();
                if (scale.isPresent()) {
                    scale.get().items().forEach(number -> seeOnce(seen, number, name));
                } else {
                    ScaleReader.tellUnknown(root.at("code").text(), scales, name);
                }
            }
            Part outside = partition.at("outside");
            outside.numbers().forEach(number -> seeOnce(seen, number, outside));
            for (int number : complete ? items.keySet() : Set.<Integer>of()) {
                if (!seen.contains(number)) {
                    partition.at("scales").tell(DefinitionProblem.PARTITION_GAP, "each item once", null, number);
                }
            }
        }
    }

    private static void seeOnce(Set<Integer> seen, int number, Part part) {
        if (!seen.add(number)) {
            part.tell(DefinitionProblem.ITEM_TWICE, "each item once", null, number);
        }
    }

    /**
     * Tells what does not fit between an instrument and the longer ones that are said to hold it.
     *
     * @param shelf all instruments
     */
    static void checkEmbeddings(YamlFile file, Instrument instrument, InstrumentShelf shelf) {
        List<Part> parts = Part.of(file).at("embedded_in").elements();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            List<Integer> places = instrument.embeddedIn().get(i).items();
            shelf.find(part.at("instrument")).ifPresent(longer -> checkEmbedding(part, instrument, places, longer));
        }
    }

    private static void checkEmbedding(Part part, Instrument instrument, List<Integer> places, Instrument longer) {
        for (Item item : instrument.items()) {
            int place = item.number() <= places.size() ? places.get(item.number() - 1) : 0;
            boolean known = place >= 1 && place <= longer.items().size();
            Item held = known ? longer.items().get(place - 1) : item;
            if (!known || held.min() != item.min() || held.max() != item.max() || held.step() != item.step()) {
                part.at("items")
                        .tell(
                                DefinitionProblem.EMBEDDING_DIFFERS,
                                "an item of the longer one, with the same range, for each of "
                                        + instrument.items().size(),
                                place == 0 ? null : Integer.toString(place),
                                longer.code(),
                                item.number());
            }
        }
    }
}
