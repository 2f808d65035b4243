package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A row an answer, in two editions of one form: the second counts from 1, and its item 2 was turned round before the
 * export. The same person answered 1, 0 and 4: 1 + (3 - 0) + 4 = 8; with item 1 refused, (3 + 4) / 2 x 3 = 10.5.
 */
@Timeout(300)
class CodedAnswersTest {
    private static final Path JOBS = Path.of("src/test/resources/org/equipoise/definition/right");

    @TempDir
    private Path folder;

    @Test
    void editionsOfAFormGiveTheSameScore() throws IOException {
        try (TestNight night = new TestNight(folder, JOBS, "studies/trial.yaml", TestDatabase.fresh())) {
            Path mapping = night.jobs().resolve("sites/there/mapping.yaml");
            Files.writeString(
                    mapping,
                    Files.readString(mapping)
                            .replace(
                                    "values: {Mood: MOOD-3}}",
                                    "values: {Mood: MOOD-3, New: MOOD-3}, codings: {New: {variant: shifted, missing: {8: refused}}}}"));
            night.put("there", "rows.csv", """
                    id,grp,rand,form,day,item,answer
                    1,NEW,2020-01-06,Mood,2020-01-06,1,1
                    1,NEW,2020-01-06,Mood,2020-01-06,2,0
                    1,NEW,2020-01-06,Mood,2020-01-06,3,4
                    2,NEW,2020-01-06,New,2020-01-06,1,2
                    2,NEW,2020-01-06,New,2020-01-06,2,4
                    2,NEW,2020-01-06,New,2020-01-06,3,5
                    3,NEW,2020-01-06,New,2020-01-06,1,8
                    3,NEW,2020-01-06,New,2020-01-06,2,4
                    3,NEW,2020-01-06,New,2020-01-06,3,5
                    4,NEW,2020-01-06,Mood,2020-01-06,1,8
                    """);

            night.publish();

            assertThat(night.query("select p.record_id, a.item_values, s.value, s.answered from warehouse.score s"
                            + " join warehouse.assessment a using (assessment_id)"
                            + " join identity.participant p on p.participant_key = a.participant_key"
                            + " where s.scale_code = 'total' order by 1"))
                    .containsExactly("T-001|{1,0,4}|8|3", "T-002|{1,0,4}|8|3", "T-003|{NULL,0,4}|10.5|2");
            assertThat(night.query("select code, line, found from staging.finding where severity = 'error'"))
                    .containsExactly("STG-033|11|8");
        }
    }
}
