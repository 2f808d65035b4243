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
import org.equipoise.comparison.FixedStructure;
import org.equipoise.comparison.LookPlan;
import org.equipoise.comparison.Occasion;
import org.equipoise.comparison.RepeatedComparison;
import org.equipoise.comparison.SiteModerators;
import org.equipoise.comparison.TakenLook;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
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

    /**
     * One question may take as long as a hundred others, and answers are stored in order: so many wait behind it, for each
     * processor, that no processor does. A few outcomes' values are held for that.
     */
    private static final int QUESTIONS_AHEAD = 32;

    private final ComparisonPlan plan;
    private final Snapshot snapshot;
    private final Computation computation;
    private final WarehouseStore warehouse;
    private final ComparisonStore store;
    private final Workers workers;
    private final List<FixedStructure> fixed;
    private final List<LookPlan> looks;
    private @Nullable OrderedBlocks<Task, EncodedEstimates> answers;

    /**
     * Prepares to answer.
     *
     * @param taken earlier looks, whose covariances are used
     * @param due looks to be taken now
     */
    CompareReader(
            ComparisonPlan plan,
            Snapshot snapshot,
            Computation computation,
            WarehouseStore warehouse,
            ComparisonStore store,
            Workers workers,
            List<TakenLook> taken,
            List<Look> due) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.computation = computation;
        this.warehouse = warehouse;
        this.store = store;
        this.workers = workers;
        this.fixed = taken.stream().flatMap(look -> look.structures().stream()).toList();
        this.looks = due.stream().map(plan::at).toList();
    }

    @Override
    public void open(ExecutionContext context) {
        int ahead = QUESTIONS_AHEAD * workers.count();
        answers = new OrderedBlocks<>("outcomes", new Tasks(), Task::answer, workers.pool(), ahead, ahead);
    }

    /** The questions, outcome by outcome, so that only a few outcomes' values are held at a time. */
    private final class Tasks implements OrderedBlocks.Source<Task> {
        private final Comparer comparer = new Comparer(plan.study());
        private final RepeatedComparison repeated = repeated(Occasion.night(plan.study()));
        private final Iterator<Outcome> outcomes = plan.study().outcomes().iterator();
        private final SiteModerators moderators = SiteModerators.of(plan.study(), this::read);
        private Iterator<Task> waiting = java.util.Collections.emptyIterator();

        @Override
        public Optional<Task> next() {
            while (!waiting.hasNext() && outcomes.hasNext()) {
                Outcome outcome = outcomes.next();
                waiting = tasks(
                                outcome,
                                rows(outcome.code()),
                                outcome.baseline().map(this::rows).orElse(List.of()))
                        .iterator();
            }
            return waiting.hasNext() ? Optional.of(waiting.next()) : Optional.empty();
        }

        private AnalysisSet read(Outcome outcome) {
            return AnalysisSet.of(plan.study(), outcome, rows(outcome.code()));
        }

        private List<OutcomeRow> rows(OutcomeCode outcome) {
            return warehouse.read(snapshot, outcome.value());
        }

        /** The whole follow-up first, since it takes longest. */
        private List<Task> tasks(Outcome outcome, List<OutcomeRow> rows, List<OutcomeRow> scores) {
            AnalysisSet set =
                    AnalysisSet.of(plan.study(), outcome, rows, scores).with(moderators);
            List<Task> tasks = new ArrayList<>();
            plan.aboutFollowUp(outcome)
                    .forEach(question -> tasks.add(() -> store.encode(computation, repeated.compare(question, set))));
            plan.about(outcome)
                    .forEach(question -> tasks.add(() -> store.encode(computation, comparer.compare(question, set))));
            plan.aboutOthers(outcome)
                    .forEach(question -> tasks.add(() -> store.encode(computation, comparer.weigh(question, set))));
            looks.stream()
                    .filter(look -> look.look().find(outcome.code()).isPresent())
                    .forEach(look -> tasks.addAll(tasks(look, outcome, look.set(outcome, rows, scores))));
            return tasks;
        }

        private List<Task> tasks(LookPlan look, Outcome outcome, AnalysisSet set) {
            Computation atLook = computation.at(plan.study(), look.look());
            Comparer asLooking = new Comparer(look.occasion());
            RepeatedComparison asLookingBack = repeated(look.occasion());
            List<Task> tasks = new ArrayList<>();
            look.aboutFollowUp(outcome)
                    .forEach(question ->
                            tasks.add(() -> store.encode(atLook, look.declared(asLookingBack.compare(question, set)))));
            look.about(outcome)
                    .forEach(question -> tasks.add(() -> store.encode(atLook, asLooking.compare(question, set))));
            return tasks;
        }

        private RepeatedComparison repeated(Occasion occasion) {
            return new RepeatedComparison(occasion.after(fixed), System::nanoTime);
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
