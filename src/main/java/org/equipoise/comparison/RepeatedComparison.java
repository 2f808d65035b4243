package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.RepeatedModels.Model;
import org.equipoise.definition.Study;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about a score's whole follow-up by the study's mixed models: a pure function of question and analysis
 * set but for the time it took, for any thread.
 *
 * <p>An interval enters with ten people observed in each arm. The difference at any other interval is a row with its
 * reason: {@code not_scheduled}, or {@code too_few_people}. With one interval alone there is nothing repeated
 * ({@code one_interval}): the analysis of covariance answers.
 */
public final class RepeatedComparison {
    private final Occasion occasion;
    private final Study study;
    private final LongSupplier nanoseconds;

    /**
     * For the questions of one occasion.
     *
     * @param nanoseconds a clock for durations
     */
    public RepeatedComparison(Occasion occasion, LongSupplier nanoseconds) {
        this.occasion = occasion;
        this.study = occasion.study();
        this.nanoseconds = nanoseconds;
    }

    /** Answers one question by every model, in the study's order. */
    public RepeatedAnswer compare(RepeatedQuestion question, AnalysisSet set) {
        RepeatedRows rows = new RepeatedRows(
                occasion, question, set.over(question, List.of()).sites(), set.moderators());
        List<FittedModel> models = new ArrayList<>();
        for (Model model : study.comparisons().repeated().models()) {
            RepeatedSample sample = set.over(question, model.factors());
            ModelTerms terms = new ModelTerms(question, model, sample.observed().sites() > 1);
            Stopwatch watch = new Stopwatch(nanoseconds, nanoseconds.getAsLong());
            if (!occasion.isByArm()) {
                models.add(withoutModel(terms, rows, null, EstimateRows.WITHHELD, watch));
            } else if (sample.participants().isEmpty()) {
                models.add(withoutModel(terms, rows, new Counts(0, 0), "no_participants", watch));
            } else {
                models.add(answer(ModelledIntervals.of(terms, set), rows, watch));
            }
        }
        return new RepeatedAnswer(rows.rows(), models);
    }

    private static FittedModel withoutModel(
            ModelTerms terms, RepeatedRows rows, @Nullable Counts counts, String reason, Stopwatch watch) {
        terms.question()
                .places()
                .forEach(place -> rows.group(place.code(), terms.method(), terms.variant(), counts, Map.of())
                        .addReason(ModelTerms.CONTRASTS, null, reason));
        return terms.describe(null, reason, watch.seconds());
    }

    private FittedModel answer(ModelledIntervals intervals, RepeatedRows rows, Stopwatch watch) {
        ModelTerms terms = intervals.terms();
        for (Question at : terms.question().intervals()) {
            String code = at.place().code();
            intervals
                    .whyNot(at)
                    .ifPresent(reason -> rows.group(
                                    code,
                                    terms.method(),
                                    terms.variant(),
                                    intervals.sample().at(List.of(code)).counts(),
                                    Map.of())
                            .addReason(ModelTerms.CONTRASTS, null, reason));
        }
        if (!intervals.areSeveral()) {
            return terms.describe(
                    null, intervals.admitted().isEmpty() ? "too_few_people" : "one_interval", watch.seconds());
        }
        FittedModel fitted = intervals.fit(occasion).answer(rows, watch);
        if (terms.question().scope().isOverSites() && isMain(terms)) {
            new TwoStages(occasion, intervals.set(), rows).pool(intervals);
        }
        return fitted;
    }

    private boolean isMain(ModelTerms terms) {
        return study.comparisons().repeated().models().indexOf(terms.model()) == 0;
    }

    /** Measures how long one model takes. */
    record Stopwatch(LongSupplier nanoseconds, long start) {
        double seconds() {
            return (nanoseconds.getAsLong() - start) / 1e9;
        }
    }
}
