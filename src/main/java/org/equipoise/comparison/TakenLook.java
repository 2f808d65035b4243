package org.equipoise.comparison;

import java.time.LocalDate;
import java.util.List;

/**
 * A look that was taken.
 *
 * @param takenOn the day it was
 * @param declaration how it had been declared, in words
 * @param structures the covariances it fixed
 */
public record TakenLook(
        String name, long runId, LocalDate takenOn, String declaration, List<FixedStructure> structures) {
    public TakenLook {
        structures = List.copyOf(structures);
    }
}
