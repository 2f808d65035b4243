package org.equipoise.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.equipoise.definition.Instrument.Item;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.Instrument.Variant;
import org.equipoise.definition.SiteMapping.Coding;
import org.equipoise.definition.SiteMapping.CompleteColumn;
import org.equipoise.definition.SiteMapping.DateColumn;
import org.equipoise.definition.SiteMapping.Form;
import org.equipoise.definition.SiteMapping.ItemRow;
import org.equipoise.definition.SiteMapping.TotalColumn;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.definition.SiteMapping.ValueRule;
import org.equipoise.definition.SiteMapping.VisitSource;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.ScaleCode;

/** Reads where an export holds answers: in the columns of forms, or in a row each. */
final class AnswerReader {
    private static final Pattern WHOLE_TEXT = Pattern.compile("(\\d+)");

    private final InstrumentShelf instruments;
    private final ColumnNames columns;
    private final DateRules dates;
    private final Part missingCodes;
    private final VisitSource visitSource;

    AnswerReader(
            InstrumentShelf instruments,
            ColumnNames columns,
            DateRules dates,
            Part missingCodes,
            VisitSource visitSource) {
        this.instruments = instruments;
        this.columns = columns;
        this.dates = dates;
        this.missingCodes = missingCodes;
        this.visitSource = visitSource;
    }

    List<Form> readForms(Part forms) {
        Uniqueness codes = new Uniqueness("The form");
        List<Form> all = new ArrayList<>();
        for (Part form : forms.elements()) {
            codes.see(form.at("code"));
            all.add(readForm(form));
        }
        return all;
    }

    private Form readForm(Part part) {
        Optional<Instrument> instrument = instruments.find(part.at("instrument"));
        Map<Integer, String> items = readItems(part.at("items"), instrument);
        if (!part.at("items").isPresent() && !part.at("totals").isPresent()) {
            part.at("items").tell(DefinitionProblem.KEY_NEEDED_HERE, "items or totals", null, "items", "no totals");
        }
        needDate(part.at("date"));
        Optional<Variant> variant = findVariant(part, instrument);
        ValueRule value = readValue(part, variant);
        instrument.ifPresent(found -> {
            checkMissing(part, found, value);
            missingCodes.forEach((text, code) -> MissingValues.tellScoresAndTotals(text, code, found));
        });
        tellColumn(part.at("value"), "items names the columns");
        return new Form(
                part.at("code").text(),
                part.at("instrument").code(InstrumentCode::new),
                items,
                readReversed(part.at("already_reversed"), instrument, variant),
                readTotals(part.at("totals"), instrument, items.isEmpty() ? TotalUse.SCORE : TotalUse.CROSS_CHECK),
                readDate(part.at("date")),
                readComplete(part.at("complete")),
                value,
                InstrumentReader.readMissing(part.at("missing")));
    }

    private static void tellColumn(Part value, String why) {
        if (value.at("column").isPresent()) {
            value.at("column").tell(DefinitionProblem.KEY_OUT_OF_PLACE, "no such key", null, "column", why);
        }
    }

    private Map<Integer, String> readItems(Part part, Optional<Instrument> instrument) {
        List<Integer> known = instrument.stream()
                .flatMap(found -> found.items().stream())
                .map(Item::number)
                .toList();
        if (part.isText()) {
            return columns.ofItems(part, known);
        }
        Map<Integer, String> items = new HashMap<>();
        part.forEach((key, column) -> {
            Optional<Integer> number = number(key);
            if (number.isEmpty()) {
                column.tell(DefinitionProblem.WRONG_FORM, "the number of an item", key, key);
            } else {
                if (instrument.isPresent() && !known.contains(number.get())) {
                    tellUnknownItem(column, instrument.get(), number.get());
                }
                items.put(number.get(), columns.take(column, columns.ofVisit(column)));
            }
        });
        if (part.isPresent()) {
            instrument.ifPresent(found -> known.stream()
                    .filter(number -> !items.containsKey(number))
                    .forEach(number -> part.tell(
                            DefinitionProblem.ITEM_UNMAPPED,
                            "a column for each of the items 1 to " + known.size(),
                            null,
                            number,
                            found.code())));
        }
        return items;
    }

