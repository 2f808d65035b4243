package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.RepeatedModels.Covariance;
import org.equipoise.definition.RepeatedModels.Model;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.statistics.CovarianceChain;
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
    private final Study study;
    private final LongSupplier nanoseconds;

    /**
     * For the questions of one study.
     *
     * @param nanoseconds a clock for durations
     */
    public RepeatedComparison(Study study, LongSupplier nanoseconds) {
        this.study = study;
        this.nanoseconds = nanoseconds;
    }

    /** Answers one question by every model, in the study's order. */
    public RepeatedAnswer compare(RepeatedQuestion question, AnalysisSet set) {
        RepeatedRows rows =
                new RepeatedRows(study, question, set.over(question, List.of()).sites());
        List<FittedModel> models = new ArrayList<>();
        for (Model model : study.comparisons().repeated().models()) {
            RepeatedSample sample = set.over(question, model.factors());
            ModelTerms terms = new ModelTerms(question, model, sample.observed().sites() > 1);
            Stopwatch watch = new Stopwatch(nanoseconds, nanoseconds.getAsLong());
            if (study.conduct() == Conduct.ONGOING) {
                models.add(withoutModel(terms, rows, null, EstimateRows.WITHHELD, watch));
            } else if (sample.participants().isEmpty()) {
                models.add(withoutModel(terms, rows, new Counts(0, 0), "no_participants", watch));
            } else {
                models.add(answer(terms, sample, set, rows, watch));
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

    private FittedModel answer(
            ModelTerms terms, RepeatedSample sample, AnalysisSet set, RepeatedRows rows, Stopwatch watch) {
        List<String> admitted = CovarianceChain.planned().admitted(sample.measures(), sample.treated());
        for (Question at : terms.question().intervals()) {
            String code = at.place().code();
            Counts counts = sample.at(List.of(code)).counts();
            if (!admitted.contains(code) || admitted.size() == 1) {
                String reason = admitted.contains(code)
                        ? "one_interval"
                        : set.at(at).whyNobody().orElse("too_few_people");
                rows.group(code, terms.method(), terms.variant(), counts, Map.of())
                        .addReason(ModelTerms.CONTRASTS, null, reason);
            }
        }
        if (admitted.size() < 2) {
            return terms.describe(null, admitted.isEmpty() ? "too_few_people" : "one_interval", watch.seconds());
        }
        RepeatedSample enough = sample.at(admitted).observed();
        return terms.model().covariance() == Covariance.RANDOM_INTERCEPT
                ? new RandomInterceptComparison(terms, enough, rows).answer(watch)
                : new MarginalComparison(study, terms, enough, rows).answer(watch);
    }

    /** Measures how long one model takes. */
    record Stopwatch(LongSupplier nanoseconds, long start) {
        double seconds() {
            return (nanoseconds.getAsLong() - start) / 1e9;
        }
    }
}
