package org.equipoise.comparison.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.Estimate;
import org.equipoise.comparison.Families;
import org.equipoise.comparison.FixedStructure;
import org.equipoise.comparison.Main;
import org.equipoise.comparison.RepeatedAnswer;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.comparison.TakenLook;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.CopyTarget;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Study;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Estimates in PostgreSQL, written by binary COPY. */
@Repository
class JdbcComparisonStore implements ComparisonStore {
    private static final String RESULT =
            "select run_id, snapshot_id, study_code, definition_hash, program_version, estimates"
                    + " from comparison.result ";

    private static final String RELEASES = "select release_id, snapshot_id, kind, sha256 from comparison.release ";

    private static final List<String> COLUMNS = List.of(
            "run_id",
            "snapshot_id",
            "study_code",
            "definition_hash",
            "outcome_code",
            "interval_code",
            "period_code",
            "site_code",
            "arm_code",
            "population",
            "tier",
            "method",
            "variant",
            "quantity",
            "at_value",
            "variable",
            "estimate",
            "std_error",
            "df",
            "statistic",
            "p_value",
            "ci_low",
            "ci_high",
            "ci_level",
            "n_treatment",
            "n_control",
            "options",
            "reason",
            "look_code",
            "closed");

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcComparisonStore(JdbcTemplate template, JdbcClient jdbc, Clock clock) {
        this.template = template;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Encoded(BinaryCopy estimates, BinaryCopy models) implements EncodedEstimates {
        @Override
        public long rows() {
            return estimates.rows();
        }
    }

    @Override
    public Optional<Result> findResult(long snapshotId, String definitionHash, String programVersion) {
        return jdbc.sql(RESULT + """
                        where snapshot_id = :snapshot and definition_hash = :definitions and program_version = :program
                          and not retrospective
                        order by run_id desc limit 1
                        """)
                .param("snapshot", snapshotId)
                .param("definitions", definitionHash)
                .param("program", programVersion)
                .query(JdbcComparisonStore::result)
                .optional();
    }

    @Override
    public List<Released> findReleases(List<Long> snapshots) {
        return jdbc.sql(RELEASES + " where snapshot_id = any(:snapshots) order by release_id")
                .param("snapshots", snapshots.toArray(Long[]::new))
                .query(JdbcComparisonStore::released)
                .list();
    }

    private static Released released(ResultSet row, int number) throws SQLException {
        return new Released(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4));
    }

    @Override
    public void redactReleases(List<Long> snapshots) {
        jdbc.sql("update comparison.release set status = 'redacted' where snapshot_id = any(:snapshots)")
                .param("snapshots", snapshots.toArray(Long[]::new))
                .update();
    }

    @Override
    public List<Released> findRedacted() {
        return jdbc.sql(RELEASES + " where status = 'redacted' order by release_id")
                .query(JdbcComparisonStore::released)
                .list();
    }

