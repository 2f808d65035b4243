package org.equipoise.pipeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way back from a number to what the site sent. For whoever has the home: it shows what only the site may know. */
public interface Explanation {

    /**
     * An assessment that analysts see now.
     *
     * @return empty if there is none of this number
     * @throws RunRefused if its original cannot be read
     */
    Optional<Origin> ofAssessment(long assessment);

    /**
     * Where an assessment is from and what became of it.
     *
     * @param interval where it was placed; null when it fits none
     * @param day from time zero; null without dates
     * @param parts what was read of it; empty when the site has since replaced those rows
     */
    record Origin(
            long assessment,
            String participant,
            String site,
            String instrument,
            String version,
            @Nullable LocalDate assessedOn,
            @Nullable String interval,
            @Nullable Integer day,
            boolean stale,
            String snapshot,
            List<Score> scores,
            List<Use> uses,
            List<Part> parts) {
        public Origin {
            scores = List.copyOf(scores);
            uses = List.copyOf(uses);
            parts = List.copyOf(parts);
        }
    }

    /**
     * A score of the assessment.
     *
     * @param value null with a reason
     * @param source items, embedded or site
     */
    record Score(
            String scale, @Nullable Double value, @Nullable String reason, String source) {}

    /**
     * A place where analyses find it.
     *
     * @param crosswalk conversion and its edition; null when the score stands as it is
     */
    record Use(
            String outcome,
            String interval,
            @Nullable Double value,
            @Nullable String crosswalk) {}

    /**
     * What one file, or one block of it, says of the assessment.
     *
     * @param event the site's own name of the visit
     */
    record Part(
            File file,
            String instrument,
            String form,
            @Nullable String event,
            List<Answer> answers) {
        public Part {
            answers = List.copyOf(answers);
        }
    }

    /** A file as it was delivered. */
    record File(
            long submission,
            String name,
            String sha256,
            Instant asOf,
            Instant receivedAt,
            String export,
            @Nullable String mappingVersion) {}

    /**
     * One answer, or a total that the site computed.
     *
     * @param what item number, or name of the scale
     * @param value as it was understood; null with a reason
     * @param line of the file, header = 1; 0 where the file does not speak of the item
     * @param column empty when the site sends none, as with items of which it sends the total alone
     * @param sent the cell, untouched; null without a column
     */
    record Answer(
            String what,
            @Nullable Double value,
            @Nullable String reason,
            int line,
            String column,
            @Nullable String sent) {}
}
