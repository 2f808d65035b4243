package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.definition.RepeatedModels.Covariance;
import org.equipoise.definition.RepeatedModels.Model;
import org.equipoise.definition.RepeatedModels.Span;
import org.equipoise.vocabulary.IntervalCode;
import org.jspecify.annotations.Nullable;

/**
 * A model of a whole follow-up, and whom it is asked about.
 *
 * @param sites whether the site is a term of it
 */
record ModelTerms(RepeatedQuestion question, Model model, boolean sites) {
    static final String CONTRASTS = "contrasts";

    /** The same of one site. */
    ModelTerms alone(Scope site) {
        return new ModelTerms(question.about(site), model, false);
    }

    String variant() {
        return model.variant();
    }

    String method() {
        return method(model);
    }

    /** The method's name, which tells whether inference rests on the covariance or on the participants' residuals. */
    static String method(Model model) {
        if (model.covariance() == Covariance.RANDOM_INTERCEPT) {
            return "random_intercept_lmm";
        }
        return model.inference().isClustered() ? "mmrm_cluster_robust" : "mmrm";
    }

    /** What it is fitted to, in the words of R. */
    String formula() {
        List<String> terms = new ArrayList<>(List.of("arm * interval", "baseline * interval"));
        terms.addAll(model.factors());
        if (sites) {
            terms.add(RepeatedSample.SITE);
        }
        return "value ~ " + String.join(" + ", terms);
    }

    /** Whether the outcome is to be had at both ends of a span. */
    boolean asks(Span span) {
        return asked(List.of(span.from(), span.to())).size() == 2;
    }

    /** Those of some intervals at which the outcome is to be had. */
    List<IntervalCode> asked(List<IntervalCode> codes) {
        return codes.stream().filter(code -> question.find(code).isPresent()).toList();
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Its row in the table of models. */
    FittedModel describe(FittedModel.@Nullable Fitted fitted, @Nullable String reason, double seconds) {
        return new FittedModel(
                question.outcome().code().value(),
                question.scope().code(),
                method(),
                variant(),
                formula(),
                name(model.criterion()),
                name(model.covariance()),
                fitted,
                seconds,
                reason);
    }
}
