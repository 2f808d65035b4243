package org.equipoise.warehouse.internal;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.CopyTarget;
import org.equipoise.database.Letters;
import org.equipoise.database.ParticipantTables;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.SiteMapping.Membership;
import org.equipoise.definition.Study;
import org.equipoise.harmonize.ContentHash;
import org.equipoise.harmonize.HarmonizationStatuses;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.IntervalTable;
import org.equipoise.staging.StagingStore;
import org.equipoise.staging.StagingStore.SourcedFinding;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.Attendance;
import org.equipoise.warehouse.CareUsed;
import org.equipoise.warehouse.Harmonization;
import org.equipoise.warehouse.WarehouseStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The warehouse in PostgreSQL, written by binary COPY. */
@Repository
class JdbcWarehouseStore implements WarehouseStore {
    private static final List<String> HISTORIES = ParticipantRows.TABLES;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final StagingStore staging;
    private final Clock clock;
    private final AssessmentIds ids;

    JdbcWarehouseStore(JdbcTemplate template, JdbcClient jdbc, StagingStore staging, Clock clock) {
        this.template = template;
        this.jdbc = jdbc;
        this.staging = staging;
        this.clock = clock;
        ids = new AssessmentIds(jdbc);
    }

    private record Encoded(
            ParticipantRows rows,
            Set<UUID> replaced,
            List<ParticipantKey> all,
            List<SourcedFinding> findings,
            int changed)
            implements EncodedSlice {
        @Override
        public int participants() {
            return all.size();
        }
    }

    @Override
    public Optional<Snapshot> findCurrent(StudyCode study) {
        return jdbc.sql("""
                        select snapshot_id, run_id, study_code, content_hash, definition_hash, program_version, participants, changed,
                               status = 'redacted'
                        from warehouse.snapshot
                        where study_code = :study and status in ('published', 'redacted')
                        order by snapshot_id desc limit 1
                        """)
                .param("study", study.value())
                .query(JdbcWarehouseStore::snapshot)
                .optional();
    }

    @Override
    public Optional<Snapshot> find(long snapshot) {
        return jdbc.sql("""
                        select snapshot_id, run_id, study_code, content_hash, definition_hash, program_version, participants, changed,
                               status = 'redacted'
                        from warehouse.snapshot
                        where snapshot_id = :snapshot and status in ('published', 'redacted')
                        """)
                .param("snapshot", snapshot)
                .query(JdbcWarehouseStore::snapshot)
                .optional();
    }

