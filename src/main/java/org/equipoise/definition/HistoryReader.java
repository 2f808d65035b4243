package org.equipoise.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.equipoise.definition.History.Ascertainment;
import org.equipoise.definition.History.CareColumns;
import org.equipoise.definition.History.EventColumns;
import org.equipoise.definition.History.Form;
import org.equipoise.definition.History.ObservedColumns;
import org.equipoise.definition.History.SpellColumns;
import org.equipoise.definition.History.Term;
import org.equipoise.definition.History.Window;
import org.equipoise.definition.SiteMapping.DateColumn;

/** Reads where an export tells of events, spells, observed time and care. */
final class HistoryReader {
    private static final String UNUSED = "unused";
    private static final Set<String> USUAL_MARKS = Set.of("1");

    private final ColumnNames columns;
    private final DateRules dates;
    private final StudyTerms terms;
    private final Uniqueness codes = new Uniqueness("The form");

    HistoryReader(ColumnNames columns, DateRules dates, StudyTerms terms) {
        this.columns = columns;
        this.dates = dates;
        this.terms = terms;
    }

    /**
     * @param export the export, of which {@code events}, {@code spells}, {@code observed} and {@code care} are read
     */
    History read(Part export) {
        return new History(
                each(export.at("events"), this::readEvent),
                each(export.at("spells"), this::readSpell),
                each(export.at("observed"), this::readObserved),
                each(export.at("care"), this::readCare));
    }

    private static <T> List<T> each(Part list, Function<Part, T> read) {
        List<T> all = new ArrayList<>();
        list.elements().forEach(part -> all.add(read.apply(part)));
        return all;
    }

    private Form readForm(Part part) {
        codes.see(part.at("code"));
        Map<String, Set<String>> rows = new HashMap<>();
        part.at("rows").forEach((column, texts) -> rows.put(column, texts.texts()));
        return new Form(part.at("code").text(), rows, part.at("missing").texts());
    }

    private EventColumns readEvent(Part part) {
        checkTerms(terms.events(), part);
        Part date = part.at("date");
        Part count = part.at("count");
        Part window = part.at("window");
        if (date.isPresent() && window.isPresent()) {
            tellOutOfPlace(window, "window", "the event has a date");
        }
        if (!date.isPresent() && !window.isPresent()) {
            tellNeeded(date, "date", "the event has no window");
        }
        if (window.isPresent() && !count.isPresent()) {
            tellNeeded(count, "count", "the event has a window");
        }
        if (!window.isPresent() && count.isPresent()) {
            tellOutOfPlace(count, "count", "the event has no window");
        }
        return new EventColumns(
                readForm(part),
                readTerm(part.at("kind")),
                findTerm(part.at("detail")),
                findDate(date),
                findColumn(count),
                findWindow(window));
    }

    private SpellColumns readSpell(Part part) {
        checkTerms(terms.spells(), part);
        Part from = part.at("from");
        Part window = part.at("window");
        for (String key : List.of("from", "to")) {
            if (window.isPresent() && part.at(key).isPresent()) {
                tellOutOfPlace(part.at(key), key, "the spell has a window");
            }
        }
        if (!from.isPresent() && !window.isPresent()) {
            tellNeeded(from, "from", "the spell has no window");
        }
        if (!window.isPresent() && part.at("days").isPresent()) {
            tellOutOfPlace(part.at("days"), "days", "the spell has no window");
        }
        if (window.isPresent()
                && !part.at("days").isPresent()
                && part.at("kind").isText()
                && part.at("detail").isText()) {
            tellNeeded(part.at("days"), "days", "the spell has a window, and no column tells whether there was one");
        }
        return new SpellColumns(
                readForm(part),
                readTerm(part.at("kind")),
                findTerm(part.at("detail")),
                findDate(from),
                findDate(part.at("to")),
                findColumn(part.at("days")),
                findWindow(window));
    }

    private ObservedColumns readObserved(Part part) {
        Set<String> known = new LinkedHashSet<>(terms.events().keySet());
        known.addAll(terms.spells().keySet());
        part.at("kinds").elements().forEach(kind -> terms.checkKind(known, kind.text(), kind));
        return new ObservedColumns(
                readForm(part),
                part.at("kinds").elements().stream().map(Part::text).toList(),
                readWindow(part.at("window")),
                part.at("source").choice(Ascertainment.class, Ascertainment.RECALL));
    }

