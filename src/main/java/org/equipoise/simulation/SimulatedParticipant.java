package org.equipoise.simulation;

import java.time.LocalDate;
import java.util.List;
import org.equipoise.vocabulary.ArmCode;
import org.jspecify.annotations.Nullable;

/**
 * A made-up person in the trial, as known on the day of the export.
 *
 * @param number from 1, within the site
 * @param age in years at randomisation
 * @param treatmentStart null if treatment never began
 * @param death null if alive
 * @param withdrawal null if the person did not withdraw
 * @param visits those that took place, in order
 * @param chronicle what happened beside them
 */
public record SimulatedParticipant(
        int number,
        ArmCode arm,
        int age,
        boolean female,
        LocalDate randomised,
        @Nullable LocalDate treatmentStart,
        @Nullable LocalDate death,
        @Nullable LocalDate withdrawal,
        List<SimulatedVisit> visits,
        Chronicle chronicle) {
    public SimulatedParticipant {
        visits = List.copyOf(visits);
    }
}