    private static Snapshot snapshot(ResultSet row, int number) throws SQLException {
        return new Snapshot(
                row.getLong(1),
                row.getLong(2),
                new StudyCode(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                row.getInt(8),
                row.getBoolean(9));
    }

    @Override
    public long begin(long runId, DefinitionBundle definitions, String programVersion) {
        long snapshot = jdbc.sql("""
                        insert into warehouse.snapshot (run_id, study_code, definition_hash, program_version, status)
                        values (:run, :study, :definitions, :version, 'building')
                        returning snapshot_id
                        """)
                .param("run", runId)
                .param("study", definitions.study().code().value())
                .param("definitions", definitions.sha256())
                .param("version", programVersion)
                .query(Long.class)
                .single();
        new Frames(snapshot, this::insert).write(definitions);
        return snapshot;
    }

    @Override
    public Encoder encoder(long snapshot, Study study) {
        // Before a study's first night is over nobody is published, and no slice need ask who is.
        boolean anybody = jdbc.sql("""
                        select exists (select from warehouse.participant_history
                                       where study_code = :study and snapshot_to is null)
                        """)
                .param("study", study.code().value())
                .query(Boolean.class)
                .single();
        return (participants, gone) -> {
            List<ParticipantKey> all = new ArrayList<>(gone);
            participants.forEach(participant -> all.add(participant.key()));
            return encode(snapshot, study, participants, gone, all, anybody ? published(all) : Map.of());
        };
    }

    private EncodedSlice encode(
            long snapshot,
            Study study,
            List<HarmonizedParticipant> participants,
            List<ParticipantKey> gone,
            List<ParticipantKey> all,
            Map<UUID, byte[]> published) {
        ParticipantRows rows = new ParticipantRows(snapshot, study.code());
        Set<UUID> replaced = new HashSet<>();
        List<SourcedFinding> findings = new ArrayList<>();
        int changed = 0;
        for (ParticipantKey key : gone) {
            if (published.containsKey(key.value())) {
                replaced.add(key.value());
                changed++;
            }
        }
        for (HarmonizedParticipant participant : participants) {
            findings.addAll(participant.findings());
            byte[] before = published.get(participant.key().value());
            if (before != null && Arrays.equals(before, participant.contentHash())) {
                continue;
            }
            if (before != null) {
                replaced.add(participant.key().value());
            }
            changed++;
            rows.add(participant, ids.take(participant.assessments().size()));
        }
        return new Encoded(rows, replaced, all, findings, changed);
    }

    private Map<UUID, byte[]> published(List<ParticipantKey> keys) {
        Map<UUID, byte[]> hashes = new HashMap<>();
        jdbc.sql("""
                        select participant_key, content_hash from warehouse.participant_history
                        where participant_key = any(:keys) and snapshot_to is null
                        """)
                .param("keys", keys.stream().map(ParticipantKey::value).toArray(UUID[]::new))
                .query((row, number) -> hashes.put(row.getObject(1, UUID.class), row.getBytes(2)))
                .list();
        return hashes;
    }

    @Override
    public void write(List<EncodedSlice> slices) {
        List<Encoded> encoded = slices.stream().map(Encoded.class::cast).toList();
        UUID[] replaced =
                encoded.stream().flatMap(slice -> slice.replaced().stream()).toArray(UUID[]::new);
        if (replaced.length > 0) {
            long snapshot = building();
            for (String history : HISTORIES) {
                jdbc.sql(
                                "update " + history
                                        + " set snapshot_to = :snapshot where participant_key = any(:keys) and snapshot_to is null")
                        .param("snapshot", snapshot)
                        .param("keys", replaced)
                        .update();
            }
        }
        ParticipantRows.write(this::copy, encoded.stream().map(Encoded::rows).toList());
        staging.replaceScoreFindings(
                encoded.stream().flatMap(slice -> slice.all().stream()).toList(),
                encoded.stream().flatMap(slice -> slice.findings().stream()).toList());
    }

    private long building() {
        return jdbc.sql("select max(snapshot_id) from warehouse.snapshot where status = 'building'")
                .query(Long.class)
                .single();
    }

    private void copy(String table, List<String> columns, Stream<BinaryCopy> slices) {
        List<BinaryCopy> filled = slices.filter(rows -> rows.rows() > 0).toList();
        if (!filled.isEmpty()) {
            template.execute((ConnectionCallback<Long>) connection -> {
                try (CopyTarget target = CopyTarget.open(connection, table, columns)) {
                    for (BinaryCopy rows : filled) {
                        target.write(rows);
                    }
                    return target.finish();
                }
            });
        }
    }

    @Override
    public Snapshot publish(long snapshot, DefinitionBundle definitions) {
        StudyCode study = definitions.study().code();
        List<byte[]> hashes = hashes(study, snapshot);
        String contentHash = ContentHash.ofStudy(hashes);
        Optional<Snapshot> before = findCurrent(study);
        // After an erasure the same people are published anew: results of the redacted snapshot still rest on whom it
        // lacks.
        if (before.isPresent()
                && !before.get().redacted()
                && before.get().contentHash().equals(contentHash)
                && before.get().definitionHash().equals(definitions.sha256())
                && before.get().programVersion().equals(programVersion(snapshot))) {
            discardUnpublished();
            return before.get();
        }
        writeDimensions(definitions);
        jdbc.sql("""
                        update warehouse.snapshot
                        set status = 'published', published_at = :now, content_hash = :hash, participants = :participants,
                            changed = (select count(distinct participant_key) from warehouse.participant_history
                                       where snapshot_from = :snapshot or snapshot_to = :snapshot)
                        where snapshot_id = :snapshot
                        """)
                .param("snapshot", snapshot)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("hash", contentHash)
                .param("participants", hashes.size())
                .update();
        HISTORIES.forEach(this::analyze);
        return findCurrent(study).orElseThrow();
    }

    private List<byte[]> hashes(StudyCode study, long snapshot) {
        return jdbc.sql("""
                        select content_hash from warehouse.participant_history
                        where study_code = :study and snapshot_from <= :snapshot
                          and (snapshot_to is null or snapshot_to > :snapshot)
                        """)
                .param("study", study.value())
                .param("snapshot", snapshot)
                .query((row, number) -> row.getBytes(1))
                .list();
    }

    @Override
    public List<Long> findSnapshotsOf(StudyCode study, ParticipantKey participant) {
        return jdbc.sql("""
                        select s.snapshot_id from warehouse.snapshot s
                        where s.study_code = :study and s.status in ('published', 'redacted') and exists (
                            select from warehouse.participant_history p
                            where p.participant_key = :key and p.snapshot_from <= s.snapshot_id
                              and (p.snapshot_to is null or p.snapshot_to > s.snapshot_id))
                        order by 1
                        """)
                .param("study", study.value())
                .param("key", participant.value())
                .query(Long.class)
                .list();
    }

    @Override
    public List<Long> erase(StudyCode study, ParticipantKey participant) {
        List<Long> snapshots = findSnapshotsOf(study, participant);
        template.execute((ConnectionCallback<Void>) connection -> {
            ParticipantTables.erase(connection, "warehouse", participant.value());
            return null;
        });
        for (long snapshot : snapshots) {
            List<byte[]> left = hashes(study, snapshot);
            jdbc.sql("""
                            update warehouse.snapshot set status = 'redacted', content_hash = :hash, participants = :left
                            where snapshot_id = :snapshot
                            """)
                    .param("snapshot", snapshot)
                    .param("hash", ContentHash.ofStudy(left))
                    .param("left", left.size())
                    .update();
        }
        return snapshots;
    }

    private String programVersion(long snapshot) {
        return jdbc.sql("select program_version from warehouse.snapshot where snapshot_id = :snapshot")
                .param("snapshot", snapshot)
                .query(String.class)
                .single();
    }

    /** What comparisons and reports ask next is planned by what the tables hold now: autovacuum comes minutes later. */
    private void analyze(String history) {
        jdbc.sql("analyze " + history).update();
    }

    private void writeDimensions(DefinitionBundle definitions) {
        Study study = definitions.study();
        String code = study.code().value();
        keep(definitions);
        Stream<String> ofStudy =
                Stream.of("study", "site", "arm", "interval", "period", "outcome", "harmonization_status");
        for (String table :
                Stream.concat(ofStudy, InstrumentDictionary.TABLES.stream()).toList()) {
            jdbc.sql("delete from warehouse." + table + " where study_code = :study")
                    .param("study", code)
                    .update();
        }
        insert("study", code, study.name(), study.conduct().name().toLowerCase(Locale.ROOT));
        new InstrumentDictionary(code, this::insert).write(definitions);
        definitions.mappings().forEach((site, mapping) -> {
            Membership membership = mapping.findMembership(study.code()).orElseThrow();
            insert("site", code, site.value(), mapping.name(), membership.randomised(), membership.comparator());
        });
        study.arms()
                .forEach(arm -> insert(
                        "arm",
                        code,
                        arm.code().value(),
                        arm.name(),
                        arm.role().name().toLowerCase(Locale.ROOT)));
        IntervalTable.of(study)
                .windows()
                .forEach(window -> insert(
                        "interval",
                        code,
                        window.interval().code().value(),
                        window.interval().name(),
                        window.interval().month(),
                        window.target(),
                        window.from(),
                        window.to()));
        study.followUp()
                .periods()
                .forEach(period -> insert(
                        "period", code, period.code().value(), period.name(), period.fromMonth(), period.toMonth()));
        study.outcomes()
                .forEach(outcome -> insert(
                        "outcome",
                        code,
                        outcome.code().value(),
                        outcome.name(),
                        outcome.type().name().toLowerCase(Locale.ROOT),
                        outcome.direction().name().toLowerCase(Locale.ROOT),
                        outcome.tier().name().toLowerCase(Locale.ROOT),
                        outcome.unit(),
                        outcome.source() instanceof OfScale scale
                                ? scale.instrument().value()
                                : null,
                        outcome.source() instanceof OfScale scale
                                ? scale.scale().value()
                                : null,
                        OutcomeSources.inWords(outcome.source()),
                        outcome.paramcd()));
        HarmonizationStatuses.of(definitions)
                .forEach(status -> insert(
                        "harmonization_status",
                        code,
                        status.site().value(),
                        status.outcome().value(),
                        status.degree().name().toLowerCase(Locale.ROOT),
                        status.reason(),
                        status.planned()));
    }

    @Override
    public void keep(DefinitionBundle definitions) {
        definitions
                .texts()
                .forEach((name, text) -> jdbc.sql("""
                        insert into warehouse.definition values (:hash, :name, :text) on conflict do nothing
                        """)
                        .param("hash", definitions.sha256())
                        .param("name", name)
                        .param("text", text)
                        .update());
    }

    @Override
    public Map<String, List<String>> places(Snapshot snapshot) {
        Map<String, List<String>> places = new HashMap<>();
        jdbc.sql("""
                        select outcome_code, coalesce(period_codes, interval_codes) from warehouse.series_frame
                        where snapshot_id = :snapshot
                        """)
                .param("snapshot", snapshot.id())
                .query((row, number) -> places.put(row.getString(1), List.of((String[])
                        Objects.requireNonNull(row.getArray(2)).getArray())))
                .list();
        return places;
    }

    private void insert(String table, @Nullable Object... values) {
        String marks = String.join(", ", java.util.Collections.nCopies(values.length, "?"));
        jdbc.sql("insert into warehouse." + table + " values (" + marks + ")")
                .params(values)
                .update();
    }

    @Override
    public int discardUnpublished() {
        List<Long> unpublished = jdbc.sql("select snapshot_id from warehouse.snapshot where status = 'building'")
                .query(Long.class)
                .list();
        for (Long snapshot : unpublished) {
            for (String history : HISTORIES) {
                jdbc.sql("delete from " + history + " where snapshot_from = :snapshot")
                        .param("snapshot", snapshot)
                        .update();
                jdbc.sql("update " + history + " set snapshot_to = null where snapshot_to = :snapshot")
                        .param("snapshot", snapshot)
                        .update();
            }
            for (String table :
                    Stream.concat(Frames.TABLES.stream(), Stream.of("snapshot")).toList()) {
                jdbc.sql("delete from warehouse." + table + " where snapshot_id = :snapshot")
                        .param("snapshot", snapshot)
                        .update();
            }
        }
        return unpublished.size();
    }

    @Override
    public List<OutcomeRow> read(Snapshot snapshot, String outcome) {
        return jdbc.sql("""
                        select o.site_code, o.arm_code, p.factors::text, o.cell_values, o.cell_reasons, o.reasons,
                               o.cell_endings, o.cell_exposures::double precision[], coalesce(p.therapy_group, p.therapist),
                               p.time_zero, o.cell_days
                        from warehouse.outcome_series o
                        join warehouse.participant_history p
                          on p.participant_key = o.participant_key
                         and p.snapshot_from <= :snapshot and (p.snapshot_to is null or p.snapshot_to > :snapshot)
                        where o.study_code = :study and o.outcome_code = :outcome
                          and o.snapshot_from <= :snapshot and (o.snapshot_to is null or o.snapshot_to > :snapshot)
                        order by p.content_hash
                        """)
                .param("snapshot", snapshot.id())
                .param("study", snapshot.study().value())
                .param("outcome", outcome)
                .query((row, number) -> outcomeRow(row))
                .list();
    }

    private static OutcomeRow outcomeRow(ResultSet row) throws SQLException {
        @Nullable
        String[] reasons = texts(row.getString(5), (String[])
                Objects.requireNonNull(row.getArray(6)).getArray());
        int cells = reasons.length;
        return new OutcomeRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                array(row.getArray(4), new Double[cells]),
                reasons,
                array(row.getArray(7), new Short[cells]),
                array(row.getArray(8), new Double[cells]),
                row.getString(9),
                row.getObject(10, LocalDate.class),
                array(row.getArray(11), new Integer[cells]));
    }

