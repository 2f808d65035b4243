package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of what happened.
 *
 * @param naming columns that name a thing, its kind first: rows of a participant with the same of them are about the
 *     same thing
 * @param said columns that say something of it
 */
record HistoryTable(String table, List<String> naming, List<String> said) {
    static final HistoryTable EVENT = new HistoryTable(
            "staging.event", List.of("event_kind", "detail", "from_day", "to_day"), List.of("event_count"));
    static final HistoryTable SPELL =
            new HistoryTable("staging.spell", List.of("spell_kind", "detail", "from_day"), List.of("to_day", "days"));
    static final HistoryTable OBSERVED =
            new HistoryTable("staging.observed_span", List.of("kind", "from_day", "to_day"), List.of("source"));
    static final HistoryTable CARE = new HistoryTable(
            "staging.care_episode",
            List.of("modality", "therapist", "care_group", "from_day"),
            List.of("to_day", "sessions"));

    static final List<HistoryTable> ALL = List.of(EVENT, SPELL, OBSERVED, CARE);

    HistoryTable {
        naming = List.copyOf(naming);
        said = List.copyOf(said);
    }

    /** The column that says what kind of thing it is. */
    String kind() {
        return naming.get(0);
    }

    /** Its columns in the order in which they are written; stale is left to its default. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("submission_id", "source_submission_id", "participant_key"));
        columns.addAll(naming);
        columns.addAll(said);
        columns.add("line");
        columns.add("row_key");
        return columns;
    }

    /** SQL: whether two rows, under these names, are about the same thing. */
    String sameThing(String one, String other) {
        return one + ".participant_key = " + other + ".participant_key and "
                + naming.stream()
                        .map(column -> one + "." + column + " is not distinct from " + other + "." + column)
                        .collect(Collectors.joining(" and "));
    }

    /** SQL: the columns that name a thing. */
    String thing() {
        return "participant_key, " + String.join(", ", naming);
    }

    /** SQL: whether a row says something else than the first of its window {@code w}. */
    String differsFromFirst() {
        return said.stream()
                .map(column -> column + " is distinct from first_value(" + column + ") over w")
                .collect(Collectors.joining(" or "));
    }
}
