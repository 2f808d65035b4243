package org.equipoise.definition;

import java.util.List;

/**
 * How the arms are compared over sites that did not allocate at random: weighted by the propensity to be treated.
 *
 * @param confounders names out of {@link Study#factors}; for scores their baseline comes beside them
 */
public record Weighting(List<String> confounders, Target target) {
    public Weighting {
        confounders = List.copyOf(confounders);
    }

    /** Whose average the effect is. */
    public enum Target {
        /** Those who could have been in either arm. */
        OVERLAP,
        /** Everyone. */
        AVERAGE
    }
}