    @Override
    public long release(long snapshot, String kind, String requestedBy, String sha256) {
        return jdbc.sql("""
                        insert into comparison.release (snapshot_id, kind, created_at, requested_by, sha256, status)
                        values (:snapshot, :kind, :now, :by, :sha256, 'released')
                        returning release_id
                        """)
                .param("snapshot", snapshot)
                .param("kind", kind)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", requestedBy)
                .param("sha256", sha256)
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<Result> findCurrent(StudyCode study) {
        return jdbc.sql(RESULT + """
                        where study_code = :study and not retrospective
                        order by run_id desc limit 1
                        """)
                .param("study", study.value())
                .query(JdbcComparisonStore::result)
                .optional();
    }

    @Override
    public Optional<Result> find(long runId) {
        return jdbc.sql(RESULT + """
                        where run_id = :run
                        """)
                .param("run", runId)
                .query(JdbcComparisonStore::result)
                .optional();
    }

    @Override
    public Optional<Result> findLatestOf(long snapshotId, String definitionHash) {
        return jdbc.sql(RESULT + """
                        where snapshot_id = :snapshot and definition_hash = :definitions and not retrospective
                        order by run_id desc limit 1
                        """)
                .param("snapshot", snapshotId)
                .param("definitions", definitionHash)
                .query(JdbcComparisonStore::result)
                .optional();
    }

    @Override
    public Optional<Result> findLatestOf(long snapshotId) {
        return jdbc.sql(RESULT + """
                        where snapshot_id = :snapshot
                        order by run_id desc limit 1
                        """)
                .param("snapshot", snapshotId)
                .query(JdbcComparisonStore::result)
                .optional();
    }

    /** The text of a number tells it to its last bit. */
    @Override
    public List<Difference> differences(long runId, long earlier) {
        return jdbc.sql("""
                        with told as (
                            select run_id, outcome_code, coalesce(interval_code, period_code) as place,
                                   row(interval_code, period_code, site_code, arm_code, population, method, variant, quantity,
                                       at_value, variable, stratum, look_code)::text as question,
                                   row(tier, estimate, std_error, df, statistic, p_value, p_adjusted, ci_low, ci_high, ci_level,
                                       n_treatment, n_control, options, reason)::text as answer
                            from comparison.estimate where run_id in (:run, :earlier)),
                        now as (select * from told where run_id = :run),
                        before as (select * from told where run_id = :earlier)
                        select outcome_code, place, count(now.answer) as estimates,
                               count(*) filter (where before.answer is null) as appeared,
                               count(*) filter (where now.answer <> before.answer) as changed,
                               count(*) filter (where now.answer is null) as vanished
                        from now full join before using (outcome_code, place, question)
                        group by outcome_code, place
                        order by outcome_code, place
                        """)
                .param("run", runId)
                .param("earlier", earlier)
                .query((row, number) -> new Difference(
                        row.getString("outcome_code"),
                        row.getString("place"),
                        row.getLong("estimates"),
                        row.getLong("appeared"),
                        row.getLong("changed"),
                        row.getLong("vanished")))
                .list();
    }

    private static Result result(ResultSet row, int number) throws SQLException {
        return new Result(
                row.getLong(1),
                row.getLong(2),
                new StudyCode(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getLong(6));
    }

    @Override
    public EncodedEstimates encode(Computation computation, List<Estimate> estimates) {
        return encode(computation, new RepeatedAnswer(estimates, List.of()));
    }

    @Override
    public EncodedEstimates encode(Computation computation, RepeatedAnswer answer) {
        return new Encoded(estimates(computation, answer.estimates()), EncodedModels.of(computation, answer.models()));
    }

    private static BinaryCopy estimates(Computation computation, List<Estimate> estimates) {
        BinaryCopy copy = new BinaryCopy(COLUMNS.size());
        for (Estimate estimate : estimates) {
            copy.startRow()
                    .int8(computation.runId())
                    .int8(computation.snapshotId())
                    .text(computation.study().value())
                    .text(computation.definitionHash())
                    .text(estimate.outcome())
                    .text(estimate.interval())
                    .text(estimate.period())
                    .text(estimate.site())
                    .text(estimate.arm())
                    .text(estimate.population())
                    .text(estimate.tier())
                    .text(estimate.method())
                    .text(estimate.variant())
                    .text(estimate.quantity());
            number(copy, estimate.at());
            copy.text(estimate.variable());
            number(copy, estimate.estimate());
            number(copy, estimate.standardError());
            number(copy, estimate.df());
            number(copy, estimate.statistic());
            number(copy, estimate.p());
            number(copy, estimate.low());
            number(copy, estimate.high());
            number(copy, estimate.level());
            count(copy, estimate.nTreatment());
            count(copy, estimate.nControl());
            copy.jsonb(estimate.options())
                    .text(estimate.reason())
                    .text(computation.look())
                    .bool(computation.closed());
        }
        return copy;
    }

    static void number(BinaryCopy copy, @Nullable Double value) {
        if (value == null) {
            copy.nullField();
        } else {
            copy.float8(value);
        }
    }

    static void count(BinaryCopy copy, @Nullable Integer value) {
        if (value == null) {
            copy.nullField();
        } else {
            copy.int4(value);
        }
    }

    @Override
    public void write(List<EncodedEstimates> estimates) {
        List<Encoded> encoded = estimates.stream().map(Encoded.class::cast).toList();
        write(
                "comparison.estimate",
                COLUMNS,
                encoded.stream().map(Encoded::estimates).toList());
        write(
                EncodedModels.TABLE,
                EncodedModels.COLUMNS,
                encoded.stream().map(Encoded::models).toList());
    }

    private void write(String table, List<String> columns, List<BinaryCopy> parts) {
        if (parts.stream().anyMatch(rows -> rows.rows() > 0)) {
            template.execute((ConnectionCallback<Long>) connection -> {
                try (CopyTarget target = CopyTarget.open(connection, table, columns)) {
                    for (BinaryCopy rows : parts) {
                        target.write(rows);
                    }
                    return target.finish();
                }
            });
        }
    }

    @Override
    public void adjust(Study study, long runId) {
        Map<Families.Key, Double> p = new HashMap<>();
        jdbc.sql("""
                        select outcome_code, coalesce(interval_code, period_code), method, variant, quantity, p_value
                        from comparison.estimate
                        where run_id = :run and look_code is null and site_code = :site and p_value is not null
                          and arm_code is null and at_value is null and variable is null
                        """)
                .param("run", runId)
                .param("site", Scope.OVER_SITES)
                .query((row, number) -> p.put(
                        new Families.Key(
                                row.getString(1),
                                row.getString(2),
                                new Main(row.getString(3), row.getString(4), row.getString(5))),
                        row.getDouble(6)))
                .list();
        template.batchUpdate(
                """
                update comparison.estimate set p_adjusted = ?
                where run_id = ? and look_code is null and site_code = ? and outcome_code = ? and coalesce(interval_code, period_code) = ?
                  and method = ? and variant = ? and quantity = ? and p_value is not null
                """,
                Families.adjust(study, p).stream()
                        .map(adjusted -> new Object[] {
                            adjusted.p(),
                            runId,
                            Scope.OVER_SITES,
                            adjusted.key().outcome(),
                            adjusted.key().place(),
                            adjusted.key().main().method(),
                            adjusted.key().main().variant(),
                            adjusted.key().main().quantity()
                        })
                        .toList());
    }

    @Override
    public List<TakenLook> looks(StudyCode study) {
        List<FixedStructure> fixed = jdbc.sql("""
                        select l.look_code, s.outcome, s.variant, s.structure
                        from comparison.look l
                        cross join lateral jsonb_to_recordset(l.structures) as s (outcome text, variant text, structure text)
                        where l.study_code = :study
                        order by l.cut_off, s.outcome, s.variant
                        """)
                .param("study", study.value())
                .query((row, number) ->
                        new FixedStructure(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
        return jdbc.sql("""
                        select look_code, run_id, (taken_at at time zone 'UTC')::date, declaration
                        from comparison.look where study_code = :study order by cut_off, look_code
                        """)
                .param("study", study.value())
                .query((row, number) -> taken(row, fixed))
                .list();
    }

    private static TakenLook taken(ResultSet row, List<FixedStructure> fixed) throws SQLException {
        String name = row.getString(1);
        return new TakenLook(
                name,
                row.getLong(2),
                row.getObject(3, LocalDate.class),
                row.getString(4),
                fixed.stream().filter(one -> one.look().equals(name)).toList());
    }

    @Override
    public void take(Computation computation, Study study, List<Look> looks) {
        for (Look look : looks) {
            jdbc.sql("""
                            insert into comparison.look (
                                study_code, look_code, cut_off, declaration, run_id, snapshot_id, definition_hash, taken_at,
                                structures)
                            values (:study, :look, :cutOff, :declaration, :run, :snapshot, :definitions, :now,
                                (select coalesce(jsonb_agg(jsonb_build_object(
                                            'outcome', outcome_code, 'variant', variant, 'structure', structure)
                                            order by outcome_code, variant), '[]')
                                 from comparison.model
                                 where run_id = :run and look_code = :look and structure is not null))
                            """)
                    .param("study", study.code().value())
                    .param("look", look.name())
                    .param("cutOff", look.cutOff())
                    .param("declaration", study.comparisons().looks().declaration(look))
                    .param("run", computation.runId())
                    .param("snapshot", computation.snapshotId())
                    .param("definitions", computation.definitionHash())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    @Override
    public Result complete(Computation computation) {
        return jdbc.sql("""
                        insert into comparison.result (
                            run_id, snapshot_id, study_code, definition_hash, program_version, estimates, computed_at,
                            retrospective)
                        values (:run, :snapshot, :study, :definitions, :program,
                            (select count(*) from comparison.estimate where run_id = :run), :now, :retrospective)
                        returning run_id, snapshot_id, study_code, definition_hash, program_version, estimates
                        """)
                .param("run", computation.runId())
                .param("snapshot", computation.snapshotId())
                .param("study", computation.study().value())
                .param("definitions", computation.definitionHash())
                .param("program", computation.programVersion())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("retrospective", computation.retrospective())
                .query(JdbcComparisonStore::result)
                .single();
    }

    @Override
    public void discard(long runId) {
        jdbc.sql("delete from comparison.result where run_id = :run")
                .param("run", runId)
                .update();
        jdbc.sql("delete from comparison.estimate where run_id = :run")
                .param("run", runId)
                .update();
        jdbc.sql("delete from comparison.look where run_id = :run")
                .param("run", runId)
                .update();
        jdbc.sql("delete from comparison.model where run_id = :run")
                .param("run", runId)
                .update();
    }

    @Override
    public List<StoredEstimate> read(Result result, Collection<String> quantities) {
        return read(result, quantities, "%");
    }

    @Override
    public List<StoredEstimate> readOverSites(Result result, Collection<String> quantities) {
        return read(result, quantities, Scope.OVER_SITES);
    }

    private List<StoredEstimate> read(Result result, Collection<String> quantities, String sites) {
        return jdbc.sql("""
                        select outcome_code, coalesce(interval_code, period_code, '') as asked_when, site_code,
                               coalesce(arm_code, '') as arm, method, variant, quantity, at_value,
                               coalesce(variable, '') as variable, estimate, ci_low, ci_high, p_value, p_adjusted,
                               n_treatment, n_control, options::text as options, reason
                        from comparison.estimate
                        where run_id = :run and look_code is null and method || '/' || quantity = any (:quantities)
                          and site_code like :sites
                        """)
                .param("run", result.runId())
                .param("quantities", quantities.toArray(String[]::new))
                .param("sites", sites)
                .query((row, number) -> stored(row))
                .list();
    }

    private static StoredEstimate stored(ResultSet row) throws SQLException {
        return new StoredEstimate(
                row.getString("outcome_code"),
                row.getString("asked_when"),
                row.getString("site_code"),
                row.getString("arm"),
                row.getString("method"),
                row.getString("variant"),
                row.getString("quantity"),
                row.getObject("at_value", Double.class),
                row.getString("variable"),
                row.getObject("estimate", Double.class),
                row.getObject("ci_low", Double.class),
                row.getObject("ci_high", Double.class),
                row.getObject("p_value", Double.class),
                row.getObject("p_adjusted", Double.class),
                row.getObject("n_treatment", Integer.class),
                row.getObject("n_control", Integer.class),
                row.getString("options"),
                row.getString("reason"));
    }
}
