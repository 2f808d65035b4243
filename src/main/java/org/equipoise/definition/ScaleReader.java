package org.equipoise.definition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.equipoise.definition.Instrument.Aggregation;
import org.equipoise.definition.Instrument.Band;
import org.equipoise.definition.Instrument.Change;
import org.equipoise.definition.Instrument.CountMissing;
import org.equipoise.definition.Instrument.CutOff;
import org.equipoise.definition.Instrument.Formula;
import org.equipoise.definition.Instrument.Item;
import org.equipoise.definition.Instrument.MissingRule;
import org.equipoise.definition.Instrument.Recode;
import org.equipoise.definition.Instrument.ReliabilityKind;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.Instrument.Surcharge;
import org.equipoise.definition.Study.Direction;
import org.equipoise.vocabulary.ScaleCode;

/** Reads one scale of an instrument and checks its arithmetic: what its items can add up to is its range. */
final class ScaleReader {
    /** Published changes are rounded to two or three digits. */
    private static final double ROUNDING = 0.01;

    private final String instrument;
    private final Part part;
    private final Map<Integer, Item> known;
    private final boolean itemsAreSound;
    private final List<Scale> above;

    /**
     * Prepares to read.
     *
     * @param known items of the instrument
     * @param itemsAreSound whether they can be counted on
     * @param above the scales before this one
     */
    ScaleReader(String instrument, Part part, Map<Integer, Item> known, boolean itemsAreSound, List<Scale> above) {
        this.instrument = instrument;
        this.part = part;
        this.known = known;
        this.itemsAreSound = itemsAreSound;
        this.above = List.copyOf(above);
    }

    Scale read() {
        List<Part> range = part.at("range").elements();
        double min = range.isEmpty() ? 0 : range.get(0).number(0);
        double max = range.size() < 2 ? min : range.get(1).number(min);
        Formula formula = readFormula();
        Scale scale = new Scale(
                part.at("code").code(ScaleCode::new),
                part.at("name").text(),
                readItems(formula),
                part.at("reversed").numbers(),
                formula,
                readMissingRule(),
                min,
                max,
                part.at("direction").choice(Direction.class, Direction.LOWER_IS_BETTER),
                part.at("bands").elements().stream()
                        .map(band -> new Band(
                                band.at("from").number(min), band.at("name").text()))
                        .toList(),
                part.at("cut_offs").elements().stream()
                        .map(cut -> new CutOff(
                                cut.at("from").number(min), cut.at("meaning").text()))
                        .toList(),
                part.at("reliable_change").elements().stream()
                        .map(ScaleReader::readChange)
                        .toList());
        checkItems(scale);
        checkRecodes(scale);
        boolean rangeIsRight = checkRange(scale);
        checkBands(scale, rangeIsRight);
        checkCutOffs(scale);
        checkChanges(scale);
        return scale;
    }

    private Formula readFormula() {
        Aggregation aggregation = part.at("aggregation").choice(Aggregation.class, Aggregation.SUM);
        String needed = aggregation.isOfScales() ? "scales" : "items";
        String needless = aggregation.isOfScales() ? "items" : "scales";
        if (!part.at(needed).isPresent()) {
            part.at(needed)
                    .tell(
                            DefinitionProblem.KEY_NEEDED_HERE,
                            "the key " + needed,
                            null,
                            needed,
                            "aggregation " + part.at("aggregation").text());
        }
        if (part.at(needless).isPresent()) {
            part.at(needless)
                    .tell(
                            DefinitionProblem.KEY_OUT_OF_PLACE,
                            "no such key",
                            null,
                            needless,
                            "aggregation " + part.at("aggregation").text());
        }
        List<ScaleCode> parts = new ArrayList<>();
        for (Part name : part.at("scales").elements()) {
            if (find(above, name.text()).isPresent()) {
                parts.add(name.code(ScaleCode::new));
            } else {
                tellUnknown(instrument, above, name);
            }
        }
        return new Formula(
                aggregation,
                parts,
                part.at("recode").elements().stream()
                        .map(recode -> new Recode(recode.at("items").numbers(), readValues(recode.at("values"))))
                        .toList(),
                part.at("multiply").number(1),
                part.at("add").number(0),
                part.at("if_any").elements().stream()
                        .map(extra -> new Surcharge(
                                extra.at("from").integer(0), extra.at("add").number(0)))
                        .toList());
    }

    private static Map<Integer, Double> readValues(Part part) {
        Map<Integer, Double> values = new HashMap<>();
        part.forEach((answer, counted) -> {
            if (answer.matches("-?[0-9]{1,4}")) {
                values.put(Integer.valueOf(answer), counted.number(0));
            } else {
                counted.tell(DefinitionProblem.WRONG_FORM, "an answer, which is a whole number", answer, answer);
            }
        });
        return values;
    }