    private static Optional<Integer> number(String key) {
        return key.matches("[1-9][0-9]{0,2}") ? Optional.of(Integer.valueOf(key)) : Optional.empty();
    }

    private static void tellUnknownItem(Part part, Instrument instrument, int number) {
        part.tell(
                DefinitionProblem.ITEM_UNKNOWN,
                "items 1 to " + instrument.items().size(),
                null,
                instrument.code(),
                number);
    }

    /** The form's own, and those that its variant has turned round. */
    private static Set<Integer> readReversed(Part part, Optional<Instrument> instrument, Optional<Variant> variant) {
        Set<Integer> numbers =
                new HashSet<>(variant.map(Variant::alreadyReversed).orElse(Set.of()));
        numbers.addAll(instrument
                .map(found -> readReversed(part, found.scales(), found.code().value()))
                .orElse(Set.of()));
        return numbers;
    }

    /** Items that answers have turned round; some scale must reverse each. */
    static Set<Integer> readReversed(Part part, List<Scale> scales, String instrument) {
        Set<Integer> numbers = new HashSet<>(part.numbers());
        numbers.stream()
                .filter(number ->
                        scales.stream().noneMatch(scale -> scale.reversed().contains(number)))
                .forEach(number -> part.tell(
                        DefinitionProblem.ITEM_NOT_REVERSED, "items that a scale reverses", null, number, instrument));
        return numbers;
    }

    private static Optional<Variant> findVariant(Part part, Optional<Instrument> instrument) {
        Part name = part.at("variant");
        if (!name.isPresent() || instrument.isEmpty()) {
            return Optional.empty();
        }
        Optional<Variant> found = instrument.get().findVariant(name.text());
        if (found.isEmpty()) {
            Set<String> codes = new TreeSet<>();
            instrument.get().variants().forEach(variant -> variant.code().ifPresent(codes::add));
            name.tell(
                    DefinitionProblem.VARIANT_UNKNOWN,
                    codes.isEmpty()
                            ? "no variant, since none of the instrument's has a code"
                            : Choices.of(codes, name.text()),
                    name.text(),
                    instrument.get().code(),
                    name.text());
        }
        return found;
    }

    /** The form's own rule, or that of its variant; which of two should hold nobody could say. */
    private static ValueRule readValue(Part form, Optional<Variant> variant) {
        Optional<ValueRule> ofVariant = variant.map(Variant::value).filter(rule -> !rule.equals(ValueRule.PLAIN));
        if (ofVariant.isPresent() && form.at("value").isPresent()) {
            form.at("value")
                    .tell(
                            DefinitionProblem.KEY_OUT_OF_PLACE,
                            "variant or value",
                            null,
                            "value",
                            "the variant says how answers become numbers");
        }
        return ofVariant.orElseGet(() -> readValue(form.at("value")));
    }

    private List<TotalColumn> readTotals(Part part, Optional<Instrument> instrument, TotalUse use) {
        List<TotalColumn> totals = new ArrayList<>();
        part.forEach((scale, column) -> {
            instrument.ifPresent(found -> instruments.findScale(found, scale, column));
            totals.add(new TotalColumn(scaleCode(scale), columns.take(column, columns.ofVisit(column)), use));
        });
        return totals;
    }

    /** A scale that no instrument can have is told as unknown; then any code stands in for it. */
    private static ScaleCode scaleCode(String scale) {
        return new ScaleCode(Code.SHAPE.matcher(scale).matches() ? scale : "unreadable");
    }

    private Optional<CompleteColumn> readComplete(Part part) {
        if (!part.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new CompleteColumn(
                columns.ofVisit(part.at("column")), part.at("accepted").texts()));
    }

