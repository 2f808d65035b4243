package org.equipoise.comparison;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.Study;
import org.equipoise.vocabulary.StudyCode;

/** Where estimates are kept. Unless said otherwise the caller holds the transaction. */
public interface ComparisonStore {

    /**
     * What a run computes, and from what.
     *
     * @param definitionHash the definitions compared by, which may be later ones than the snapshot was made with
     */
    record Computation(long runId, long snapshotId, StudyCode study, String definitionHash, String programVersion) {}

    /** Complete results of a run. */
    record Result(
            long runId,
            long snapshotId,
            StudyCode study,
            String definitionHash,
            String programVersion,
            long estimates) {}

    /** Estimates ready to be written. */
    interface EncodedEstimates {
        long rows();
    }

    /** The results of the same snapshot, definitions and program, if they have been computed: nothing is to be done. */
    Optional<Result> findResult(long snapshotId, String definitionHash, String programVersion);

    /** The latest complete results of a study. */
    Optional<Result> findCurrent(StudyCode study);

    /** Turns estimates into what the database takes. Touches no database; for any thread. */
    EncodedEstimates encode(Computation computation, List<Estimate> estimates);

    /** The same with the models that estimates were read off. */
    EncodedEstimates encode(Computation computation, RepeatedAnswer answer);

    void write(EncodedEstimates estimates);

    /** Adds the p values adjusted within their families to what a run has written. */
    void adjust(Study study, long runId);

    /** Declares what was written complete: from now on these are the study's current results. */
    Result complete(Computation computation);

    /** Removes whatever a run has written. */
    void discard(long runId);

    /**
     * Estimates of a run for its page, in no order.
     *
     * @param quantities method, slash, quantity: {@code welch_t/diff}
     */
    List<StoredEstimate> read(Result result, Collection<String> quantities);

    /** The same, only those over all sites. */
    List<StoredEstimate> readOverSites(Result result, Collection<String> quantities);
}
