package org.equipoise.staging.internal;

import org.equipoise.vocabulary.FindingCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the files of an incremental export do to one another. They are given in the order in which they were taken. */
final class Increments {
    /** Whether a row may be an earlier one corrected: a window of time only if the two overlap. */
    private static final String MAY_REPEAT = """
            select exists (
                select from staging.event f
                join staging.event earlier using (participant_key, event_kind)
                where f.submission_id = :id and earlier.submission_id = any(:earlier)
                  and (f.from_day, f.to_day) <> (earlier.from_day, earlier.to_day)
                  and (f.from_day = f.to_day or (f.from_day <= earlier.to_day and earlier.from_day <= f.to_day)))
            or exists (
                select from staging.spell f
                join staging.spell earlier using (participant_key, spell_kind)
                where f.submission_id = :id and earlier.submission_id = any(:earlier)
                  and f.from_day <> earlier.from_day and f.detail is not distinct from earlier.detail
                  and (f.days is null or (f.from_day <= earlier.to_day and earlier.from_day <= f.to_day)))
            or exists (
                select from staging.care_episode f
                join staging.care_episode earlier using (participant_key, modality)
                where f.submission_id = :id and earlier.submission_id = any(:earlier) and f.from_day <> earlier.from_day)
            """;

    private final JdbcClient jdbc;

    Increments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Marks what a later file has a row of the same key for, and unmarks the rest. */
    void replaceByKey(Long[] submissions) {
        for (HistoryTable table : HistoryTable.ALL) {
            jdbc.sql("update " + table.table() + """
                             f set replaced = not replaced
                            from unnest(:ids::bigint[]) with ordinality as its (submission_id, place)
                            where its.submission_id = f.submission_id
                              and f.replaced <> exists (
                                select from staging.keyed_row k
                                join unnest(:ids::bigint[]) with ordinality as later (submission_id, place)
                                  on later.submission_id = k.submission_id
                                where later.place > its.place
                                  and k.participant_key = f.participant_key and k.row_key = f.row_key)
                            """).param("ids", submissions).update();
        }
    }

    /** Whether a file tells of what may be something that an earlier file told of with other dates. */
    boolean mayRepeat(long submission, Long[] earlier) {
        return earlier.length > 0
                && jdbc.sql(MAY_REPEAT)
                        .param("id", submission)
                        .param("earlier", earlier)
                        .query(Boolean.class)
                        .single();
    }

    boolean isToldDoubtful(long submission) {
        return jdbc.sql("select exists (select from staging.finding where submission_id = :id and code = :code)")
                .param("id", submission)
                .param("code", FindingCode.SUB_012.code())
                .query(Boolean.class)
                .single();
    }
}
