package org.equipoise.submission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** The record of what sites delivered. Each method is one statement; the caller holds the transaction. */
public interface SubmissionLedger {

    /** What lay in an inbox when last looked at. */
    record InboxFile(
            String name,
            long size,
            Instant modified,
            String sha256,
            @Nullable Long submissionId) {}

    /** A delivery to be recorded. */
    record Delivery(
            StudyCode study,
            String site,
            String export,
            String fileName,
            String sha256,
            long size,
            Instant asOf,
            String asOfSource,
            Instant receivedAt,
            Status status,
            @Nullable HoldReason holdReason) {}

    /** Records a delivery and returns its id. */
    long add(Delivery delivery);

    Submission get(long id);

    /** All submissions of a study, by id. */
    List<Submission> findAll(StudyCode study);

    /** The latest delivery of these bytes as this export, if any. */
    Optional<Submission> findLatest(StudyCode study, String site, String export, String sha256);

    /** Submissions of an export that were read, by the moment they were taken. */
    List<Submission> findRead(StudyCode study, String site, String export);

    Optional<InboxFile> findInboxFile(StudyCode study, String site, String name);

    /** Forgets what lay in an inbox under a name. */
    void forget(StudyCode study, String site, String name);

    /** Remembers what lies in an inbox now. */
    void remember(StudyCode study, String site, InboxFile file);

    /** Sets where a submission stands, and marks it as changed since the last snapshot. */
    void decide(long id, Status status, @Nullable HoldReason holdReason, @Nullable Long supersedes);

    /** Sets it back to be read again. */
    void readAgain(long id);

    /** What of a submission's archived copy a withdrawal has changed. */
    record Erased(long submission, @Nullable String archiveSha256, List<Integer> lines, long through) {}

    /**
     * Records what the archive now holds of a submission: without some lines' cells, or nothing at all.
     *
     * @param heldBefore what it held until now, which must not come back; null when it held nothing
     */
    void markErased(Erased erased, @Nullable String heldBefore);

    /** Records that the archived copy holds nobody who is to be erased, up to a tombstone. */
    void markLookedThrough(long id, long tombstone);

    /** The lines whose cells are blank in a submission's archived copy. */
    List<Integer> erasedLines(long id);

    /** Submissions of a site whose archived copy may hold somebody with a tombstone of this number or a smaller one. */
    List<Submission> findToErase(StudyCode study, String site, long tombstone);

    /** Contents that must not be archived any more, by checksum: none is a submission's. */
    List<String> findErasedCopies();

    /** What lies in a site's inbox again though it must not be archived any more, by name. */
    List<String> findErasedAgain(StudyCode study, String site);

    /** Marks submissions as changed since the last snapshot. */
    void markDirty(List<Long> ids);

    /** Records which version of the export's mapping it is being read with. */
    void bind(long id, @Nullable String mappingVersion);

    /** Records that it was read: with which mapping, and what was in it. */
    void markRead(long id, Status status, @Nullable String readingSha256, Counts counts, int participants);

    /** Records when the export was taken, once the file itself has told. */
    void setAsOf(long id, Instant asOf);

    /** Earlier rows that stand in for refused rows of this submission. */
    long staleRows(long id);

    void setCounts(long id, Counts counts, long stale);

    /** Answers a held submission: it is meant as it is. */
    void confirm(long id, Instant asOf);

    /** Submissions whose part in the data has changed since the last published snapshot. */
    List<Long> findDirty(StudyCode study);

    /** Their changes are published. */
    void markClean(List<Long> ids);
}
