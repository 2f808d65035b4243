package org.equipoise.warehouse.internal;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.Letters;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.HarmonizedParticipant.Score;
import org.equipoise.harmonize.HarmonizedParticipant.ScoreSource;
import org.equipoise.harmonize.HarmonizedParticipant.ScoredAssessment;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** A participant's assessments on the way to the database: all in a row, or in a few that fit on a page each. */
final class AssessmentRows {
    static final String TABLE = "warehouse.assessment_series_history";

    static final List<String> COLUMNS = List.of(
            "participant_key",
            "study_code",
            "site_code",
            "assessment_ids",
            "instrument_letters",
            "instrument_codes",
            "item_counts",
            "scale_counts",
            "placement_letters",
            "placements",
            "interval_letters",
            "interval_codes",
            "nominal_letters",
            "nominal_codes",
            "dates",
            "days",
            "submission_letters",
            "submission_ids",
            "lines",
            "stale_letters",
            "item_values",
            "item_reasons",
            "score_values",
            "score_reason_letters",
            "score_reasons",
            "score_answered",
            "score_source_letters",
            "score_sources",
            "snapshot_from");

    private static final int BYTES_PER_ROW = 6_000;

    private AssessmentRows() {}

    /**
     * Adds a participant's assessments.
     *
     * @param numbers one an assessment
     */
    static void add(
            BinaryCopy rows, StudyCode study, HarmonizedParticipant participant, long[] numbers, long snapshot) {
        List<ScoredAssessment> all = participant.assessments();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            int more = 32
                    + 4 * all.get(i).values().length
                    + 16 * all.get(i).scores().size();
            if (i > from && bytes + more > BYTES_PER_ROW) {
                new Row(all.subList(from, i), numbers, from).write(rows, study, participant, snapshot);
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        if (!all.isEmpty()) {
            new Row(all.subList(from, all.size()), numbers, from).write(rows, study, participant, snapshot);
        }
    }

    /** What a letter stands for. */
    private record Answered(Code instrument, int items, int scales) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Answered answered
                    && items == answered.items
                    && scales == answered.scales
                    && instrument.equals(answered.instrument);
        }

        @Override
        public int hashCode() {
            return instrument.hashCode();
        }
    }

    /** One row. */
    private static final class Row {
        private final int count;
        private final long[] ids;
        private final Letters<Answered> instruments;
        private final Letters<String> placements;
        private final Letters<String> intervals;
        private final Letters<String> nominals;
        private final @Nullable LocalDate[] dates;
        private final int[] days;
        private final BitSet undated = new BitSet();
        private final Letters<Long> submissions;
        private final int[] lines;
        private final StringBuilder stale = new StringBuilder();
        private boolean anyStale;
        private final short[] values;
        private final byte[] reasons;
        private final BitSet missing = new BitSet();
        private final double[] scores;
        private final BitSet unscored = new BitSet();
        private final Letters<String> scoreReasons;
        private final short[] answered;
        private final Letters<String> sources;
        private int items;
        private int scales;

        Row(List<ScoredAssessment> assessments, long[] numbers, int firstNumber) {
            count = assessments.size();
            int allItems = 0;
            int allScales = 0;
            for (ScoredAssessment assessment : assessments) {
                allItems += assessment.values().length;
                allScales += assessment.scores().size();
            }
            ids = new long[count];
            System.arraycopy(numbers, firstNumber, ids, 0, count);
            instruments = new Letters<>(count);
            placements = new Letters<>(count);
            intervals = new Letters<>(count);
            nominals = new Letters<>(count);
            dates = new LocalDate[count];
            days = new int[count];
            submissions = new Letters<>(count);
            lines = new int[count];
            values = new short[allItems];
            reasons = new byte[allItems];
            scores = new double[allScales];
            scoreReasons = new Letters<>(allScales);
            answered = new short[allScales];
            sources = new Letters<>(allScales);
            for (int i = 0; i < count; i++) {
                add(i, assessments.get(i));
            }
        }

        private void add(int place, ScoredAssessment assessment) {
            int itsItems = assessment.values().length;
            instruments.add(new Answered(
                    assessment.instrument(), itsItems, assessment.scores().size()));
            placements.add(assessment.placement().label());
            intervals.add(ParticipantRows.code(assessment.interval()));
            nominals.add(ParticipantRows.code(assessment.nominal()));
            dates[place] = assessment.date();
            if (assessment.day() == null) {
                undated.set(place);
            } else {
                days[place] = assessment.day();
            }
            submissions.add(assessment.submission());
            lines[place] = assessment.line();
            stale.append(assessment.stale() ? 's' : '.');
            anyStale |= assessment.stale();
            System.arraycopy(assessment.values(), 0, values, items, itsItems);
            System.arraycopy(assessment.reasons(), 0, reasons, items, itsItems);
            for (int i = 0; i < itsItems; i++) {
                if (assessment.reasons()[i] != 0) {
                    missing.set(items + i);
                }
            }
            items += itsItems;
            for (Score score : assessment.scores()) {
                add(score);
            }
        }

        private void add(Score score) {
            if (score.value() == null) {
                unscored.set(scales);
            } else {
                scores[scales] = score.value();
            }
            scoreReasons.add(score.reason());
            answered[scales] = (short) score.answered();
            sources.add(
                    score.source() == ScoreSource.ITEMS ? null : score.source().label());
            scales++;
        }

        void write(BinaryCopy rows, StudyCode study, HarmonizedParticipant participant, long snapshot) {
            rows.startRow()
                    .uuid(participant.key().value())
                    .text(study.value())
                    .text(participant.site().value())
                    .int8Array(ids, count, null);
            writeInstruments(rows);
            Letters.write(rows, placements);
            Letters.write(rows, intervals);
            Letters.write(rows, nominals);
            rows.dateArray(dates).int4Array(days, count, undated);
            long[] files =
                    submissions.things().stream().mapToLong(Long::longValue).toArray();
            rows.text(submissions.cells())
                    .int8Array(files, files.length, null)
                    .int4Array(lines, count, null)
                    .text(anyStale ? stale : null)
                    .int2Array(values, items, missing)
                    .bytea(missing.isEmpty() ? null : reasons)
                    .float8Array(scores, scales, unscored);
            Letters.write(rows, scoreReasons);
            rows.int2Array(answered, scales, null);
            Letters.write(rows, sources);
            rows.int8(snapshot);
        }

        private void writeInstruments(BinaryCopy rows) {
            List<Answered> all = instruments.things();
            rows.text(instruments.cells())
                    .textArray(all.stream().map(one -> one.instrument().value()).toArray(String[]::new), all.size())
                    .int4Array(all.stream().mapToInt(Answered::items).toArray(), all.size(), null)
                    .int4Array(all.stream().mapToInt(Answered::scales).toArray(), all.size(), null);
        }
    }
}
