package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.standing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a row of an increment does to the events and spells that earlier increments told of. */
@SuppressWarnings("LoopOverCharArray")
class IncrementedRowsTest {
    private static final String PEOPLE = """
            id,visit,arm,randomised,seen,gaf,attempts,med___1,med___2
            A1,b,MBT,2020-01-10,2020-01-10,41,,,
            A2,b,TAU,2020-01-12,2020-01-12,43,,,
            """;
    private static final String HEADER = "id,number,type,from,to\n";

    private static final Map<Character, String> INCREMENTS = Map.of(
            '1',
                    HEADER
                            + "A1,1,attempt,2020-02-03,\n"
                            + "A1,2,attempt,2020-05-10,\n"
                            + "A1,3,harm,2020-06-01,\n"
                            + "A2,1,ward,2020-03-01,2020-03-20\n",
            '2',
                    HEADER
                            + "A1,1,attempt,2020-02-08,\n" // another day
                            + "A1,2,harm,2020-05-10,\n" // another kind
                            + "A1,3,note,2020-06-01,\n" // it was nothing that the study asks about
                            + "A2,1,ward,2020-03-02,2020-03-25\n",
            '3',
                    HEADER
                            + "A1,1,attempt,2020-02-33,\n" // refused: the earlier version stands
                            + "A1,4,attempt,2020-02-03,\n" // a further one, on the day that was wrong before
                            + "A2,1,ward,2020-03-02,2020-03-26\n");

    @TempDir
    private Path folder;

    private TestNight night;

    @BeforeEach
    void newHome() {
        night = new TestNight(folder.resolve("nights"));
        night.put("delta", "delta_visits_2020-12-31.csv", PEOPLE);
    }

    @AfterEach
    void close() {
        night.close();
    }

    private static void deliver(TestNight to, char increment) {
        to.put("delta", "delta_numbered_2021-0" + increment + "-01.csv", INCREMENTS.get(increment));
    }

    private List<String> published() {
        return night.query("select i.record_id, kind, from_on, to_on from"
                + " (select participant_key, kind, from_on, to_on from warehouse.event union all"
                + " select participant_key, kind, from_on, to_on from warehouse.spell) e"
                + " join identity.participant i using (participant_key) order by 1, 3, 2");
    }

    private List<String> doubts() {
        return night.query("select s.file_name, f.message, f.remedy from staging.finding f"
                + " join submission.submission s using (submission_id) where f.code = 'SUB-012' order by 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "132", "213", "231", "312", "321"})
    void aRowReplacesTheEarlierOneOfItsKeyInWhateverOrderFilesArrive(String order) {
        NightSummary last = night.publish();
        for (char increment : order.toCharArray()) {
            deliver(night, increment);
            last = night.publish();
        }
        assertThat(published())
                .containsExactly(
                        "A1|suicide_attempt|2020-02-03|2020-02-03",
                        "A1|suicide_attempt|2020-02-08|2020-02-08",
                        "A1|self_harm|2020-05-10|2020-05-10",
                        "A2|admission|2020-03-02|2020-03-26");
        assertThat(standing(last))
                .contains(
                        "delta_numbered_2021-01-01.csv effective 4=0+0+0+4",
                        "delta_numbered_2021-02-01.csv effective 4=3+0+0+1",
                        "delta_numbered_2021-03-01.csv effective 3=2+1+0+0");
        assertThat(doubts()).isEmpty();
        try (TestNight atOnce = new TestNight(folder.resolve("at once"))) {
            atOnce.put("delta", "delta_visits_2020-12-31.csv", PEOPLE);
            INCREMENTS.keySet().forEach(increment -> deliver(atOnce, increment));
            assertThat(atOnce.publish().contentHash()).isEqualTo(last.contentHash());
        }
    }

    @Test
    void rowsThatShareAKeyAreReplacedTogether() {
        night.put(
                "delta",
                "delta_numbered_2021-01-01.csv",
                HEADER + "A1,1,attempt,2020-02-03,\nA1,1,attempt,2020-02-04,\nA2,1,attempt,2020-02-04,\n");
        night.put("delta", "delta_numbered_2021-02-01.csv", HEADER + "A1,1,attempt,2020-02-05,\n");
        night.publish();
        assertThat(published())
                .containsExactly(
                        "A1|suicide_attempt|2020-02-05|2020-02-05", "A2|suicide_attempt|2020-02-04|2020-02-04");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "21"})
    void withoutAKeyBothCountAndTheFileThatMayRepeatIsTold(String order) {
        for (char increment : order.toCharArray()) {
            night.put(
                    "delta",
                    "delta_more_2021-0" + increment + "-01.csv",
                    increment == '1'
                            ? "id,from,to\nA1,2020-02-01,2020-12-31\nA2,2020-02-01,\n"
                            : "id,from,to\nA1,2020-02-04,2020-12-31\n");
            night.publish();
        }
        assertThat(published())
                .containsExactly(
                        "A1|employment|2020-02-01|2020-12-31",
                        "A1|employment|2020-02-04|2020-12-31",
                        "A2|employment|2020-02-01|null");
        assertThat(doubts())
                .containsExactly(
                        "delta_more_2021-02-01.csv|This increment tells of events, spells or care of people of whom earlier"
                                + " increments told others of the same kind, and nothing tells a corrected one from a"
                                + " further one: all are counted.|Name in the mapping, under row_key, the columns that"
                                + " number such rows, such as REDCap's repeat instance or Castor's report id; or send"
                                + " the whole each time, with mode: cumulative.");
    }

    @Test
    void aFurtherPersonsSpellsAreInNoDoubt() {
        night.put("delta", "delta_more_2021-01-01.csv", "id,from,to\nA1,2020-02-01,\n");
        night.put("delta", "delta_more_2021-02-01.csv", "id,from,to\nA2,2020-02-01,\nA1,2020-02-01,2020-12-31\n");
        night.publish();
        assertThat(doubts()).isEmpty();
    }
}
