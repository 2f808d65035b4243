package org.equipoise.feedback;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.equipoise.staging.StagingStore.StoredFinding;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;

/**
 * What there is to tell a site about one file.
 *
 * @param submission its number; empty when the file was only checked, not handed over
 * @param site folder the file lies in
 * @param export which of the site's exports it is; empty when it is none
 * @param taken when the export was taken, on the site's clocks
 * @param held why it is held
 * @param stale earlier rows that stand in for rejected ones
 */
public record Feedback(
        OptionalLong submission,
        String site,
        String export,
        String file,
        Optional<ZonedDateTime> taken,
        Status status,
        Optional<HoldReason> held,
        Counts counts,
        long stale,
        List<FindingRow> findings) {

    public Feedback {
        findings = findings.stream().sorted(FindingRow.BY_LINE).toList();
    }

    /**
     * Feedback to a submission as it stands now.
     *
     * @param zone where the site's clocks are
     * @param stale earlier rows that stand in for rejected ones
     */
    public static Feedback of(Submission submission, ZoneId zone, long stale, List<StoredFinding> findings) {
        return new Feedback(
                OptionalLong.of(submission.id()),
                submission.site(),
                submission.export(),
                submission.fileName(),
                Optional.of(submission.asOf().atZone(zone)),
                submission.status(),
                Optional.ofNullable(submission.holdReason()),
                submission.counts(),
                stale,
                findings.stream()
                        .map(finding -> FindingRow.of(submission.fileName(), finding))
                        .toList());
    }

    /** Whether the site has something to do: a file that is not used, or an error in one that is. */
    public boolean mustBeMended() {
        return switch (status) {
            case HELD, REJECTED -> true;
            case SUPERSEDED, WITHDRAWN -> false;
            case RECEIVED, STAGED, EFFECTIVE -> findings.stream().anyMatch(FindingRow::isError);
        };
    }

    /** Whether the file was only checked, and nothing has been done with it. */
    boolean isRehearsal() {
        return submission.isEmpty();
    }
}
