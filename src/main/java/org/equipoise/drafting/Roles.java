package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Study;

/**
 * What each field seems to be, in steps from the surest to the least sure; a field that has a role keeps it. An answer
 * to a field takes the place of every guess.
 */
final class Roles {
    private static final List<String> DATED_FACTS =
            List.of("died_on", "withdrew_on", "treatment_start_on", "randomised_on");
    private static final List<String> DRUGS =
            List.of("antidepressant", "antipsychotic", "mood_stabiliser", "anxiolytic");
    /** Files have slips, so that nothing holds for all cells. */
    private static final double MOSTLY = 0.8;

    private final Sample sample;
    private final List<Field> fields;
    private final Study study;
    private final InstrumentNames names;
    private final Dictionary dictionary;
    private final Ledger ledger;
    private final Map<Field, Role> roles = new LinkedHashMap<>();
    private final Map<String, List<Field>> groups = new LinkedHashMap<>();
    private final List<String> kinds = new ArrayList<>();

    Roles(Sample sample, List<Field> fields, Study study, InstrumentNames names, Dictionary dictionary, Ledger ledger) {
        this.sample = sample;
        this.fields = fields;
        this.study = study;
        this.names = names;
        this.dictionary = dictionary;
        this.ledger = ledger;
        study.followUp().events().forEach(kind -> kinds.add(kind.code()));
        study.followUp().spells().forEach(kind -> kinds.add(kind.code()));
    }

    /** Finds them all. */
    void find() {
        Field record = record();
        give(record, Role.RECORD, Words.names("record", record.name()) ? 95 : 60, "its name and place");
        structure();
        answersInRows();
        families();
        visit();
        rows(record);
        facts(record);
        emptyFacts();
        formsByName();
        wide();
        observed(record);
        dates();
        fields.stream().filter(field -> !roles.containsKey(field)).forEach(this::leave);
    }

    /** Every field with its role, in order of the header. */
    Map<Field, Role> all() {
        return roles;
    }

    List<Field> with(String word) {
        return roles.entrySet().stream()
                .filter(entry -> entry.getValue().is(word))
                .map(Map.Entry::getKey)
                .toList();
    }

    Optional<Field> first(String word) {
        return with(word).stream().findFirst();
    }

    /** Fields that are about these rows only, by the text that marks the rows. */
    Map<String, List<Field>> groups() {
        return groups;
    }

    private Field record() {
        return fields.stream()
                .filter(field -> Words.names("record", field.name()))
                .findFirst()
                .orElse(fields.get(0));
    }

    private void give(Field field, String role, int certainty, String reason) {
        if (!roles.containsKey(field)) {
            String settled = ledger.settle(field.name(), "role", role, certainty, reason);
            roles.put(field, Role.find(settled).orElseGet(() -> {
                ledger.misunderstand(field.name(), "role");
                return Role.none();
            }));
        }
    }

    private boolean isFree(Field field) {
        return !roles.containsKey(field);
    }

    private Optional<Field> freeNamed(String concept, Predicate<Field> also) {
        return fields.stream()
                .filter(this::isFree)
                .filter(field -> Words.names(concept, field.plain()) && also.test(field))
                .findFirst();
    }

    private void structure() {
        for (Field field : fields) {
            if (Words.names("structure", field.name())) {
                give(field, Role.IGNORE, 90, "a column that the system adds, or that no study reads");
            } else if (dictionary.isNotes(field.name())) {
                give(field, Role.IGNORE, 95, "free text, says the data dictionary");
            }
        }
    }

    /** One row an answer: a column of instruments, one of item numbers, one of answers. */
    private void answersInRows() {
        Optional<Field> instrument = fields.stream()
                .filter(this::isFree)
                .filter(field -> field.codes()
                        .filter(codes -> codes.size() > 1
                                && codes.stream()
                                                .filter(code -> names.best(code).isPresent())
                                                .count()
                                        > codes.size() / 2)
                        .isPresent())
                .findFirst();
        if (instrument.isEmpty()) {
            return;
        }
        give(instrument.get(), Role.ANSWER + " instrument", 95, "its codes are names of instruments");
        fields.stream()
                .filter(this::isFree)
                .filter(field -> isMostly(field, "\\d{1,3}")
                        && field.name().matches("(?i).*(item|question|frage|vraag|spørg).*"))
                .findFirst()
                .ifPresent(field -> give(field, Role.ANSWER + " item", 95, "its name, and small whole numbers in it"));
        fields.stream()
                .filter(this::isFree)
                .filter(field -> field.name().matches("(?i).*(value|answer|score|wert|waarde|svar|værdi).*"))
                .findFirst()
                .ifPresent(field -> give(field, Role.ANSWER + " value", 95, "its name"));
    }

