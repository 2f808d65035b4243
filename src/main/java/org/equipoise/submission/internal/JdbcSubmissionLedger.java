package org.equipoise.submission.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The ledger in schema {@code submission}. */
@Repository
class JdbcSubmissionLedger implements SubmissionLedger {
    private static final String COLUMNS = """
            select submission_id, study_code, site_code, export_code, file_name, received_sha256, archive_sha256, size_bytes, as_of,
                   received_at, reading_sha256, mapping_version, status, hold_reason, confirmed, received, accepted, rejected, duplicate, superseded
            from submission.submission
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcSubmissionLedger(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public long add(Delivery delivery) {
        return jdbc.sql("""
                        insert into submission.submission (study_code, site_code, export_code, file_name, received_sha256,
                            archive_sha256, size_bytes, as_of, as_of_source, received_at, received_how, status, hold_reason)
                        values (:study, :site, :export, :file, :sha, :sha, :size, :asOf, :asOfSource, :receivedAt, 'inbox',
                            :status, :hold)
                        returning submission_id
                        """)
                .param("study", delivery.study().value())
                .param("site", delivery.site())
                .param("export", delivery.export())
                .param("file", delivery.fileName())
                .param("sha", delivery.sha256())
                .param("size", delivery.size())
                .param("asOf", utc(delivery.asOf()))
                .param("asOfSource", delivery.asOfSource())
                .param("receivedAt", utc(delivery.receivedAt()))
                .param("status", delivery.status().label())
                .param("hold", label(delivery.holdReason()), java.sql.Types.VARCHAR)
                .query(Long.class)
                .single();
    }

    @Override
    public Submission get(long id) {
        return jdbc.sql(COLUMNS + " where submission_id = :id")
                .param("id", id)
                .query(JdbcSubmissionLedger::row)
                .single();
    }

    @Override
    public List<Submission> findAll(StudyCode study) {
        return jdbc.sql(COLUMNS + " where study_code = :study order by submission_id")
                .param("study", study.value())
                .query(JdbcSubmissionLedger::row)
                .list();
    }

    @Override
    public Optional<Submission> findLatest(StudyCode study, String site, String export, String sha256) {
        return jdbc.sql(COLUMNS + """
                         where study_code = :study and site_code = :site and export_code = :export
                           and (received_sha256 = :sha or archive_sha256 = :sha) and status <> 'withdrawn'
                         order by submission_id desc limit 1
                        """)
                .param("study", study.value())
                .param("site", site)
                .param("export", export)
                .param("sha", sha256)
                .query(JdbcSubmissionLedger::row)
                .optional();
    }

    @Override
    public List<Submission> findRead(StudyCode study, String site, String export) {
        return jdbc.sql(COLUMNS + """
                         where study_code = :study and site_code = :site and export_code = :export
                           and (status in ('staged', 'effective', 'superseded')
                                or status = 'held' and hold_reason in ('older', 'drops_participants'))
                         order by as_of, received_sha256, submission_id
                        """)
                .param("study", study.value())
                .param("site", site)
                .param("export", export)
                .query(JdbcSubmissionLedger::row)
                .list();
    }

    @Override
    public Optional<InboxFile> findInboxFile(StudyCode study, String site, String name) {
        return jdbc.sql("""
                        select file_name, size_bytes, modified_at, sha256, submission_id from submission.inbox_file
                        where study_code = :study and site_code = :site and file_name = :name
                        """)
                .param("study", study.value())
                .param("site", site)
                .param("name", name)
                .query((row, number) -> new InboxFile(
                        row.getString(1),
                        row.getLong(2),
                        instant(row, "modified_at"),
                        row.getString(4),
                        row.getObject(5, Long.class)))
                .optional();
    }

    @Override
    public void forget(StudyCode study, String site, String name) {
        jdbc.sql("""
                        delete from submission.inbox_file
                        where study_code = :study and site_code = :site and file_name = :name
                        """)
                .param("study", study.value())
                .param("site", site)
                .param("name", name)
                .update();
    }

    @Override
    public void remember(StudyCode study, String site, InboxFile file) {
        jdbc.sql("""
                        insert into submission.inbox_file
                            (study_code, site_code, file_name, size_bytes, modified_at, sha256, submission_id)
                        values (:study, :site, :name, :size, :modified, :sha, :submission)
                        on conflict (study_code, site_code, file_name) do update
                        set size_bytes = excluded.size_bytes, modified_at = excluded.modified_at,
                            sha256 = excluded.sha256, submission_id = excluded.submission_id
                        """)
                .param("study", study.value())
                .param("site", site)
                .param("name", file.name())
                .param("size", file.size())
                .param("modified", utc(file.modified()))
                .param("sha", file.sha256())
                .param("submission", file.submissionId(), java.sql.Types.BIGINT)
                .update();
    }

    @Override
    public void decide(long id, Status status, @Nullable HoldReason holdReason, @Nullable Long supersedes) {
        jdbc.sql("""
                        update submission.submission
                        set status = :status, hold_reason = :hold, supersedes_id = coalesce(:supersedes, supersedes_id),
                            dirty = true
                        where submission_id = :id
                        """)
                .param("id", id)
                .param("status", status.label())
                .param("hold", label(holdReason), java.sql.Types.VARCHAR)
                .param("supersedes", supersedes, java.sql.Types.BIGINT)
                .update();
    }

    @Override
    public void readAgain(long id) {
        jdbc.sql("""
                        update submission.submission
                        set status = 'received', hold_reason = null, dirty = true,
                            archive_sha256 = coalesce(archive_sha256, received_sha256),
                            erased_through = case when archive_sha256 is null then 0 else erased_through end,
                            received = 0, accepted = 0, rejected = 0, duplicate = 0, superseded = 0, stale = 0
                        where submission_id = :id
                        """).param("id", id).update();
    }

    @Override
    public void markErased(Erased erased, @Nullable String heldBefore) {
        jdbc.sql("""
                        update submission.submission
                        set archive_sha256 = :archive, erased_through = :through, dirty = true,
                            erased_lines = nullif(array(
                                select distinct l from unnest(coalesce(erased_lines, '{}') || :lines) l order by l), '{}')
                        where submission_id = :id
                        """)
                .param("id", erased.submission())
                .param("archive", erased.archiveSha256(), java.sql.Types.VARCHAR)
                .param("through", erased.through())
                .param("lines", erased.lines().toArray(Integer[]::new))
                .update();
        if (heldBefore != null) {
            jdbc.sql("""
                            insert into submission.erased_copy (sha256, erased_at) values (:sha, :now) on conflict do nothing
                            """)
                    .param("sha", heldBefore)
                    .param("now", utc(clock.instant()))
                    .update();
        }
    }

    @Override
    public void markLookedThrough(long id, long tombstone) {
        jdbc.sql("update submission.submission set erased_through = :through where submission_id = :id")
                .param("id", id)
                .param("through", tombstone)
                .update();
    }

    @Override
    public List<Integer> erasedLines(long id) {
        return jdbc.sql("select unnest(erased_lines) from submission.submission where submission_id = :id")
                .param("id", id)
                .query(Integer.class)
                .list();
    }

    @Override
    public List<Submission> findToErase(StudyCode study, String site, long tombstone) {
        return jdbc.sql(COLUMNS + """
                         where study_code = :study and site_code = :site and erased_through < :tombstone
                           and archive_sha256 is not null
                         order by submission_id
                        """)
                .param("study", study.value())
                .param("site", site)
                .param("tombstone", tombstone)
                .query(JdbcSubmissionLedger::row)
                .list();
    }

    @Override
    public List<String> findErasedCopies() {
        return jdbc.sql("""
                        select e.sha256 from submission.erased_copy e
                        where not exists (select from submission.submission s where s.archive_sha256 = e.sha256)
                        order by 1
                        """).query(String.class).list();
    }

    @Override
    public List<String> findErasedAgain(StudyCode study, String site) {
        return jdbc.sql("""
                        select f.file_name from submission.inbox_file f
                        join submission.erased_copy e using (sha256)
                        where f.study_code = :study and f.site_code = :site and f.submission_id is null
                        order by 1
                        """)
                .param("study", study.value())
                .param("site", site)
                .query(String.class)
                .list();
    }

    @Override
    public void markDirty(List<Long> ids) {
        jdbc.sql("update submission.submission set dirty = true where submission_id = any(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    @Override
    public void bind(long id, @Nullable String mappingVersion) {
        jdbc.sql("update submission.submission set mapping_version = :version where submission_id = :id")
                .param("id", id)
                .param("version", mappingVersion, java.sql.Types.VARCHAR)
                .update();
    }

    @Override
    public void markRead(long id, Status status, @Nullable String readingSha256, Counts counts, int participants) {
        jdbc.sql("""
                        update submission.submission
                        set status = :status, reading_sha256 = :mapping, participants = :participants, dirty = true
                        where submission_id = :id
                        """)
                .param("id", id)
                .param("status", status.label())
                .param("mapping", readingSha256, java.sql.Types.VARCHAR)
                .param("participants", participants)
                .update();
        setCounts(id, counts, 0);
    }

    @Override
    public void setAsOf(long id, Instant asOf) {
        jdbc.sql("update submission.submission set as_of = :asOf, as_of_source = 'column' where submission_id = :id")
                .param("id", id)
                .param("asOf", utc(asOf))
                .update();
    }

    @Override
    public long staleRows(long id) {
        return jdbc.sql("select stale from submission.submission where submission_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    @Override
    public void setCounts(long id, Counts counts, long stale) {
        jdbc.sql("""
                        update submission.submission
                        set received = :received, accepted = :accepted, rejected = :rejected, duplicate = :duplicate,
                            superseded = :superseded, stale = :stale
                        where submission_id = :id
                        """)
                .param("id", id)
                .param("received", counts.received())
                .param("accepted", counts.accepted())
                .param("rejected", counts.rejected())
                .param("duplicate", counts.duplicate())
                .param("superseded", counts.superseded())
                .param("stale", stale)
                .update();
    }

    @Override
    public void confirm(long id, Instant asOf) {
        jdbc.sql("""
                        update submission.submission
                        set status = 'received', hold_reason = null, confirmed = true, as_of = :asOf, dirty = true
                        where submission_id = :id
                        """).param("id", id).param("asOf", utc(asOf)).update();
    }

    @Override
    public List<Long> findDirty(StudyCode study) {
        return jdbc.sql("""
                        select submission_id from submission.submission
                        where study_code = :study and dirty and status <> 'received'
                        order by submission_id
                        """).param("study", study.value()).query(Long.class).list();
    }

    @Override
    public void markClean(List<Long> ids) {
        jdbc.sql("update submission.submission set dirty = false where submission_id = any(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    private static Submission row(ResultSet row, int number) throws SQLException {
        String hold = row.getString("hold_reason");
        return new Submission(
                row.getLong("submission_id"),
                new StudyCode(row.getString("study_code")),
                row.getString("site_code"),
                row.getString("export_code"),
                row.getString("file_name"),
                row.getString("received_sha256"),
                row.getString("archive_sha256"),
                row.getLong("size_bytes"),
                instant(row, "as_of"),
                instant(row, "received_at"),
                row.getString("reading_sha256"),
                row.getString("mapping_version"),
                Status.of(row.getString("status")),
                hold == null ? null : HoldReason.of(hold),
                row.getBoolean("confirmed"),
                new Counts(
                        row.getLong("received"),
                        row.getLong("accepted"),
                        row.getLong("rejected"),
                        row.getLong("duplicate"),
                        row.getLong("superseded")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String label(@Nullable HoldReason reason) {
        return reason == null ? null : reason.label();
    }
}
