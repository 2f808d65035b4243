package org.equipoise.harmonize;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of what is published: SHA-256 over natural keys and the bits of numbers, in a fixed
 * order. No surrogate ids, times, runs or secrets go in, so equal data give equal hashes on any machine.
 */
public final class ContentHash {
    private ContentHash() {}

    static byte[] of(StudyCode study, String recordId, HarmonizedParticipant participant) {
        MessageDigest digest = sha256();
        try (DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest), 4096))) {
            text(out, study.value());
            text(out, participant.site().value());
            text(out, recordId);
            code(out, participant.arm());
            text(out, participant.timeZero());
            for (Map.Entry<String, ?> anchor : participant.anchors().entrySet()) {
                text(out, anchor.getKey());
                text(out, anchor.getValue());
            }
            for (Map.Entry<String, String> factor : participant.factors().entrySet()) {
                text(out, factor.getKey());
                text(out, factor.getValue());
            }
            for (ScoredAssessment assessment : participant.assessments()) {
                assessment(out, assessment);
            }
            for (OutcomeSeries series : participant.series()) {
                code(out, series.outcome());
                for (Cell cell : series.cells()) {
                    number(out, cell.value());
                    text(out, cell.day());
                    text(out, cell.ending());
                    text(out, cell.exposureDays());
                    text(out, cell.reason());
                    text(out, cell.crosswalk());
                }
            }
            for (PlacedEvent event : participant.events()) {
                text(out, event.naturalKey());
                text(out, event.day());
            }
            for (PlacedSpell spell : participant.spells()) {
                text(out, spell.naturalKey());
                text(out, spell.placement());
            }
            for (Sourced<ObservedSpan> sourced : participant.observed()) {
                ObservedSpan span = sourced.value();
                text(out, span.kind());
                text(out, span.from());
                text(out, span.to());
                text(out, span.source());
            }
            for (Sourced<CareEpisode> sourced : participant.care()) {
                care(out, sourced.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A digest does no I/O", e);
        }
        return digest.digest();
    }

    private static void care(DataOutputStream out, CareEpisode care) throws IOException {
        text(out, care.modality());
        text(out, care.therapist());
        text(out, care.group());
        text(out, care.from());
        text(out, care.to());
        text(out, care.sessions());
    }

    private static void assessment(DataOutputStream out, ScoredAssessment assessment) throws IOException {
        code(out, assessment.instrument());
        text(out, assessment.placement());
        code(out, assessment.interval());
        code(out, assessment.nominal());
        text(out, assessment.date());
        for (int i = 0; i < assessment.values().length; i++) {
            out.writeByte(assessment.reasons()[i]);
            out.writeShort(assessment.reasons()[i] == 0 ? assessment.values()[i] : 0);
        }
        for (Score score : assessment.scores()) {
            code(out, score.scale());
            number(out, score.value());
            text(out, score.reason());
            text(out, score.source());
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
        MessageDigest digest = sha256();
        sorted.forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void code(DataOutputStream out, @Nullable Code code) throws IOException {
        text(out, code == null ? null : code.value());
    }

    private static void text(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            byte[] bytes = value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static void number(DataOutputStream out, @Nullable Double value) throws IOException {
        out.writeBoolean(value != null);
        out.writeLong(value == null ? 0 : Double.doubleToLongBits(value));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
