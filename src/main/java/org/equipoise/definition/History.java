package org.equipoise.definition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.equipoise.definition.SiteMapping.DateColumn;

/**
 * Which columns of an export say what happened to a participant over time, and for which time that was asked.
 * Where names of columns tell the visit, a name may hold {@code {visit}}; it is then read once for each visit.
 *
 * @param events things that happened on a day, or a number of times in a span
 * @param spells times in one state: admissions, medication, work
 * @param observed times in which events or spells were looked for; a recall window is one by itself
 * @param care care given, by whom and how much
 */
public record History(
        List<EventColumns> events, List<SpellColumns> spells, List<ObservedColumns> observed, List<CareColumns> care) {
    public History {
        events = List.copyOf(events);
        spells = List.copyOf(spells);
        observed = List.copyOf(observed);
        care = List.copyOf(care);
    }

    /** Whether the export says nothing of the kind. */
    public boolean isEmpty() {
        return events.isEmpty() && spells.isEmpty() && observed.isEmpty() && care.isEmpty();
    }

    /**
     * What all of these have in common.
     *
     * @param code the site's name of the form, for messages
     * @param rows the rows that hold it: those with one of these texts in each of these columns; empty for all
     * @param missing texts that stand for no value here, besides those of the export
     */
    public record Form(String code, Map<String, Set<String>> rows, Set<String> missing) {
        public Form {
            Map<String, Set<String>> copies = new HashMap<>();
            rows.forEach((column, texts) -> copies.put(column, Set.copyOf(texts)));
            rows = Map.copyOf(copies);
            missing = Set.copyOf(missing);
        }
    }

    /**
     * A word of the study: the same in all rows, told by a column, or told by ticks in a column for each.
     *
     * @param always the word, where it is always the same
     * @param column the column that tells it
     * @param values that column's texts, to words; empty for texts that the study has no use for
     * @param ticked columns by the word that a tick in them means
     * @param marks texts that are a tick
     */
    public record Term(
            Optional<String> always,
            Optional<String> column,
            Map<String, Optional<String>> values,
            Map<String, String> ticked,
            Set<String> marks) {
        public Term {
            values = Map.copyOf(values);
            ticked = Map.copyOf(ticked);
            marks = Set.copyOf(marks);
        }
    }

    /**
     * A span of days that a row speaks of. It ends with the last day, and begins with the first or as long before
     * the end as is said.
     *
     * @param months length, when no column tells the first day; 0 for none
     * @param days length beside the months
     * @param to last day; empty when it is the day of the export
     */
    public record Window(int months, int days, Optional<DateColumn> from, Optional<DateColumn> to) {}

    /**
     * Columns of an event: on a day, or counted in a window.
     *
     * @param detail what kind within the kind
     * @param date the day; may be known in part
     * @param count how often in the window
     */
    public record EventColumns(
            Form form,
            Term kind,
            Optional<Term> detail,
            Optional<DateColumn> date,
            Optional<String> count,
            Optional<Window> window) {}

    /**
     * Columns of a spell: from a day to a day, or so many days in a window, or the whole window.
     *
     * @param to last day; a row without it tells a spell that goes on
     * @param days how many days of the window
     */
    public record SpellColumns(
            Form form,
            Term kind,
            Optional<Term> detail,
            Optional<DateColumn> from,
            Optional<DateColumn> to,
            Optional<String> days,
            Optional<Window> window) {}

    /** How it was found out what happened. */
    public enum Ascertainment {
        RECALL,
        NOTES,
        REGISTER
    }

    /**
     * Columns of a span in which kinds of event and spell were looked for.
     *
     * @param kinds codes of event and spell kinds
     */
    public record ObservedColumns(Form form, List<String> kinds, Window window, Ascertainment source) {
        public ObservedColumns {
            kinds = List.copyOf(kinds);
        }
    }

    /** Columns of care given. */
    public record CareColumns(
            Form form,
            Term modality,
            Optional<String> therapist,
            Optional<String> group,
            DateColumn from,
            Optional<DateColumn> to,
            Optional<String> sessions) {}
}
