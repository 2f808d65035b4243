package org.equipoise.harmonize.internal;

import java.time.LocalDate;
import java.util.Objects;
import org.equipoise.database.BinaryRows;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;

/**
 * A row of one of the staged tables of what happened, in the columns that all of them share.
 *
 * @param submission through which it counts
 * @param source whose file it was read from
 * @param name kind or modality
 * @param detail class within the kind, or how observed time was observed
 * @param number count, days or sessions
 */
record StoredHistory(
        ParticipantKey participant,
        Table table,
        long submission,
        long source,
        boolean stale,
        String name,
        @Nullable String detail,
        @Nullable String therapist,
        @Nullable String group,
        LocalDate from,
        @Nullable LocalDate to,
        @Nullable Integer number,
        int line) {

    /** Where a row is from. */
    enum Table {
        EVENT("staging.event", "event_kind, detail, null::text, null::text, from_day, to_day, event_count"),
        SPELL("staging.spell", "spell_kind, detail, null, null, from_day, to_day, days"),
        OBSERVED("staging.observed_span", "kind, source, null, null, from_day, to_day, null"),
        CARE("staging.care_episode", "modality, null, therapist, care_group, from_day, to_day, sessions");

        private final String table;
        private final String columns;

        Table(String table, String columns) {
            this.table = table;
            this.columns = columns;
        }
    }

    /**
     * Reads all four tables in the order of keys.
     *
     * @param inEffect what follows a table's name, up to the order by key
     */
    static String query(String inEffect) {
        StringBuilder query = new StringBuilder();
        int order = inEffect.lastIndexOf(" order by");
        for (Table table : Table.values()) {
            query.append(query.isEmpty() ? "" : " union all ")
                    .append("select participant_key, '")
                    .append(table)
                    .append("'::text, submission_id, source_submission_id, stale, ")
                    .append(table.columns)
                    .append(", line from ")
                    .append(table.table)
                    .append(inEffect, 0, order)
                    .append(" and not replaced");
        }
        return query.append(inEffect.substring(order)).toString();
    }

    /** Reads a row of the query. */
    static StoredHistory read(BinaryRows rows) {
        return new StoredHistory(
                new ParticipantKey(rows.uuid()),
                Table.valueOf(Objects.requireNonNull(rows.text())),
                rows.int8(),
                rows.int8(),
                rows.bool(),
                Objects.requireNonNull(rows.text()),
                rows.text(),
                rows.text(),
                rows.text(),
                Objects.requireNonNull(rows.date()),
                rows.date(),
                rows.findInt4(),
                rows.int4());
    }
}
