package org.equipoise.staging.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.equipoise.database.ParticipantTables;
import org.equipoise.staging.Withdrawals;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Withdrawals in {@code identity.withdrawal}, and their work in staging. */
@Repository
class JdbcWithdrawals implements Withdrawals {
    private static final String TOMBSTONES = """
            select withdrawal_id, participant_key, study_code, site_code, finished_at is not null
            from identity.withdrawal where kind = 'consent' and
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcWithdrawals(JdbcTemplate template, JdbcClient jdbc, Clock clock) {
        this.template = template;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public boolean isKnown(ParticipantKey participant) {
        return jdbc.sql("select exists (select from identity.participant where participant_key = :key)")
                .param("key", participant.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Tombstone> findTombstone(ParticipantKey participant) {
        return jdbc.sql(TOMBSTONES + " participant_key = :key")
                .param("key", participant.value())
                .query(JdbcWithdrawals::tombstone)
                .optional();
    }

    @Override
    public List<Tombstone> findTombstones(StudyCode study) {
        return jdbc.sql(TOMBSTONES + " study_code = :study order by withdrawal_id")
                .param("study", study.value())
                .query(JdbcWithdrawals::tombstone)
                .list();
    }

    private static Tombstone tombstone(ResultSet row, int number) throws SQLException {
        return new Tombstone(
                row.getLong(1),
                new ParticipantKey(row.getObject(2, UUID.class)),
                new StudyCode(row.getString(3)),
                row.getString(4),
                row.getBoolean(5));
    }

    @Override
    public void record(
            StudyCode study, String site, ParticipantKey participant, Kind kind, @Nullable LocalDate day, String by) {
        jdbc.sql("""
                        insert into identity.withdrawal
                            (participant_key, study_code, site_code, kind, withdrew_on, recorded_at, recorded_by)
                        values (:key, :study, :site, :kind, :day, :now, :by)
                        on conflict (participant_key, kind) do update
                        set withdrew_on = excluded.withdrew_on, recorded_at = excluded.recorded_at,
                            recorded_by = excluded.recorded_by
                        """)
                .param("key", participant.value())
                .param("study", study.value())
                .param("site", site)
                .param("kind", kind.label())
                .param("day", day, Types.DATE)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", by)
                .update();
    }

    @Override
    public List<Long> findSubmissions(ParticipantKey participant) {
        return jdbc.sql("select distinct submission_id from ("
                        + JdbcStagingStore.whoIsIn("submission_id", "participant_key = :key") + ") s order by 1")
                .param("key", participant.value())
                .query(Long.class)
                .list();
    }

    @Override
    public void eraseStaged(ParticipantKey participant) {
        jdbc.sql("""
                        delete from staging.finding f
                        using identity.participant p, submission.submission s
                        where p.participant_key = :key and s.submission_id = f.submission_id
                          and s.study_code = p.study_code and s.site_code = p.site_code and f.record_ref = p.record_id
                        """).param("key", participant.value()).update();
        template.execute((ConnectionCallback<Void>) connection -> {
            ParticipantTables.erase(connection, "staging", participant.value());
            return null;
        });
        jdbc.sql("delete from identity.withdrawal where participant_key = :key and kind <> 'consent'")
                .param("key", participant.value())
                .update();
        jdbc.sql("delete from identity.participant where participant_key = :key")
                .param("key", participant.value())
                .update();
    }

    @Override
    public void finish(long tombstone) {
        jdbc.sql("update identity.withdrawal set finished_at = :now where withdrawal_id = :id")
                .param("id", tombstone)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