    private static boolean isMostly(Field field, String pattern) {
        List<String> texts = field.texts();
        return texts.stream().filter(text -> text.matches(pattern)).count() > MOSTLY * texts.size();
    }

    private void families() {
        for (ItemFamily family : ItemFamily.among(fields)) {
            match(family).ifPresent(found -> {
                List<Integer> known = found.instrument().items().stream()
                        .map(Instrument.Item::number)
                        .toList();
                family.items().forEach((number, field) -> {
                    if (known.contains(number)) {
                        give(
                                field,
                                Role.ITEM + " " + found.instrument().code() + " " + number,
                                found.likeness(),
                                found.reason());
                    }
                });
            });
        }
        singles();
    }

    private record Match(Instrument instrument, int likeness, String reason) {}

    private Optional<Match> match(ItemFamily family) {
        Match best = null;
        int rivals = 0;
        for (InstrumentNames.Named named : names.named(family.stem())) {
            Instrument instrument = named.instrument();
            int items = instrument.items().size();
            AnswerValues values = AnswerValues.of(family, instrument);
            boolean fits = family.items().size() == items || family.items().size() == items + 1;
            if (!fits || values.share() < 0.5) {
                continue;
            }
            int likeness = (int) Math.round(named.likeness() * (0.5 + values.share() / 2));
            if (best != null && likeness == best.likeness()) {
                rivals++;
                if (instrument.code().value().length()
                        < best.instrument().code().value().length()) {
                    continue;
                }
            }
            if (best == null || likeness >= best.likeness()) {
                best = new Match(
                        instrument,
                        likeness,
                        "named so, " + family.items().size() + " items, " + Math.round(100 * values.share())
                                + " % of the answers in its range");
            }
        }
        if (best != null && rivals > 0) {
            return Optional.of(new Match(
                    best.instrument(),
                    Math.min(best.likeness(), 60),
                    best.reason() + "; another edition fits as well"));
        }
        return Optional.ofNullable(best);
    }

    /** Fields named like an instrument that are its only item, its total, its day or its status. */
    private void singles() {
        for (Field field : fields) {
            if (!isFree(field)) {
                continue;
            }
            String plain = field.plain();
            String bare = Words.without("total", plain).replaceAll("[_. -]$", "");
            String unnumbered = bare.replaceAll("[_. -]0?1$", "");
            Optional<InstrumentNames.Named> named = names.best(bare).or(() -> names.best(unnumbered));
            if (named.isEmpty() || !isMostly(field, "-?\\d+([.,]\\d+)?")) {
                continue;
            }
            Instrument instrument = named.get().instrument();
            int likeness = named.get().likeness();
            if (instrument.items().size() == 1) {
                give(field, Role.ITEM + " " + instrument.code() + " 1", likeness, "named so, and it has one item");
            } else if (!instrument.scales().isEmpty()) {
                String scale = instrument.scales().get(0).code().value();
                give(
                        field,
                        Role.TOTAL + " " + instrument.code() + " " + scale,
                        likeness,
                        "named so, and one column of it");
            }
        }
    }

    private void visit() {
        freeNamed(
                        "visit",
                        field -> !field.isOfVisit()
                                && field.codes().isPresent()
                                && field.date().isEmpty())
                .ifPresent(field -> give(field, Role.VISIT, 90, "its name, and few different things in it"));
    }

