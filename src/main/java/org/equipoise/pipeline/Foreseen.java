package org.equipoise.pipeline;

import java.util.List;
import org.equipoise.submission.Submission;

/**
 * What a night would change in what is published. Counts only: of whom, nobody is told.
 *
 * @param readings files that would be read, by id
 * @param participants how many would be harmonized
 * @param added participants who are not published yet
 * @param changed participants who are published otherwise
 * @param removed participants of whom nothing would be left
 * @param outcomes values that would differ, by site and outcome; none where all stay
 */
public record Foreseen(
        List<Reading> readings, int participants, int added, int changed, int removed, List<OutcomeChange> outcomes) {
    public Foreseen {
        readings = List.copyOf(readings);
        outcomes = List.copyOf(outcomes);
    }

    /** A file as it stands and as it would stand. */
    public record Reading(Submission before, Submission after) {}

    /**
     * Values of one outcome at one site.
     *
     * @param appeared values where there is none now
     * @param changed values that would be others
     * @param vanished values that would be there no more
     */
    public record OutcomeChange(String site, String outcome, int appeared, int changed, int vanished) {}
}
