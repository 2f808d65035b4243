package org.equipoise.harmonize;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.OutcomeSeries;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedSpell;
import org.equipoise.harmonize.HarmonizedParticipant.Score;
import org.equipoise.harmonize.HarmonizedParticipant.ScoreSource;
import org.equipoise.harmonize.HarmonizedParticipant.ScoredAssessment;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of what is published: SHA-256 over natural keys and the bits of numbers, in a fixed
 * order. No surrogate ids, times, runs or secrets go in, so equal data give equal hashes on any machine.
 */
public final class ContentHash {
    private ContentHash() {}

    static byte[] of(StudyCode study, String recordId, HarmonizedParticipant participant) {
        HashedFields out = new HashedFields();
        out.text(study.value());
        out.text(participant.site().value());
        out.text(recordId);
        out.code(participant.arm());
        out.date(participant.timeZero());
        for (Map.Entry<String, ?> anchor : participant.anchors().entrySet()) {
            out.text(anchor.getKey());
            out.text(anchor.getValue());
        }
        for (Map.Entry<String, String> factor : participant.factors().entrySet()) {
            out.text(factor.getKey());
            out.text(factor.getValue());
        }
        InstrumentCode before = null;
        for (ScoredAssessment assessment : participant.assessments()) {
            assessment(out, assessment, !assessment.instrument().equals(before));
            before = assessment.instrument();
        }
        for (OutcomeSeries series : participant.series()) {
            out.code(series.outcome());
            out.text(series.ruleVersion());
            cells(out, series.cells());
        }
        for (PlacedEvent event : participant.events()) {
            out.text(event.naturalKey());
            out.text(event.day());
        }
        for (PlacedSpell spell : participant.spells()) {
            out.text(spell.naturalKey());
            out.text(spell.placement());
        }
        for (Sourced<ObservedSpan> sourced : participant.observed()) {
            ObservedSpan span = sourced.value();
            out.text(span.kind());
            out.date(span.from());
            out.date(span.to());
            out.text(span.source());
        }
        for (Sourced<CareEpisode> sourced : participant.care()) {
            care(out, sourced.value());
        }
        return out.digest();
    }

    /** A byte that says what a cell has, and that: most have no value, for the reason of the cell before them. */
    private static void cells(HashedFields out, List<Cell> cells) {
        String before = null;
        for (Cell cell : cells) {
            boolean repeated = cell.reason() != null && cell.reason().equals(before);
            out.int1(bit(0, cell.value())
                    | bit(1, cell.day())
                    | bit(2, cell.ending())
                    | bit(3, cell.exposureDays())
                    | bit(4, repeated ? null : cell.reason())
                    | bit(5, repeated ? cell.reason() : null)
                    | bit(6, cell.crosswalk())
                    | bit(7, cell.conversionSe()));
            if (cell.value() != null) {
                out.bits(cell.value());
            }
            if (cell.day() != null) {
                out.int4(cell.day());
            }
            if (cell.ending() != null) {
                out.int1(cell.ending().code());
            }
            if (cell.exposureDays() != null) {
                out.int4(cell.exposureDays());
            }
            if (cell.reason() != null && !repeated) {
                out.text(cell.reason());
            }
            if (cell.crosswalk() != null) {
                out.text(cell.crosswalk());
            }
            if (cell.conversionSe() != null) {
                // As all that is published: else an error that was added to a table would never reach the warehouse.
                out.bits(cell.conversionSe());
            }
            before = cell.reason();
        }
    }

    private static int bit(int place, @Nullable Object value) {
        return value == null ? 0 : 1 << place;
    }

    private static void care(HashedFields out, CareEpisode care) {
        out.text(care.modality());
        out.text(care.therapist());
        out.text(care.group());
        out.date(care.from());
        out.date(care.to());
        out.text(care.sessions());
    }

    /**
     * An assessment; one with the instrument of that before it has the same items and scales.
     *
     * @param names whether instrument and scales are named
     */
    private static void assessment(HashedFields out, ScoredAssessment assessment, boolean names) {
        out.code(names ? assessment.instrument() : null);
        out.text(assessment.placement().label());
        out.code(assessment.interval());
        out.code(assessment.nominal());
        out.date(assessment.date());
        for (int i = 0; i < assessment.values().length; i++) {
            out.int1(assessment.reasons()[i]);
            if (assessment.reasons()[i] == 0) {
                out.int2(assessment.values()[i]);
            }
        }
        for (Score score : assessment.scores()) {
            if (names) {
                out.code(score.scale());
            }
            boolean ofItems = score.source() == ScoreSource.ITEMS;
            out.int1(bit(0, score.value()) | bit(1, score.reason()) | bit(2, ofItems ? null : score));
            if (score.value() != null) {
                out.bits(score.value());
            }
            if (score.reason() != null) {
                out.text(score.reason());
            }
            if (!ofItems) {
                out.text(score.source().label());
            }
        }
    }

    /**
     * The hash of a whole study.
     *
     * @param participants their hashes, in any order
     * @return lower-case hexadecimal
     */
    public static String ofStudy(Collection<byte[]> participants) {
        List<byte[]> sorted =
                participants.stream().sorted(java.util.Arrays::compareUnsigned).toList();
        MessageDigest digest = HashedFields.sha256();
        sorted.forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }
}
