package org.equipoise.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.equipoise.database.BinaryRows;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.FragmentRows;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that an earlier program has filled holds the same after the migrations since. */
@Timeout(300)
class UpgradedDatabaseTest {
    /** The last before staged rows became narrow and acts told twice were counted once. */
    private static final String OLD = "0021";

    private static final byte REFUSED = 5;
    private static final byte ABSENT = 10;

    /** A row an assessment with its total; rows an answer, of which the block has three; nothing but a total. */
    private static final String FRAGMENTS = """
            insert into staging.assessment_fragment (submission_id, source_submission_id, participant_key, instrument_code,
                form_code, visit_code, event_name, assessed_on, first_line, item_values, item_reasons, item_lines, total_scales,
                total_values, total_uses, total_lines, stale) values
            (3, 3, '00000000-0000-0001-0000-000000000007', 'FOUR', 'wide', 'm12', 'visit 3', '2020-01-08', 7,
                '{1,NULL,300,-4}', '\\x00050000', null, '{total}', '{10.5}', '{cross_check}', '{7}', false),
            (3, 2, '00000000-0000-0001-0000-000000000015', 'FOUR', 'long', null, null, '2020-01-22', 21,
                '{3,2,NULL,32767}', '\\x00000a00', '{24,21,0,22}', '{}', '{}', '{}', '{}', true),
            (3, 3, '00000000-0000-0001-0000-000000000033', 'FOUR', 'none', null, null, '2020-01-24', 51,
                '{NULL,NULL,NULL,NULL}', '\\x0a0a0a0a', '{0,0,0,0}', '{total,half}', '{8,-2}', '{score,score}', '{51,52}', false),
            (3, 3, '00000000-0000-0001-0000-00000000003d', 'FOUR', 'full', null, null, null, 61,
                '{0,0,0,0}', '\\x00000000', null, '{}', '{}', '{}', '{}', false)
            """;

    private static final String EVENTS = """
            insert into warehouse.event_history (participant_key, study_code, site_code, kind, from_on, to_on, times, placement, day,
                submission_id, line, stale, snapshot_from) values
            ('00000000-0000-0001-0000-000000000007', 'mini', 'alpha', 'a', '2020-01-01', '2020-06-30', 2, 'counted', 91, 3, 7, false, 1),
            ('00000000-0000-0001-0000-000000000007', 'mini', 'alpha', 'b', '2020-01-01', '2020-06-30', 3, 'repeated', 91, 3, 7, false, 1)
            """;

    private static final String SPELLS = """
            insert into warehouse.spell_history (participant_key, study_code, site_code, kind, from_on, to_on, days, placement, day,
                submission_id, line, stale, snapshot_from) values
            ('00000000-0000-0001-0000-000000000007', 'mini', 'alpha', 'a', '2020-01-01', '2020-06-30', 12, 'counted', 0, 3, 7, false, 1),
            ('00000000-0000-0001-0000-000000000007', 'mini', 'alpha', 'b', '2020-01-01', '2020-06-30', null, 'counted', 0, 3, 7, false, 1),
            ('00000000-0000-0001-0000-000000000007', 'mini', 'alpha', 'c', '2020-01-01', '2020-06-30', 5, 'no_time_zero', null, 3, 7, false, 1)
            """;

    /** One that a later row replaced, one left standing, a spell that goes on, and enough spans for two packets. */
    private static final String HISTORY = """
            insert into staging.event (submission_id, source_submission_id, participant_key, event_kind, detail, from_day, to_day,
                event_count, line, stale, row_key) values
            (3, 3, '00000000-0000-0001-0000-000000000007', 'a', null, '2020-01-01', '2020-06-30', 2, 7, false, 'v1'),
            (3, 2, '00000000-0000-0001-0000-000000000007', 'a', 'x', '2020-07-01', '2020-07-01', 1, 9, true, 'v2'),
            (4, 4, '00000000-0000-0001-0000-000000000015', 'b', null, '2020-01-01', '2020-01-01', 0, 7, false, '');
            insert into staging.spell (submission_id, source_submission_id, participant_key, spell_kind, detail, from_day, to_day,
                days, line, row_key) values
            (3, 3, '00000000-0000-0001-0000-000000000007', 'a', 'x', '2020-01-01', null, null, 8, 'v3'),
            (3, 3, '00000000-0000-0001-0000-000000000007', 'a', 'y', '2020-01-01', '2020-06-30', 12, 7, 'v1');
            insert into staging.care_episode (submission_id, source_submission_id, participant_key, modality, therapist, care_group,
                from_day, to_day, sessions, line) values
            (3, 3, '00000000-0000-0001-0000-000000000007', 'group', 'T1', null, '2020-01-01', null, 31, 8),
            (3, 3, '00000000-0000-0001-0000-000000000007', 'group', null, 'G1', '2020-01-02', '2020-02-02', null, 8);
            insert into staging.observed_span (submission_id, source_submission_id, participant_key, kind, from_day, to_day, source,
                line) select 3, 3, '00000000-0000-0001-0000-000000000007', 'a', date '2020-01-01' + n, date '2020-02-01' + n,
                             case when n < 70 then 'recall' else 'notes' end, 100 + n
                      from generate_series(0, 149) as n
            """;

