package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Instrument.Variant;
import org.equipoise.vocabulary.MissingReason;

/** Writes the questionnaires: a column each item, or a row each answer. */
final class FormDrafts {
    private static final String LETTERED = "^(-?\\d+)[a-c]?$";

    /** Items go together, or against each other, if their correlation is that far from none. */
    private static final double TOGETHER = 0.15;

    private static final String SHIFT = "shift of ";
    private static final String TURNED = "already reversed in ";

    /** A form found among the columns. */
    private record FormDraft(
            Instrument instrument,
            NavigableMap<Integer, Field> items,
            Map<String, Field> totals,
            AnswerValues values) {}

    private final Page page;
    private final Ledger ledger;
    private final YamlText yaml;
    private final InstrumentNames names;
    private final List<FormDraft> forms = new ArrayList<>();

    FormDrafts(Page page, List<Instrument> instruments) {
        this.page = page;
        ledger = page.ledger();
        yaml = page.yaml();
        names = new InstrumentNames(instruments);
        instruments.forEach(this::find);
    }

    private void find(Instrument instrument) {
        String code = instrument.code().value();
        TreeMap<Integer, Field> items = new TreeMap<>();
        Map<String, Field> totals = new LinkedHashMap<>();
        page.fieldsOf(Role.ITEM, code)
                .forEach(field -> items.put(Integer.valueOf(page.role(field).at(1)), field));
        page.fieldsOf(Role.TOTAL, code)
                .forEach(field -> totals.put(page.role(field).at(1), field));
        if (items.size() < instrument.items().size()) {
            items.clear();
        }
        if (!items.isEmpty() || !totals.isEmpty()) {
            forms.add(new FormDraft(instrument, items, totals, AnswerValues.of(new ItemFamily("", items), instrument)));
        }
    }

    /** Codes for no value that are a score nowhere stand for the whole file. */
    void writeMissing() {
        Map<String, String> codes = new TreeMap<>();
        Set<String> tokens = new TreeSet<>();
        for (FormDraft form : forms) {
            form.values().missing().forEach((text, reason) -> {
                if (isNoScore(text) && reason == MissingReason.BLANK) {
                    tokens.add(text);
                } else if (isNoScore(text)) {
                    codes.put(text, settleReason("", text, reason));
                }
            });
        }
        if (codes.isEmpty() && tokens.isEmpty()) {
            return;
        }
        yaml.line(2, "missing:", "repeated among answers, and no answers");
        if (!tokens.isEmpty()) {
            yaml.line(3, "tokens: " + YamlText.list(tokens));
        }
        if (!codes.isEmpty()) {
            yaml.line(3, "codes: " + YamlText.map(codes));
        }
    }

    private String settleReason(String column, String text, MissingReason reason) {
        boolean known = reason != MissingReason.UNKNOWN && reason != MissingReason.BLANK;
        return ledger.settle(
                column,
                "missing " + text,
                reason == MissingReason.BLANK ? MissingReason.UNKNOWN.label() : reason.label(),
                known ? 85 : 60,
                known ? "a code that systems use so" : "outside the range, and repeated; nothing says why");
    }

    private boolean isNoScore(String text) {
        if (!text.matches("-?\\d{1,6}")) {
            return true;
        }
        double number = Double.parseDouble(text);
        return forms.stream()
                .map(FormDraft::instrument)
                .allMatch(instrument -> instrument.items().stream().noneMatch(item -> item.allows(number))
                        && instrument.scales().stream()
                                .noneMatch(scale -> number >= scale.min() && number <= scale.max()));
    }

    void write() {
        writeItemRow();
        if (forms.isEmpty()) {
            return;
        }
        yaml.line(2, "forms:");
        forms.forEach(this::write);
    }

    private void write(FormDraft form) {
        String code = form.instrument().code().value();
        yaml.line(3, "- code: " + code.toLowerCase(Locale.ROOT));
        Field first = form.items().isEmpty()
                ? form.totals().values().iterator().next()
                : form.items().firstEntry().getValue();
        yaml.line(4, "instrument: " + code, ledger.remark(first.name(), "role"));
        if (!form.items().isEmpty()) {
            form.items().values().forEach(page::use);
            yaml.line(4, "items: " + items(form.items()));
        }
        if (!form.totals().isEmpty()) {
            Map<String, String> totals = new LinkedHashMap<>();
            form.totals().forEach((scale, field) -> {
                page.use(field);
                totals.put(scale, field.name());
            });
            yaml.line(4, "totals: " + YamlText.map(totals));
        }
        page.fieldsOf(Role.DATE, code).stream()
                .findFirst()
                .or(page::visitDay)
                .ifPresent(field -> yaml.line(4, "date: " + page.date(field), ledger.remark(field.name(), "role")));
        page.fieldsOf(Role.COMPLETE, code).stream().findFirst().ifPresent(field -> {
            String column = page.use(field);
            String accepted = ledger.settle(
                    field.name(),
                    "accepted",
                    "1, 2",
                    75,
                    "REDCap's 0 is incomplete; 1 unverified and 2 complete count");
            yaml.line(
                    4,
                    "complete: {column: " + column + ", accepted: [" + accepted + "]}",
                    ledger.remark(field.name(), "accepted"));
        });
        writeValues(form, first.name());
    }

