package org.equipoise.staging.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.equipoise.database.BinaryCopy;
import org.equipoise.staging.Finding;
import org.equipoise.staging.StagingStore.StoredFinding;
import org.equipoise.submission.Submission;
import org.equipoise.vocabulary.Place;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Findings in {@code staging.finding}. */
final class FindingRows {
    private static final List<String> COLUMNS = List.of(
            "submission_id",
            "code",
            "severity",
            "category",
            "line",
            "column",
            "record_ref",
            "event",
            "form",
            "field",
            "expected",
            "found",
            "message",
            "remedy",
            "count",
            "participant_key",
            "first_seen",
            "last_seen",
            "status");

    private final JdbcClient jdbc;
    private final CopySession copy;
    private final Clock clock;

    FindingRows(JdbcClient jdbc, CopySession copy, Clock clock) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.clock = clock;
    }

    void write(long submission, List<Finding> findings) {
        BinaryCopy rows = new BinaryCopy(COLUMNS.size());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (Finding finding : findings) {
            Place place = finding.place();
            rows.startRow()
                    .int8(submission)
                    .text(finding.code().code())
                    .text(finding.code().severity().label())
                    .text(finding.code().category().label())
                    .int4((int) place.line())
                    .text(place.column())
                    .text(place.record())
                    .text(place.event())
                    .text(place.form())
                    .text(place.field())
                    .text(finding.expected())
                    .text(finding.found())
                    .text(finding.code().message())
                    .text(finding.code().remedy())
                    .int4(finding.count())
                    .uuid(
                            finding.participant() == null
                                    ? null
                                    : finding.participant().value())
                    .timestamptz(now)
                    .timestamptz(now)
                    .text("open");
        }
        copy.copy("staging.finding", COLUMNS, rows);
    }

    List<StoredFinding> find(long submission) {
        return jdbc.sql("""
                        select code, severity, category, line, "column", record_ref, event, form, field, expected, found,
                               message, remedy, count
                        from staging.finding where submission_id = :id and status = 'open'
                        order by line, code, "column", finding_id
                        """)
                .param("id", submission)
                .query((row, number) -> new StoredFinding(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        row.getString(13),
                        row.getInt(14)))
                .list();
    }

    /** A finding that an earlier file of the export had too was first seen then. */
    void carryFirstSeen(Submission submission) {
        jdbc.sql("""
                        update staging.finding f
                        set first_seen = earlier.first_seen
                        from (select p.code, p."column", p.record_ref, p.event, p.form, p.field, p.found,
                                     min(p.first_seen) as first_seen
                              from staging.finding p
                              join submission.submission s using (submission_id)
                              where s.study_code = :study and s.site_code = :site and s.export_code = :export
                                and s.submission_id <> :id
                              group by p.code, p."column", p.record_ref, p.event, p.form, p.field, p.found) earlier
                        where f.submission_id = :id and f.code = earlier.code
                          and (f."column", f.record_ref, f.event, f.form, f.field, f.found) is not distinct from
                              (earlier."column", earlier.record_ref, earlier.event, earlier.form, earlier.field, earlier.found)
                          and earlier.first_seen < f.first_seen
                        """)
                .param("id", submission.id())
                .param("study", submission.study().value())
                .param("site", submission.site())
                .param("export", submission.export())
                .update();
    }

    /** The findings of a file that another has replaced are no longer open. */
    void close(long submission) {
        jdbc.sql("update staging.finding set status = 'resolved' where submission_id = :id and status = 'open'")
                .param("id", submission)
                .update();
    }

    /** The findings of a file that counts again are open again. */
    void reopen(long submission) {
        jdbc.sql("update staging.finding set status = 'open' where submission_id = :id and status = 'resolved'")
                .param("id", submission)
                .update();
    }

    /** Removes what was found when submissions were weighed against each other. */
    void removeWeighed(long submission) {
        jdbc.sql("delete from staging.finding where submission_id = :id and category = 'submission'")
                .param("id", submission)
                .update();
    }
}
