package org.equipoise.pipeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
     * What a participant's value over a period rests on.
     *
     * @param participant key, as analysts see it
     * @return empty if the study has no such value
     * @throws RunRefused if an original cannot be read
     */
    Optional<Course> ofPeriod(String outcome, String period, UUID participant);

    /**
     * A value over a period, with the rows that tell of what it counts and of the time in which that was looked for.
     *
     * @param value null with a reason
     * @param exposureDays days at risk; null when there is no value
     */
    record Course(
            String site,
            LocalDate from,
            LocalDate to,
            @Nullable Double value,
            @Nullable Double exposureDays,
            @Nullable String reason,
            List<Happening> happenings) {
        public Course {
            happenings = List.copyOf(happenings);
        }
    }

    /**
     * An event, a spell, care, or time in which something was looked for.
     *
     * @param what event, spell, care or looked for
     * @param amount how often, days or sessions, as the site tells it; null where it does not
     * @param placement where it belongs; null for time in which something was looked for
     * @param cells the row's cells that hold something, untouched, by column, without answers to questionnaires
     */
    record Happening(
            String what,
            String kind,
            @Nullable String detail,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable Integer amount,
            @Nullable String placement,
            boolean stale,
            File file,
            int line,
            Map<String, String> cells) {
        public Happening {
            cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        }
    }

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
