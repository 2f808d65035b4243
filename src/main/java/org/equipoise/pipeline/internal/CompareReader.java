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
import org.equipoise.comparison.Estimate;
import org.equipoise.comparison.Question;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Answers the study's questions: items are the estimates of one question, ready for the database. */
final class CompareReader implements ItemStreamReader<EncodedEstimates> {
    private record Task(Question question, AnalysisSet set) {}

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
        Comparer comparer = new Comparer(plan.study());
        answers = new OrderedBlocks<>(
                "outcomes",
                new Tasks(),
                task -> {
                    List<Estimate> estimates = comparer.compare(task.question(), task.set());
                    return store.encode(computation, estimates);
                },
                workers.pool(),
                workers.ahead());
    }

    /** The questions, outcome by outcome, so that only one outcome's values are held at a time. */
    private final class Tasks implements OrderedBlocks.Source<Task> {
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
                List<Task> tasks = new ArrayList<>();
                plan.about(outcome).forEach(question -> tasks.add(new Task(question, set)));
                waiting = tasks.iterator();
            }
            return waiting.hasNext() ? Optional.of(waiting.next()) : Optional.empty();
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
