package org.equipoise.comparison;

import java.util.List;
import java.util.Optional;
import org.equipoise.definition.RepeatedModels.Covariance;
import org.equipoise.statistics.CovarianceChain;

/**
 * The intervals of a model of the whole follow-up: those with ten people observed in each arm. One alone is left to the
 * analysis of covariance.
 *
 * @param sample everyone asked about
 * @param admitted intervals with enough people
 */
record ModelledIntervals(ModelTerms terms, AnalysisSet set, RepeatedSample sample, List<String> admitted) {
    ModelledIntervals {
        admitted = List.copyOf(admitted);
    }

    static ModelledIntervals of(ModelTerms terms, AnalysisSet set) {
        RepeatedSample sample = set.over(terms.question(), terms.model().factors());
        return new ModelledIntervals(
                terms, set, sample, CovarianceChain.planned().admitted(sample.measures(), sample.treated()));
    }

    /** Whether there is anything repeated. */
    boolean areSeveral() {
        return admitted.size() > 1;
    }

    /** Why the model says nothing at an interval; empty where it does. */
    Optional<String> whyNot(Question at) {
        if (!admitted.contains(at.place().code())) {
            return Optional.of(set.at(at).whyNobody().orElse("too_few_people"));
        }
        return areSeveral() ? Optional.empty() : Optional.of("one_interval");
    }

    /** The fitted model. */
    FollowUpModel fit(Occasion occasion) {
        return set.fitted(occasion, terms, () -> {
            RepeatedSample enough = sample.at(admitted).observed();
            return terms.model().covariance() == Covariance.RANDOM_INTERCEPT
                    ? new RandomInterceptComparison(terms, enough)
                    : new MarginalComparison(occasion, terms, enough);
        });
    }
}
