package org.equipoise.pipeline.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.AnalysisSet;
import org.equipoise.comparison.Comparer;
import org.equipoise.comparison.ComparisonPlan;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Computation;
import org.equipoise.comparison.ComparisonStore.EncodedEstimates;
import org.equipoise.comparison.RepeatedComparison;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Answers the study's questions: items are the estimates of one question, ready for the database. */
final class CompareReader implements ItemStreamReader<EncodedEstimates> {
    /** Something to be computed on any thread. */
    private interface Task {
        EncodedEstimates answer();
    }

    private final ComparisonPlan plan;
    private final Snapshot snapshot;
    private final Computation computation;
    private final WarehouseStore warehouse;
    private final ComparisonStore store;
    private final Workers workers;
    private @Nullable OrderedBlocks<Task, EncodedEstimates> answers;

    CompareReader(
            ComparisonPlan plan,
            Snapshot snapshot,
            Computation computation,
            WarehouseStore warehouse,
            ComparisonStore store,
            Workers workers) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.computation = computation;
        this.warehouse = warehouse;
        this.store = store;
        this.workers = workers;
    }

    @Override
    public void open(ExecutionContext context) {
        answers = new OrderedBlocks<>("outcomes", new Tasks(), Task::answer, workers.pool(), workers.ahead());
    }

    /** The questions, outcome by outcome, so that only one outcome's values are held at a time. */
    private final class Tasks implements OrderedBlocks.Source<Task> {
        private final Comparer comparer = new Comparer(plan.study());
        private final RepeatedComparison repeated = new RepeatedComparison(plan.study(), System::nanoTime);
        private final Iterator<Outcome> outcomes = plan.study().outcomes().iterator();
        private Iterator<Task> waiting = java.util.Collections.emptyIterator();

        @Override
        public Optional<Task> next() {
            while (!waiting.hasNext() && outcomes.hasNext()) {
                Outcome outcome = outcomes.next();
                AnalysisSet set = AnalysisSet.of(
                        plan.study(),
                        outcome,
                        warehouse.read(snapshot, outcome.code().value()));
                waiting = tasks(outcome, set).iterator();
            }
            return waiting.hasNext() ? Optional.of(waiting.next()) : Optional.empty();
        }

        /** The whole follow-up first, since it takes longest. */
        private List<Task> tasks(Outcome outcome, AnalysisSet set) {
            List<Task> tasks = new ArrayList<>();
            plan.aboutFollowUp(outcome)
                    .forEach(question -> tasks.add(() -> store.encode(computation, repeated.compare(question, set))));
            plan.about(outcome)
                    .forEach(question -> tasks.add(() -> store.encode(computation, comparer.compare(question, set))));
            return tasks;
        }

        @Override
        public void close() {
            waiting = java.util.Collections.emptyIterator();
        }
    }

    @Override
    public @Nullable EncodedEstimates read() throws Exception {
        return answers == null ? null : answers.next();
    }

    @Override
    public void close() {
        if (answers != null) {
            answers.close();
            answers = null;
        }
    }
}
