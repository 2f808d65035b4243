package org.equipoise.simulation;

import java.time.LocalDate;
import java.util.List;

/**
 * A visit that took place.
 *
 * @param month the planned month since randomisation
 * @param day when it was
 * @param forms in the order of the protocol
 */
public record SimulatedVisit(int month, LocalDate day, List<FilledForm> forms) {
    public SimulatedVisit {
        forms = List.copyOf(forms);
    }
}
