package org.equipoise.pipeline.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.ComparisonPlan;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Computation;
import org.equipoise.comparison.ComparisonStore.Difference;
import org.equipoise.comparison.ComparisonStore.EncodedEstimates;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.TakenLook;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.pipeline.Compared;
import org.equipoise.pipeline.Comparing;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Progress;
import org.equipoise.vocabulary.Code;
import org.equipoise.warehouse.FrozenSnapshots;
import org.equipoise.warehouse.FrozenSnapshots.Frozen;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares a snapshot in one transaction, under the lock of runs: the readers and rules of the night, so that equal data,
 * definitions and program give equal bits.
 */
@Component
class StoredComparison implements Comparing {
    private static final String JOB = "compare";

    private final Installation installation;
    private final DatabaseAddress database;
    private final TransactionTemplate transaction;
    private final NightRunner nights;
    private final RunRegistry runs;
    private final WarehouseStore warehouse;
    private final Snapshots snapshots;
    private final FrozenSnapshots frozen;
    private final ComparisonStore comparisons;
    private final DueLooks looks;
    private final Reports reports;
    private final Workers workers;

    StoredComparison(
            Installation installation,
            DatabaseAddress database,
            PlatformTransactionManager transactions,
            NightRunner nights,
            RunRegistry runs,
            WarehouseStore warehouse,
            Snapshots snapshots,
            FrozenSnapshots frozen,
            ComparisonStore comparisons,
            DueLooks looks,
            Reports reports,
            Workers workers) {
        this.installation = installation;
        this.database = database;
        transaction = new TransactionTemplate(transactions);
        this.nights = nights;
        this.runs = runs;
        this.warehouse = warehouse;
        this.snapshots = snapshots;
        this.frozen = frozen;
        this.comparisons = comparisons;
        this.looks = looks;
        this.reports = reports;
        this.workers = workers;
    }

    /**
     * What to compare, by what.
     *
     * @param taken earlier looks, whose covariances are used
     * @param due looks that were taken with it
     * @param frozen the name that keeps it, if it is compared by the definitions it was made with
     */
    private record Task(
            Snapshot snapshot,
            DefinitionBundle definitions,
            boolean looksBack,
            List<TakenLook> taken,
            List<Look> due,
            Optional<Frozen> frozen) {}

    @Override
    public Compared compare(@Nullable Long snapshot, boolean dryRun, Progress progress) {
        return compare(() -> task(snapshot), dryRun, progress);
    }

    @Override
    public Compared compareFrozen(String name, boolean dryRun, Progress progress) {
        return compare(
                () -> task(frozen.find(name)
                        .orElseThrow(() -> Snapshots.refused("No snapshot is frozen under the name " + name
                                + ". status lists the names there are."))),
                dryRun,
                progress);
    }

    private Compared compare(Supplier<Task> find, boolean dryRun, Progress progress) {
        try (RunLock lock = RunLock.take(database)) {
            Task task = find.get();
            requireWhatIsAsked(task);
            if (dryRun) {
                return foresee(task, progress);
            }
            nights.recover(lock);
            return run(task, progress);
        }
    }

    private Task task(@Nullable Long wanted) {
        Snapshot snapshot = snapshots.get(wanted);
        Optional<Frozen> kept = wanted == null ? Optional.empty() : frozen.findOf(wanted);
        return kept.map(this::task).orElseGet(() -> {
            looks.check();
            return new Task(
                    snapshot,
                    installation.bundle(),
                    snapshot.id() != snapshots.latest().id(),
                    comparisons.looks(snapshot.study()),
                    List.of(),
                    Optional.empty());
        });
    }

    /** As it was then: no later look has fixed anything, and looks that its night took are asked again. */
    private Task task(Frozen kept) {
        Snapshot snapshot = snapshots.get(kept.snapshotId());
        DefinitionBundle definitions = snapshots.definitions(kept.definitionHash());
        long run = Objects.requireNonNullElse(kept.runId(), snapshot.runId());
        List<TakenLook> taken = comparisons.looks(snapshot.study());
        List<Look> due = definitions.study().comparisons().looks().planned().stream()
                .filter(look -> taken.stream()
                        .anyMatch(one -> one.runId() == run && one.name().equals(look.name())))
                .toList();
        return new Task(
                snapshot,
                definitions,
                true,
                taken.stream().filter(look -> look.runId() < run).toList(),
                due,
                Optional.of(kept));
    }