    /** A scale made of scales has all their items. */
    private List<Integer> readItems(Formula formula) {
        if (!formula.aggregation().isOfScales()) {
            return part.at("items").numbers();
        }
        Set<Integer> items = new LinkedHashSet<>();
        formula.parts().forEach(code -> find(above, code.value()).ifPresent(scale -> items.addAll(scale.items())));
        return List.copyOf(items);
    }

    private MissingRule readMissingRule() {
        return new MissingRule(
                part.at("max_missing").integer(0),
                part.at("count_missing").choice(CountMissing.class, CountMissing.AS_MEAN),
                part.at("rounded").isTrue(),
                part.at("not_applicable").text().equals("left_out"),
                part.at("only_without").numbers());
    }

    private static Change readChange(Part part) {
        OptionalDouble sd = part.at("sd").findNumber();
        OptionalDouble reliability = part.at("reliability").findNumber();
        OptionalDouble points = part.at("points").findNumber();
        if (points.isEmpty() && (sd.isEmpty() || reliability.isEmpty())) {
            part.at("points")
                    .tell(
                            DefinitionProblem.KEY_NEEDED_HERE,
                            "the key points, or both sd and reliability",
                            null,
                            "points",
                            "sd or reliability is not there");
        }
        return new Change(
                points.orElse(Change.points(sd.orElse(0), reliability.orElse(0))),
                sd,
                reliability,
                part.at("kind")
                        .findText()
                        .map(kind -> part.at("kind").choice(ReliabilityKind.class, ReliabilityKind.RETEST)),
                part.at("basis").text());
    }

    private void checkItems(Scale scale) {
        Set<Integer> seen = new HashSet<>();
        for (int number : scale.items()) {
            if (!seen.add(number)) {
                part.at("items").tell(DefinitionProblem.ITEM_TWICE, "each item once", null, number);
            }
            checkKnown(part.at("items"), number);
        }
        for (int number : scale.reversed()) {
            checkOwn(seen, part.at("reversed"), number);
        }
        scale.missingRule().onlyWithout().forEach(number -> checkKnown(part.at("only_without"), number));
        if (!seen.isEmpty() && scale.missingRule().maxMissing() >= seen.size()) {
            part.at("max_missing")
                    .tell(
                            DefinitionProblem.TOO_MANY_MISSING,
                            "less than " + seen.size(),
                            Integer.toString(scale.missingRule().maxMissing()),
                            scale.code());
        }
    }

    private void checkKnown(Part place, int number) {
        if (!known.containsKey(number) && itemsAreSound) {
            place.tell(DefinitionProblem.ITEM_UNKNOWN, "items 1 to " + known.size(), null, instrument, number);
        }
    }

    private static void checkOwn(Set<Integer> own, Part place, int number) {
        if (!own.isEmpty() && !own.contains(number)) {
            place.tell(DefinitionProblem.ITEM_NOT_IN_SCALE, "items of the scale", null, number);
        }
    }

    private void checkRecodes(Scale scale) {
        List<Part> recodes = part.at("recode").elements();
        Set<Integer> own = Set.copyOf(scale.items());
        for (int i = 0; i < recodes.size(); i++) {
            Recode recode = scale.formula().recodes().get(i);
            for (int number : recode.items()) {
                checkOwn(own, recodes.get(i).at("items"), number);
                Item item = known.get(number);
                for (int answer : item == null || !itemsAreSound ? List.<Integer>of() : answers(item)) {
                    if (!recode.values().containsKey(answer)) {
                        recodes.get(i)
                                .at("values")
                                .tell(
                                        DefinitionProblem.RECODE_INCOMPLETE,
                                        "a value for each answer",
                                        null,
                                        scale.code(),
                                        answer,
                                        number);
                    }
                }
            }
        }
    }

    private static List<Integer> answers(Item item) {
        List<Integer> answers = new ArrayList<>();
        for (int answer = item.min(); answer <= item.max(); answer += item.step()) {
            answers.add(answer);
        }
        return answers;
    }

    /** Least and greatest of something. */
    private record Bounds(double min, double max) {
        static Bounds sum(List<Bounds> bounds) {
            return new Bounds(sum(bounds, Bounds::min), sum(bounds, Bounds::max));
        }

        private static double sum(List<Bounds> bounds, ToDoubleFunction<Bounds> end) {
            return bounds.stream().mapToDouble(end).sum();
        }

        Bounds times(double factor) {
            return new Bounds(min * factor, max * factor);
        }

        boolean isNearly(Bounds other) {
            return Math.abs(min - other.min) < 1e-9 && Math.abs(max - other.max) < 1e-9;
        }
    }

