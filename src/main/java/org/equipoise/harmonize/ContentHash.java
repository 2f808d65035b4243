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
import org.equipoise.harmonize.HarmonizedParticipant.ScoredAssessment;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.vocabulary.StudyCode;

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
        for (ScoredAssessment assessment : participant.assessments()) {
            assessment(out, assessment);
        }
        for (OutcomeSeries series : participant.series()) {
            out.code(series.outcome());
            out.text(series.ruleVersion());
            for (Cell cell : series.cells()) {
                out.number(cell.value());
                out.text(cell.day());
                out.text(cell.ending());
                out.text(cell.exposureDays());
                out.text(cell.reason());
                out.text(cell.crosswalk());
            }
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

    private static void care(HashedFields out, CareEpisode care) {
        out.text(care.modality());
        out.text(care.therapist());
        out.text(care.group());
        out.date(care.from());
        out.date(care.to());
        out.text(care.sessions());
    }

    private static void assessment(HashedFields out, ScoredAssessment assessment) {
        out.code(assessment.instrument());
        out.text(assessment.placement());
        out.code(assessment.interval());
        out.code(assessment.nominal());
        out.date(assessment.date());
        for (int i = 0; i < assessment.values().length; i++) {
            out.int1(assessment.reasons()[i]);
            out.int2(assessment.reasons()[i] == 0 ? assessment.values()[i] : 0);
        }
        for (Score score : assessment.scores()) {
            out.code(score.scale());
            out.number(score.value());
            out.text(score.reason());
            out.text(score.source());
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
