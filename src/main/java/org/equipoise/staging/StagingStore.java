package org.equipoise.staging;

import java.util.List;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.submission.Submission;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** What was read, in schema {@code staging}. The caller holds the transaction. */
public interface StagingStore {

    /** A block ready to be written. */
    interface EncodedBlock {
        int rows();
    }

    /** Turns a block into what the database takes; needs no connection, so that any thread may do it. */
    EncodedBlock encode(long submission, StagedBlock block);

    /** Begins a file anew: whatever was staged of it before is removed. */
    FileWriter begin(Submission submission);

    /** Writes one file, block by block. For one thread. */
    interface FileWriter {
        void write(List<EncodedBlock> blocks);

        /**
         * Ends the file: finds repeated rows and contradictions, and records counts and findings.
         *
         * @param readingSha256 definitions it was read with
         */
        void finish(String readingSha256);

        /** Ends a file that cannot be used: nothing of it stays but the findings. */
        void refuse(List<Finding> findings, String readingSha256);

        /** Adds findings about the file. */
        void add(List<Finding> findings);
    }

    /** Adds a finding about a submission among others. */
    void addFinding(long submission, Finding finding);

    /** The open findings of a submission, by line. */
    List<StoredFinding> findFindings(long submission);

    /** Findings of a study that are still open, one row a site and code, repetitions counted. */
    List<OpenFindings> countOpenFindings(StudyCode study);

    /** How often something is found in what a site sent. */
    record OpenFindings(String site, FindingCode code, long count) {}

    /**
     * Decides what counts among the submissions of an export: the latest moment wins. A pure function of the
     * submissions that were read, so the order in which they arrived does not matter.
     */
    void resolve(StudyCode study, String site, Export export);

    /**
     * Notes whose facts changed since the last snapshot.
     *
     * @param everyone whether the definitions changed, so that all participants of the study are due
     * @return how many
     */
    int markPending(StudyCode study, boolean everyone);

    /** Replaces the findings that harmonization made of these participants. */
    void replaceScoreFindings(List<ParticipantKey> participants, List<SourcedFinding> findings);

    /** A finding and the submission whose rows it is about. */
    record SourcedFinding(Finding finding, long submission) {}

    /** A finding as stored, for feedback. */
    record StoredFinding(
            String code,
            String severity,
            String category,
            int line,
            @Nullable String column,
            @Nullable String record,
            @Nullable String event,
            @Nullable String form,
            @Nullable String field,
            String expected,
            @Nullable String found,
            String message,
            String remedy,
            int count) {}
}
