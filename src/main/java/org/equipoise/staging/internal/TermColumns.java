package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.equipoise.definition.History.Term;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.FindingCode;

/** Columns that tell a word of the study. For one thread. */
final class TermColumns {
    /** How reading went. */
    enum Verdict {
        TOLD,
        /** Nothing is said. */
        BLANK,
        /** No choice is ticked. */
        NONE_TICKED,
        /** Something the study has no use for. */
        UNUSED,
        REFUSED
    }

    record Reading(Verdict verdict, List<String> words) {
        /** Of columns that there are none of. */
        static final Reading NOTHING_TO_TELL = new Reading(Verdict.TOLD, List.of());

        private static Reading without(Verdict verdict) {
            return new Reading(verdict, List.of());
        }
    }

    private final HistoryForm form;
    private final Optional<Reading> always;
    private final Optional<Column> column;
    private final Map<String, Reading> values = new HashMap<>();
    private final Map<String, Column> ticked = new TreeMap<>();
    private final Set<String> marks;
    private final String expected;

    TermColumns(HistoryForm form, Term term) {
        this.form = form;
        always = term.always().map(TermColumns::told);
        column = form.column(term.column());
        term.values()
                .forEach((text, word) -> values.put(
                        Texts.folded(text), word.map(TermColumns::told).orElse(Reading.without(Verdict.UNUSED))));
        term.ticked().forEach((word, template) -> ticked.put(word, form.column(template)));
        marks = Texts.folded(term.marks());
        expected = values.isEmpty()
                ? "a code of letters, digits, dots, dashes and underscores"
                : "one of " + String.join(", ", new TreeSet<>(term.values().keySet()));
    }

    private static Reading told(String word) {
        return new Reading(Verdict.TOLD, List.of(word));
    }

    /** Whether it is the same in all rows, so that it alone says nothing of a row. */
    boolean isAlwaysTheSame() {
        return always.isPresent();
    }

    /** A column to name when nothing is told. */
    Optional<Column> column() {
        return column.or(() -> ticked.values().stream().findFirst());
    }

    /** The words that were asked about: with ticks all of them, else those told. */
    Collection<String> asked(Reading reading) {
        return ticked.isEmpty() ? reading.words() : ticked.keySet();
    }

    Reading read(RowReading row) {
        if (always.isPresent()) {
            return always.get();
        }
        return column.isPresent() ? readColumn(row, column.get()) : readTicks(row);
    }

    private Reading readColumn(RowReading row, Column told) {
        String text = row.text(told);
        if (text.isEmpty() || form.isMissing(text)) {
            return Reading.without(Verdict.BLANK);
        }
        Reading known = values.get(Texts.folded(text));
        if (known == null && values.isEmpty() && Code.SHAPE.matcher(text).matches()) {
            known = told(text);
            // Not remembered: texts of an open list need not be few.
        }
        if (known == null) {
            row.tell(FindingCode.STG_024, told, form.code(), expected, text);
            return Reading.without(Verdict.REFUSED);
        }
        return known;
    }

    private Reading readTicks(RowReading row) {
        List<String> words = new ArrayList<>();
        boolean blank = true;
        for (Map.Entry<String, Column> choice : ticked.entrySet()) {
            String text = row.text(choice.getValue());
            blank &= text.isEmpty() || form.isMissing(text);
            if (marks.contains(Texts.folded(text))) {
                words.add(choice.getKey());
            }
        }
        if (!words.isEmpty()) {
            return new Reading(Verdict.TOLD, words);
        }
        return Reading.without(blank ? Verdict.BLANK : Verdict.NONE_TICKED);
    }
}
