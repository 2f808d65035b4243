package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables of what happened. The first columns after the participant's key name a thing; rows with the same
 * of those are about the same thing, whatever else they say of it.
 */
enum HistoryTable {
    EVENT("staging.event", List.of("event_kind", "detail", "from_day", "to_day"), List.of("event_count")),
    SPELL("staging.spell", List.of("spell_kind", "detail", "from_day"), List.of("to_day", "days")),
    OBSERVED("staging.observed_span", List.of("kind", "from_day", "to_day"), List.of("source")),
    CARE(
            "staging.care_episode",
            List.of("modality", "therapist", "care_group", "from_day"),
            List.of("to_day", "sessions"));

    private final String table;
    private final List<String> naming;
    private final List<String> said;

    HistoryTable(String table, List<String> naming, List<String> said) {
        this.table = table;
        this.naming = naming;
        this.said = said;
    }

    String table() {
        return table;
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
        return columns;
    }

    /** SQL: whether two rows, under these names, are about the same thing. */
    String sameThing(String one, String other) {
        return "%1$s.participant_key = %2$s.participant_key and ".formatted(one, other)
                + naming.stream()
                        .map(column -> "%1$s.%3$s is not distinct from %2$s.%3$s".formatted(one, other, column))
                        .collect(Collectors.joining(" and "));
    }

    /** SQL: the columns that name a thing. */
    String thing() {
        return "participant_key, " + String.join(", ", naming);
    }

    /** SQL: whether a row says something else than the first of its window {@code w}. */
    String differsFromFirst() {
        return said.stream()
                .map(column -> "%1$s is distinct from first_value(%1$s) over w".formatted(column))
                .collect(Collectors.joining(" or "));
    }
}
