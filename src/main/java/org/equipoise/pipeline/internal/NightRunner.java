package org.equipoise.pipeline.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.pipeline.FullDisk;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Night;
import org.equipoise.pipeline.NightSummary;
import org.equipoise.pipeline.Progress;
import org.equipoise.pipeline.RunHistory;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.pipeline.RunStopped;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs the nightly job under the lock, after putting right what a killed run has left. */
@Component
class NightRunner implements Night {
    private final Installation installation;
    private final DatabaseAddress database;
    private final Job nightly;
    private final JobOperator operator;
    private final JobRepository jobs;
    private final TransactionTemplate transaction;
    private final RunRegistry runs;
    private final RunHistory history;
    private final SubmissionLedger ledger;
    private final WarehouseStore warehouse;
    private final ComparisonStore comparisons;
    private final DueLooks looks;
    private final NightState state;
    private final Reports reports;
    private final Erasure erasure;

    NightRunner(
            Installation installation,
            DatabaseAddress database,
            Job nightly,
            JobOperator operator,
            JobRepository jobs,
            PlatformTransactionManager transactions,
            RunRegistry runs,
            RunHistory history,
            SubmissionLedger ledger,
            WarehouseStore warehouse,
            ComparisonStore comparisons,
            DueLooks looks,
            NightState state,
            Reports reports,
            Erasure erasure) {
        this.installation = installation;
        this.database = database;
        this.nightly = nightly;
        this.operator = operator;
        this.jobs = jobs;
        this.transaction = new TransactionTemplate(transactions);
        this.runs = runs;
        this.history = history;
        this.ledger = ledger;
        this.warehouse = warehouse;
        this.comparisons = comparisons;
        this.looks = looks;
        this.state = state;
        this.reports = reports;
        this.erasure = erasure;
    }

    @Override
    public int recover() {
        try (RunLock lock = RunLock.take(database)) {
            return recover(lock);
        }
    }

    /** Only whoever holds the lock may call a running run crashed. */
    int recover(RunLock held) {
        Objects.requireNonNull(held);
        int crashed = Objects.requireNonNull(transaction.execute(status -> {
            int closed = runs.closeCrashed();
            warehouse.discardUnpublished();
            runs.findUncompleted().forEach(comparisons::discard);
            return closed;
        }));
        jobs.findRunningJobExecutions(nightly.getName()).forEach(operator::recover);
        erasure.finish(held);
        return crashed;
    }

    @Override
    public NightSummary run(boolean snapshotOnly, Progress progress) {
        try (RunLock lock = RunLock.take(database)) {
            return run(lock, snapshotOnly, progress);
        }
    }

    @Override
    public Optional<NightSummary> runIfDue(Instant due, Progress progress) {
        try (RunLock lock = RunLock.take(database)) {
            boolean done =
                    history.findLastSuccess().filter(end -> !end.isBefore(due)).isPresent();
            return done ? Optional.empty() : Optional.of(run(lock, false, progress));
        }
    }

    private NightSummary run(RunLock held, boolean snapshotOnly, Progress progress) {
        try {
            return tryTo(held, snapshotOnly, progress);
        } catch (RuntimeException e) {
            throw FullDisk.refusal(e, installation.home())
                    .<RuntimeException>map(full -> full)
                    .orElse(e);
        }
    }

    private NightSummary tryTo(RunLock held, boolean snapshotOnly, Progress progress) {
        recover(held);
        looks.check();
        StudyCode study = installation.bundle().study().code();
        long before = warehouse.findCurrent(study).map(Snapshot::id).orElse(0L);
        long run = runs.begin(study, nightly.getName(), installation.programVersion(), host());
        state.begin(progress);
        boolean completed = false;
        try {
            completed = start(run, snapshotOnly);
        } finally {
            runs.end(run, completed ? "completed" : state.isStopping() ? "stopped" : "failed");
        }
        if (!completed) {
            throw new RunStopped();
        }
        return summary(run, before, study);
    }

    @Override
    public void stop() {
        state.stop();
    }

    /** Whether it ran to its end; if not, it has been stopped. */
    private boolean start(long run, boolean snapshotOnly) {
        try {
            JobExecution execution = operator.start(
                    nightly,
                    new JobParametersBuilder()
                            .addLong(NightlyJobConfiguration.RUN, run)
                            .addString(NightlyJobConfiguration.SNAPSHOT_ONLY, String.valueOf(snapshotOnly), false)
                            .toJobParameters());
            refusal(execution).ifPresent(refused -> {
                throw refused;
            });
            boolean completed = execution.getStatus() == BatchStatus.COMPLETED;
            if (!completed && !state.isStopping()) {
                throw new IllegalStateException(
                        "The run did not end well; the log says why: "
                                + installation.home().log(),
                        execution.getAllFailureExceptions().stream().findFirst().orElse(null));
            }
            return completed;
        } catch (JobExecutionException e) {
            throw new IllegalStateException("The job could not be started", e);
        }
    }

    /** A fence that a chunk met, however Spring Batch has wrapped it. */
    private static Optional<RunRefused> refusal(JobExecution execution) {
        return execution.getAllFailureExceptions().stream()
                .map(NestedExceptionUtils::getMostSpecificCause)
                .filter(RunRefused.class::isInstance)
                .map(RunRefused.class::cast)
                .findFirst();
    }

    private NightSummary summary(long run, long before, StudyCode study) {
        Snapshot snapshot = warehouse.findCurrent(study).orElseThrow();
        return new NightSummary(
                run,
                snapshot.id(),
                snapshot.contentHash(),
                snapshot.participants(),
                snapshot.id() == before ? 0 : snapshot.changed(),
                state.received(),
                ledger.findAll(study),
                state.problems(),
                state.failed(),
                reports.headline(),
                reports.findCurrent());
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