    private static String items(NavigableMap<Integer, Field> items) {
        for (int digits = 1; digits <= 3; digits++) {
            String mark = digits == 1 ? "{item}" : "{item:" + digits + "}";
            String first = items.firstEntry().getValue().name();
            String number = String.format(Locale.ROOT, "%0" + digits + "d", items.firstKey());
            int at = first.lastIndexOf(number);
            if (items.size() > 1 && at >= 0) {
                String pattern = first.substring(0, at) + mark + first.substring(at + number.length());
                int width = digits;
                if (items.entrySet().stream()
                        .allMatch(entry -> pattern.replace(
                                        mark, String.format(Locale.ROOT, "%0" + width + "d", entry.getKey()))
                                .equals(entry.getValue().name()))) {
                    return YamlText.scalar(pattern);
                }
            }
        }
        Map<String, String> columns = new LinkedHashMap<>();
        items.forEach((number, field) -> columns.put(String.valueOf(number), field.name()));
        return YamlText.map(columns);
    }

    private void writeValues(FormDraft form, String column) {
        AnswerValues values = form.values();
        String name = form.instrument().code().value();
        String shift = form.items().isEmpty() ? "0" : settleShift(column, name, values);
        boolean turned = !form.items().isEmpty()
                && settleTurned(column, name, form.instrument(), FilledForms.inColumns(page.sample(), form.items()));
        Map<String, String> labels = new TreeMap<>();
        values.labels().forEach((label, number) -> labels.put(label, String.valueOf(number)));
        for (String text : values.unknownTexts()) {
            if (!text.matches("-?\\d+([.,]\\d+)?")) {
                String number =
                        ledger.settle(column, "label " + text, "", 0, "a text among the answers: which number is it?");
                if (!number.isEmpty()) {
                    labels.put(text, number);
                }
            }
        }
        Optional<Variant> variant = values.letters() || !labels.isEmpty()
                ? Optional.empty()
                : findVariant(form.instrument(), shift, turned);
        if (variant.isPresent()) {
            yaml.line(
                    4,
                    "variant: " + YamlText.scalar(variant.get().code().orElseThrow()),
                    ledger.remark(column, turned ? TURNED + name : SHIFT + name));
            shift = "0";
        } else if (turned) {
            yaml.line(4, "already_reversed: " + reversed(form.instrument()), ledger.remark(column, TURNED + name));
        }
        List<String> keys = new ArrayList<>();
        if (values.letters()) {
            keys.add("pattern: '" + LETTERED + "'");
        }
        if (!labels.isEmpty()) {
            keys.add("labels: " + YamlText.map(labels));
        }
        if (!shift.equals("0")) {
            keys.add("shift: " + shift);
        }
        if (!keys.isEmpty()) {
            yaml.line(4, "value: {" + String.join(", ", keys) + "}", ledger.remark(column, SHIFT + name));
        }
        Map<String, String> own = new TreeMap<>();
        values.missing().forEach((text, reason) -> {
            if (!isNoScore(text)) {
                own.put(text, settleReason(column, text, reason));
            }
        });
        if (!own.isEmpty()) {
            yaml.line(4, "missing: " + YamlText.map(own), "outside the items' range, and repeated; a score elsewhere");
        }
    }

    private String settleShift(String column, String name, AnswerValues values) {
        return ledger.settle(
                column,
                SHIFT + name,
                String.valueOf(values.shift()),
                values.shift() == 0 ? 90 : 85,
                values.shift() == 0
                        ? "the answers lie in the instrument's range"
                        : "the instrument's least answer never occurs, and one above its greatest does");
    }

    /** Whether the site has turned round what scoring turns round. */
    private boolean settleTurned(String column, String name, Instrument instrument, FilledForms filled) {
        if (reversed(instrument).isEmpty()) {
            return false;
        }
        OptionalDouble together = filled.together(instrument);
        String r = together.isPresent() ? String.format(Locale.ROOT, "r = %.2f", together.getAsDouble()) : "";
        boolean turned = together.orElse(0) > TOGETHER;
        boolean clear = Math.abs(together.orElse(0)) > TOGETHER;
        return ledger.settle(
                        column,
                        TURNED + name,
                        turned ? "yes" : "no",
                        clear ? 85 : 55,
                        !clear
                                ? "how items " + reversed(instrument) + " go with the others does not tell"
                                : "items " + reversed(instrument) + (turned ? " rise with" : " fall as") + " the others"
                                        + (turned ? "" : " rise") + ", " + r)
                .equalsIgnoreCase("yes");
    }

