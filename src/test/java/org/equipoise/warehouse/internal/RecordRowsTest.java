package org.equipoise.warehouse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.CopyTarget;
import org.equipoise.harmonize.CareBy;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.HarmonizedParticipant.CountedDays;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedSpell;
import org.equipoise.harmonize.HarmonizedParticipant.RecordPlacement;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.equipoise.testing.TestNight;
import org.equipoise.vocabulary.EventKind;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.SpellKind;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to a participant is stored in rows that fit on a page each, and shown one by one as it was. */
class RecordRowsTest {
    private static final ParticipantKey PARTICIPANT = new ParticipantKey(new UUID(1, 2));
    private static final LocalDate DAY = LocalDate.of(2021, 3, 4);

    @TempDir
    private Path folder;

    private static PlacedEvent event(
            @Nullable String detail,
            LocalDate to,
            int times,
            int line,
            RecordPlacement placement,
            @Nullable Integer day,
            int counted,
            boolean stale) {
        return new PlacedEvent(
                new Sourced<>(
                        new StagedEvent(PARTICIPANT, new EventKind("attempt"), detail, DAY, to, times, line),
                        stale ? 6 : 7,
                        1,
                        stale),
                placement,
                day,
                counted);
    }

    private static PlacedSpell spell(
            @Nullable LocalDate to, @Nullable Integer days, int line, @Nullable CountedDays counted) {
        return new PlacedSpell(
                new Sourced<>(
                        new StagedSpell(PARTICIPANT, new SpellKind("work"), null, DAY, to, days, line), 7, 1, false),
                RecordPlacement.COUNTED,
                -3,
                counted);
    }

    @Test
    void areShownAsTheyWere() throws SQLException {
        try (TestNight night = new TestNight(folder)) {
            night.run();
            store(
                    night,
                    List.of(
                            event(null, DAY.plusDays(9), 3, 12, RecordPlacement.COUNTED, 5, 2, false),
                            event("severe", DAY, 0, 13, RecordPlacement.NO_TIME_ZERO, null, 0, true)),
                    List.of(
                            spell(null, null, 14, null),
                            spell(DAY.plusDays(30), 12, 15, new CountedDays(7.25, DAY.plusDays(1), DAY.plusDays(30)))),
                    List.of(new Sourced<>(
                            new ObservedSpan(
                                    PARTICIPANT, "attempt", DAY, DAY.plusDays(1), ObservedSpan.Source.NOTES, 16),
                            8,
                            2,
                            false)),
                    List.of(new Sourced<>(
                            new CareEpisode(PARTICIPANT, "group", null, "G1", DAY, null, 31, 17), 7, 1, false)));

            assertThat(
                            night.query(
                                    "select kind, detail, from_on, to_on, times, placement, day, submission_id, line, stale,"
                                            + " counted_times, snapshot_from, snapshot_to from warehouse.event_history order by line"))
                    .containsExactly(
                            "attempt|null|2021-03-04|2021-03-13|3|counted|5|7|12|f|2|1|null",
                            "attempt|severe|2021-03-04|2021-03-04|0|no_time_zero|null|6|13|t|0|1|null");
            assertThat(
                            night.query(
                                    "select kind, detail, from_on, to_on, days, placement, day, submission_id, line, stale,"
                                            + " counted_days, counted_from_on, counted_to_on from warehouse.spell_history order by line"))
                    .containsExactly(
                            "work|null|2021-03-04|null|null|counted|-3|7|14|f|null|null|null",
                            "work|null|2021-03-04|2021-04-03|12|counted|-3|7|15|f|7.25|2021-03-05|2021-04-03");
            assertThat(night.query("select kind, from_on, to_on, source, submission_id, line, stale"
                            + " from warehouse.observation_time_history"))
                    .containsExactly("attempt|2021-03-04|2021-03-05|notes|8|16|f");
            assertThat(night.query(
                            "select modality, therapist, therapy_group, from_on, to_on, sessions, submission_id, line"
                                    + " from warehouse.care_episode_history"))
                    .containsExactly("group|null|G1|2021-03-04|null|31|7|17");
        }
    }

    @Test
    void whatDoesNotFitOnAPageGoesOnInAnotherRow() throws SQLException {
        try (TestNight night = new TestNight(folder)) {
            night.run();
            store(
                    night,
                    IntStream.range(0, 250)
                            .mapToObj(i -> event("d" + i, DAY, i, 9 + i, RecordPlacement.COUNTED, i, i, false))
                            .toList(),
                    List.of(),
                    List.of(),
                    List.of());

            assertThat(night.query("select detail, times, day, line from warehouse.event_history order by line"))
                    .isEqualTo(IntStream.range(0, 250)
                            .mapToObj(i -> "d" + i + "|" + i + "|" + i + "|" + (9 + i))
                            .toList());
            assertThat(night.query("select length(record_letters) from warehouse.record_series_history"))
                    .containsExactly("120", "120", "10");
        }
    }

    private static void store(
            TestNight night,
            List<PlacedEvent> events,
            List<PlacedSpell> spells,
            List<Sourced<ObservedSpan>> observed,
            List<Sourced<CareEpisode>> care)
            throws SQLException {
        BinaryCopy rows = new BinaryCopy(RecordRows.COLUMNS.size());
        HarmonizedParticipant participant = new HarmonizedParticipant(
                PARTICIPANT,
                new SiteCode("alpha"),
                null,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                events,
                spells,
                observed,
                care,
                new CareBy(null, null),
                List.of(),
                new byte[0]);
        RecordRows.add(rows, new StudyCode("mini"), participant, 1);
        try (Connection connection = night.database().connect();
                CopyTarget target = CopyTarget.open(connection, RecordRows.TABLE, RecordRows.COLUMNS)) {
            target.write(rows);
            target.finish();
        }
    }
}
