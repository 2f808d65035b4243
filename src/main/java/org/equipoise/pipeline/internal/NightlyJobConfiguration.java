package org.equipoise.pipeline.internal;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.equipoise.comparison.ComparisonPlan;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Computation;
import org.equipoise.comparison.ComparisonStore.EncodedEstimates;
import org.equipoise.definition.Looks.Look;
import org.equipoise.harmonize.StagedParticipants;
import org.equipoise.pipeline.FullDisk;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Progress;
import org.equipoise.staging.StagingStore;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Submission;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.EncodedSlice;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/** The nightly job. Reads as the way of the data: receive, stage, weigh, harmonize, publish, compare, report. */
@Configuration(proxyBeanMethods = false)
class NightlyJobConfiguration {
    static final String JOB = "nightly";
    static final String RUN = "run";
    static final String SNAPSHOT_ONLY = "snapshotOnly";

    private static final String SNAPSHOT = "snapshot";
    private static final String SUBMISSION = "submission";
    private static final String LOOKS = "looks";
    private static final String UNCHANGED = "UNCHANGED";

    /** Blocks a transaction: a flush to disk costs as much as some thousand rows. */
    static final int BLOCKS_PER_COMMIT = 12;

    /** Slices of participants are smaller. */
    static final int SLICES_PER_COMMIT = 48;

    private static final int QUESTIONS_PER_COMMIT = 50;

    private final JobRepository jobs;
    private final PlatformTransactionManager transactions;
    private final Installation installation;
    private final NightState state;
    private final RunRegistry runs;
    private final StudyCode study;

    NightlyJobConfiguration(
            JobRepository jobs,
            PlatformTransactionManager transactions,
            Installation installation,
            NightState state,
            RunRegistry runs) {
        this.jobs = jobs;
        this.transactions = transactions;
        this.installation = installation;
        this.state = state;
        this.runs = runs;
        study = installation.bundle().study().code();
    }

    @Bean
    Archive archive() {
        return new Archive(installation.home().archive());
    }

    /** Looks once a night: made anew for each, whatever became of the one before. */
    @Bean
    @StepScope
    Tasklet inboxes(
            Agenda agenda,
            SubmissionLedger ledger,
            StagingStore staging,
            Archive archive,
            Workers workers,
            Clock clock) {
        return new Inboxes(installation, agenda, ledger, staging, archive, state, workers, clock);
    }

    @Bean
    Step receive(Tasklet inboxes) {
        return once("receive", inboxes);
    }

    @Bean
    @StepScope
    ItemStreamReader<StagedItem> stageReader(
            @Value("#{stepExecutionContext['submission']}") long submission,
            SubmissionLedger ledger,
            Archive archive,
            StagingStore staging,
            Erasure erasure,
            Workers workers) {
        Submission itsFile = ledger.get(submission);
        return new StageReader(installation, archive, staging, workers, itsFile, erasure.withdrawnFrom(itsFile));
    }

    @Bean
    @StepScope
    ItemWriter<StagedItem> stageWriter(
            @Value("#{jobParameters['run']}") long run,
            @Value("#{stepExecutionContext['submission']}") long submission,
            SubmissionLedger ledger,
            StagingStore staging) {
        Submission itsFile = ledger.get(submission);
        return new StageWriter(
                runs, run, staging, ledger, itsFile, installation.readingSha256(itsFile), state.progress());
    }

    /** One file: the unit of recovery. */
    @Bean
    Step stageFile(ItemStreamReader<StagedItem> stageReader, ItemWriter<StagedItem> stageWriter) {
        return inBlocks("stageFile", BLOCKS_PER_COMMIT, stageReader, stageWriter);
    }

    /** All files that wait to be read. A file that fails waits for the next night; the others go on. */
    @Bean
    Step stage(Step stageFile, Agenda agenda, SubmissionLedger ledger, Workers workers) {
        Partitioner files = gridSize -> {
            Map<String, ExecutionContext> partitions = new HashMap<>();
            for (Submission submission : agenda.toRead()) {
                ExecutionContext context = new ExecutionContext();
                context.putLong(SUBMISSION, submission.id());
                partitions.put(String.valueOf(submission.id()), context);
                state.received(submission.id());
            }
            state.progress().begin("stage", "rows", -1);
            return partitions;
        };
        return new StepBuilder("stage", jobs)
                .partitioner("stageFile", files)
                .step(stageFile)
                .gridSize(workers.count())
                .taskExecutor(new TaskExecutorAdapter(workers.files()))
                .aggregator((result, executions) -> {
                    state.progress().end();
                    for (StepExecution execution : executions) {
                        if (!execution.getExitStatus().getExitCode().equals(ExitStatus.COMPLETED.getExitCode())) {
                            stopOnFullDisk(execution, installation.home());
                            Submission failed =
                                    ledger.get(execution.getExecutionContext().getLong(SUBMISSION));
                            state.failed(failed.site() + "/" + failed.fileName());
                        }
                    }
                    result.setStatus(org.springframework.batch.core.BatchStatus.COMPLETED);
                    result.setExitStatus(ExitStatus.COMPLETED);
                })
                .build();
    }

