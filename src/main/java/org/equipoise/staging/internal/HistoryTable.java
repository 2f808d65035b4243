package org.equipoise.staging.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.equipoise.staging.HistoryPackets;
import org.equipoise.staging.StoredHistory.Table;

/**
 * A view of what happened, taken out of packets.
 *
 * @param view its name
 * @param naming columns that name a thing, its kind first: rows of a participant with the same of them are about the
 *     same thing
 * @param shared its columns for name, detail, therapist, group, last day and number, null where it has none
 */
record HistoryTable(Table table, String view, List<String> naming, List<String> shared) {
    static final HistoryTable EVENT = new HistoryTable(
            Table.EVENT,
            "staging.event",
            List.of("event_kind", "detail", "from_day", "to_day"),
            List.of("event_kind", "detail", "null::text", "null::text", "to_day", "event_count"));
    static final HistoryTable SPELL = new HistoryTable(
            Table.SPELL,
            "staging.spell",
            List.of("spell_kind", "detail", "from_day"),
            List.of("spell_kind", "detail", "null::text", "null::text", "to_day", "days"));
    static final HistoryTable OBSERVED = new HistoryTable(
            Table.OBSERVED,
            "staging.observed_span",
            List.of("kind", "from_day", "to_day"),
            List.of("kind", "source", "null::text", "null::text", "to_day", "null::integer"));
    static final HistoryTable CARE = new HistoryTable(
            Table.CARE,
            "staging.care_episode",
            List.of("modality", "therapist", "care_group", "from_day"),
            List.of("modality", "null::text", "therapist", "care_group", "to_day", "sessions"));

    static final List<HistoryTable> ALL = List.of(EVENT, SPELL, OBSERVED, CARE);

    HistoryTable {
        naming = List.copyOf(naming);
        shared = List.copyOf(shared);
    }

    /** SQL: whether two rows, under these names, are about the same thing. */
    String sameThing(String one, String other) {
        return one + ".participant_key = " + other + ".participant_key and "
                + naming.stream()
                        .map(column -> one + "." + column + " is not distinct from " + other + "." + column)
                        .collect(Collectors.joining(" and "));
    }

    /**
     * SQL: leaves rows of an earlier submission standing, each in a packet of its own.
     *
     * @param effective parameter of the submission through which they count now
     * @param chosen which rows of this view, named {@code f}
     */
    String carry(String effective, String chosen) {
        return String.format(
                Locale.ROOT,
                """
                insert into %s (submission_id, source_submission_id, participant_key, stale, record_letters, record_tables, names,
                    details, therapists, care_groups, to_days, numbers, from_days, line_letters, lines, row_keys)
                select %s, f.source_submission_id, f.participant_key, true, 'a', '%s', %s, array[f.from_day], 'a', array[f.line],
                       array[f.row_key]
                from %s f where %s
                """,
                HistoryPackets.TABLE,
                effective,
                table.letter(),
                shared.stream().map(column -> "array[" + column + "]").collect(Collectors.joining(", ")),
                view,
                chosen);
    }
}
