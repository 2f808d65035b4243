package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.BinaryRows;
import org.equipoise.database.CopyTarget;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.FragmentPackets;
import org.equipoise.staging.FragmentRows;
import org.equipoise.testing.TestNight;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However briefly a fragment is stored, it is read back as it was, and the line of each answer can be told in SQL. */
class StoredFragmentsTest {
    private static final byte ABSENT = 10;
    private static final byte REFUSED = 5;
    private static final ParticipantKey PARTICIPANT = new ParticipantKey(new UUID(1, 2));
    private static final List<AssessmentFragment> FRAGMENTS = List.of(
            // a row an assessment
            fragment("wide", 7, values(1, 0, 300, -4), reasons(0, REFUSED, 0, 0), null),
            // rows that follow each other, whole
            fragment("whole", 11, values(1, 2, 3, 4), reasons(0, 0, 0, 0), lines(11, 12, 13, 14)),
            // the same, of which a block has the middle
            fragment("part", 21, values(0, 2, 3, 0), reasons(ABSENT, REFUSED, 0, ABSENT), lines(0, 21, 22, 0)),
            // rows in another order
            fragment("mixed", 31, values(1, 2, 3, 4), reasons(0, 0, 0, 0), lines(34, 33, 31, 32)),
            // a gap where the file has the total
            fragment("gap", 41, values(1, 2, 3, 4), reasons(0, 0, 0, 0), lines(41, 42, 44, 45)),
            // nothing but a total
            fragment("none", 51, values(0, 0, 0, 0), reasons(ABSENT, ABSENT, ABSENT, ABSENT), lines(0, 0, 0, 0)));

    @TempDir
    private Path folder;

    private static AssessmentFragment fragment(
            String form, int firstLine, short[] values, byte[] reasons, int @Nullable [] lines) {
        return new AssessmentFragment(
                PARTICIPANT,
                new InstrumentCode("FOUR"),
                form,
                form.equals("part") ? new IntervalCode("m12") : null,
                form.equals("none") ? null : form.equals("wide") ? "first visit" : "visit",
                form.equals("part") ? null : LocalDate.of(2020, 1, firstLine % 28 + 1),
                firstLine,
                values,
                reasons,
                lines,
                form.equals("gap") || form.equals("none")
                        ? List.of(new AssessmentFragment.Total(
                                new ScaleCode("total"), 10, TotalUse.CROSS_CHECK, form.equals("gap") ? 43 : 51))
                        : List.of());
    }

    private static short[] values(int... values) {
        short[] shorts = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            shorts[i] = (short) values[i];
        }
        return shorts;
    }

    private static byte[] reasons(int... reasons) {
        byte[] bytes = new byte[reasons.length];
        for (int i = 0; i < reasons.length; i++) {
            bytes[i] = (byte) reasons[i];
        }
        return bytes;
    }

    private static int[] lines(int... lines) {
        return lines;
    }

    @Test
    void areReadBackAsTheyWere() throws SQLException {
        try (TestNight night = new TestNight(folder)) {
            night.run();
            try (Connection connection = night.database().connect()) {
                store(connection, FRAGMENTS);
                assertThat(packets(connection)).usingRecursiveComparison().isEqualTo(List.of(FRAGMENTS));
                assertThat(fragments(connection)).usingRecursiveComparison().isEqualTo(FRAGMENTS);
            }
            assertThat(night.query("select first_line from staging.assessment_fragment where lines_rise order by 1"))
                    .containsExactly("11", "21", "51");
            assertThat(night.query("select item, line from staging.answer_line order by 2"))
                    .containsExactlyElementsOf(answerLines());
        }
    }

    @Test
    void whatDoesNotFitOnAPageGoesOnInAnotherRow() throws SQLException {
        List<AssessmentFragment> many = new ArrayList<>();
        for (int visit = 0; visit < 300; visit++) {
            many.add(fragment("wide", 100 + visit % 28, values(1, 2, 3, 4), reasons(0, 0, 0, 0), null));
        }
        try (TestNight night = new TestNight(folder)) {
            night.run();
            try (Connection connection = night.database().connect()) {
                store(connection, many.subList(0, 28));
                store(connection, many);
                assertThat(fragments(connection).subList(28, 328))
                        .usingRecursiveComparison()
                        .isEqualTo(many);
            }
            assertThat(night.query("select goes_on, repeats, length(form_letters) from staging.fragment_packet"))
                    .containsExactly("f|f|28", "f|t|88", "t|t|88", "t|t|88", "t|t|36");
        }
    }

    private static List<List<AssessmentFragment>> packets(Connection connection) throws SQLException {
        List<List<AssessmentFragment>> packets = new ArrayList<>();
        try (BinaryRows rows = BinaryRows.open(
                connection, "select " + String.join(", ", FragmentPackets.COLUMNS) + " from staging.fragment_packet")) {
            while (rows.next()) {
                packets.add(FragmentPackets.read(rows).fragments());
            }
        }
        return packets;
    }

    private static List<AssessmentFragment> fragments(Connection connection) throws SQLException {
        List<AssessmentFragment> fragments = new ArrayList<>();
        try (BinaryRows rows = BinaryRows.open(
                connection,
                "select " + String.join(", ", FragmentRows.COLUMNS) + " from staging.assessment_fragment")) {
            while (rows.next()) {
                fragments.add(FragmentRows.read(rows).fragment());
            }
        }
        return fragments;
    }

    private static void store(Connection connection, List<AssessmentFragment> fragments) throws SQLException {
        BinaryCopy rows = new BinaryCopy(FragmentPackets.COLUMNS.size());
        FragmentPackets.write(rows, fragments, 3, 2, false);
        try (CopyTarget target = CopyTarget.open(connection, FragmentPackets.TABLE, FragmentPackets.COLUMNS)) {
            target.write(rows);
            target.finish();
        }
    }

    private static List<String> answerLines() {
        List<String> expected = new ArrayList<>();
        for (AssessmentFragment fragment : FRAGMENTS) {
            for (int i = 0; fragment.lines() != null && i < fragment.values().length; i++) {
                if (fragment.line(i) > 0) {
                    expected.add((i + 1) + "|" + fragment.line(i));
                }
            }
        }
        expected.sort(Comparator.comparing(line -> Integer.valueOf(line.substring(line.indexOf('|') + 1))));
        return expected;
    }
}