    /** A full disk is no fault of a file: the run ends, and the next one reads the file again. */
    private static void stopOnFullDisk(StepExecution execution, Home home) {
        execution.getFailureExceptions().stream()
                .flatMap(failure -> FullDisk.refusal(failure, home).stream())
                .findFirst()
                .ifPresent(full -> {
                    throw full;
                });
    }

    /** Which submissions of each export count, now that all are read. */
    @Bean
    Step weigh(Agenda agenda) {
        return once("weigh", (contribution, context) -> {
            runs.fence(run(context.getStepContext().getStepExecution()));
            agenda.weigh();
            return RepeatStatus.FINISHED;
        });
    }

    /**
     * Takes out of archived copies what files just read say of people who had withdrawn consent. It commits for itself: what
     * it replaces may only go once that is certain.
     */
    @Bean
    Step blank(Erasure erasure) {
        return new StepBuilder("blank", jobs)
                .tasklet(
                        (contribution, context) -> {
                            erasure.blankLaterFiles(run(context.getStepContext().getStepExecution()));
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    /** Whose facts changed, and a snapshot for them; UNCHANGED when nobody's did. */
    @Bean
    Step begin(Agenda agenda, WarehouseStore warehouse) {
        return once("begin", (contribution, context) -> {
            StepExecution step = context.getStepContext().getStepExecution();
            runs.fence(run(step));
            OptionalInt pending = agenda.markPending();
            if (pending.isEmpty()) {
                contribution.setExitStatus(new ExitStatus(UNCHANGED));
                return RepeatStatus.FINISHED;
            }
            state.progress().begin("harmonize", "participants", pending.getAsInt());
            long snapshot = warehouse.begin(run(step), installation.bundle(), installation.programVersion());
            step.getJobExecution().getExecutionContext().putLong(SNAPSHOT, snapshot);
            return RepeatStatus.FINISHED;
        });
    }

    @Bean
    @StepScope
    ItemStreamReader<EncodedSlice> harmonizeReader(
            @Value("#{jobExecutionContext['snapshot']}") long snapshot,
            StagedParticipants staged,
            WarehouseStore warehouse,
            Workers workers) {
        return new HarmonizeReader(installation.bundle(), staged, warehouse, workers, snapshot);
    }

    @Bean
    @StepScope
    ItemWriter<EncodedSlice> harmonizeWriter(@Value("#{jobParameters['run']}") long run, WarehouseStore warehouse) {
        Progress progress = state.progress();
        return slices -> {
            runs.fence(run);
            List<EncodedSlice> written = List.copyOf(slices.getItems());
            warehouse.write(written);
            written.forEach(slice -> progress.advance(slice.participants()));
        };
    }

    @Bean
    Step harmonize(ItemStreamReader<EncodedSlice> harmonizeReader, ItemWriter<EncodedSlice> harmonizeWriter) {
        return inBlocks("harmonize", SLICES_PER_COMMIT, harmonizeReader, harmonizeWriter);
    }

    /** Answers to the sites whose submissions came in or changed their standing. */
    @Bean
    Step answer(Answers answers) {
        return once("answer", (contribution, context) -> {
            answers.write();
            return RepeatStatus.FINISHED;
        });
    }

    @Bean
    Step publish(SubmissionLedger ledger, WarehouseStore warehouse) {
        return once("publish", (contribution, context) -> {
            StepExecution step = context.getStepContext().getStepExecution();
            runs.fence(run(step));
            warehouse.publish(step.getJobExecution().getExecutionContext().getLong(SNAPSHOT), installation.bundle());
            ledger.markClean(ledger.findDirty(study));
            state.progress().end();
            return RepeatStatus.FINISHED;
        });
    }

    /**
     * Whether the current snapshot has been compared already, by these definitions and this program, and no declared look
     * has come due since.
     */
    @Bean
    Step plan(WarehouseStore warehouse, ComparisonStore comparisons, DueLooks looks) {
        return once("plan", (contribution, context) -> {
            StepExecution step = context.getStepContext().getStepExecution();
            boolean snapshotOnly = Boolean.parseBoolean(
                    step.getJobExecution().getJobParameters().getString(SNAPSHOT_ONLY));
            Computation computation = computation(run(step), warehouse);
            List<Look> due = looks.find();
            boolean compared = due.isEmpty()
                    && comparisons
                            .findResult(
                                    computation.snapshotId(),
                                    computation.definitionHash(),
                                    computation.programVersion())
                            .isPresent();
            if (snapshotOnly || compared) {
                contribution.setExitStatus(new ExitStatus(UNCHANGED));
            } else {
                step.getJobExecution()
                        .getExecutionContext()
                        .putString(LOOKS, due.stream().map(Look::name).collect(Collectors.joining(" ")));
                ComparisonPlan plan = ComparisonPlan.of(installation.bundle());
                int asked = due.stream().mapToInt(look -> plan.at(look).size()).sum();
                state.progress().begin("compare", "questions", plan.size() + asked);
            }
            return RepeatStatus.FINISHED;
        });
    }

    private Computation computation(long run, WarehouseStore warehouse) {
        Snapshot snapshot = warehouse.findCurrent(study).orElseThrow();
        return Computation.ofNight(
                run, snapshot.id(), study, installation.bundle().sha256(), installation.programVersion());
    }

    @Bean
    @StepScope
    ItemStreamReader<EncodedEstimates> compareReader(
            @Value("#{jobParameters['run']}") long run,
            @Value("#{jobExecutionContext['looks']}") String due,
            WarehouseStore warehouse,
            ComparisonStore comparisons,
            DueLooks looks,
            Workers workers) {
        return new CompareReader(
                ComparisonPlan.of(installation.bundle()),
                warehouse.findCurrent(study).orElseThrow(),
                computation(run, warehouse),
                warehouse,
                comparisons,
                workers,
                comparisons.looks(study),
                looks.of(due));
    }

    @Bean
    @StepScope
    ItemWriter<EncodedEstimates> compareWriter(
            @Value("#{jobParameters['run']}") long run, ComparisonStore comparisons) {
        Progress progress = state.progress();
        return answers -> {
            runs.fence(run);
            comparisons.write(List.copyOf(answers.getItems()));
            progress.advance(answers.size());
        };
    }

    @Bean
    Step compare(ItemStreamReader<EncodedEstimates> compareReader, ItemWriter<EncodedEstimates> compareWriter) {
        return inBlocks("compare", QUESTIONS_PER_COMMIT, compareReader, compareWriter);
    }

    /** Declares the results complete, and shows them. */
    @Bean
    Step conclude(WarehouseStore warehouse, ComparisonStore comparisons, DueLooks looks, Reports reports) {
        return once("conclude", (contribution, context) -> {
            StepExecution step = context.getStepContext().getStepExecution();
            long run = run(step);
            runs.fence(run);
            comparisons.adjust(installation.bundle().study(), run);
            comparisons.take(
                    computation(run, warehouse),
                    installation.bundle().study(),
                    looks.of(step.getJobExecution().getExecutionContext().getString(LOOKS)));
            comparisons.complete(computation(run, warehouse));
            reports.write(run);
            state.progress().end();
            return RepeatStatus.FINISHED;
        });
    }

    @Bean
    Job nightly(
            Step receive,
            Step stage,
            Step weigh,
            Step blank,
            Step begin,
            Step harmonize,
            Step answer,
            Step publish,
            Step plan,
            Step compare,
            Step conclude) {
        return new JobBuilder(JOB, jobs)
                .start(receive)
                .next(stage)
                .next(weigh)
                .next(blank)
                .next(begin)
                .on(UNCHANGED)
                .to(plan)
                .from(begin)
                .on("*")
                .to(harmonize)
                .next(answer)
                .next(publish)
                .next(plan)
                .on(UNCHANGED)
                .end()
                .from(plan)
                .on("*")
                .to(compare)
                .next(conclude)
                .end()
                .build();
    }

    /** A step that is one transaction, or one a call of a tasklet that says there is more. */
    private Step once(String name, Tasklet work) {
        return new StepBuilder(name, jobs).tasklet(work, transactions).build();
    }

    /** A step whose items are blocks, so many a transaction. */
    private <T> Step inBlocks(String name, int blocks, ItemStreamReader<T> reader, ItemWriter<T> writer) {
        return new StepBuilder(name, jobs)
                .<T, T>chunk(blocks)
                .reader(reader)
                .writer(writer)
                .transactionManager(transactions)
                .build();
    }

    static long run(StepExecution step) {
        return step.getJobExecution().getJobParameters().getLong(RUN, -1L);
    }
}
