package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.equipoise.definition.Study;

/** Writes what happened between the visits: events, spells, observed time, care. */
final class HistoryDraft {
    private static final String EVENTS = "events";
    private static final String SPELLS = "spells";
    private static final String UNUSED = "unused";
    /** A column that nearly every row fills. */
    private static final double ALWAYS = 0.95;

    private static final List<String> DETAILS =
            List.of("antidepressant", "antipsychotic", "mood_stabiliser", "anxiolytic", "suicide", "severe", "other");

    private final Page page;
    private final Ledger ledger;
    private final Study.FollowUp followUp;
    private final List<String> kinds = new ArrayList<>();
    private final int recall;
    private final Set<String> readAnywhere;
    private final Set<String> read = new HashSet<>();
    /** Lines by section; each block begins with a dash. */
    private final Map<String, List<Block>> sections = new LinkedHashMap<>();

    private record Block(String content, String remark) {}

    /**
     * @param recall months that questions about the past look back on
     * @param readAnywhere kinds that some file of the site tells of
     */
    HistoryDraft(Page page, int recall, Set<String> readAnywhere) {
        this.page = page;
        this.recall = recall;
        this.readAnywhere = Set.copyOf(readAnywhere);
        ledger = page.ledger();
        followUp = page.study().followUp();
        followUp.events().forEach(kind -> kinds.add(kind.code()));
        followUp.spells().forEach(kind -> kinds.add(kind.code()));
    }

    /** Writes, and returns the kinds that the file tells of. */
    Set<String> write() {
        List.of(EVENTS, SPELLS, Role.OBSERVED, "care").forEach(section -> sections.put(section, new ArrayList<>()));
        inRows();
        inColumns();
        observedInColumns();
        sections.forEach((section, blocks) -> {
            if (!blocks.isEmpty()) {
                page.yaml().line(2, section + ":");
                blocks.forEach(block -> page.yaml().line(3, "- " + block.content(), block.remark()));
            }
        });
        return read;
    }

    private void add(String section, String code, String content, String remark) {
        List<Block> blocks = sections.computeIfAbsent(section, key -> new ArrayList<>());
        blocks.add(new Block("{code: " + slug(code) + ", " + content + "}", remark));
    }

