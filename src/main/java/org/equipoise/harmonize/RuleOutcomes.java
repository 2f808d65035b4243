package org.equipoise.harmonize;

import java.util.List;
import java.util.Objects;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;

/**
 * Outcomes that are a rule over a score: remission, response, deterioration. The rule is asked wherever there is a score.
 * The dead have none of the outcomes that are good to have: they are never remitted.
 */
final class RuleOutcomes {
    private static final String NO_BASELINE = "no_baseline";
    private static final int BASELINE = 0;

    private RuleOutcomes() {}

    /**
     * The rule's cells.
     *
     * @param scores cells of the outcome it is about, by the study's intervals
     */
    static List<Cell> cells(Study study, Outcome outcome, OfRule rule, List<Cell> scores) {
        boolean lowerIsBetter = study.outcome(rule.outcome()).direction() == Direction.LOWER_IS_BETTER;
        return scores.stream()
                .map(score -> cell(outcome, rule, lowerIsBetter, scores.get(BASELINE), score))
                .toList();
    }

    private static Cell cell(Outcome outcome, OfRule rule, boolean lowerIsBetter, Cell baseline, Cell score) {
        if (score.value() == null) {
            boolean neverRemitted = "dead".equals(score.reason()) && outcome.direction() == Direction.HIGHER_IS_BETTER;
            return neverRemitted ? Cell.ruled(false, null, -1) : Cell.missing(Objects.requireNonNull(score.reason()));
        }
        if (rule.test().needsBaseline() && baseline.value() == null) {
            return Cell.missing(NO_BASELINE);
        }
        double value = score.value();
        double gain = baseline.value() == null ? 0 : (value - baseline.value()) * (lowerIsBetter ? -1 : 1);
        boolean holds = switch (rule.test()) {
            case ABOVE -> value > rule.limit();
            case BELOW -> value < rule.limit();
            case IMPROVED_BY -> gain > rule.limit();
            case WORSENED_BY -> -gain > rule.limit();
        };
        return Cell.ruled(holds, score.day(), score.assessment());
    }
}
