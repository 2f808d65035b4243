package org.equipoise.pipeline;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.equipoise.pipeline.MorningState.Estimated;
import org.equipoise.submission.Submission;
import org.equipoise.vocabulary.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What changed since the last night of an earlier day. Everything in it may be shown to whoever runs the program.
 *
 * @param submissions those that came in or changed their standing
 * @param findings by site and code, as far as a site has new or mended ones
 * @param moved main results whose printed numbers changed
 * @param problems what the night told beside findings
 * @param failed files that are read again next night for a reason of ours
 * @param waiting held submissions that somebody should answer, whenever they came in
 */
public record Morning(
        LocalDate date,
        long run,
        int participantsBefore,
        int participants,
        List<Submission> submissions,
        List<FindingChange> findings,
        List<Moved> moved,
        List<Problem> problems,
        List<String> failed,
        int waiting,
        Optional<Path> report) {

    /**
     * Findings of one kind at one site.
     *
     * @param fresh not there before
     * @param mended there before, and no longer
     * @param persisting there before and still
     */
    public record FindingChange(String site, String code, String message, int fresh, int mended, int persisting) {}

    /**
     * A main result that moved.
     *
     * @param before empty when there was none
     * @param now empty when it can no longer be estimated
     */
    public record Moved(
            String outcome,
            String interval,
            @Nullable Estimated before,
            @Nullable Estimated now) {}

    /** Whether there is nothing to tell. */
    public boolean isSilent() {
        return participants == participantsBefore
                && submissions.isEmpty()
                && findings.isEmpty()
                && moved.isEmpty()
                && problems.isEmpty()
                && failed.isEmpty();
    }
}