    /** The text that each cell's letter stands for. */
    private static @Nullable String[] texts(String letters, String[] texts) {
        @Nullable String[] cells = new String[letters.length()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Letters.read(letters.charAt(i), texts);
        }
        return cells;
    }

    /** An array's elements; as many nulls where there is none. */
    @SuppressWarnings("unchecked")
    private static <T> @Nullable T[] array(@Nullable Array array, @Nullable T[] nulls) throws SQLException {
        return array == null ? nulls : (T[]) array.getArray();
    }

    @Override
    public List<Attendance> attendance(Snapshot snapshot) {
        return jdbc.sql("""
                        with person as (
                            select o.participant_key, o.site_code, coalesce(o.arm_code, '') as arm_code, c.interval_code,
                                   bool_or(c.value is not null) as observed,
                                   bool_or(o.reasons[ascii(c.letter) - 96] = 'dead') as dead,
                                   bool_or(o.reasons[ascii(c.letter) - 96] = 'withdrawn') as withdrawn,
                                   bool_and(c.value is null and o.reasons[ascii(c.letter) - 96] in ('not_due', 'not_scheduled'))
                                       as not_due
                            from warehouse.outcome_series o
                            cross join lateral unnest(o.interval_codes, o.cell_values, string_to_array(o.cell_reasons, null))
                                as c (interval_code, value, letter)
                            where o.study_code = :study and o.interval_codes is not null
                              and o.snapshot_from <= :snapshot and (o.snapshot_to is null or o.snapshot_to > :snapshot)
                            group by 1, 2, 3, 4),
                        state as (
                            select site_code, arm_code, interval_code,
                                   case when observed then 'observed' when dead then 'dead'
                                        when withdrawn then 'withdrawn' when not_due then 'not_due'
                                        else 'missing' end as state
                            from person)
                        select coalesce(site_code, :all) as site, coalesce(arm_code, :all) as arm, interval_code,
                               count(*) filter (where state in ('observed', 'missing', 'withdrawn')) as due,
                               count(*) filter (where state = 'observed') as observed,
                               count(*) filter (where state = 'missing') as missing,
                               count(*) filter (where state = 'withdrawn') as withdrawn,
                               count(*) filter (where state = 'dead') as dead,
                               count(*) filter (where state = 'not_due') as not_due
                        from state
                        group by grouping sets (
                            (site_code, arm_code, interval_code), (arm_code, interval_code),
                            (site_code, interval_code), (interval_code))
                        order by 1, 2, 3
                        """)
                .param("study", snapshot.study().value())
                .param("snapshot", snapshot.id())
                .param("all", Attendance.ALL)
                .query((row, number) -> new Attendance(
                        row.getString("site"),
                        row.getString("arm"),
                        row.getString("interval_code"),
                        row.getInt("due"),
                        row.getInt("observed"),
                        row.getInt("missing"),
                        row.getInt("withdrawn"),
                        row.getInt("dead"),
                        row.getInt("not_due")))
                .list();
    }