    private static final String PUBLISHED = """
            insert into warehouse.snapshot (run_id, study_code, definition_hash, program_version, status)
                values (1, 'mini', '', '', 'published');
            insert into warehouse.observation_time_history (participant_key, study_code, site_code, kind, from_on, to_on, source,
                submission_id, line, stale, snapshot_from, snapshot_to)
                select '00000000-0000-0001-0000-000000000007', 'mini', 'alpha', 'a', date '2020-01-01' + n, date '2020-02-01' + n,
                       'recall', 3 + n / 60, 100 + n, n = 5, 1, case when n < 20 then 2 end
                from generate_series(0, 149) as n;
            insert into warehouse.care_episode_history (participant_key, study_code, site_code, modality, therapist, therapy_group,
                from_on, to_on, sessions, submission_id, line, stale, snapshot_from) values
            ('00000000-0000-0001-0000-000000000007', 'mini', 'alpha', 'group', 'T1', null, '2020-01-01', null, 31, 3, 8, false, 1),
            ('00000000-0000-0001-0000-000000000007', 'mini', 'alpha', 'group', null, 'G1', '2020-01-02', '2020-02-02', null, 3, 8, true, 1);
            create view warehouse.event as select * from warehouse.event_history;
            create view warehouse.spell as select * from warehouse.spell_history;
            create view warehouse.observation_time as select * from warehouse.observation_time_history;
            create view warehouse.care_episode as select * from warehouse.care_episode_history;
            create view warehouse.care_profile as select e.kind from warehouse.event e join warehouse.spell using (kind)
            """;

    private static final List<String> SHOWN = List.of(
            "staging.event",
            "staging.spell",
            "staging.observed_span",
            "staging.care_episode",
            "warehouse.observation_time_history",
            "warehouse.care_episode_history");

    @TempDir
    private Path folder;

    private final DatabaseAddress database = TestDatabase.fresh();
    private final Map<String, List<String>> before = new HashMap<>();
    private TestNight night;

    @BeforeEach
    void fillAsThen() {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:db/migration")
                .javaMigrations(new JobRepositoryMigration())
                .target(OLD)
                .load()
                .migrate();
        night = TestNight.mini(folder, database);
        night.execute(FRAGMENTS);
        night.execute(EVENTS);
        night.execute(SPELLS);
        night.execute(HISTORY);
        night.execute(PUBLISHED);
        SHOWN.forEach(table -> before.put(table, rows(table)));
        night.context();
    }

    private static AssessmentFragment fragment(
            String form, int firstLine, String visit, String event, String date, AssessmentFragment like) {
        return new AssessmentFragment(
                new ParticipantKey(new UUID(1, firstLine)),
                new InstrumentCode("FOUR"),
                form,
                visit.isEmpty() ? null : new IntervalCode(visit),
                event.isEmpty() ? null : event,
                date.isEmpty() ? null : LocalDate.parse(date),
                firstLine,
                like.values(),
                like.reasons(),
                like.lines(),
                like.totals());
    }

    private static AssessmentFragment answers(
            short[] values, byte[] reasons, int[] lines, AssessmentFragment.Total... totals) {
        return new AssessmentFragment(
                new ParticipantKey(new UUID(0, 0)),
                new InstrumentCode("FOUR"),
                "",
                null,
                null,
                null,
                0,
                values,
                reasons,
                lines.length == 0 ? null : lines,
                List.of(totals));
    }