    /** The cells of a snapshot are those of the definitions it was made with; others cannot be had from it. */
    private void requireWhatIsAsked(Task task) {
        Study study = task.definitions().study();
        Map<String, List<String>> held = warehouse.places(task.snapshot());
        String lacking = study.outcomes().stream()
                .filter(outcome ->
                        !places(study, outcome).equals(held.get(outcome.code().value())))
                .map(outcome -> outcome.code().value())
                .collect(Collectors.joining(", "));
        if (!lacking.isEmpty()) {
            throw Snapshots.refused("Snapshot " + task.snapshot().id()
                    + " was made when these outcomes were not defined, or over other intervals or periods: " + lacking
                    + ". They cannot be compared from it. Nothing was changed.");
        }
    }

    private static List<String> places(Study study, Outcome outcome) {
        return (outcome.isOverPeriods()
                        ? outcome.periods().stream().map(Code::value)
                        : study.intervals().stream()
                                .map(interval -> interval.code().value()))
                .toList();
    }

    private Compared foresee(Task task, Progress progress) {
        return Objects.requireNonNull(transaction.execute(undone -> {
            undone.setRollbackOnly();
            return compute(begin(), task, true, progress);
        }));
    }

    /** The run is seen by others from its beginning, its estimates once they are complete. */
    private Compared run(Task task, Progress progress) {
        long run = Objects.requireNonNull(transaction.execute(status -> begin()));
        boolean completed = false;
        try {
            Compared compared =
                    Objects.requireNonNull(transaction.execute(status -> compute(run, task, false, progress)));
            completed = true;
            return compared;
        } finally {
            runs.end(run, completed ? "completed" : "failed");
        }
    }

    private long begin() {
        return runs.begin(installation.bundle().study().code(), JOB, installation.programVersion(), NightRunner.host());
    }

    private Compared compute(long run, Task task, boolean dryRun, Progress progress) {
        Computation computation = computation(run, task);
        Optional<Result> earlier = earlier(task);
        answer(task, computation, progress);
        comparisons.adjust(task.definitions().study(), run);
        Result result = comparisons.complete(computation);
        if (!dryRun) {
            warehouse.keep(task.definitions());
            if (!task.looksBack()) {
                reports.write(run);
            }
        }
        return new Compared(
                dryRun,
                result,
                task.snapshot().contentHash(),
                task.snapshot().participants(),
                task.snapshot().redacted(),
                !task.looksBack(),
                earlier,
                task.frozen().map(StoredFreezing::pinned),
                inOrder(
                        comparisons.differences(run, earlier.map(Result::runId).orElse(0L)),
                        task.definitions().study()));
    }

    /** Outcomes, intervals and periods as the study names them; what it names no more comes last. */
    private static List<Difference> inOrder(List<Difference> differences, Study study) {
        List<String> outcomes =
                study.outcomes().stream().map(outcome -> outcome.code().value()).toList();
        List<String> places = Stream.concat(
                        study.intervals().stream()
                                .map(interval -> interval.code().value()),
                        study.followUp().periods().stream()
                                .map(period -> period.code().value()))
                .toList();
        return differences.stream()
                .sorted(Comparator.<Difference>comparingInt(difference -> rank(outcomes, difference.outcome()))
                        .thenComparingInt(difference -> rank(places, difference.place())))
                .toList();
    }

    private static int rank(List<String> codes, String code) {
        int place = codes.indexOf(code);
        return place < 0 ? codes.size() : place;
    }

    /** What a frozen snapshot was found to be, or else the last that was found of it. */
    private Optional<Result> earlier(Task task) {
        return task.frozen()
                .map(Frozen::runId)
                .flatMap(comparisons::find)
                .or(() -> comparisons.findLatestOf(task.snapshot().id()));
    }

    private Computation computation(long run, Task task) {
        Computation computation = Computation.ofNight(
                run,
                task.snapshot().id(),
                task.snapshot().study(),
                task.definitions().sha256(),
                installation.programVersion());
        return task.looksBack() ? computation.lookingBack() : computation;
    }

    private void answer(Task task, Computation computation, Progress progress) {
        ComparisonPlan plan = ComparisonPlan.of(task.definitions());
        CompareReader reader = new CompareReader(
                plan, task.snapshot(), computation, warehouse, comparisons, workers, task.taken(), task.due());
        int asked = task.due().stream().mapToInt(look -> plan.at(look).size()).sum();
        progress.begin("compare", "questions", plan.size() + asked);
        reader.open(new ExecutionContext());
        try {
            for (EncodedEstimates one = reader.read(); one != null; one = reader.read()) {
                comparisons.write(List.of(one));
                progress.advance(1);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The comparison did not come to its end", e);
        } finally {
            reader.close();
            progress.end();
        }
    }
}