    private CareColumns readCare(Part part) {
        return new CareColumns(
                readForm(part),
                readTerm(part.at("modality")),
                findColumn(part.at("therapist")),
                findColumn(part.at("group")),
                findDate(part.at("from")).orElseGet(() -> new DateColumn("", dates.usual())),
                findDate(part.at("to")),
                findColumn(part.at("sessions")));
    }

    /** The kinds a form may tell are the study's, and its details are details of one of these. */
    private void checkTerms(Map<String, Set<String>> known, Part part) {
        Set<String> words = new LinkedHashSet<>();
        forEachWord(part.at("kind"), (word, place) -> {
            terms.checkKind(known.keySet(), word, place);
            words.add(word);
        });
        if (known.keySet().containsAll(words)) {
            Map<String, Set<String>> told = new LinkedHashMap<>(known);
            if (!words.isEmpty()) {
                told.keySet().retainAll(words);
            }
            forEachWord(part.at("detail"), (word, place) -> terms.checkDetail(told, word, place));
        }
    }

    /** The study's words that a term names in the mapping; a column without values may tell others too. */
    private static void forEachWord(Part term, BiConsumer<String, Part> word) {
        if (term.isText()) {
            word.accept(term.text(), term);
        }
        term.at("values").forEach((text, part) -> {
            if (!part.text().equals(UNUSED)) {
                word.accept(part.text(), part);
            }
        });
        term.at("ticked").forEach(word);
    }

    private Optional<Term> findTerm(Part part) {
        return part.isPresent() ? Optional.of(readTerm(part)) : Optional.empty();
    }

    private Term readTerm(Part part) {
        Map<String, Optional<String>> values = new HashMap<>();
        part.at("values")
                .forEach((text, word) ->
                        values.put(text, word.text().equals(UNUSED) ? Optional.empty() : Optional.of(word.text())));
        Map<String, String> ticked = new HashMap<>();
        part.at("ticked").forEach((word, column) -> ticked.put(word, columns.maybeOfVisit(column)));
        Set<String> marks = part.at("marks").texts();
        Optional<String> always = part.isObject() ? Optional.empty() : Optional.of(part.text());
        Optional<String> column = findColumn(part.at("column"));
        if (column.isPresent() && !ticked.isEmpty()) {
            tellOutOfPlace(part.at("ticked"), "ticked", "a column tells it");
        }
        if (part.isObject() && column.isEmpty() && ticked.isEmpty()) {
            tellNeeded(part.at("column"), "column", "there is no ticked");
        }
        return new Term(always, column, values, ticked, marks.isEmpty() ? USUAL_MARKS : marks);
    }

    private Optional<Window> findWindow(Part part) {
        return part.isPresent() ? Optional.of(readWindow(part)) : Optional.empty();
    }

    private Window readWindow(Part part) {
        int months = part.at("months").integer(0);
        int days = part.at("days").integer(0);
        Part from = part.at("from");
        if (from.isPresent() && (months > 0 || days > 0)) {
            tellOutOfPlace(from, "from", "months or days say how long the window is");
        }
        if (!from.isPresent() && months == 0 && days == 0) {
            tellNeeded(from, "from", "neither months nor days say how long the window is");
        }
        return new Window(months, days, findDate(from), findDate(part.at("to")));
    }

    private Optional<String> findColumn(Part part) {
        return part.findText().map(name -> columns.maybeOfVisit(part));
    }

    private Optional<DateColumn> findDate(Part part) {
        if (part.isPresent()) {
            columns.maybeOfVisit(part.isObject() ? part.at("column") : part);
        }
        return dates.findColumn(part);
    }

    private static void tellOutOfPlace(Part part, String key, String because) {
        part.tell(DefinitionProblem.KEY_OUT_OF_PLACE, "no such key", null, key, because);
    }

    private static void tellNeeded(Part part, String key, String because) {
        part.tell(DefinitionProblem.KEY_NEEDED_HERE, "the key " + key, null, key, because);
    }
}