    private Optional<DateColumn> readDate(Part part) {
        if (part.isPresent()) {
            columns.ofVisit(part.isObject() ? part.at("column") : part);
        }
        return dates.findColumn(part);
    }

    private void needDate(Part date) {
        if (visitSource == VisitSource.DATE && !date.isPresent()) {
            date.tell(DefinitionProblem.KEY_NEEDED_HERE, "the key date", null, "date", "dates place the rows");
        }
    }

    private static void checkMissing(Part form, Instrument instrument, ValueRule rule) {
        if (rule.equals(ValueRule.PLAIN)) {
            form.at("missing").forEach((value, part) -> MissingValues.tellScores(value, part, instrument));
        }
    }

    static ValueRule readValue(Part part) {
        Map<String, Double> labels = new HashMap<>();
        part.at("labels").forEach((label, number) -> labels.put(label, number.number(0)));
        return new ValueRule(
                part.at("pattern").patternWithGroup(),
                labels,
                part.at("shift").number(0),
                part.at("factor").number(1));
    }

    ItemRow readItemRow(Part part) {
        Part item = part.at("item");
        Part names = part.at("instrument").at("values");
        Map<String, Instrument> byName = new LinkedHashMap<>();
        Map<String, InstrumentCode> instrumentNames = new HashMap<>();
        names.forEach((name, code) -> {
            instrumentNames.put(name, code.code(InstrumentCode::new));
            instruments.find(code).ifPresent(found -> byName.put(name, found));
        });
        List<Instrument> known = List.copyOf(byName.values());
        known.forEach(instrument ->
                missingCodes.forEach((value, code) -> MissingValues.tellScoresAndTotals(value, code, instrument)));
        needDate(part.at("date"));
        return new ItemRow(
                columns.take(
                        part.at("instrument").at("column"),
                        columns.shared(part.at("instrument").at("column"))),
                instrumentNames,
                readCodings(part.at("instrument").at("codings"), byName, readValue(part.at("value"))),
                columns.take(item.at("column"), columns.shared(item.at("column"))),
                item.at("pattern").patternWithGroup().orElse(WHOLE_TEXT),
                readTotalItems(item.at("totals"), known),
                item.at("total_use").choice(TotalUse.class, TotalUse.CROSS_CHECK),
                columns.take(
                        part.at("value").at("column"),
                        columns.shared(part.at("value").at("column"))),
                dates.findColumn(part.at("date")),
                readValue(part.at("value")));
    }

    private static Map<String, Coding> readCodings(Part part, Map<String, Instrument> byName, ValueRule ofAll) {
        Map<String, Coding> codings = new HashMap<>();
        part.forEach((name, coding) -> {
            Optional<Instrument> instrument = Optional.ofNullable(byName.get(name));
            if (instrument.isEmpty()) {
                coding.tell(
                        DefinitionProblem.KEY_OUT_OF_PLACE,
                        Choices.of(byName.keySet(), name),
                        name,
                        name,
                        "values gives no instrument for it");
            }
            Optional<Variant> variant = findVariant(coding, instrument);
            ValueRule own = readValue(coding, variant);
            ValueRule value = own.equals(ValueRule.PLAIN) ? ofAll : own;
            tellColumn(coding.at("value"), "item_row names the column");
            instrument.ifPresent(found -> checkMissing(coding, found, value));
            codings.put(
                    name,
                    new Coding(
                            value,
                            readReversed(coding.at("already_reversed"), instrument, variant),
                            InstrumentReader.readMissing(coding.at("missing"))));
        });
        return codings;
    }

    private Map<String, ScaleCode> readTotalItems(Part part, List<Instrument> known) {
        Map<String, ScaleCode> totals = new HashMap<>();
        part.forEach((text, scale) -> {
            totals.put(text, scale.code(ScaleCode::new));
            known.forEach(instrument -> instruments.findScale(instrument, scale));
        });
        return totals;
    }
}
