package org.equipoise.pipeline;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.ReadOnlyQuery;
import org.equipoise.definition.PublishedText;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** The definitions by which a study was last published, to stand in for what has mistakes now. */
public final class PublishedDefinitions {
    private static final String IS_THERE = "select to_regclass('warehouse.definition') is not null";

    /** Of each mapping and instrument the text of the last snapshot that went by it. */
    private static final String TEXTS = """
            with published as (
                select s.snapshot_id, s.published_at, d.kind_and_code, d.canonical_text
                from warehouse.snapshot s
                join warehouse.definition d using (definition_hash)
                where s.study_code = :study and s.status <> 'building'
                  and (d.kind_and_code like 'site/%' or d.kind_and_code like 'instrument/%')),
            last as (
                select distinct on (kind_and_code) kind_and_code, canonical_text
                from published
                order by kind_and_code, snapshot_id desc)
            select l.kind_and_code, l.canonical_text,
                   floor(extract(epoch from coalesce(
                       (select max(s.as_of) from submission.submission s
                        where s.study_code = :study and 'site/' || s.site_code = l.kind_and_code and s.status = 'effective'),
                       (select min(p.published_at) from published p
                        where p.kind_and_code = l.kind_and_code and p.canonical_text = l.canonical_text))))::bigint
            from last l
            """;

    private PublishedDefinitions() {}

    /** Texts by kind and code; none where the database holds nothing of the study yet. */
    public static Map<String, PublishedText> of(DatabaseAddress database, StudyCode study) {
        ReadOnlyQuery ask = new ReadOnlyQuery(database);
        Map<String, PublishedText> texts = new HashMap<>();
        if (ask.answer(IS_THERE).rows().contains(List.of("t"))) {
            for (List<@Nullable String> row :
                    ask.answer(TEXTS.replace(":study", "'" + study + "'")).rows()) {
                texts.put(
                        Objects.requireNonNull(row.get(0)),
                        new PublishedText(
                                Objects.requireNonNull(row.get(1)),
                                Instant.ofEpochSecond(Long.parseLong(Objects.requireNonNull(row.get(2))))));
            }
        }
        return texts;
    }
}
