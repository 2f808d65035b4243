package org.equipoise.comparison;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.Sensitivity;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.AdjustedModel;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Weighting;

/**
 * Answers questions: a pure function of question and analysis set, for any thread. The same input gives the same rows,
 * bit for bit, in the same order.
 */
public final class Comparer {
    private final Occasion occasion;
    private final Study study;

    /** For the questions of one study in an ordinary night. */
    public Comparer(Study study) {
        this(Occasion.night(study));
    }

    /** For the questions of one occasion. */
    public Comparer(Occasion occasion) {
        this.occasion = occasion;
        study = occasion.study();
    }

    /**
     * Answers one question.
     *
     * <p>A question without an answer has one row with the reason: {@code no_participants} where nobody has been allocated,
     * {@code not_scheduled} where nobody is to be seen, {@code not_ascertained} where events of the kind are not asked
     * after, {@code detail_not_told} where their causes or classes are not told. While nothing may be told by arm, it has
     * the reason {@code withheld_until_look}, beside what is known of everyone together.
     */
    public List<Estimate> compare(Question question, AnalysisSet set) {
        Sample sample = set.at(question);
        EstimateRows rows = new EstimateRows(occasion, question, sample.sites(), set.moderators());
        if (!occasion.isByArm()) {
            rows.addReason(null, EstimateRows.WITHHELD);
            new PooledArms(question, sample, rows).describe();
        } else if (sample.isEmpty()) {
            rows.addReason(new Counts(0, 0), "no_participants");
        } else if (sample.whyNobody().isPresent()) {
            rows.addReason(new Counts(0, 0), sample.whyNobody().get());
        } else {
            answer(question, sample, rows);
        }
        return rows.rows();
    }

    /**
     * Answers a question about sites that did not allocate at random, as the study's weighting says. Without an answer there
     * is one row with the reason.
     */
    public List<Estimate> weigh(Question question, AnalysisSet set) {
        Weighting weighting = study.comparisons().unrandomised().orElseThrow();
        Sample sample = set.at(question);
        EstimateRows rows = new EstimateRows(occasion, question, sample.sites());
        Optional<String> reason = !occasion.isByArm()
                ? Optional.of(EstimateRows.WITHHELD)
                : sample.isEmpty() ? Optional.of("no_participants") : sample.whyNobody();
        reason.ifPresentOrElse(
                why -> rows.group(WeightedComparison.METHOD, WeightedComparison.variant(weighting), null, Map.of())
                        .addReason(WeightedComparison.effect(question.outcome().type()), null, why),
                () -> new WeightedComparison(study, question, sample, rows).compare());
        return rows.rows();
    }

    private void answer(Question question, Sample sample, EstimateRows rows) {
        if (question.outcome().type() != OutcomeType.CONTINUOUS) {
            missing(sample, rows);
        }
        switch (question.outcome().type()) {
            case CONTINUOUS -> scores(question, sample, rows);
            case BINARY -> {
                BinaryComparison binary = new BinaryComparison(study, question, sample.cases(), rows);
                binary.compare();
                if (question.adjusted()) {
                    binary.adjust();
                }
                sensitivity(question)
                        .ifPresent(
                                asked -> new ImputedRisks(IncompleteFollowUp.of(study, question, sample), asked, rows)
                                        .compare());
            }
            case COUNT -> {
                CountComparison counts = new CountComparison(study, question.scope(), sample.cases(), rows);
                counts.compare();
                counts.adjust();
            }
            case DURATION, COST -> {
                DurationComparison durations = new DurationComparison(study, question, sample.cases(), rows);
                durations.compare(sample);
                durations.adjust();
            }
            case TIME_TO_EVENT -> {
                SurvivalComparison times = new SurvivalComparison(study, question, sample.cases(), rows);
                times.compare();
                times.adjust();
            }
        }
    }

    /** Who of each arm is not in it, and why. */
    private static void missing(Sample sample, EstimateRows rows) {
        for (boolean treated : new boolean[] {true, false}) {
            EstimateRows.Group group = rows.group(
                            "participants", "value", sample.cases().counts(), Map.of())
                    .inArm(treated ? rows.treatment() : rows.control());
            int allocated = sample.allocated(treated);
            int cases = sample.cases().of(treated).participants().size();
            group.add("n", cases);
            group.add("missing", allocated - cases);
            group.add("n_total", allocated);
            sample.missing(treated)
                    .forEach((reason, count) -> group.add("missing_by_reason", reason, Numbers.of(count)));
        }
    }

    private void scores(Question question, Sample sample, EstimateRows rows) {
        TwoArms arms = new TwoArms(study, sample, rows);
        for (Endpoint endpoint : question.endpoints()) {
            arms.describe(endpoint);
            arms.compare(endpoint);
            if (endpoint == Endpoint.CHANGE) {
                arms.changeWithin();
            }
        }
        if (question.adjusted()) {
            AdjustedComparison adjusted = new AdjustedComparison(study, question.scope(), sample, rows);
            for (AdjustedModel model : study.comparisons().ancova()) {
                adjusted.fit(model);
            }
        }
        sensitivity(question)
                .ifPresent(asked -> new ImputedScores(
                                question, IncompleteFollowUp.of(study, question, sample), asked, rows)
                        .compare());
    }

    /** Whether missing values are filled in for the question: at the confirmatory intervals of outcomes asked for. */
    private Optional<Sensitivity> sensitivity(Question question) {
        return question.adjusted()
                        && question.outcome()
                                .confirmatory()
                                .contains(question.place().code())
                ? study.comparisons().findSensitivity(question.outcome().code())
                : Optional.empty();
    }
}