    private static String slug(String text) {
        String slug = java.text.Normalizer.normalize(text.toLowerCase(Locale.ROOT), java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace("ø", "oe")
                .replace("æ", "ae")
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
        return slug.isEmpty() ? "rows" : slug.substring(0, Math.min(slug.length(), 30));
    }

    private void inRows() {
        Optional<Field> rows = page.roles().first(Role.ROWS);
        if (rows.isEmpty()) {
            return;
        }
        page.use(rows.get());
        Map<String, String> kindOf = new LinkedHashMap<>();
        page.roles().groups().forEach((mark, fields) -> kindOf.put(mark, rowKind(rows.get(), mark, fields)));
        List<String> plain = new ArrayList<>();
        kindOf.forEach((mark, kind) -> {
            List<Field> fields = page.roles().groups().getOrDefault(mark, List.of());
            if (kinds.contains(kind) && detail(kind, fields, List.of(mark)).isEmpty()) {
                plain.add(mark);
            } else {
                group(rows.get(), mark, kind, fields);
            }
        });
        boolean always =
                rows.get().texts().size() >= ALWAYS * page.sample().rows().size();
        List<String> events =
                plain.stream().filter(mark -> !isSpell(kindOf, mark)).toList();
        List<String> spells =
                plain.stream().filter(mark -> isSpell(kindOf, mark)).toList();
        namedKinds(rows.get(), EVENTS, kindOf, events, always);
        namedKinds(rows.get(), SPELLS, kindOf, spells, always && events.isEmpty());
    }

    private boolean isSpell(Map<String, String> kindOf, String mark) {
        return followUp.isSpell(kindOf.getOrDefault(mark, ""));
    }

    /**
     * Rows whose mark is itself a kind. One such block takes all rows of the file, so that a mark that is new is told as
     * a value that nobody knows, and not passed over.
     */
    private void namedKinds(
            Field rows, String section, Map<String, String> kindOf, List<String> marks, boolean takesAll) {
        if (marks.isEmpty()) {
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        marks.forEach(mark -> values.put(mark, kindOf.getOrDefault(mark, UNUSED)));
        if (takesAll) {
            kindOf.keySet().forEach(mark -> values.putIfAbsent(mark, UNUSED));
        }
        List<Field> fields = marks.stream()
                .flatMap(mark -> page.roles().groups().getOrDefault(mark, List.of()).stream())
                .distinct()
                .toList();
        String only = takesAll ? "" : only(rows, marks);
        String term = "{column: " + page.use(rows) + ", values: " + YamlText.map(values) + "}";
        Map<String, Field> parts = parts(fields);
        timed(section, section, only + "kind: " + term, parts, ledger.remark(rows.name(), "role"));
        marks.forEach(mark -> read.add(kindOf.getOrDefault(mark, UNUSED)));
    }

    private Map<String, Field> parts(List<Field> fields) {
        Map<String, Field> parts = new LinkedHashMap<>();
        fields.forEach(field -> parts.putIfAbsent(page.role(field).word(), field));
        return parts;
    }

    private static String only(Field rows, List<String> marks) {
        return "rows: {" + YamlText.scalar(rows.name()) + ": " + YamlText.list(marks) + "}, ";
    }

    private void group(Field rows, String mark, String kind, List<Field> fields) {
        String remark = ledger.remark(rows.name(), "value " + mark);
        String only = only(rows, List.of(mark));
        Map<String, Field> parts = parts(fields);
        if (kind.equals(Role.OBSERVED)) {
            observed(mark, only, parts, remark);
        } else if (kind.equals("care")) {
            care(mark, only, parts, remark);
        } else if (!kind.equals(UNUSED) && !kind.isEmpty()) {
            thing(mark, only, kind, fields, parts, remark);
        }
    }

    private String rowKind(Field rows, String mark, List<Field> fields) {
        Optional<String> named = Words.find(kinds, mark);
        boolean cared =
                fields.stream().map(page::role).anyMatch(role -> role.is(Role.THERAPIST) || role.is(Role.SESSIONS));
        String guess;
        int certainty = 85;
        String reason = "its words";
        if (Words.names(Role.OBSERVED, mark)) {
            guess = Role.OBSERVED;
        } else if (Words.names("care", mark) && cared) {
            guess = "care";
            reason = "its words, and who treated whom stands in these rows";
        } else if (fields.stream().map(page::role).anyMatch(role -> role.is(Role.TICKED)) && named.isEmpty()) {
            guess = Role.TICKED;
            reason = "boxes in these rows name kinds";
        } else if (fields.stream().map(page::role).anyMatch(role -> role.is(Role.KIND)) && named.isEmpty()) {
            guess = Role.KIND;
            reason = "a column of these rows names kinds";
        } else if (named.isPresent()) {
            guess = named.get();
        } else {
            guess = UNUSED;
            certainty = 10;
            reason = "what are these rows? " + String.join(", ", kinds) + ", kind, ticked, observed, care or unused";
        }
        return ledger.settle(rows.name(), "value " + mark, guess, certainty, reason);
    }

    private void thing(
            String mark, String only, String kind, List<Field> fields, Map<String, Field> parts, String remark) {
        String term = kind;
        read.add(kind);
        boolean spell = followUp.isSpell(kind);
        if (kind.equals(Role.TICKED)) {
            fields.stream().map(page::role).filter(role -> role.is(Role.TICKED)).forEach(role -> read.add(role.at(0)));
            term = ticked(
                    fields.stream()
                            .filter(field -> page.role(field).is(Role.TICKED))
                            .toList(),
                    role -> role.at(0));
        } else if (kind.equals(Role.KIND)) {
            Field column = parts.get(Role.KIND);
            if (column == null) {
                return;
            }
            Map<String, String> values = values(column, kinds);
            read.addAll(values.values());
            spell = values.values().stream().anyMatch(followUp::isSpell);
            term = "{column: " + page.use(column) + ", values: " + YamlText.map(values) + "}";
        }
        String detail = detail(kind, fields, List.of(mark));
        timed(spell ? SPELLS : EVENTS, mark, only + "kind: " + term + detail, parts, remark);
    }

    /** Adds a thing with its day or days, if there are columns of them. */
    private void timed(String section, String code, String content, Map<String, Field> parts, String remark) {
        Field from = parts.containsKey(Role.FROM) ? parts.get(Role.FROM) : parts.get(Role.DATE);
        if (from == null) {
            return;
        }
        Field to = parts.get(Role.TO);
        if (section.equals(EVENTS)) {
            add(section, code, content + ", date: " + page.date(from), remark);
        } else {
            add(
                    section,
                    code,
                    content + ", from: " + page.date(from) + (to == null ? "" : ", to: " + page.date(to)),
                    remark);
        }
    }

    private String ticked(List<Field> boxes, Function<Role, String> word) {
        Map<String, String> columns = new LinkedHashMap<>();
        Set<String> marks = new java.util.TreeSet<>();
        for (Field box : boxes) {
            page.use(box);
            columns.put(word.apply(page.role(box)), box.name());
            box.codes().orElse(Set.of()).stream()
                    .filter(code -> code.matches("(?i)1|y|yes|ja|x|checked"))
                    .forEach(marks::add);
        }
        return "{ticked: " + YamlText.map(columns) + (marks.isEmpty() ? "" : ", marks: " + YamlText.list(marks)) + "}";
    }

    private Map<String, String> values(Field column, List<String> concepts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String code : page.words(column)) {
            String guess = Words.find(concepts, page.label(column, code)).orElse(UNUSED);
            values.put(
                    code,
                    ledger.settle(
                            column.name(),
                            "value " + code,
                            guess,
                            guess.equals(UNUSED) ? 10 : 85,
                            guess.equals(UNUSED) ? "one of " + String.join(", ", concepts) + "?" : "its words"));
        }
        return values;
    }

    /** The class within the kind, if a column of the rows tells it and the study has classes of this kind. */
    private String detail(String kind, List<Field> fields, List<String> marks) {
        List<String> known = new ArrayList<>();
        followUp.events().forEach(event -> known.addAll(ofKind(event, kind)));
        followUp.spells().forEach(spell -> known.addAll(ofKind(spell, kind)));
        Optional<Field> column = fields.stream()
                .filter(field -> page.role(field).is(Role.DETAIL))
                .filter(field -> !page.words(field).isEmpty())
                .findFirst();
        if (column.isEmpty() || known.isEmpty()) {
            return "";
        }
        List<String> words = DETAILS.stream().filter(known::contains).toList();
        Field rows = page.roles().first(Role.ROWS).orElseThrow();
        Set<String> here = Field.counts(column.get().texts(row -> marks.contains(rows.text(row))))
                .keySet();
        Map<String, String> values = new TreeMap<>();
        values(column.get(), words).forEach((code, word) -> {
            if (here.contains(code)) {
                values.put(code, word);
            }
        });
        if (values.isEmpty()) {
            return "";
        }
        return ", detail: {column: " + page.use(column.get()) + ", values: " + YamlText.map(values) + "}";
    }

    private static List<String> ofKind(Study.Kind event, String kind) {
        boolean several = kind.equals(Role.KIND) || kind.equals(Role.TICKED);
        return several || event.code().equals(kind) ? event.details() : List.of();
    }

    private void observed(String mark, String only, Map<String, Field> parts, String remark) {
        Field from = parts.get(Role.FROM);
        if (from == null || kinds.stream().noneMatch(readAnywhere::contains)) {
            return;
        }
        Field to = parts.get(Role.TO);
        boolean filled = to != null
                && !to.texts(row -> page.roles()
                                .first(Role.ROWS)
                                .orElseThrow()
                                .text(row)
                                .equals(mark))
                        .isEmpty();
        add(
                Role.OBSERVED,
                mark,
                only
                        + observed(
                                page.date(from),
                                Optional.ofNullable(filled ? to : null).map(page::date),
                                mark),
                remark);
    }

    private String observed(String from, Optional<String> to, String about) {
        String source = ledger.settle(
                "",
                "source of " + about,
                Words.names(Role.OBSERVED, about) && !about.startsWith("f") ? "notes" : "register",
                50,
                "notes, register or recall");
        return "kinds: "
                + YamlText.list(kinds.stream().filter(readAnywhere::contains).toList()) + ", window: {from: " + from
                + to.map(day -> ", to: " + day).orElse("") + "}, source: " + source;
    }

    private void care(String mark, String only, Map<String, Field> parts, String remark) {
        Field from = parts.get(Role.FROM);
        Field modality = parts.containsKey(Role.MODALITY) ? parts.get(Role.MODALITY) : parts.get(Role.DETAIL);
        if (from == null || modality == null) {
            return;
        }
        Field rows = page.roles().first(Role.ROWS).orElseThrow();
        Map<String, String> values = new LinkedHashMap<>();
        for (String code :
                Field.counts(modality.texts(row -> rows.text(row).equals(mark))).keySet()) {
            String guess = Words.find(
                            List.of("individual", "case_management", "group_therapy"), page.label(modality, code))
                    .map(word -> word.equals("group_therapy") ? "group" : word)
                    .orElse(UNUSED);
            values.put(
                    code,
                    ledger.settle(
                            modality.name(), "value " + code, guess, guess.equals(UNUSED) ? 10 : 85, "its words"));
        }
        StringBuilder content = new StringBuilder(only)
                .append("modality: {column: ")
                .append(page.use(modality))
                .append(", values: ")
                .append(YamlText.map(values))
                .append('}');
        for (String part : List.of(Role.THERAPIST, Role.GROUP, Role.SESSIONS)) {
            Field field = parts.get(part);
            if (field != null) {
                content.append(", ").append(part).append(": ").append(page.use(field));
            }
        }
        content.append(", from: ").append(page.date(from));
        Field to = parts.get(Role.TO);
        if (to != null) {
            content.append(", to: ").append(page.date(to));
        }
        add("care", mark, content.toString(), remark);
    }

    private void inColumns() {
        Optional<Field> day = page.visitDay();
        boolean any = List.of(Role.COUNT, Role.DAYS, Role.TICKED).stream()
                .flatMap(word -> page.roles().with(word).stream())
                .anyMatch(field -> !page.isInGroup(field));
        if (day.isEmpty() || !any) {
            return;
        }
        String months = ledger.settle(
                "", "months looked back", String.valueOf(recall), 40, "from one visit to the next; the forms say it");
        String window = ", window: {months: " + months + ", to: " + page.date(day.get()) + "}";
        for (String word : List.of(Role.COUNT, Role.DAYS)) {
            for (Field field : page.roles().with(word)) {
                String kind = page.role(field).at(0);
                read.add(kind);
                add(
                        followUp.isSpell(kind) ? SPELLS : EVENTS,
                        field.plain(),
                        "kind: " + kind + ", " + word + ": " + page.use(field) + window,
                        ledger.remark(field.name(), "role"));
            }
        }
        Map<String, List<Field>> boxes = new LinkedHashMap<>();
        for (Field field : page.roles().with(Role.TICKED)) {
            if (!page.isInGroup(field)) {
                boxes.computeIfAbsent(page.role(field).at(0), kind -> new ArrayList<>())
                        .add(field);
            }
        }
        boxes.forEach((kind, fields) -> {
            read.add(kind);
            boolean classes =
                    fields.stream().noneMatch(field -> page.role(field).at(1).isEmpty());
            String term = classes
                    ? "kind: " + kind + ", detail: " + ticked(fields, role -> role.at(1))
                    : "kind: " + ticked(fields, role -> role.at(0));
            add(
                    followUp.isSpell(kind) ? SPELLS : EVENTS,
                    kind,
                    term + window,
                    ledger.remark(fields.get(0).name(), "role"));
        });
    }

    private void observedInColumns() {
        List<Field> from = page.fieldsOf(Role.OBSERVED, Role.FROM);
        List<Field> to = page.fieldsOf(Role.OBSERVED, Role.TO);
        if (!from.isEmpty() && kinds.stream().anyMatch(readAnywhere::contains)) {
            add(
                    Role.OBSERVED,
                    "observed",
                    observed(
                            page.date(from.get(0)),
                            to.isEmpty() ? Optional.empty() : Optional.of(page.date(to.get(0))),
                            from.get(0).plain()),
                    ledger.remark(from.get(0).name(), "role"));
        }
    }
}
