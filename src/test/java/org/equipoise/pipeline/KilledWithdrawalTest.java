package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.staging.Withdrawals.Kind;
import org.equipoise.testing.ChildProgram;
import org.equipoise.testing.Traces;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A withdrawal of consent ends at one of its transactions as if killed there: a trigger makes that one fail. Either nothing
 * has changed, or the next run finishes the erasing.
 */
@Timeout(300)
class KilledWithdrawalTest extends NewHome {
    private static final String[] THEIRS = {"A7", "2020-03-13"};

    private static final Request REQUEST = new Request("alpha", "A7", Kind.CONSENT, null, "the test");

    private void deliver() {
        String first = RepeatedNightTest.twelve("A").replace("A7,six,,,2020-07-10", "A7,six,,,2020-03-13");
        night.put("alpha", "alpha_2021-02-01.csv", first);
        night.publish();
        night.put("alpha", "alpha_2021-03-01.csv", first.replace("2021-01-10", "2021-01-11"));
        night.publish();
        night.context().getBean(Freezing.class).freeze("kept", null);
    }

    private void failAt(String table, String when) {
        night.execute("create function public.fail() returns trigger language plpgsql as"
                + " $$ begin raise exception 'made to fail'; end $$");
        night.execute("create trigger made_to_fail before update or delete on " + table + " for each row when (" + when
                + ") execute function public.fail()");
    }

    private void mend(String table) {
        night.execute("drop trigger made_to_fail on " + table);
        night.execute("drop function public.fail()");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "identity.participant, old.record_id = 'A7', false",
        "warehouse.snapshot, old.snapshot_id = 2, false",
        "submission.submission, old.submission_id = 1 and old.erased_through = 0, true",
        "submission.submission, old.submission_id = 2 and old.erased_through = 0, true",
        "identity.withdrawal, old.finished_at is null, true",
    })
    void isNothingOrIsFinishedByTheNextRun(String table, String when, boolean begun) {
        deliver();
        List<String> before = Traces.of(night, THEIRS);
        failAt(table, when);
        assertThatThrownBy(() -> night.context().getBean(Withdrawing.class).withdraw(REQUEST))
                .rootCause()
                .hasMessageContaining("made to fail");
        mend(table);

        if (!begun) {
            assertThat(Traces.of(night, THEIRS)).isEqualTo(before);
            assertThat(night.query("select count(*) from identity.withdrawal")).containsExactly("0");
            return;
        }
        assertThat(night.query("select finished_at is null from identity.withdrawal"))
                .containsExactly("t");
        assertThat(night.query("select count(*) from warehouse.participant_history p where not exists (select from"
                        + " identity.participant i where i.participant_key = p.participant_key)"))
                .as("the database is erased as a whole or not at all")
                .containsExactly("0");

        night.context().getBean(Night.class).recover();

        assertThat(Traces.of(night, THEIRS)).isEmpty();
        assertThat(night.query("select finished_at is null from identity.withdrawal"))
                .containsExactly("f");
        assertThat(night.query("select status, participants from warehouse.snapshot order by snapshot_id"))
                .containsExactly("redacted|11", "redacted|11");
        assertThat(night.context().getBean(Withdrawing.class).withdraw(REQUEST).before())
                .isTrue();
        assertThat(night.publish().submissions())
                .allSatisfy(
                        submission -> assertThat(submission.counts().received()).isEqualTo(36));
        assertThat(night.hashes("alpha")).hasSize(11);
        assertThat(Traces.of(night, THEIRS)).isEmpty();
    }

    /** In a process of its own, so many milliseconds after it was told to begin. */
    @ParameterizedTest
    @ValueSource(ints = {40, 160, 400, 900})
    void aKilledProcessLeavesNothingThatTheNextRunDoesNotFinish(int milliseconds) throws Exception {
        deliver();
        List<String> before = Traces.of(night, THEIRS);
        boolean over;
        try (ChildProgram child = WithdrawalProgram.inAnotherProcess(folder, night.database(), "A7")) {
            assertThat(child.line()).isEqualTo("ready");
            child.say("go");
            over = child.speaksWithin(Duration.ofMillis(milliseconds)).isPresent();
            child.kill();
        }

        night.context().getBean(Night.class).recover();

        boolean begun = !night.query("select 1 from identity.withdrawal").isEmpty();
        System.out.println("killed after " + milliseconds + " ms: "
                + (over ? "too late" : begun ? "finished by the next run" : "nothing done"));
        assertThat(Traces.of(night, THEIRS)).isEqualTo(begun ? List.of() : before);
        assertThat(night.context().getBean(Withdrawing.class).withdraw(REQUEST).before())
                .isEqualTo(begun);
        assertThat(Traces.of(night, THEIRS)).isEmpty();
        assertThat(night.query("select count(*) from batch.run where status = 'running'"))
                .containsExactly("0");
    }
}
