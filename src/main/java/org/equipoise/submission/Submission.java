package org.equipoise.submission;

import java.time.Instant;
import java.util.Locale;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/**
 * One file that a site delivered for a study.
 *
 * @param site the inbox's folder; not always a site of the study
 * @param export which of the site's exports it is; empty when its name fits none
 * @param sha256 of the bytes as they came
 * @param archiveSha256 of what is archived: other bytes where rows were blanked, null when nothing is
 * @param asOf when the export was taken
 * @param receivedAt when it was first seen
 * @param readingSha256 definitions it was last read with; null before
 * @param mappingVersion version of the export's mapping it was last read with; null before, or when none fitted
 * @param holdReason why it is held; null when it is not
 * @param confirmed somebody answered that it is meant as it is
 */
public record Submission(
        long id,
        StudyCode study,
        String site,
        String export,
        String fileName,
        String sha256,
        @Nullable String archiveSha256,
        long size,
        Instant asOf,
        Instant receivedAt,
        @Nullable String readingSha256,
        @Nullable String mappingVersion,
        Status status,
        @Nullable HoldReason holdReason,
        boolean confirmed,
        Counts counts) {

    /** Where a submission stands. */
    public enum Status {
        /** To be read. */
        RECEIVED,
        /** Read; whether it counts is not decided yet. */
        STAGED,
        /** Its rows count. */
        EFFECTIVE,
        /** A later export stands in its place. */
        SUPERSEDED,
        /** Waits for an answer, or for nothing: not applied. */
        HELD,
        /** Could not be used. */
        REJECTED,
        /** Erased. */
        WITHDRAWN;

        /** The name as files and tables hold it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The status stored under this name. */
        public static Status of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** Why a submission is held. */
    public enum HoldReason {
        /** A later export is already in effect. */
        OLDER,
        /** It lacks too many participants that the one before it had. */
        DROPS_PARTICIPANTS,
        /** The bytes of an export that has been superseded. */
        RESENT;

        /** The name as files and tables hold it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The reason stored under this name. */
        public static HoldReason of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** The five counts of data rows: received = accepted + rejected + duplicate + superseded. */
    public record Counts(long received, long accepted, long rejected, long duplicate, long superseded) {
        /** Before anything was read. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /** Rows that could be used, whether or not another file's version stands in their place. */
        public long usable() {
            return received - rejected - duplicate;
        }

        /** The same rows, of which so many count. */
        public Counts withAccepted(long count) {
            return new Counts(received, count, rejected, duplicate, usable() - count);
        }
    }
}