    @Override
    public List<Harmonization> harmonization(StudyCode study) {
        return jdbc.sql("""
                        select site_code, outcome_code, status, reason, published, converted
                        from warehouse.harmonization where study_code = :study
                        order by site_code, outcome_code
                        """)
                .param("study", study.value())
                .query((row, number) -> new Harmonization(
                        row.getString("site_code"),
                        row.getString("outcome_code"),
                        row.getString("status"),
                        row.getString("reason"),
                        row.getLong("published"),
                        row.getLong("converted")))
                .list();
    }

    @Override
    public List<CareUsed> careUsed(StudyCode study) {
        return jdbc.sql("""
                        select site_code, arm_code, period_code, kind, detail, unit, allocated, recipients,
                               amount_per_recipient, amount_per_year
                        from warehouse.care_by_site where study_code = :study
                        order by source, kind, detail nulls first, period_code, arm_code, site_code
                        """)
                .param("study", study.value())
                .query((row, number) -> new CareUsed(
                        row.getString("site_code"),
                        row.getString("arm_code"),
                        row.getString("period_code"),
                        row.getString("kind"),
                        Objects.requireNonNullElse(row.getString("detail"), ""),
                        row.getString("unit"),
                        row.getInt("allocated"),
                        row.getInt("recipients"),
                        row.getDouble("amount_per_recipient"),
                        row.getObject("amount_per_year", Double.class)))
                .list();
    }
}
