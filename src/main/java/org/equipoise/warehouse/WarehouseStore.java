package org.equipoise.warehouse;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.Study;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** The warehouse being written. Unless said otherwise the caller holds the transaction. */
public interface WarehouseStore {

    /**
     * A state of a study's data that was published.
     *
     * @param redacted whether a participant was erased from it since: what rested on them cannot be computed again
     */
    record Snapshot(
            long id,
            long runId,
            StudyCode study,
            String contentHash,
            String definitionHash,
            String programVersion,
            int participants,
            int changed,
            boolean redacted) {}

    /** Participants ready to be written. */
    interface EncodedSlice {
        int participants();

        int changed();
    }

    /** The snapshot that readers of the study see now. */
    Optional<Snapshot> findCurrent(StudyCode study);

    /** The published snapshot of this number, if it is still kept. */
    Optional<Snapshot> find(long snapshot);

    /** Begins a snapshot, invisible until {@link #publish}. */
    long begin(long runId, DefinitionBundle definitions, String programVersion);

    /** Turns harmonized participants of one snapshot into what the database takes. For any number of threads. */
    interface Encoder {
        /**
         * Encodes a slice, leaving out those who are published so already. Reads outside the caller's transaction.
         *
         * @param gone participants whom no file speaks of any more
         */
        EncodedSlice encode(List<HarmonizedParticipant> participants, List<ParticipantKey> gone);
    }

    /** An encoder for a snapshot that has begun. */
    Encoder encoder(long snapshot, Study study);

    void write(List<EncodedSlice> slices);

    /**
     * Makes the snapshot visible, if anything differs from the one before; removes it otherwise.
     *
     * @return the snapshot that is current now
     */
    Snapshot publish(long snapshot, DefinitionBundle definitions);

    /** Keeps the definitions' text, so that whatever names their hash can be read with them. */
    void keep(DefinitionBundle definitions);

    /** The intervals, or else periods, of each outcome in a snapshot, by outcome. */
    Map<String, List<String>> places(Snapshot snapshot);

    /** Removes what unpublished snapshots have left, and reopens what they closed. Returns how many there were. */
    int discardUnpublished();

    /**
     * A participant's values of one outcome, over the study's intervals or the outcome's periods.
     *
     * @param endings codes of {@link HarmonizedParticipant.Ending}; null where there is none
     * @param exposures days at risk; null at intervals
     * @param cluster therapy group or else therapist, by the site's code; null where neither is known
     * @param timeZero the day follow-up counts from; null when unknown
     * @param days day of each value, from time zero; null where it has none
     */
    record OutcomeRow(
            String site,
            @Nullable String arm,
            String factorsJson,
            @Nullable Double[] values,
            @Nullable String[] reasons,
            @Nullable Short[] endings,
            @Nullable Double[] exposures,
            @Nullable String cluster,
            @Nullable LocalDate timeZero,
            @Nullable Integer[] days) {}

    /** Reads one outcome of a snapshot, in an order that depends on nothing but the data. */
    List<OutcomeRow> read(Snapshot snapshot, String outcome);

    /** The published snapshots that a participant is in, by number. */
    List<Long> findSnapshotsOf(StudyCode study, ParticipantKey participant);

    /**
     * Deletes a participant's rows from every snapshot, frozen ones too. Snapshots they were in are redacted from then on,
     * with the hash of those who are left.
     *
     * @return these snapshots, by number
     */
    List<Long> erase(StudyCode study, ParticipantKey participant);

    /** Who came to each interval: by site and arm, over all sites, over all arms. */
    List<Attendance> attendance(Snapshot snapshot);

    /** How far each site leads to each outcome, and what was published, in the current snapshot. */
    List<Harmonization> harmonization(StudyCode study);

    /** What the care consisted of, by site, arm and period, in the current snapshot. */
    List<CareUsed> careUsed(StudyCode study);
}