    /** A column that says what kind of thing the row is about, and the fields only such rows fill. */
    private void rows(Field record) {
        Optional<Field> rows = freeNamed("rows", field -> true)
                .or(() -> fields.stream()
                        .filter(this::isFree)
                        .filter(field -> !field.isOfVisit() && areKinds(field, 2))
                        .findFirst());
        if (rows.isEmpty() || rows.get().codes().isEmpty()) {
            return;
        }
        give(rows.get(), Role.ROWS, 85, "its texts say what kind of thing a row is about");
        for (String mark : rows.get().words(UnaryOperator.identity()).orElse(Set.of())) {
            groups.put(mark, new ArrayList<>());
        }
        for (Field field : fields) {
            if (field.equals(record) || !isFree(field)) {
                continue;
            }
            List<String> all = field.texts();
            long marked = sample.rows().stream()
                    .filter(row -> !rows.get().text(row).isEmpty())
                    .filter(row -> !field.text(row).isEmpty())
                    .count();
            if (all.isEmpty() || marked < MOSTLY * all.size()) {
                continue;
            }
            groups.forEach((mark, members) -> {
                if (!field.texts(row -> rows.get().text(row).equals(mark)).isEmpty()) {
                    members.add(field);
                }
            });
            part(field);
        }
    }

    private boolean areKinds(Field field, int fewest) {
        Optional<Set<String>> codes = field.codes();
        if (codes.isEmpty()) {
            return false;
        }
        long known = codes.get().stream()
                .filter(code -> Words.find(kinds, label(field, code)).isPresent())
                .count();
        return known >= fewest && known * 2 >= codes.get().size();
    }

    private String label(Field field, String code) {
        return dictionary.label(field.name(), code).orElse(code);
    }

    /** The part of a row about one thing. */
    private void part(Field field) {
        boolean dated = field.date().isPresent();
        String name = field.name();
        Optional<String> box = tickedKind(field);
        if (dated && Words.names(Role.TO, name)) {
            give(field, Role.TO, 90, "its name, and days in it");
        } else if (dated && Words.names(Role.FROM, name)) {
            give(field, Role.FROM, 90, "its name, and days in it");
        } else if (dated) {
            give(field, Role.DATE, 80, "days in it");
        } else if (box.isPresent()) {
            give(field, Role.TICKED + " " + box.get(), 85, "two marks in it, and its name");
        } else if (Words.names(Role.SESSIONS, name)) {
            give(field, Role.SESSIONS, 80, "its name");
        } else if (Words.names(Role.THERAPIST, name)) {
            give(field, Role.THERAPIST, 80, "its name");
        } else if (areKinds(field, 1)) {
            give(field, Role.KIND, 85, "its codes name kinds of event or spell");
        } else if (isDetail(field)
                || (Words.names(Role.DETAIL, name)
                        && field.codes().map(Set::size).orElse(1) < 10)) {
            give(field, Role.DETAIL, 75, "its name, or codes that name classes within a kind");
        } else if (Words.names(Role.GROUP, name)) {
            give(field, Role.GROUP, 70, "its name");
        } else if (isModality(field)) {
            give(field, Role.MODALITY, 75, "its codes name forms of care");
        }
    }

    private Optional<String> tickedKind(Field field) {
        Optional<Set<String>> codes = field.codes();
        if (codes.isEmpty() || codes.get().size() > 2 || !areMarks(codes.get())) {
            return Optional.empty();
        }
        String name =
                dictionary.boxLabel(field.name()).orElseGet(() -> field.plain().replaceAll("^.*#", ""));
        return Words.find(DRUGS, name).map(drug -> "medication " + drug).or(() -> Words.find(kinds, name));
    }

    private static boolean areMarks(Set<String> codes) {
        return codes.stream()
                .allMatch(code -> code.matches("(?i)[01yn]|yes|no|ja|nej|nei|nein|nee|checked|unchecked|x"));
    }

    private boolean isDetail(Field field) {
        List<String> details = new ArrayList<>(DRUGS);
        details.add("suicide");
        return named(field, details);
    }

    private boolean isModality(Field field) {
        return named(field, List.of("individual", "group_therapy", "case_management"));
    }

    private boolean named(Field field, List<String> concepts) {
        return field.words(code -> label(field, code))
                .filter(codes -> codes.stream()
                        .anyMatch(
                                code -> Words.find(concepts, label(field, code)).isPresent()))
                .isPresent();
    }

