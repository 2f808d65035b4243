package org.equipoise.warehouse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.CopyTarget;
import org.equipoise.harmonize.CareBy;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.HarmonizedParticipant.Placement;
import org.equipoise.harmonize.HarmonizedParticipant.Score;
import org.equipoise.harmonize.HarmonizedParticipant.ScoreSource;
import org.equipoise.harmonize.HarmonizedParticipant.ScoredAssessment;
import org.equipoise.testing.TestNight;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A participant's assessments are stored in rows that fit on a page each, and shown one by one as they were. */
class AssessmentRowsTest {
    private static final byte REFUSED = 5;
    private static final LocalDate DAY = LocalDate.of(2021, 3, 4);

    private static final List<ScoredAssessment> ASSESSMENTS = List.of(
            new ScoredAssessment(
                    new InstrumentCode("THREE"),
                    Placement.INTERVAL,
                    new IntervalCode("m12"),
                    new IntervalCode("m6"),
                    DAY,
                    300,
                    7,
                    12,
                    true,
                    new short[] {1, 0, -2},
                    new byte[] {0, REFUSED, 0},
                    List.of(
                            score("total", null, "too_few_items", 2, ScoreSource.ITEMS),
                            score("part", 1.5, null, 1, ScoreSource.EMBEDDED))),
            new ScoredAssessment(
                    new InstrumentCode("ONE"),
                    Placement.NO_TIME_ZERO,
                    null,
                    null,
                    null,
                    null,
                    9,
                    13,
                    false,
                    new short[] {50},
                    new byte[] {0},
                    List.of(score("total", 50.0, null, 0, ScoreSource.SITE))),
            new ScoredAssessment(
                    new InstrumentCode("THREE"),
                    Placement.UNSCHEDULED,
                    null,
                    new IntervalCode("m12"),
                    DAY.plusDays(1),
                    -1,
                    7,
                    14,
                    false,
                    new short[] {3, 4, 5},
                    new byte[] {0, 0, 0},
                    List.of(
                            score("total", 12.0, null, 3, ScoreSource.ITEMS),
                            score("part", 3.0, null, 1, ScoreSource.ITEMS))));

    @TempDir
    private Path folder;

    private static Score score(
            String scale, @Nullable Double value, @Nullable String reason, int answered, ScoreSource source) {
        return new Score(new ScaleCode(scale), value, reason, answered, source);
    }

    @Test
    void areShownAsTheyWere() throws SQLException {
        try (TestNight night = new TestNight(folder)) {
            night.run();
            store(night, ASSESSMENTS);

            assertThat(night.query(
                            "select assessment_id, instrument_code, placement, interval_code, nominal_code, assessed_on, day,"
                                    + " submission_id, line, stale, item_values, encode(item_reasons, 'hex')"
                                    + " from warehouse.assessment_history order by 1"))
                    .containsExactly(
                            "100|THREE|interval|m12|m6|2021-03-04|300|7|12|t|{1,NULL,-2}|000500",
                            "101|ONE|no_time_zero|null|null|null|null|9|13|f|{50}|00",
                            "102|THREE|unscheduled|null|m12|2021-03-05|-1|7|14|f|{3,4,5}|000000");
            assertThat(
                            night.query(
                                    "select assessment_id, score_values, score_reason_letters, score_reasons, score_answered,"
                                            + " score_source_letters, score_sources from warehouse.assessment_history order by 1"))
                    .containsExactly(
                            "100|{NULL,1.5}|a.|{too_few_items}|{2,1}|.a|{embedded,site}",
                            "101|{50}|.|{too_few_items}|{0}|b|{embedded,site}",
                            "102|{12,3}|..|{too_few_items}|{3,1}|..|{embedded,site}");
        }
    }

    @Test
    void whatDoesNotFitOnAPageGoesOnInAnotherRow() throws SQLException {
        List<ScoredAssessment> many = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.addAll(ASSESSMENTS);
            expected.addAll(List.of("THREE|12|{NULL,1.5}", "ONE|13|{50}", "THREE|14|{12,3}"));
        }
        try (TestNight night = new TestNight(folder)) {
            night.run();
            store(night, many);

            assertThat(night.query("select instrument_code, line, score_values from warehouse.assessment_history"
                            + " order by assessment_id"))
                    .containsExactlyElementsOf(expected);
            // 76, 52 and 76 bytes of 6,000
            assertThat(night.query("select cardinality(assessment_ids) from warehouse.assessment_series_history"))
                    .containsExactly("88", "88", "4");
        }
    }

    private static void store(TestNight night, List<ScoredAssessment> assessments) throws SQLException {
        BinaryCopy rows = new BinaryCopy(AssessmentRows.COLUMNS.size());
        HarmonizedParticipant participant = new HarmonizedParticipant(
                new ParticipantKey(new UUID(1, 2)),
                new SiteCode("alpha"),
                null,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                assessments,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new CareBy(null, null),
                List.of(),
                new byte[0]);
        long[] numbers = LongStream.range(100, 100 + assessments.size()).toArray();
        AssessmentRows.add(rows, new StudyCode("mini"), participant, numbers, 1);
        try (Connection connection = night.database().connect();
                CopyTarget target = CopyTarget.open(connection, AssessmentRows.TABLE, AssessmentRows.COLUMNS)) {
            target.write(rows);
            target.finish();
        }
    }
}
