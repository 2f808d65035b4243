package org.equipoise.staging;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** Withdrawals that coordinators told, in schema {@code identity}. The caller holds the transaction. */
public interface Withdrawals {

    /** What somebody withdrew from. */
    enum Kind {
        /** Data go on. */
        TREATMENT,
        /** What was known up to the day stays; nothing after it. */
        FOLLOW_UP,
        /** Everything is erased. */
        CONSENT;

        /** The name as tables hold it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Somebody who is to be erased, or has been.
     *
     * @param id greater for those who were told later
     * @param site folder of the site
     */
    record Tombstone(long id, ParticipantKey participant, StudyCode study, String site, boolean finished) {}

    /** Whether any file told of a participant. */
    boolean isKnown(ParticipantKey participant);

    /** The tombstone of a participant. */
    Optional<Tombstone> findTombstone(ParticipantKey participant);

    /** Tombstones of a study, by number. */
    List<Tombstone> findTombstones(StudyCode study);

    /**
     * Records a withdrawal; told again, the later word stands.
     *
     * @param day the last day that data may be of; for consent it may be unknown
     * @param by account that told it
     */
    void record(
            StudyCode study, String site, ParticipantKey participant, Kind kind, @Nullable LocalDate day, String by);

    /** The submissions that say something of a participant, by id. */
    List<Long> findSubmissions(ParticipantKey participant);

    /** Deletes whatever was read of a participant, what was found in it, and whose it was. Their other withdrawals too. */
    void eraseStaged(ParticipantKey participant);

    /** Notes that all of a participant has been erased. */
    void finish(long tombstone);
}
