package org.equipoise.comparison;

import java.util.List;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.AdjustedModel;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Endpoint;

/**
 * Answers questions: a pure function of question and analysis set, for any thread. The same input gives the same rows,
 * bit for bit, in the same order.
 */
public final class Comparer {
    private final Study study;

    /** For the questions of one study. */
    public Comparer(Study study) {
        this.study = study;
    }

    /**
     * Answers one question.
     *
     * <p>A question without an answer has one row with the reason: {@code withheld_until_look} while the study is
     * running, {@code no_participants} where nobody has been allocated, {@code not_scheduled} where nobody is to be
     * seen.
     */
    public List<Estimate> compare(Question question, AnalysisSet set) {
        Sample sample = set.at(question);
        EstimateRows rows = new EstimateRows(question, study.conduct() == Conduct.OBSERVATIONAL, sample.sites());
        if (study.conduct() == Conduct.ONGOING) {
            rows.addReason(null, EstimateRows.WITHHELD);
        } else if (sample.isEmpty()) {
            rows.addReason(new Counts(0, 0), "no_participants");
        } else if (!sample.isScheduled()) {
            rows.addReason(new Counts(0, 0), "not_scheduled");
        } else {
            answer(question, sample, rows);
        }
        return rows.rows();
    }

    private void answer(Question question, Sample sample, EstimateRows rows) {
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
    }
}
