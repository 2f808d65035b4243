package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.BinaryRows;
import org.equipoise.database.CopyTarget;
import org.equipoise.staging.HistoryPackets;
import org.equipoise.staging.StoredHistory;
import org.equipoise.staging.StoredHistory.Named;
import org.equipoise.staging.StoredHistory.Table;
import org.equipoise.testing.TestNight;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened is read back as it was stored, packed or row by row in SQL. */
class StoredHistoryTest {
    private static final ParticipantKey PARTICIPANT = new ParticipantKey(new UUID(1, 2));
    private static final LocalDate DAY = LocalDate.of(2020, 1, 31);

    private static final List<StoredHistory> HISTORY = List.of(
            row(new Named(Table.EVENT, "attempt", null, null, null), DAY, 0, 9, "v 2", false),
            row(new Named(Table.EVENT, "attempt", "severe", null, null), DAY.plusDays(9), 3, 7, "v 1", true),
            row(new Named(Table.SPELL, "work", null, null, null), null, null, 9, "v 2", false),
            row(new Named(Table.SPELL, "work", null, null, null), DAY.plusDays(30), 12, 11, "", false),
            row(new Named(Table.OBSERVED, "attempt", "notes", null, null), DAY.plusDays(30), null, 7, "v 1", true),
            row(new Named(Table.CARE, "group", null, "T1", "G1"), null, 31, 12, "", false),
            row(new Named(Table.CARE, "group", null, null, "G1"), DAY, null, 12, "", false));

    @TempDir
    private Path folder;

    private static StoredHistory row(
            Named named, @Nullable LocalDate to, @Nullable Integer number, int line, String key, boolean replaced) {
        return new StoredHistory(named, DAY, to, number, line, key, replaced);
    }

    @Test
    void isReadBackAsItWas() throws SQLException {
        try (TestNight night = new TestNight(folder)) {
            night.run();
            try (Connection connection = night.database().connect()) {
                store(connection, HISTORY);
                assertThat(packets(connection)).containsExactly(HISTORY);
            }
            assertThat(night.query(
                            "select event_kind, detail, from_day, to_day, event_count, line, row_key, stale, replaced"
                                    + " from staging.event order by line"))
                    .containsExactly(
                            "attempt|severe|2020-01-31|2020-02-09|3|7|v 1|f|t",
                            "attempt|null|2020-01-31|2020-01-31|0|9|v 2|f|f");
            assertThat(night.query(
                            "select spell_kind, detail, from_day, to_day, days, line, row_key, replaced from staging.spell"
                                    + " order by line"))
                    .containsExactly(
                            "work|null|2020-01-31|null|null|9|v 2|f", "work|null|2020-01-31|2020-03-01|12|11||f");
            assertThat(night.query("select kind, from_day, to_day, source, line, replaced from staging.observed_span"))
                    .containsExactly("attempt|2020-01-31|2020-03-01|notes|7|t");
            assertThat(night.query("select modality, therapist, care_group, from_day, to_day, sessions, line"
                            + " from staging.care_episode order by sessions"))
                    .containsExactly(
                            "group|T1|G1|2020-01-31|null|31|12", "group|null|G1|2020-01-31|2020-01-31|null|12");
        }
    }

    @Test
    void whatDoesNotFitOnAPageGoesOnInAnotherRow() throws SQLException {
        List<StoredHistory> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(new StoredHistory(
                    new Named(Table.CARE, "group", null, "T" + i, null),
                    DAY.plusDays(i),
                    null,
                    i,
                    9 + i,
                    "key",
                    false));
        }
        try (TestNight night = new TestNight(folder)) {
            night.run();
            try (Connection connection = night.database().connect()) {
                store(connection, many);
                assertThat(packets(connection).stream().flatMap(List::stream)).isEqualTo(many);
                many.add(many.get(0));
                store(connection, many);
            }
            assertThat(night.query("select goes_on, repeats, length(record_letters) from staging.history_packet"))
                    .containsExactly("f|f|171", "t|f|129", "f|t|171", "t|t|130");
            assertThat(
                            night.query(
                                    "select count(*), count(distinct therapist), min(line), max(line) from staging.care_episode"))
                    .containsExactly("601|300|9|308");
        }
    }

    private static List<List<StoredHistory>> packets(Connection connection) throws SQLException {
        List<List<StoredHistory>> packets = new ArrayList<>();
        try (BinaryRows rows = BinaryRows.open(
                connection, "select " + String.join(", ", HistoryPackets.COLUMNS) + " from " + HistoryPackets.TABLE)) {
            while (rows.next()) {
                packets.add(HistoryPackets.read(rows).rows());
            }
        }
        return packets;
    }

    private static void store(Connection connection, List<StoredHistory> history) throws SQLException {
        BinaryCopy rows = new BinaryCopy(HistoryPackets.COLUMNS.size());
        HistoryPackets.write(rows, PARTICIPANT, history, 3);
        try (CopyTarget target = CopyTarget.open(connection, HistoryPackets.TABLE, HistoryPackets.COLUMNS)) {
            target.write(rows);
            target.finish();
        }
    }
}
