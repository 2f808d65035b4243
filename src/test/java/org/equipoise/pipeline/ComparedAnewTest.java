package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.equipoise.comparison.ComparisonStore.Difference;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights, of which the second has more people; then their snapshots are compared anew. */
class ComparedAnewTest {
    /** Every estimate of a run, to the last bit. */
    static final String BITS = "select outcome_code, interval_code, period_code, site_code, arm_code, population, tier,"
            + " method, variant, quantity, at_value, variable, stratum, float8send(estimate), float8send(std_error),"
            + " float8send(df), float8send(statistic), float8send(p_value), float8send(p_adjusted), float8send(ci_low),"
            + " float8send(ci_high), float8send(ci_level), n_treatment, n_control, options, reason, look_code, closed"
            + " from comparison.estimate where run_id = %d order by estimate::text collate \"C\", 1, 2, 3, 4, 5, 6, 7, 8,"
            + " 9, 10, 11, 12, 13, 27";

    private static final String WRITTEN = "select (select count(*) from comparison.estimate), (select count(*) from"
            + " comparison.model), (select count(*) from comparison.result), (select count(*) from batch.run), (select"
            + " count(*) from warehouse.definition), (select max(run_id) from comparison.current_estimate)";

    @TempDir
    private Path folder;

    private TestNight night;
    private NightSummary first;
    private NightSummary second;

    @BeforeEach
    void twoNights() {
        night = new TestNight(folder);
        night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
        first = night.run();
        night.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));
        second = night.run();
    }

    @AfterEach
    void close() {
        night.close();
    }

    private List<String> bits(long run) {
        return night.query(BITS.formatted(run));
    }

    private String current() {
        return night.query("select distinct run_id || ' of ' || snapshot_id from comparison.current_estimate union"
                        + " select distinct run_id || ' of ' || snapshot_id from comparison.current_model")
                .toString();
    }

    @Test
    void theLatestSnapshotGivesTheBitsOfItsNightAndTheCurrentResults() {
        Compared compared = night.compare(null, false);

        assertThat(compared.result().snapshotId()).isEqualTo(second.snapshotId());
        assertThat(bits(compared.result().runId()))
                .hasSizeGreaterThan(100)
                .hasSize((int) compared.result().estimates())
                .isEqualTo(bits(second.runId()));
        assertThat(compared.isCurrent()).isTrue();
        assertThat(compared.earlier().map(Result::runId)).contains(second.runId());
        assertThat(compared.differences()).isNotEmpty().allMatch(Difference::isNone);
        assertThat(current()).isEqualTo("[3 of 2]");
        assertThat(night.home().report(compared.result().runId()).resolve("index.html"))
                .exists();
        assertThat(night.query("select job, status from batch.run order by run_id"))
                .containsExactly("nightly|completed", "nightly|completed", "compare|completed");
    }

    @Test
    void anOlderSnapshotIsReadBesideTheOthersAndNeverCurrent() {
        Compared compared = night.compare(first.snapshotId(), false);

        assertThat(bits(compared.result().runId()))
                .isEqualTo(bits(first.runId()))
                .isNotEqualTo(bits(second.runId()));
        assertThat(compared.isCurrent()).isFalse();
        assertThat(current()).isEqualTo("[2 of 2]");
        assertThat(night.home().report(compared.result().runId())).doesNotExist();
        NightSummary third = night.run();
        assertThat(third.nothingNew()).isTrue();
        assertThat(night.query("select count(*) from comparison.result")).containsExactly("3");
        assertThat(third.report()).contains(night.home().report(second.runId()).resolve("index.html"));
        assertThat(night.context().getBean(Rendering.class).renderCurrent())
                .hasValueSatisfying(page -> assertThat(page.runId()).isEqualTo(second.runId()));
    }

    @Test
    void aDryRunTellsWhatAChangedStudyFileWouldChangeAndWritesNothing() {
        night.redefine("endpoints: [value, change]", "endpoints: [value]");
        List<String> before = night.query(WRITTEN);

        Compared foreseen = night.compare(null, true);

        assertThat(night.query(WRITTEN)).isEqualTo(before);
        assertThat(foreseen.isCurrent()).isTrue();
        String changes = "select interval_code, count(*) from comparison.estimate where run_id = " + second.runId()
                + " and (variant = 'change' or variant like 'change:%') group by 1 order by length(interval_code)";
        assertThat(foreseen.differences().stream()
                        .filter(difference -> !difference.isNone())
                        .map(difference -> difference.place() + "|" + difference.vanished()))
                .hasSize(2)
                .containsExactlyElementsOf(night.query(changes));
        assertThat(foreseen.differences()).allSatisfy(difference -> {
            assertThat(difference.appeared()).isZero();
            assertThat(difference.changed()).isZero();
        });

        Compared compared = night.compare(null, false);

        assertThat(compared.differences()).isEqualTo(foreseen.differences());
        assertThat(compared.result().estimates())
                .isEqualTo(foreseen.result().estimates())
                .isEqualTo(bits(compared.result().runId()).size());
        assertThat(night.query("select count(*) from warehouse.definition where canonical_text like"
                        + " '%endpoints: [value]%' and definition_hash = '"
                        + compared.result().definitionHash() + "'"))
                .containsExactly("1");
    }

    @Test
    void oneBitOfOneNumberIsToldWhereItStands() {
        night.execute("update comparison.estimate set std_error = std_error * (1 + 2.3e-16) where run_id = "
                + second.runId() + " and site_code = 'ALL' and method = 'welch_t' and variant = 'value' and"
                + " interval_code = 'm12'");

        Compared compared = night.compare(null, true);

        assertThat(compared.differences().stream().filter(difference -> !difference.isNone()))
                .extracting(Difference::outcome, Difference::place, Difference::changed)
                .containsExactly(tuple("FUNC_GAF", "m12", 1L));
    }

    @Test
    void whatTheSnapshotWasNotMadeForIsRefusedByName() {
        night.redefine("{code: m6, name: 6 months, month: 6}", "{code: half, name: 6 months, month: 6}");
        List<String> before = night.query(WRITTEN);

        assertThatThrownBy(() -> night.compare(null, false))
                .isInstanceOf(RunRefused.class)
                .hasMessage("Snapshot 2 was made when these outcomes were not defined, or over other intervals or"
                        + " periods: FUNC_GAF. They cannot be compared from it. Nothing was changed.");
        assertThat(night.query(WRITTEN)).isEqualTo(before);
    }

    @Test
    void aSnapshotThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> night.compare(7L, false))
                .isInstanceOf(RunRefused.class)
                .hasMessage("Study mini has no published snapshot 7; the latest is 2. Table warehouse.snapshot lists"
                        + " them.");
    }

    @Test
    void itWaitsForNobodyWhileARunHoldsTheLock() throws SQLException {
        try (Connection holder = night.database().connect();
                Statement statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(" + 0x6571756970L + ")");
            for (boolean dry : new boolean[] {true, false}) {
                assertThatThrownBy(() -> night.compare(null, dry))
                        .isInstanceOfSatisfying(
                                RunRefused.class,
                                refused -> assertThat(refused.exitCode()).isEqualTo(5));
            }
        }
    }

    /** Whoever looks at the last night, for a schedule or a monitor, is not told of a comparison. */
    @Test
    void isNoNight() {
        RunHistory history = night.context().getBean(RunHistory.class);
        Object last = history.findLast();
        Object success = history.findLastSuccess();

        night.compare(null, false);

        assertThat(history.findLast()).isEqualTo(last);
        assertThat(history.findLastSuccess()).isEqualTo(success);
    }
}
