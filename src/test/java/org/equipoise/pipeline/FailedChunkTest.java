package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.equipoise.testing.TestNight.HEADER;
import static org.equipoise.testing.TestNight.standing;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults that Spring Batch 6 has had, tried against our own job: a chunk that failed was taken for done at the restart
 * (spring-batch issue 5182), a second run in one process did nothing and said completed (5157), the first partition to
 * end stopped the others (5099), a failure was swallowed (5079). A chunk is made to fail by a trigger in the database.
 */
class FailedChunkTest extends NewHome {
    /** More than one transaction of the step that reads files: it takes twelve blocks of 4,000 rows. */
    private static final int PARTICIPANTS = 17_000;

    private static String large() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < PARTICIPANTS; i++) {
            String id = "P" + i;
            text.append(id).append(i % 2 == 0 ? ",b,TAU" : ",b,MBT").append(",2020-01-10,2020-01-10,44\n");
            text.append(id).append(",six,,,2020-07-10,45\n");
            text.append(id).append(",twelve,,,2021-01-10,46\n");
        }
        return text.toString();
    }

    private void fail(String table, String when) {
        night.execute("create function public.fail() returns trigger language plpgsql as"
                + " $$ begin raise exception 'made to fail'; end $$");
        night.execute("create trigger made_to_fail before insert on " + table + " for each row when (" + when
                + ") execute function public.fail()");
    }

    private void mend(String table) {
        night.execute("drop trigger made_to_fail on " + table);
        night.execute("drop function public.fail()");
    }

    @Test
    void aFileWhoseSecondChunkFailsIsToldAndReadAgainFromItsBeginning() {
        night.put("beta", "beta_2021-01-01.csv", HEADER + "B1,b,MBT,2020-01-10,2020-01-10,41\n");
        night.run();
        fail("staging.fragment_packet", "new.first_lines[1] > 50000");
        night.put("alpha", "alpha_2021-01-01.csv", large());
        night.put("beta", "beta_2021-02-01.csv", HEADER + "B2,b,TAU,2020-01-10,2020-01-10,42\n");

        NightSummary failed = night.run();

        assertThat(failed.failed()).containsExactly("alpha/alpha_2021-01-01.csv");
        assertThat(standing(failed))
                .containsExactly(
                        "beta_2021-01-01.csv effective 1=1+0+0+0",
                        "alpha_2021-01-01.csv received 0=0+0+0+0",
                        "beta_2021-02-01.csv effective 1=1+0+0+0");
        assertThat(night.values("beta")).containsExactly("B1|baseline|41", "B2|baseline|42");
        mend("staging.fragment_packet");
        NightSummary after = night.run();
        assertThat(after.failed()).isEmpty();
        assertThat(standing(after)).contains("alpha_2021-01-01.csv effective 51000=51000+0+0+0");
        assertThat(after.changed()).isEqualTo(PARTICIPANTS);
        assertThat(night.query("select count(*) from staging.assessment_fragment"))
                .containsExactly("51002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse.participant_history", "comparison.estimate", "comparison.result"})
    void aNightThatFailsInALaterStepSaysSoAndTheNextOneIsWhole(String table) {
        night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
        String before = night.run().contentHash();
        List<String> values = night.values("alpha");
        night.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));
        fail(table, "true");

        assertThatThrownBy(night::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The run did not end well; the log says why: ");

        assertThat(night.query("select status from batch.run order by run_id")).containsExactly("completed", "failed");
        assertThat(night.values("alpha")).isEqualTo(values);
        mend(table);
        NightSummary after = night.run();
        assertThat(after.contentHash()).isNotEqualTo(before);
        assertThat(after.participants()).isEqualTo(24);
        assertThat(night.values("beta")).hasSize(36);
        assertThat(night.query("select count(*), count(distinct snapshot_id) from comparison.result"))
                .containsExactly("2|2");
        assertThat(night.query("select count(*) from comparison.estimate where run_id not in (select run_id from"
                        + " comparison.result)"))
                .containsExactly("0");
    }

    @Test
    void everyRunOfAProcessDoesItsWorkAndEveryFileOfARunIsReadToItsEnd() {
        night.put("alpha", "alpha_2021-01-01.csv", HEADER + "A1,b,MBT,2020-01-10,2020-01-10,41\n");
        assertThat(night.run().changed()).isEqualTo(1);
        night.put("beta", "beta_2021-01-01.csv", HEADER + "B1,b,MBT,2020-01-10,2020-01-10,41\n");
        night.put("gamma", "gamma_2021-01-01.csv", large());
        NightSummary second = night.run();
        assertThat(second.changed()).isEqualTo(PARTICIPANTS + 1);
        assertThat(standing(second))
                .containsExactly(
                        "alpha_2021-01-01.csv effective 1=1+0+0+0",
                        "beta_2021-01-01.csv effective 1=1+0+0+0",
                        "gamma_2021-01-01.csv effective 51000=51000+0+0+0");
        night.put("alpha", "alpha_2021-02-01.csv", HEADER + "A1,b,MBT,2020-01-10,2020-01-10,43\n");
        assertThat(night.run().changed()).isEqualTo(1);
        assertThat(night.query("select run_id, count(*) > 100 from comparison.estimate group by 1 order by 1"))
                .hasSize(3)
                .allMatch(row -> row.endsWith("|t"));
    }
}