    /** A reversed item has the range of the item itself, so reversal changes nothing here. */
    private boolean checkRange(Scale scale) {
        List<Item> own = scale.items().stream()
                .filter(known::containsKey)
                .map(known::get)
                .toList();
        boolean allOnce = own.size() == new HashSet<>(scale.items()).size();
        if (!itemsAreSound || !allOnce || own.isEmpty() || part.file().isMisshapen(part.pointer())) {
            return false;
        }
        Bounds inUnit = aggregate(scale, own);
        double multiply = scale.formula().multiply();
        double add = scale.formula().add();
        Bounds possible = new Bounds(
                inUnit.min() * multiply + add + surcharges(scale, Math::min),
                inUnit.max() * multiply + add + surcharges(scale, Math::max));
        boolean right = possible.isNearly(new Bounds(scale.min(), scale.max()));
        if (!right) {
            part.at("range")
                    .tell(
                            DefinitionProblem.RANGE_DIFFERS,
                            range(possible.min(), possible.max()),
                            range(scale.min(), scale.max()),
                            scale.code());
        }
        return right;
    }

    private static double surcharges(Scale scale, java.util.function.DoubleBinaryOperator choose) {
        return scale.formula().surcharges().stream()
                .mapToDouble(surcharge -> choose.applyAsDouble(0, surcharge.add()))
                .sum();
    }

    private Bounds aggregate(Scale scale, List<Item> own) {
        List<Bounds> items = own.stream().map(item -> counted(scale, item)).toList();
        List<Bounds> parts = scale.formula().parts().stream()
                .flatMap(code -> find(above, code.value()).stream())
                .map(found -> new Bounds(found.min(), found.max()))
                .toList();
        return switch (scale.formula().aggregation()) {
            case SUM -> Bounds.sum(items);
            case MEAN -> Bounds.sum(items).times(1.0 / items.size());
            case LOWEST ->
                new Bounds(
                        items.stream().mapToDouble(Bounds::min).min().orElse(0),
                        items.stream().mapToDouble(Bounds::max).min().orElse(0));
            case MEAN_OF_POSITIVE ->
                new Bounds(
                        own.stream()
                                .mapToDouble(item -> item.min() + item.step())
                                .min()
                                .orElse(0),
                        items.stream().mapToDouble(Bounds::max).max().orElse(0));
            case SUM_OF_SCALES -> Bounds.sum(parts);
            case MEAN_OF_SCALES -> Bounds.sum(parts).times(1.0 / Math.max(1, parts.size()));
        };
    }

    private static Bounds counted(Scale scale, Item item) {
        Optional<Recode> recode = scale.formula().recodes().stream()
                .filter(candidate -> candidate.items().contains(item.number()))
                .findFirst();
        return recode.map(found -> answers(item).stream()
                        .mapToDouble(answer -> found.values().getOrDefault(answer, 0.0))
                        .summaryStatistics())
                .map(all -> new Bounds(all.getMin(), all.getMax()))
                .orElseGet(() -> new Bounds(item.min(), item.max()));
    }

    private void checkBands(Scale scale, boolean rangeIsRight) {
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
        if (rangeIsRight && !scale.bands().isEmpty() && scale.bands().get(0).from() > scale.min()) {
            part.at("bands")
                    .tell(
                            DefinitionProblem.BAND_GAP,
                            "a first band from " + plain(scale.min()),
                            plain(scale.bands().get(0).from()),
                            scale.code());
        }
    }

    private void checkCutOffs(Scale scale) {
        for (CutOff cutOff : scale.cutOffs()) {
            if (!(cutOff.from() >= scale.min() && cutOff.from() <= scale.max())) {
                part.at("cut_offs")
                        .tell(
                                DefinitionProblem.CUT_OFF_OUTSIDE,
                                "a score in " + range(scale.min(), scale.max()),
                                plain(cutOff.from()),
                                scale.code());
            }
        }
    }

    private void checkChanges(Scale scale) {
        List<Part> parts = part.at("reliable_change").elements();
        for (int i = 0; i < parts.size(); i++) {
            Change change = scale.changes().get(i);
            if (change.sd().isEmpty() || change.reliability().isEmpty()) {
                continue;
            }
            double given = Change.points(
                    change.sd().getAsDouble(), change.reliability().getAsDouble());
            if (!(Math.abs(given - change.points()) <= ROUNDING * given)) {
                parts.get(i).tell(DefinitionProblem.CHANGE_DIFFERS, plain(given), plain(change.points()), scale.code());
            }
        }
    }

    static Optional<Scale> find(List<Scale> scales, String code) {
        return scales.stream()
                .filter(scale -> scale.code().value().equals(code))
                .findFirst();
    }

    /** Tells a scale that is not there, or only further down. */
    static void tellUnknown(String instrument, List<Scale> scales, Part name) {
        String codes = String.join(
                ", ", scales.stream().map(scale -> scale.code().value()).toList());
        name.tell(
                DefinitionProblem.SCALE_UNKNOWN,
                scales.isEmpty() ? "a scale above this one" : "one of those above: " + codes,
                name.text(),
                instrument,
                name.text());
    }

    private static String range(double min, double max) {
        return "[" + plain(min) + ", " + plain(max) + "]";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(4, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
