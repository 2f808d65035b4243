package org.equipoise.pipeline;

import java.util.List;
import org.equipoise.submission.Submission;
import org.equipoise.vocabulary.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a night would change in what is published. Counts only: of whom, nobody is told.
 *
 * @param readings files that would be taken in, read again or stand otherwise, by id
 * @param problems what would be told of what lies in the inboxes and is no submission
 * @param participants how many would be harmonized
 * @param added participants who are not published yet
 * @param changed participants who are published otherwise
 * @param removed participants of whom nothing would be left
 * @param outcomes values that would differ, by site and outcome; none where all stay
 */
public record Foreseen(
        List<Reading> readings,
        List<Problem> problems,
        int participants,
        int added,
        int changed,
        int removed,
        List<OutcomeChange> outcomes) {
    public Foreseen {
        readings = List.copyOf(readings);
        problems = List.copyOf(problems);
        outcomes = List.copyOf(outcomes);
    }

    /**
     * A file as it stands and as it would stand.
     *
     * @param before null for one that was never taken in
     */
    public record Reading(@Nullable Submission before, Submission after) {
        /** Whether it would be another of its kind, or have other counts. */
        public boolean standsOtherwise() {
            return before == null
                    || before.status() != after.status()
                    || before.holdReason() != after.holdReason()
                    || !before.counts().equals(after.counts());
        }
    }

    /**
     * Values of one outcome at one site.
     *
     * @param appeared values where there is none now
     * @param changed values that would be others
     * @param vanished values that would be there no more
     */
    public record OutcomeChange(String site, String outcome, int appeared, int changed, int vanished) {}
}
