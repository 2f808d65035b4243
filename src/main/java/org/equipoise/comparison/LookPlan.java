package org.equipoise.comparison;

import java.util.List;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;

/**
 * What a declared look asks, always over all sites.
 *
 * @param questions at the declared intervals and periods
 * @param repeated about the whole follow-up of scores, of which the declared intervals alone are told
 */
public record LookPlan(ComparisonPlan plan, Look look, List<Question> questions, List<RepeatedQuestion> repeated) {
    public LookPlan {
        questions = List.copyOf(questions);
        repeated = List.copyOf(repeated);
    }

    static LookPlan of(ComparisonPlan plan, Look look) {
        return new LookPlan(
                plan,
                look,
                plan.questions().stream()
                        .filter(question -> question.scope().isMain())
                        .filter(question -> look.asks(
                                question.outcome().code(), question.place().code()))
                        .toList(),
                plan.repeated().stream()
                        .filter(question -> question.scope().isMain())
                        .filter(question -> look.find(question.outcome().code()).isPresent())
                        .toList());
    }

    /** The occasion that its answers are given on. */
    public Occasion occasion() {
        return Occasion.at(plan.study(), look);
    }

    /**
     * The rows of an outcome as they would have been had data ended with the cut-off.
     *
     * @param scores the rows of {@link Outcome#baseline}; empty where there is none
     */
    public AnalysisSet set(Outcome outcome, List<OutcomeRow> rows, List<OutcomeRow> scores) {
        CutOff cutOff = new CutOff(plan.study(), look.cutOff());
        return AnalysisSet.of(
                plan.study(),
                outcome,
                cutOff.apply(outcome, rows),
                outcome.baseline()
                        .map(code -> cutOff.apply(plan.study().outcome(code), scores))
                        .orElse(List.of()));
    }

    /** Those about one outcome. */
    public List<Question> about(Outcome outcome) {
        return questions.stream()
                .filter(question -> question.outcome().equals(outcome))
                .toList();
    }

    /** Those about the whole follow-up of one outcome. */
    public List<RepeatedQuestion> aboutFollowUp(Outcome outcome) {
        return repeated.stream()
                .filter(question -> question.outcome().equals(outcome))
                .toList();
    }

    /** What an answer about the whole follow-up says of the declared intervals. */
    public RepeatedAnswer declared(RepeatedAnswer answer) {
        return new RepeatedAnswer(
                answer.estimates().stream()
                        .filter(row -> plan.study().outcomes().stream()
                                .filter(outcome -> outcome.code().value().equals(row.outcome()))
                                .anyMatch(outcome -> look.asks(outcome.code(), String.valueOf(row.interval()))))
                        .toList(),
                answer.models());
    }

    /** How many questions there are. */
    public int size() {
        return questions.size() + repeated.size();
    }
}
