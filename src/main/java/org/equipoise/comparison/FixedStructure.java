package org.equipoise.comparison;

/**
 * The covariance that a look fixed for an outcome over all sites: later fits of that model use no other.
 *
 * @param look the look that fixed it
 * @param variant of the model in the study file
 * @param structure its code
 */
public record FixedStructure(String look, String outcome, String variant, String structure) {
    boolean isOf(ModelTerms terms) {
        return terms.question().scope().isMain()
                && outcome.equals(terms.question().outcome().code().value())
                && variant.equals(terms.variant());
    }
}
