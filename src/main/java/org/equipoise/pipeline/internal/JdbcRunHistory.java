package org.equipoise.pipeline.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunHistory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Earlier nights, from {@code batch.run} and the job repository. */
@Repository
class JdbcRunHistory implements RunHistory {
    private final JdbcClient jdbc;
    private final String study;

    JdbcRunHistory(JdbcClient jdbc, Installation installation) {
        this.jdbc = jdbc;
        study = installation.bundle().study().code().value();
    }

    @Override
    public Optional<LastRun> findLast() {
        return jdbc.sql("""
                        select run_id, status, started_at from batch.run
                        where study_code = :study and job = 'nightly' order by run_id desc limit 1
                        """)
                .param("study", study)
                .query((row, number) -> new LastRun(
                        row.getLong("run_id"),
                        row.getString("status"),
                        row.getTimestamp("started_at").toInstant()))
                .optional();
    }

    @Override
    public Optional<Instant> findLastSuccess() {
        return jdbc.sql("""
                        select ended_at from batch.run
                        where study_code = :study and job = 'nightly' and status = 'completed'
                        order by run_id desc limit 1
                        """)
                .param("study", study)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Override
    public Map<String, Duration> stages(long run) {
        Map<String, Duration> stages = new LinkedHashMap<>();
        jdbc.sql("""
                        select step.step_name, extract(epoch from step.end_time - step.start_time) as seconds
                        from batch.batch_step_execution step
                        join batch.batch_job_execution_params parameter using (job_execution_id)
                        where parameter.parameter_name = 'run' and parameter.parameter_value = :run
                          and step.end_time is not null and step.step_name not like 'stageFile%'
                        order by step.step_execution_id
                        """).param("run", String.valueOf(run)).query(row -> {
            Duration took = Duration.ofMillis(Math.round(row.getDouble("seconds") * 1000));
            stages.put(row.getString("step_name"), took);
        });
        return stages;
    }
}
