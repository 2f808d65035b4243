package org.equipoise.staging;

import java.time.LocalDate;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;

/**
 * Care a participant was given over a span: by whom, in which group, how much.
 *
 * @param modality what it was, as the study names it: individual therapy, group therapy, case management
 * @param therapist the site's own code of the therapist; null when the site does not say
 * @param group the site's own code of the therapy group or team; null when there was none
 * @param from first day
 * @param to last day; null while it goes on
 * @param sessions sessions attended; null when the site does not say
 * @param line where it was read, header = 1
 */
public record CareEpisode(
        ParticipantKey participant,
        String modality,
        @Nullable String therapist,
        @Nullable String group,
        LocalDate from,
        @Nullable LocalDate to,
        @Nullable Integer sessions,
        int line) {}
