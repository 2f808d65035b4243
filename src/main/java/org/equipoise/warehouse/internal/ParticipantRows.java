package org.equipoise.warehouse.internal;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.Letters;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.OutcomeSeries;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** Participants, their assessments, all cells of their outcomes and what happened to them on the way to the database. */
final class ParticipantRows {
    static final List<String> TABLES = List.of(
            "warehouse.participant_history",
            AssessmentRows.TABLE,
            "warehouse.outcome_series_history",
            RecordRows.TABLE);

    private static final List<String> PARTICIPANT = List.of(
            "participant_key",
            "study_code",
            "site_code",
            "arm_code",
            "time_zero",
            "anchors",
            "factors",
            "therapist",
            "therapy_group",
            "content_hash",
            "snapshot_from");
    private static final List<String> SERIES = List.of(
            "participant_key",
            "study_code",
            "site_code",
            "arm_code",
            "cell_values",
            "cell_days",
            "cell_endings",
            "cell_exposures",
            "assessment_ids",
            "cell_reasons",
            "reasons",
            "cell_crosswalks",
            "crosswalks",
            "cell_conversion_ses",
            "snapshot_from");

    private final long snapshot;
    private final StudyCode study;
    private final BinaryCopy people = new BinaryCopy(PARTICIPANT.size());
    private final BinaryCopy assessments = new BinaryCopy(AssessmentRows.COLUMNS.size(), 1 << 16);
    private final BinaryCopy series = new BinaryCopy(SERIES.size(), 1 << 16);
    private final BinaryCopy records = new BinaryCopy(RecordRows.COLUMNS.size(), 1 << 16);

    ParticipantRows(long snapshot, StudyCode study) {
        this.snapshot = snapshot;
        this.study = study;
    }

    /** Takes the rows of a table. */
    @FunctionalInterface
    interface Sink {
        void copy(String table, List<String> columns, Stream<BinaryCopy> rows);
    }

    /** Hands on what several slices hold. */
    static void write(Sink sink, List<ParticipantRows> slices) {
        sink.copy(TABLES.get(0), PARTICIPANT, slices.stream().map(rows -> rows.people));
        sink.copy(TABLES.get(1), AssessmentRows.COLUMNS, slices.stream().map(rows -> rows.assessments));
        sink.copy(TABLES.get(2), SERIES, slices.stream().map(rows -> rows.series));
        sink.copy(TABLES.get(3), RecordRows.COLUMNS, slices.stream().map(rows -> rows.records));
    }

    /**
     * Adds a participant.
     *
     * @param numbers one an assessment
     */
    void add(HarmonizedParticipant participant, long[] numbers) {
        start(people, participant)
                .text(code(participant.arm()))
                .date(participant.timeZero())
                .jsonb(FlatJson.of(participant.anchors()))
                .jsonb(FlatJson.of(participant.factors()))
                .text(participant.careBy().therapist())
                .text(participant.careBy().group())
                .bytea(participant.contentHash())
                .int8(snapshot);
        AssessmentRows.add(assessments, study, participant, numbers, snapshot);
        addSeries(participant, numbers);
        RecordRows.add(records, study, participant, snapshot);
    }

    private BinaryCopy start(BinaryCopy rows, HarmonizedParticipant participant) {
        return rows.startRow()
                .uuid(participant.key().value())
                .text(study.value())
                .text(participant.site().value());
    }

    private void addSeries(HarmonizedParticipant participant, long[] numbers) {
        int count = 0;
        for (OutcomeSeries outcome : participant.series()) {
            count += outcome.cells().size();
        }
        Cells cells = new Cells(count);
        for (OutcomeSeries outcome : participant.series()) {
            for (Cell cell : outcome.cells()) {
                cells.add(cell, numbers);
            }
        }
        start(series, participant).text(code(participant.arm()));
        cells.write(series);
        series.int8(snapshot);
    }

    static @Nullable String code(@Nullable Code code) {
        return code == null ? null : code.value();
    }

    /** All cells of a participant, one after the other. */
    private static final class Cells {
        private final int count;
        private final double[] values;
        private final int[] days;
        private final short[] endings;
        private final int[] exposures;
        private final long[] assessments;
        private final double[] conversionSes;
        private final BitSet valued = new BitSet();
        private final BitSet dated = new BitSet();
        private final BitSet ended = new BitSet();
        private final BitSet exposed = new BitSet();
        private final BitSet assessed = new BitSet();
        private final BitSet uncertain = new BitSet();
        private final Letters<String> reasons;
        private final Letters<String> crosswalks;
        private int size;

        Cells(int count) {
            this.count = count;
            values = new double[count];
            days = new int[count];
            endings = new short[count];
            exposures = new int[count];
            assessments = new long[count];
            conversionSes = new double[count];
            reasons = new Letters<>(count);
            crosswalks = new Letters<>(count);
        }

        void add(Cell cell, long[] numbers) {
            if (cell.value() != null) {
                valued.set(size);
                values[size] = cell.value();
            }
            if (cell.day() != null) {
                dated.set(size);
                days[size] = cell.day();
            }
            if (cell.ending() != null) {
                ended.set(size);
                endings[size] = (short) cell.ending().code();
            }
            if (cell.exposureDays() != null) {
                exposed.set(size);
                exposures[size] = cell.exposureDays();
            }
            if (cell.assessment() >= 0) {
                assessed.set(size);
                assessments[size] = numbers[cell.assessment()];
            }
            reasons.add(cell.reason());
            crosswalks.add(cell.crosswalk());
            if (cell.conversionSe() != null) {
                uncertain.set(size);
                conversionSes[size] = cell.conversionSe();
            }
            size++;
        }

        void write(BinaryCopy rows) {
            if (valued.isEmpty()) {
                rows.nullField();
            } else {
                rows.float8Array(values, count, others(valued));
            }
            if (dated.isEmpty()) {
                rows.nullField();
            } else {
                rows.int4Array(days, count, others(dated));
            }
            if (ended.isEmpty()) {
                rows.nullField();
            } else {
                rows.int2Array(endings, count, others(ended));
            }
            if (exposed.isEmpty()) {
                rows.nullField();
            } else {
                rows.int4Array(exposures, count, others(exposed));
            }
            if (assessed.isEmpty()) {
                rows.nullField();
            } else {
                rows.int8Array(assessments, count, others(assessed));
            }
            Letters.write(rows, reasons);
            if (crosswalks.isEmpty()) {
                rows.nullField().nullField();
            } else {
                Letters.write(rows, crosswalks);
            }
            if (uncertain.isEmpty()) {
                rows.nullField();
            } else {
                rows.float8Array(conversionSes, count, others(uncertain));
            }
        }

        private BitSet others(BitSet some) {
            some.flip(0, count);
            return some;
        }
    }
}
