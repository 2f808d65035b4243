package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.staging.RepeatedRows;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what a file says twice of the same event, spell, observed time or care; the first stands. */
final class RepeatedHistory {
    private record Repetition(HistoryTable table, String place) {}

    private final JdbcClient jdbc;
    private final long submission;
    private final List<Repetition> repetitions = new ArrayList<>();

    RepeatedHistory(JdbcClient jdbc, long submission) {
        this.jdbc = jdbc;
        this.submission = submission;
    }

    /** Finds the repetitions and tells the rule of them. */
    void find(RepeatedRows rule) {
        for (HistoryTable table : HistoryTable.ALL) {
            jdbc.sql(String.format(
                            Locale.ROOT, """
                            select said.place, said.line, i.record_id, said.kind, said.differs
                            from (select participant_key, ctid::text as place, line, %s as kind, row_number() over w as nth, %s as differs
                                  from %s where submission_id = :id
                                  window w as (partition by %s order by line, ctid)) said
                            join identity.participant i using (participant_key)
                            where said.nth > 1
                            order by said.line
                            """, table.kind(), table.differsFromFirst(), table.table(), table.thing()))
                    .param("id", submission)
                    .query((row, number) -> {
                        rule.lose(row.getInt(2), row.getString(3), row.getString(4), row.getBoolean(5));
                        return repetitions.add(new Repetition(table, row.getString(1)));
                    })
                    .list();
        }
    }

    /** Removes what was found. */
    void remove() {
        for (HistoryTable table : HistoryTable.ALL) {
            String[] places = repetitions.stream()
                    .filter(repetition -> repetition.table().equals(table))
                    .map(Repetition::place)
                    .toArray(String[]::new);
            if (places.length > 0) {
                jdbc.sql("delete from " + table.table() + " where ctid = any(:places::tid[])")
                        .param("places", places)
                        .update();
            }
        }
    }
}