    private static Set<Integer> reversed(Instrument instrument) {
        Set<Integer> numbers = new TreeSet<>();
        instrument.scales().forEach(scale -> numbers.addAll(scale.reversed()));
        return numbers;
    }

    /** The variant of the instrument that is coded just so. */
    private static Optional<Variant> findVariant(Instrument instrument, String shift, boolean turned) {
        if (shift.equals("0") && !turned) {
            return Optional.empty();
        }
        return instrument.variants().stream()
                .filter(variant -> variant.code().isPresent())
                .filter(variant -> variant.alreadyReversed().equals(turned ? reversed(instrument) : Set.of()))
                .filter(variant -> variant.value().pattern().isEmpty()
                        && variant.value().labels().isEmpty()
                        && variant.value().factor() == 1
                        && shift.equals(
                                String.valueOf(Math.round(variant.value().shift()))))
                .findFirst();
    }

    /** How the answers under one name are coded, where not as the instrument's. */
    private Optional<String> coding(String name, Instrument instrument, Field column, FilledForms filled) {
        AnswerValues values = AnswerValues.of(filled.counts(), instrument);
        String shift = settleShift(column.name(), name, values);
        boolean turned = settleTurned(column.name(), name, instrument, filled);
        List<String> keys = new ArrayList<>();
        Optional<Variant> variant = findVariant(instrument, shift, turned);
        if (variant.isPresent()) {
            keys.add("variant: " + YamlText.scalar(variant.get().code().orElseThrow()));
        } else {
            if (turned) {
                keys.add("already_reversed: " + reversed(instrument));
            }
            if (!shift.equals("0")) {
                keys.add("value: {shift: " + shift + "}");
            }
        }
        Map<String, String> missing = new TreeMap<>();
        values.missing().forEach((text, reason) -> {
            if (reason != MissingReason.BLANK) {
                missing.put(text, settleReason(column.name(), text, reason));
            }
        });
        if (!missing.isEmpty()) {
            keys.add("missing: " + YamlText.map(missing));
        }
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(YamlText.scalar(name) + ": {" + String.join(", ", keys) + "}");
    }

    private void writeItemRow() {
        Optional<Field> instrument = answer("instrument");
        Optional<Field> item = answer("item");
        Optional<Field> value = answer("value");
        if (instrument.isEmpty() || item.isEmpty() || value.isEmpty()) {
            return;
        }
        Map<String, String> known = new LinkedHashMap<>();
        for (String code : instrument.get().codes().orElse(Set.of())) {
            String found = names.best(code)
                    .map(named -> named.instrument().code().value())
                    .orElse("");
            String settled = ledger.settle(
                    instrument.get().name(),
                    "value " + code,
                    found,
                    found.isEmpty() ? 0 : 90,
                    found.isEmpty() ? "no instrument has this name" : "named so");
            if (!settled.isEmpty()) {
                known.put(code, settled);
            }
        }
        Set<String> totals = new TreeSet<>();
        item.get().codes().orElse(Set.of()).stream()
                .filter(code -> Words.names("total", code))
                .forEach(totals::add);
        Map<String, String> scales = new LinkedHashMap<>();
        totals.forEach(total -> scales.put(total, "total"));
        yaml.line(2, "item_row:", ledger.remark(instrument.get().name(), "role"));
        List<Field> occasion = Stream.of(
                        page.roles().first(Role.RECORD), page.roles().first(Role.VISIT), page.visitDay())
                .flatMap(Optional::stream)
                .toList();
        List<String> codings = new ArrayList<>();
        known.forEach((code, settled) -> names.find(settled)
                .flatMap(found -> coding(
                        code,
                        found,
                        value.get(),
                        FilledForms.inRows(page.sample(), occasion, instrument.get(), code, item.get(), value.get())))
                .ifPresent(codings::add));
        yaml.line(3, "instrument:");
        yaml.line(4, "column: " + page.use(instrument.get()));
        yaml.line(4, "values: " + YamlText.map(known));
        if (!codings.isEmpty()) {
            yaml.line(4, "codings: {" + String.join(", ", codings) + "}", "by the answers under each name");
        }
        yaml.line(
                3,
                "item: {column: " + page.use(item.get()) + (scales.isEmpty() ? "" : ", totals: " + YamlText.map(scales))
                        + "}");
        boolean letters = value.get().texts().stream().anyMatch(text -> text.matches("\\d[a-c]"));
        yaml.line(
                3, "value: {column: " + page.use(value.get()) + (letters ? ", pattern: '" + LETTERED + "'" : "") + "}");
        page.visitDay()
                .ifPresent(field -> yaml.line(3, "date: " + page.date(field), ledger.remark(field.name(), "role")));
    }

    private Optional<Field> answer(String part) {
        return page.fieldsOf(Role.ANSWER, part).stream().findFirst();
    }
}
