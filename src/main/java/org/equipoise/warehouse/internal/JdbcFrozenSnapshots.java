package org.equipoise.warehouse.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.FrozenSnapshots;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Names in {@code warehouse.frozen}. */
@Repository
class JdbcFrozenSnapshots implements FrozenSnapshots {
    private static final String FROZEN =
            "select name, study_code, snapshot_id, definition_hash, program_version, run_id from warehouse.frozen ";

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcFrozenSnapshots(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<Frozen> find(String name) {
        return jdbc.sql(FROZEN + "where name = :name")
                .param("name", name)
                .query(JdbcFrozenSnapshots::frozen)
                .optional();
    }

    @Override
    public Optional<Frozen> findOf(long snapshot) {
        return jdbc.sql(FROZEN + "where snapshot_id = :snapshot order by frozen_at, name limit 1")
                .param("snapshot", snapshot)
                .query(JdbcFrozenSnapshots::frozen)
                .optional();
    }

    @Override
    public List<Frozen> all(StudyCode study) {
        return jdbc.sql(FROZEN + "where study_code = :study order by frozen_at, name")
                .param("study", study.value())
                .query(JdbcFrozenSnapshots::frozen)
                .list();
    }

    private static Frozen frozen(ResultSet row, int number) throws SQLException {
        return new Frozen(
                row.getString("name"),
                new StudyCode(row.getString("study_code")),
                row.getLong("snapshot_id"),
                row.getString("definition_hash"),
                row.getString("program_version"),
                row.getObject("run_id", Long.class));
    }

    @Override
    public void add(Frozen frozen) {
        jdbc.sql("""
                        insert into warehouse.frozen (
                            name, study_code, snapshot_id, definition_hash, program_version, run_id, frozen_at)
                        values (:name, :study, :snapshot, :definitions, :program, :run, :now)
                        """)
                .param("name", frozen.name())
                .param("study", frozen.study().value())
                .param("snapshot", frozen.snapshotId())
                .param("definitions", frozen.definitionHash())
                .param("program", frozen.programVersion())
                .param("run", frozen.runId())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public SortedMap<String, String> definitions(String hash) {
        SortedMap<String, String> texts = new TreeMap<>();
        jdbc.sql("select kind_and_code, canonical_text from warehouse.definition where definition_hash = :hash")
                .param("hash", hash)
                .query((row, number) -> texts.put(row.getString(1), row.getString(2)))
                .list();
        return texts;
    }
}
