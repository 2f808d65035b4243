package org.equipoise.definition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.equipoise.definition.Instrument.Aggregation;
import org.equipoise.definition.Instrument.Band;
import org.equipoise.definition.Instrument.Item;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.Study.Direction;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ScaleCode;

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
        Instrument instrument = new Instrument(
                code,
                root.at("name").text(),
                root.at("version").text(),
                List.copyOf(items.values()),
                readMissing(root.at("missing")),
                readScales(),
                root.at("recall").text(),
                root.at("licence").text(),
                root.at("sources").elements().stream().map(Part::text).toList(),
                root.at("to_confirm").elements().stream().map(Part::text).toList());
        root.at("missing").forEach((value, part) -> MissingValues.tellScores(value, part, instrument));
        return instrument;
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
            if (min > max) {
                itemsAreSound = false;
                group.at("range").tell(DefinitionProblem.RANGE_ORDER, "[least, greatest]", min + ", " + max);
            }
            for (int number : group.at("numbers").numbers()) {
                if (items.put(number, new Item(number, min, max)) != null) {
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

    private List<Scale> readScales() {
        Uniqueness codes = new Uniqueness("The scale");
        List<Scale> scales = new ArrayList<>();
        for (Part part : root.at("scales").elements()) {
            codes.see(part.at("code"));
            scales.add(readScale(part));
        }
        return scales;
    }

    private Scale readScale(Part part) {
        List<Part> range = part.at("range").elements();
        double min = range.isEmpty() ? 0 : range.get(0).number(0);
        double max = range.size() < 2 ? min : range.get(1).number(min);
        Scale scale = new Scale(
                part.at("code").code(ScaleCode::new),
                part.at("name").text(),
                part.at("items").numbers(),
                part.at("reversed").numbers(),
                part.at("aggregation").choice(Aggregation.class, Aggregation.SUM),
                part.at("max_missing").integer(0),
                min,
                max,
                part.at("direction").choice(Direction.class, Direction.LOWER_IS_BETTER),
                part.at("bands").elements().stream()
                        .map(band -> new Band(
                                band.at("from").number(min), band.at("name").text()))
                        .toList());
        checkScaleItems(part, scale);
        checkRange(part, scale);
        checkBands(part, scale);
        return scale;
    }

    private void checkScaleItems(Part part, Scale scale) {
        Set<Integer> seen = new HashSet<>();
        for (int number : scale.items()) {
            if (!seen.add(number)) {
                part.at("items").tell(DefinitionProblem.ITEM_TWICE, "each item once", null, number);
            }
            if (!items.containsKey(number) && itemsAreSound) {
                part.at("items")
                        .tell(
                                DefinitionProblem.ITEM_UNKNOWN,
                                "items 1 to " + items.size(),
                                null,
                                root.at("code").text(),
                                number);
            }
        }
        for (int number : scale.reversed()) {
            if (!seen.contains(number)) {
                part.at("reversed").tell(DefinitionProblem.ITEM_NOT_IN_SCALE, "items of the scale", null, number);
            }
        }
        if (!seen.isEmpty() && scale.maxMissing() >= seen.size()) {
            part.at("max_missing")
                    .tell(
                            DefinitionProblem.TOO_MANY_MISSING,
                            "less than " + seen.size(),
                            Integer.toString(scale.maxMissing()),
                            scale.code());
        }
    }

    /** A reversed item has the range of the item itself, so reversal changes nothing here. */
    private void checkRange(Part part, Scale scale) {
        List<Item> own = scale.items().stream()
                .filter(items::containsKey)
                .map(items::get)
                .toList();
        boolean allOnce = own.size() == new HashSet<>(scale.items()).size();
        if (!itemsAreSound || !allOnce || own.isEmpty()) {
            return;
        }
        double share = scale.aggregation() == Aggregation.MEAN ? 1.0 / own.size() : 1;
        double min = own.stream().mapToInt(Item::min).sum() * share;
        double max = own.stream().mapToInt(Item::max).sum() * share;
        if (!(Math.abs(min - scale.min()) < 1e-9 && Math.abs(max - scale.max()) < 1e-9)) {
            part.at("range")
                    .tell(
                            DefinitionProblem.RANGE_DIFFERS,
                            range(min, max),
                            range(scale.min(), scale.max()),
                            scale.code());
        }
    }

    private static void checkBands(Part part, Scale scale) {
        double last = Double.NEGATIVE_INFINITY;
        for (Band band : scale.bands()) {
            if (!(band.from() > last && band.from() >= scale.min() && band.from() <= scale.max())) {
                part.at("bands")
                        .tell(
                                DefinitionProblem.BAND_ORDER,
                                "rising starts in " + range(scale.min(), scale.max()),
                                plain(band.from()),
                                scale.code());
            }
            last = band.from();
        }
    }

    static String range(double min, double max) {
        return "[" + plain(min) + ", " + plain(max) + "]";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(4, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
