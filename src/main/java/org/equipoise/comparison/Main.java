package org.equipoise.comparison;

import org.equipoise.definition.Study;
import org.equipoise.definition.Study.OutcomeType;

/**
 * Which number answers a question first.
 *
 * @param variant of the method
 */
public record Main(String method, String variant, String quantity) {
    private static final String VALUE = "value";

    /** The adjusted effect over all sites: the one whose p value stands in its family. */
    public static Main adjusted(Study study, OutcomeType type) {
        return switch (type) {
            case CONTINUOUS ->
                study.comparisons().ancova().stream()
                        .findFirst()
                        .map(model -> new Main("ancova", model.variant(), "contrast"))
                        .orElseGet(() -> unadjusted(type));
            case BINARY -> new Main("mantel_haenszel_by_site", VALUE, "rd");
            case COUNT -> new Main("negative_binomial_rate_ratio", Models.SITE, "rate_ratio");
            case DURATION -> new Main("linear_model", Models.SITE, "contrast");
            case TIME_TO_EVENT -> new Main("cox_ph_stratified_by_site", Models.SITE, "hr");
        };
    }

    /** The effect without a model, which a question without numbers says its reason in. */
    public static Main unadjusted(OutcomeType type) {
        return switch (type) {
            case CONTINUOUS, DURATION -> new Main("welch_t", VALUE, "diff");
            case BINARY -> new Main("binary_two_arm", VALUE, "rd");
            case COUNT -> new Main("poisson_rate_ratio", VALUE, "rate_ratio");
            case TIME_TO_EVENT -> new Main("logrank", VALUE, "chisq");
        };
    }
}
