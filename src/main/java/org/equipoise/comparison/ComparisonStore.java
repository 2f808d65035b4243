package org.equipoise.comparison;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** Where estimates are kept. Unless said otherwise the caller holds the transaction. */
public interface ComparisonStore {

    /**
     * What a run computes, and from what.
     *
     * @param definitionHash the definitions compared by, which may be later ones than the snapshot was made with
     * @param look the declared look it is of; null for what every night computes
     * @param closed whether it is for the eyes of the monitoring board alone
     */
    record Computation(
            long runId,
            long snapshotId,
            StudyCode study,
            String definitionHash,
            String programVersion,
            @Nullable String look,
            boolean closed) {

        /** What a night computes. */
        public static Computation ofNight(
                long runId, long snapshotId, StudyCode study, String definitionHash, String programVersion) {
            return new Computation(runId, snapshotId, study, definitionHash, programVersion, null, false);
        }

        /** A look in the same run. While the study is ongoing its results are closed. */
        public Computation at(Study asked, Look taken) {
            return new Computation(
                    runId,
                    snapshotId,
                    study,
                    definitionHash,
                    programVersion,
                    taken.name(),
                    asked.conduct() == Conduct.ONGOING);
        }
    }

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

    /** The looks at a study that were taken, in the order they were. */
    List<TakenLook> looks(StudyCode study);

    /** Declares looks taken whose estimates a run has written, and fixes their covariances. */
    void take(Computation computation, Study study, List<Look> looks);

    /** Declares what was written complete: from now on these are the study's current results. */
    Result complete(Computation computation);

    /** Removes whatever a run has written. */
    void discard(long runId);

    /**
     * Estimates of a run's night for its page, in no order.
     *
     * @param quantities method, slash, quantity: {@code welch_t/diff}
     */
    List<StoredEstimate> read(Result result, Collection<String> quantities);

    /** The same, only those over all sites. */
    List<StoredEstimate> readOverSites(Result result, Collection<String> quantities);
}
