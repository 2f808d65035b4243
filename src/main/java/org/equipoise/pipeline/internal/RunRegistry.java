package org.equipoise.pipeline.internal;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.vocabulary.StudyCode;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Runs in {@code batch.run}. */
@Repository
class RunRegistry {
    private final JdbcClient jdbc;
    private final Clock clock;
    private final NightState state;

    RunRegistry(JdbcClient jdbc, Clock clock, NightState state) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.state = state;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    long begin(StudyCode study, String job, String programVersion, String host) {
        return jdbc.sql("""
                        insert into batch.run (study_code, job, program_version, started_at, status, host, pid)
                        values (:study, :job, :version, :now, 'running', :host, :pid)
                        returning run_id
                        """)
                .param("study", study.value())
                .param("job", job)
                .param("version", programVersion)
                .param("now", now())
                .param("host", host)
                .param("pid", ProcessHandle.current().pid())
                .query(Long.class)
                .single();
    }

    /** A run from which another has taken over stays as that one has marked it. */
    void end(long run, String status) {
        jdbc.sql("update batch.run set status = :status, ended_at = :now where run_id = :run and status = 'running'")
                .param("run", run)
                .param("status", status)
                .param("now", now())
                .update();
    }

    /**
     * Marks runs that ended without saying so. Waits for a chunk of theirs that is still being committed;
     * after that, none can be.
     */
    int closeCrashed() {
        return jdbc.sql("update batch.run set status = 'crashed', ended_at = :now where status = 'running'")
                .param("now", now())
                .update();
    }

    /** Runs that failed or were killed since a run last ended well: what they computed does not count. */
    List<Long> findUncompleted() {
        return jdbc.sql("""
                        select run_id from batch.run
                        where run_id > (select coalesce(max(run_id), 0) from batch.run where status = 'completed')
                        order by run_id
                        """).query(Long.class).list();
    }

    /**
     * Checks, inside a chunk's transaction and before anything is written, that the run still has the right to
     * write.
     *
     * @throws RunRefused if a later run has taken over
     * @throws JobInterruptedException if it was asked to stop
     */
    void fence(long run) throws JobInterruptedException {
        state.endIfStopping();
        boolean running = jdbc.sql("select status = 'running' from batch.run where run_id = :run for share")
                .param("run", run)
                .query(Boolean.class)
                .single();
        if (!running) {
            throw new RunRefused(5, "Another run has taken over from this one. Nothing of this chunk was written.");
        }
    }
}
