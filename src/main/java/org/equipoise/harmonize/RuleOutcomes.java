package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.OutcomeSource.ReliableChange;
import org.equipoise.definition.OutcomeSource.Threshold;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Period;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.vocabulary.PeriodCode;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes that are a rule over another: remission, recovery, response, deterioration, a period free of crises. The rule
 * is asked wherever there is a value. The dead have none of the outcomes that are good to have: they are never remitted,
 * and a period that ends with death is not free of crises, whatever the death was of.
 *
 * <p>Reliable change, with gain = baseline - value where lower is better, else value - baseline: better if the gain is
 * {@linkplain org.equipoise.definition.Instrument.Change#isReached more than error}, worse if its opposite is. Recovered:
 * better, the baseline on the clinical side of the cut-off, the value on the healthy side. The cut-off is the first score
 * on the side of its higher scores, as in the instruments' files.
 */
final class RuleOutcomes {
    private static final String NO_BASELINE = "no_baseline";
    private static final String DEAD = "dead";
    private static final int BASELINE = 0;

    private final Outcome outcome;
    private final OfRule rule;
    private final boolean lowerIsBetter;
    private final List<Period> periods;
    private final List<PeriodCode> known;

    RuleOutcomes(Study study, Outcome outcome, OfRule rule) {
        this.outcome = outcome;
        this.rule = rule;
        Outcome about = study.outcome(rule.outcome());
        lowerIsBetter = about.direction() == Direction.LOWER_IS_BETTER;
        periods = outcome.periods().stream().map(study.followUp()::period).toList();
        known = about.periods();
    }

    /** Of the rule. */
    @Nullable
    String version() {
        return rule.version();
    }

    /**
     * The rule's cells.
     *
     * @param asked cells of the outcome it is about, by the study's intervals or that outcome's periods
     * @param course null where time zero is not known
     */
    List<Cell> cells(List<Cell> asked, @Nullable Course course) {
        if (!outcome.isOverPeriods()) {
            List<Cell> cells = new ArrayList<>(asked.size());
            for (Cell score : asked) {
                cells.add(cell(asked.get(BASELINE), score));
            }
            return cells;
        }
        List<Cell> cells = new ArrayList<>(periods.size());
        for (Period period : periods) {
            cells.add(over(period, asked.get(known.indexOf(period.code())), course));
        }
        return cells;
    }

    private Cell over(Period period, Cell asked, @Nullable Course course) {
        boolean diedBefore =
                course != null && course.died().isPresent() && course.died().get() < course.monthDay(period.toMonth());
        return diedBefore && isGoodToHave() ? Cell.neverOfTheDead(true) : cell(Cell.missing(NO_BASELINE), asked);
    }

    private boolean isGoodToHave() {
        return outcome.direction() == Direction.HIGHER_IS_BETTER;
    }

    private Cell cell(Cell baseline, Cell asked) {
        Double value = asked.value();
        if (value == null) {
            return DEAD.equals(asked.reason()) && isGoodToHave()
                    ? Cell.neverOfTheDead(false)
                    : Cell.missing(Objects.requireNonNull(asked.reason()));
        }
        if (!rule.criterion().needsBaseline()) {
            return asked.ruled(holds((Threshold) rule.criterion(), value, 0));
        }
        Double before = baseline.value();
        if (before == null) {
            return Cell.missing(NO_BASELINE);
        }
        double gain = (value - before) * (lowerIsBetter ? -1 : 1);
        return asked.ruled(
                rule.criterion() instanceof ReliableChange reliable
                        ? holds(reliable, before, value, gain)
                        : holds((Threshold) rule.criterion(), value, gain));
    }

    private static boolean holds(Threshold threshold, double value, double gain) {
        return switch (threshold.test()) {
            case ABOVE -> value > threshold.limit();
            case BELOW -> value < threshold.limit();
            case IMPROVED_BY -> gain > threshold.limit();
            case WORSENED_BY -> -gain > threshold.limit();
        };
    }

    private boolean holds(ReliableChange reliable, double before, double value, double gain) {
        boolean better = reliable.change().isReached(gain);
        boolean worse = reliable.change().isReached(-gain);
        boolean crossed = reliable.cutOff().isPresent()
                && !isHealthy(before, reliable.cutOff().getAsDouble())
                && isHealthy(value, reliable.cutOff().getAsDouble());
        return switch (reliable.category()) {
            case RECOVERED -> better && crossed;
            case IMPROVED -> better && !crossed;
            case UNCHANGED -> !better && !worse;
            case DETERIORATED -> worse;
        };
    }

    private boolean isHealthy(double value, double cutOff) {
        return lowerIsBetter ? value < cutOff : value >= cutOff;
    }
}