    private static AssessmentFragment.Total total(String scale, double value, TotalUse use, int line) {
        return new AssessmentFragment.Total(new ScaleCode(scale), value, use, line);
    }

    @Test
    void stagedFragmentsAreReadAsTheyWereStored() throws SQLException {
        List<FragmentRows.Stored> read = new ArrayList<>();
        try (Connection connection = database.connect();
                BinaryRows rows = BinaryRows.open(
                        connection,
                        "select " + String.join(", ", FragmentRows.COLUMNS)
                                + " from staging.assessment_fragment order by first_line")) {
            while (rows.next()) {
                read.add(FragmentRows.read(rows));
            }
        }

        assertThat(read)
                .extracting(FragmentRows.Stored::fragment)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        fragment(
                                "wide",
                                7,
                                "m12",
                                "visit 3",
                                "2020-01-08",
                                answers(
                                        new short[] {1, 0, 300, -4},
                                        new byte[] {0, REFUSED, 0, 0},
                                        new int[0],
                                        total("total", 10.5, TotalUse.CROSS_CHECK, 7))),
                        fragment(
                                "long",
                                21,
                                "",
                                "",
                                "2020-01-22",
                                answers(new short[] {3, 2, 0, 32767}, new byte[] {0, 0, ABSENT, 0}, new int[] {
                                    24, 21, 0, 22
                                })),
                        fragment(
                                "none",
                                51,
                                "",
                                "",
                                "2020-01-24",
                                answers(
                                        new short[4],
                                        new byte[] {ABSENT, ABSENT, ABSENT, ABSENT},
                                        new int[4],
                                        total("total", 8, TotalUse.SCORE, 51),
                                        total("half", -2, TotalUse.SCORE, 52))),
                        fragment("full", 61, "", "", "", answers(new short[4], new byte[4], new int[0])));
        assertThat(read)
                .extracting(FragmentRows.Stored::submission, FragmentRows.Stored::source, FragmentRows.Stored::stale)
                .containsExactly(tuple(3L, 3L, false), tuple(3L, 2L, true), tuple(3L, 3L, false), tuple(3L, 3L, false));
    }

    @Test
    void linesOfAnswersAreToldAsBefore() {
        assertThat(night.query(
                        "select right(participant_key::text, 2), item, line from staging.answer_line order by 1, 2"))
                .containsExactly("15|1|24", "15|2|21", "15|4|22");
    }

    /** Rows as text, whatever the order of columns; which rows a later increment replaced was not told then. */
    private List<String> rows(String table) {
        return night.query("select to_jsonb(t) - 'replaced' from " + table + " t order by 1");
    }

    @Test
    void whatHappenedIsShownRowByRowAsBefore() {
        SHOWN.forEach(table -> assertThat(rows(table)).as(table).isEqualTo(before.get(table)));
        assertThat(before.get("staging.observed_span")).hasSize(150);
        assertThat(night.query(
                        "select stale, goes_on, length(record_letters), array_length(names, 1) from staging.history_packet"
                                + " where right(participant_key::text, 1) = '7' order by 1, 2"))
                .containsExactly("f|f|100|7", "f|t|55|1", "t|f|1|1");
    }

    @Test
    void analystsSeeWhatHappenedAndNotWhereItIsPacked() {
        assertThat(night.queryAs("equipoise_analyst", "select count(*) from warehouse.observation_time"))
                .containsExactly("150");
        assertThat(night.queryAs("equipoise_analyst", "select count(*) from warehouse.care_profile"))
                .containsExactly("0");
        assertThatThrownBy(() ->
                        night.queryAs("equipoise_analyst", "select count(*) from warehouse.record_series_history"))
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void actsCountAsTheyDid() {
        assertThat(night.query("select kind, times, counted_times from warehouse.event_history order by kind"))
                .containsExactly("a|2|2", "b|3|0");
        assertThat(night.query("select kind, days, counted_days, counted_from_on, counted_to_on"
                        + " from warehouse.spell_history order by kind"))
                .containsExactly("a|12|12|2020-01-01|2020-06-30", "b|null|null|null|null", "c|5|null|null|null");
    }
}
