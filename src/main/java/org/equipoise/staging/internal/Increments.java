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

    /** A letter for each line of a packet whose key a later file has a row for. */
    private static final String REPLACE_BY_KEY = """
            with its as (select i.submission_id, i.place from unnest(:ids::bigint[]) with ordinality as i (submission_id, place))
            update staging.history_packet f set replaced_letters = marked.letters
            from (
                select p.ctid as packet, (
                    select case when bool_or(k.replaced) then string_agg(case when k.replaced then 'r' else '.' end, '' order by k.number) end
                    from (
                        select l.number, exists (
                            select from staging.keyed_row r join its later using (submission_id)
                            where later.place > its.place and r.participant_key = p.participant_key and r.row_key = l.row_key
                        ) as replaced
                        from unnest(p.row_keys) with ordinality as l (row_key, number)
                    ) k
                ) as letters
                from staging.history_packet p
                join its using (submission_id)
                where p.replaced_letters is not null or exists (
                    select from staging.keyed_row r join its later using (submission_id)
                    where later.place > its.place and r.participant_key = p.participant_key)
            ) marked
            where f.ctid = marked.packet and f.replaced_letters is distinct from marked.letters
            """;

    private final JdbcClient jdbc;

    Increments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Marks what a later file has a row of the same key for, and unmarks the rest. */
    void replaceByKey(Long[] submissions) {
        jdbc.sql(REPLACE_BY_KEY).param("ids", submissions).update();
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
