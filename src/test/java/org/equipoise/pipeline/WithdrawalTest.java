package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.equipoise.testing.TestNight.HEADER;

import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.equipoise.pipeline.Withdrawing.Done;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.staging.Withdrawals.Kind;
import org.equipoise.testing.TestNight;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Withdrawals from treatment and from follow-up are told by a coordinator; the next night publishes them. */
class WithdrawalTest extends NewHome {
    private static final LocalDate DAY = LocalDate.of(2020, 8, 1);

    private static String export() {
        return HEADER + RepeatedNightTest.twelve("A").substring(HEADER.length());
    }

    private static Done withdraw(TestNight from, String record, Kind kind, @Nullable LocalDate day) {
        return from.context().getBean(Withdrawing.class).withdraw(new Request("alpha", record, kind, day, "the test"));
    }

    private List<String> valuesOf(String record) {
        return night.query("select o.interval_code, o.value, o.reason from warehouse.outcome_value o join"
                + " identity.participant p using (participant_key) where p.record_id = '" + record
                + "' order by 1");
    }

    private List<String> anchorsOf(String record) {
        return night.query("select a.anchors from warehouse.allocation a join identity.participant p using"
                + " (participant_key) where p.record_id = '" + record + "'");
    }

    @Test
    void afterWithdrawalFromFollowUpNothingCountsWhateverLaterFilesSay() {
        night.put("alpha", "alpha_2021-02-01.csv", export());
        NightSummary before = night.run();
        List<String> others = night.hashes("alpha");
        assertThat(valuesOf("A3")).containsExactly("baseline|45|null", "m12|60|null", "m6|46|null");

        Done done = withdraw(night, "A3", Kind.FOLLOW_UP, DAY);

        assertThat(done.files()).isEqualTo(1);
        assertThat(night.run().changed()).isEqualTo(1);
        assertThat(valuesOf("A3")).containsExactly("baseline|45|null", "m12|null|withdrawn", "m6|46|null");
        assertThat(anchorsOf("A3"))
                .containsExactly("{\"withdrew_on\": \"2020-08-01\", \"randomised_on\": \"2020-01-10\"}");
        others.removeIf(row -> row.startsWith("A3|"));
        assertThat(night.hashes("alpha")).containsAll(others);
        assertThat(night.query("select kind, withdrew_on, recorded_by, finished_at from identity.withdrawal"))
                .containsExactly("follow_up|2020-08-01|the test|null");

        night.put("alpha", "alpha_2021-03-01.csv", export().replace("2021-01-10", "2021-01-12"));
        NightSummary later = night.run();

        assertThat(later.changed()).as("of the twelve all but one").isEqualTo(11);
        assertThat(valuesOf("A3")).contains("m12|null|withdrawn");
        assertThat(night.run().nothingNew()).isTrue();
        assertThat(before.participants()).isEqualTo(12);
        try (TestNight fresh = new TestNight(folder.resolve("fresh"))) {
            fresh.put("alpha", "alpha_2021-03-01.csv", export().replace("2021-01-10", "2021-01-12"));
            fresh.publish();
            withdraw(fresh, "A3", Kind.FOLLOW_UP, DAY);
            assertThat(fresh.publish().contentHash()).isEqualTo(later.contentHash());
        }
    }

    @Test
    void theLaterWordOfACoordinatorStands() {
        night.put("alpha", "alpha_2021-02-01.csv", export());
        night.publish();
        withdraw(night, "A3", Kind.FOLLOW_UP, LocalDate.of(2020, 3, 1));
        night.publish();
        assertThat(valuesOf("A3")).contains("m6|null|withdrawn");

        withdraw(night, "A3", Kind.FOLLOW_UP, DAY);
        night.publish();

        assertThat(valuesOf("A3")).contains("m6|46|null", "m12|null|withdrawn");
    }

    @Test
    void withdrawalFromTreatmentIsAnAnchorAndDataGoOn() {
        night.put("alpha", "alpha_2021-02-01.csv", export());
        night.publish();
        List<String> values = valuesOf("A4");

        withdraw(night, " A4 ", Kind.TREATMENT, DAY);

        assertThat(night.publish().changed()).isEqualTo(1);
        assertThat(valuesOf("A4")).isEqualTo(values);
        assertThat(anchorsOf("A4"))
                .containsExactly("{\"randomised_on\": \"2020-01-10\", \"left_treatment_on\": \"2020-08-01\"}");
    }

    @Test
    void whatCannotBeTakenDownIsToldWithoutTheRecordId() throws Exception {
        night.put("alpha", "alpha_2021-02-01.csv", export());
        night.publish();
        Withdrawing withdrawing = night.context().getBean(Withdrawing.class);

        assertThatThrownBy(() -> withdraw(night, "A77", Kind.CONSENT, null))
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "Site alpha has sent nothing of a participant with this record id to study mini. Type it as the"
                                + " site's files have it. Nothing was changed.");
        assertThatThrownBy(() -> withdraw(night, "A3", Kind.FOLLOW_UP, null))
                .isInstanceOf(RunRefused.class)
                .hasMessage("Say the day of the withdrawal: --date yyyy-MM-dd. It is the last whose data are kept."
                        + " Nothing was changed.");
        assertThatThrownBy(() -> withdraw(night, "A3", Kind.TREATMENT, LocalDate.of(2999, 1, 1)))
                .isInstanceOf(RunRefused.class)
                .hasMessageMatching(
                        "The day of the withdrawal, 2999-01-01, is still to come; at alpha it is .*\\. Nothing"
                                + " was changed\\.");
        assertThatThrownBy(() -> withdrawing.withdraw(new Request("nowhere", "A3", Kind.CONSENT, null, "the test")))
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "nowhere is no site of study mini that can be read now. Its sites are: alpha, beta, delta, gamma."
                                + " Nothing was changed.");
        assertThat(new Request("alpha", "A3", Kind.CONSENT, null, "the test").toString())
                .isEqualTo("withdrawal (consent) at alpha");
        try (Connection holder = night.database().connect();
                Statement statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(" + 0x6571756970L + ")");
            assertThatThrownBy(() -> withdraw(night, "A3", Kind.CONSENT, null))
                    .isInstanceOfSatisfying(
                            RunRefused.class,
                            refused -> assertThat(refused.exitCode()).isEqualTo(5));
        }
        assertThat(night.query("select count(*) from identity.withdrawal")).containsExactly("0");
    }
}
