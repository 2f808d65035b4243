package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;

/**
 * Which number answers a question first.
 *
 * @param variant of the method
 */
public record Main(String method, String variant, String quantity) {
    private static final String VALUE = "value";
    private static final Main WITHOUT_MODEL = new Main("permutation", VALUE, "rate_difference");

    /**
     * The adjusted effects over all sites, the first of which with a p value stands in its family: for a score the first
     * mixed model, if it is to be had at several intervals, and then, where that could not be fitted or is not asked for,
     * the first analysis of covariance.
     */
    public static List<Main> adjusted(Study study, Outcome outcome) {
        return switch (outcome.type()) {
            case CONTINUOUS -> scores(study, outcome);
            case BINARY -> List.of(new Main("mantel_haenszel_by_site", VALUE, "rd"));
            case COUNT -> List.of(new Main("negative_binomial_rate_ratio", Models.SITE, "rate_ratio"), WITHOUT_MODEL);
            case DURATION, COST -> List.of(new Main("linear_model", Models.SITE, "contrast"));
            case TIME_TO_EVENT -> List.of(new Main("cox_ph_stratified_by_site", Models.SITE, "hr"));
        };
    }

    private static List<Main> scores(Study study, Outcome outcome) {
        Study.Comparisons comparisons = study.comparisons();
        List<Main> main = new ArrayList<>();
        comparisons.repeated().models().stream()
                .filter(model -> ComparisonPlan.isRepeated(study, outcome))
                .findFirst()
                .map(model -> new Main(ModelTerms.method(model), model.variant(), ModelTerms.CONTRASTS))
                .ifPresent(main::add);
        comparisons.ancova().stream()
                .findFirst()
                .map(model -> new Main("ancova", model.variant(), "contrast"))
                .ifPresent(main::add);
        return main.isEmpty() ? List.of(unadjusted(OutcomeType.CONTINUOUS)) : main;
    }

    /** The effect without a model, which a question without numbers says its reason in. */
    public static Main unadjusted(OutcomeType type) {
        return switch (type) {
            case CONTINUOUS, DURATION, COST -> new Main("welch_t", VALUE, "diff");
            case BINARY -> new Main("binary_two_arm", VALUE, "rd");
            case COUNT -> new Main("poisson_rate_ratio", VALUE, "rate_ratio");
            case TIME_TO_EVENT -> new Main("logrank", VALUE, "chisq");
        };
    }
}