    private void facts(Field record) {
        freeNamed(
                        "arm",
                        field ->
                                field.codes().filter(codes -> codes.size() <= 6).isPresent()
                                        && field.isConstantWithin(record))
                .ifPresent(
                        field -> give(field, Role.FACT + " arm", 90, "its name, and the same for a record throughout"));
        for (String fact : DATED_FACTS) {
            freeNamed(fact, field -> field.date().isPresent() && field.isConstantWithin(record))
                    .ifPresent(field -> give(field, Role.FACT + " " + fact, 85, "its name, and one day a record"));
        }
        freeNamed("age", field -> isMostly(field, "\\d{1,3}([.,]\\d+)?") && field.isConstantWithin(record))
                .ifPresent(field -> give(field, Role.FACT + " age", 90, "its name, and numbers in it"));
        freeNamed(
                        "sex",
                        field ->
                                field.codes().filter(codes -> codes.size() <= 6).isPresent())
                .ifPresent(field -> give(field, Role.FACT + " sex", 90, "its name"));
    }

    /** Columns that nothing is in yet go by their names. */
    private void emptyFacts() {
        for (String fact : DATED_FACTS) {
            if (roles.values().stream()
                    .noneMatch(role -> role.is(Role.FACT) && role.at(0).equals(fact))) {
                freeNamed(fact, field -> field.texts().isEmpty() && !field.isOfVisit())
                        .ifPresent(field -> give(field, Role.FACT + " " + fact, 60, "its name; it is empty so far"));
            }
        }
    }

    /** Days and states of forms, named after them. */
    private void formsByName() {
        for (Field field : fields) {
            if (!isFree(field)) {
                continue;
            }
            for (String concept : List.of(Role.DATE, Role.COMPLETE)) {
                String stem = Words.without(concept, field.plain()).replaceAll("[_. -]$", "");
                if (Words.names(concept, field.plain())) {
                    formStem(stem).ifPresent(code -> give(field, concept + " " + code, 90, "named after the form"));
                }
            }
        }
    }

    private Optional<String> formStem(String stem) {
        return names.named(stem).stream()
                .map(named -> named.instrument().code().value())
                .filter(code -> roles.values().stream()
                        .anyMatch(role -> (role.is(Role.ITEM) || role.is(Role.TOTAL))
                                && role.at(0).equals(code)))
                .findFirst();
    }

    /** Counts, days and ticks of a visit. */
    private void wide() {
        for (Field field : fields) {
            if (!isFree(field) || field.texts().isEmpty()) {
                continue;
            }
            Optional<String> ticked = tickedKind(field);
            Optional<String> kind = Words.find(kinds, field.plain());
            boolean numbers = isMostly(field, "\\d{1,4}") && field.counts().size() > 1;
            boolean event = kind.filter(code -> !study.followUp().isSpell(code)).isPresent();
            if (kind.isPresent() && numbers && event) {
                give(field, Role.COUNT + " " + kind.get(), 80, "its name, and small whole numbers in it");
            } else if (kind.isPresent() && numbers && field.counts().size() > 2) {
                give(field, Role.DAYS + " " + kind.get(), 75, "its name, and whole numbers in it");
            } else if (ticked.isPresent()) {
                give(field, Role.TICKED + " " + ticked.get(), 75, "its name, and two marks in it");
            }
        }
    }

    private void observed(Field record) {
        for (String edge : List.of(Role.FROM, Role.TO)) {
            freeNamed(
                            "observed",
                            field -> Words.names(edge, field.name())
                                    && field.date().isPresent()
                                    && field.isConstantWithin(record))
                    .ifPresent(field -> give(field, Role.OBSERVED + " " + edge, 80, "its name, and one day a record"));
        }
    }

    private void dates() {
        boolean byNames = fields.stream().anyMatch(Field::isOfVisit);
        fields.stream()
                .filter(this::isFree)
                .filter(field -> field.isOfVisit() == byNames
                        && field.date().isPresent()
                        && Words.names(Role.DATE, field.plain()))
                .findFirst()
                .ifPresent(field -> give(field, Role.DATE, 85, "its name, and days in it that differ within a record"));
    }

    private void leave(Field field) {
        give(field, Role.NONE, 0, field.texts().isEmpty() ? "it is empty" : "nothing known fits its name and codes");
    }
}
