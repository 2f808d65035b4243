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
     * @param retrospective whether it looks back, at an older snapshot or by definitions of the past: never current
     */
    record Computation(
            long runId,
            long snapshotId,
            StudyCode study,
            String definitionHash,
            String programVersion,
            @Nullable String look,
            boolean closed,
            boolean retrospective) {

        /** What a night computes. */
        public static Computation ofNight(
                long runId, long snapshotId, StudyCode study, String definitionHash, String programVersion) {
            return new Computation(runId, snapshotId, study, definitionHash, programVersion, null, false, false);
        }

        /** The same, looking back. */
        public Computation lookingBack() {
            return new Computation(runId, snapshotId, study, definitionHash, programVersion, look, closed, true);
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
                    asked.conduct() == Conduct.ONGOING,
                    retrospective);
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

    /**
     * The results of the same snapshot, definitions and program, if they have been computed and do not look back: nothing
     * is to be done.
     */
    Optional<Result> findResult(long snapshotId, String definitionHash, String programVersion);

    /**
     * Notes that something was exported.
     *
     * @param kind as the table's comment tells
     * @return number of the release
     */
    long release(long snapshot, String kind, String requestedBy, String sha256);

    /** Something that was exported. */
    record Released(long id, long snapshotId, String kind, String sha256) {}

    /** What was exported from some snapshots, by number. */
    List<Released> findReleases(List<Long> snapshots);

    /** Marks the releases of some snapshots: somebody in them was erased. */
    void redactReleases(List<Long> snapshots);

    /** Releases that are marked, of all studies. */
    List<Released> findRedacted();

    /** The latest complete results of a study that do not look back. */
    Optional<Result> findCurrent(StudyCode study);

    /** The complete results of a run. */
    Optional<Result> find(long runId);

    /** The latest complete results of a snapshot, whether they look back or not. */
    Optional<Result> findLatestOf(long snapshotId);

    /** The latest complete results of a snapshot by these definitions that do not look back. */
    Optional<Result> findLatestOf(long snapshotId, String definitionHash);

    /**
     * How what a run found differs from what an earlier one did.
     *
     * @param place interval or period
     * @param estimates how many there are now
     * @param appeared of these, those that were not there
     * @param changed of these, those of which any number or the reason differs in any bit
     * @param vanished those that are there no more
     */
    record Difference(String outcome, String place, long estimates, long appeared, long changed, long vanished) {
        /** Whether every estimate is as it was. */
        public boolean isNone() {
            return appeared == 0 && changed == 0 && vanished == 0;
        }
    }

    /**
     * Holds what a run has written against an earlier run, by outcome and interval or period.
     *
     * @param earlier run; 0 for none
     */
    List<Difference> differences(long runId, long earlier);

    /** Turns estimates into what the database takes. Touches no database; for any thread. */
    EncodedEstimates encode(Computation computation, List<Estimate> estimates);

    /** The same with the models that estimates were read off. */
    EncodedEstimates encode(Computation computation, RepeatedAnswer answer);

    /** Writes them in their order, within the transaction that is under way. */
    void write(List<EncodedEstimates> estimates);

    /** Adds the p values adjusted within their families to what a run has written. */
    void adjust(Study study, long runId);

    /** The looks at a study that were taken, in the order they were. */
    List<TakenLook> looks(StudyCode study);

    /** Declares looks taken whose estimates a run has written, and fixes their covariances. */
    void take(Computation computation, Study study, List<Look> looks);

    /** Declares what was written complete: unless it looks back, these are the study's current results from now on. */
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
