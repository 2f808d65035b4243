package org.equipoise.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.equipoise.report.Headline;
import org.equipoise.submission.Submission;
import org.equipoise.vocabulary.Problem;

/**
 * What a night came to.
 *
 * @param changed participants that differ from the snapshot before
 * @param received submissions that came in this night, by id
 * @param submissions all submissions of the study as they stand, by id
 * @param problems what is told beside findings: unknown folders, broken mappings, unreadable files
 * @param failed files that could not be read through for a reason of ours; they wait for the next night
 * @param headline main current results; none before there are any
 * @param report page of the current results
 */
public record NightSummary(
        long runId,
        long snapshotId,
        String contentHash,
        int participants,
        int changed,
        List<Long> received,
        List<Submission> submissions,
        List<Problem> problems,
        List<String> failed,
        Optional<Headline> headline,
        Optional<Path> report) {

    /** Whether the night found nothing to do. */
    public boolean nothingNew() {
        return changed == 0 && received.isEmpty() && failed.isEmpty();
    }
}
