package org.equipoise.staging;

import java.time.LocalDate;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SpellKind;
import org.jspecify.annotations.Nullable;

/**
 * A span of a participant's time in one state: a hospital stay, a course of a drug, a job.
 *
 * @param detail class within the kind, such as the class of a drug; null when the site does not say
 * @param from first day
 * @param to last day; null while it goes on
 * @param days how many days of the span counted, where a site sends days in a recall window and not the stays; null
 *     when the whole span does
 * @param line where it was read, header = 1
 */
public record StagedSpell(
        ParticipantKey participant,
        SpellKind kind,
        @Nullable String detail,
        LocalDate from,
        @Nullable LocalDate to,
        @Nullable Integer days,
        int line) {}
