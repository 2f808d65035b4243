package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.equipoise.testing.TestNight.HEADER;
import static org.equipoise.testing.TestNight.standing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same data give the same night: again in the same home, in another home, and never twice at once. */
class RepeatedNightTest {
    private static final String COUNTS = "select (select count(*) from warehouse.snapshot),"
            + " (select count(*) from comparison.estimate), (select count(*) from comparison.result),"
            + " (select count(*) from warehouse.participant_history),"
            + " (select count(*) from staging.assessment_fragment)";

    @TempDir
    private Path folder;

    /** Twelve participants in two arms, so that every method has something to work on. */
    static String twelve(String prefix) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 1; i <= 12; i++) {
            String id = prefix + i;
            text.append(id).append(i % 2 == 0 ? ",b,TAU" : ",b,MBT").append(",2020-01-10,2020-01-10,");
            text.append(35 + (i * 7) % 11).append('\n');
            text.append(id)
                    .append(",six,,,2020-07-10,")
                    .append(45 + (i * 5) % 13 - i % 2)
                    .append('\n');
            text.append(id)
                    .append(",twelve,,,2021-01-10,")
                    .append(50 + (i * 3) % 17 + i % 2)
                    .append('\n');
        }
        return text.toString();
    }

    private static TestNight delivered(Path folder) {
        TestNight night = new TestNight(folder);
        night.put("alpha", "alpha_2021-02-01.csv", twelve("A"));
        night.put("beta", "beta_2021-02-01.csv", twelve("B"));
        return night;
    }

    @Test
    void aSecondNightWithNothingNewChangesNothing() {
        try (TestNight night = delivered(folder)) {
            NightSummary first = night.run();
            List<String> before = night.query(COUNTS);
            NightSummary inTheSameProcess = night.run();
            night.restart();
            NightSummary inAnother = night.run();
            for (NightSummary again : List.of(inTheSameProcess, inAnother)) {
                assertThat(again.contentHash()).isEqualTo(first.contentHash());
                assertThat(again.snapshotId()).isEqualTo(first.snapshotId());
                assertThat(again.nothingNew()).isTrue();
                assertThat(standing(again)).isEqualTo(standing(first));
            }
            assertThat(night.query(COUNTS)).isEqualTo(before);
        }
    }

    @Test
    void ofTwoSchedulesOnOneDatabaseOneDoesTheWork() {
        try (TestNight night = delivered(folder)) {
            Night runs = night.context().getBean(Night.class);
            Instant due = Instant.now();
            assertThat(runs.runIfDue(due, Progress.NONE)).isPresent();
            assertThat(runs.runIfDue(due, Progress.NONE)).isEmpty();
            assertThat(night.query("select status from batch.run")).containsExactly("completed");
            Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
            assertThat(runs.runIfDue(tomorrow, Progress.NONE)).isPresent();
        }
    }

    @Test
    void twoHomesWithTheirOwnSecretsFindTheSameNumbersToTheLastBit() {
        String numbers = "select outcome_code, interval_code, site_code, arm_code, method, variant, quantity, at_value,"
                + " variable, stratum, population, tier, float8send(estimate), float8send(std_error), float8send(df),"
                + " float8send(statistic), float8send(p_value), float8send(p_adjusted), float8send(ci_low),"
                + " float8send(ci_high), ci_level, n_treatment, n_control, reason, options from comparison.estimate"
                + " order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 24";
        try (TestNight one = delivered(folder.resolve("one"));
                TestNight two = delivered(folder.resolve("two"))) {
            String hash = one.run().contentHash();
            assertThat(two.run().contentHash()).isNotEmpty();
            assertThat(one.query(numbers)).hasSizeGreaterThan(100).isEqualTo(two.query(numbers));
            for (String site : List.of("alpha", "beta")) {
                assertThat(one.values(site)).hasSize(36).isEqualTo(two.values(site));
            }
            assertThat(two.query("select content_hash from warehouse.snapshot")).containsExactly(hash);
        }
    }

    @Test
    void aSecondStartIsRefusedWhileARunHoldsTheLock() throws SQLException {
        try (TestNight night = delivered(folder)) {
            night.run();
            List<String> before = night.query(COUNTS + " union all select count(*), 0, 0, 0, 0 from batch.run");
            night.put("gamma", "gamma_2021-02-01.csv", twelve("C"));
            night.execute("update batch.run set status = 'running', started_at = '2026-11-02 02:00',"
                    + " host = 'elsewhere', pid = 4711");
            try (Connection holder = night.database().connect();
                    Statement statement = holder.createStatement()) {
                statement.execute("select pg_advisory_lock(" + 0x6571756970L + ")");
                assertThatThrownBy(night::run)
                        .isInstanceOfSatisfying(
                                RunRefused.class,
                                refused -> assertThat(refused.exitCode()).isEqualTo(5))
                        .hasMessageMatching("Another run is at work since 2026-11-02 02:00 on elsewhere, process 4711."
                                + " Wait for it to end; nothing was changed by this start.");
            }
            assertThat(night.query(COUNTS + " union all select count(*), 0, 0, 0, 0 from batch.run"))
                    .isEqualTo(before);
            assertThat(night.run().received()).hasSize(1);
        }
    }
}
