package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.equipoise.comparison.ComparisonStore.Difference;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.testing.TestNight;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night is frozen; then come more people, and the study is defined otherwise. */
class FrozenSnapshotTest {
    @TempDir
    private Path folder;

    private TestNight night;
    private NightSummary first;

    @BeforeEach
    void aNight() {
        night = new TestNight(folder);
        night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
        first = night.run();
    }

    @AfterEach
    void close() {
        night.close();
    }

    private Pinned freeze(String name, @Nullable Long snapshot) {
        return night.context().getBean(Freezing.class).freeze(name, snapshot);
    }

    private Compared compareFrozen(String name) {
        return night.context().getBean(Comparing.class).compareFrozen(name, false, Progress.NONE);
    }

    private List<String> bits(long run) {
        return night.query(ComparedAnewTest.BITS.formatted(run));
    }

    private void moreByOtherDefinitions() {
        night.redefine("endpoints: [value, change]", "endpoints: [value]");
        night.redefine("{code: m6, name: 6 months, month: 6}", "{code: half, name: 6 months, month: 6}");
        night.redefine("days: 42", "days: 30");
        night.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));
        night.run();
    }

    @Test
    void isComputedAgainToTheLastBitByItsOwnDefinitions() {
        Pinned pinned = freeze("board-2021", null);
        List<String> then = bits(first.runId());
        moreByOtherDefinitions();

        Compared byName = compareFrozen("board-2021");
        Compared byNumber = night.compare(first.snapshotId(), false);

        assertThat(pinned.runId()).isEqualTo(first.runId());
        for (Compared compared : List.of(byName, byNumber)) {
            assertThat(bits(compared.result().runId())).hasSizeGreaterThan(100).isEqualTo(then);
            assertThat(compared.result().definitionHash()).isEqualTo(pinned.definitionHash());
            assertThat(compared.earlier().map(Result::runId)).contains(first.runId());
            assertThat(compared.differences()).isNotEmpty().allMatch(Difference::isNone);
            assertThat(compared.isCurrent()).isFalse();
        }
        assertThat(night.query("select distinct run_id from comparison.current_estimate"))
                .containsExactly("2");
    }

    /** By its definitions of then, even while it is the latest, it takes nobody's place. */
    @Test
    void isNotCurrentEvenIfItIsTheLatest() {
        freeze("now", null);

        assertThat(compareFrozen("now").isCurrent()).isFalse();
        assertThat(night.compare(null, false).isCurrent()).isTrue();
    }

    @Test
    void nothingOfItCanBeDeleted() {
        freeze("kept", null);
        moreByOtherDefinitions();
        List<String> kept = night.query("select event_object_schema || '.' || event_object_table from"
                + " information_schema.triggers where trigger_name = 'keep_frozen' order by 1");

        assertThat(kept)
                .containsAll(night.query("select 'warehouse.' || table_name from information_schema.tables where"
                        + " table_schema = 'warehouse' and table_type = 'BASE TABLE' and (table_name like '%\\_history' or"
                        + " table_name like '%\\_frame') order by 1"))
                .contains("warehouse.definition", "comparison.estimate", "comparison.model");
        for (String table : List.of(
                "warehouse.participant_history",
                "warehouse.assessment_series_history",
                "warehouse.outcome_series_history",
                "warehouse.series_frame",
                "warehouse.score_frame",
                "warehouse.definition",
                "comparison.estimate")) {
            assertThatThrownBy(() -> night.execute("delete from " + table))
                    .rootCause()
                    .message()
                    .startsWith(
                            "ERROR: Rows of %s that belong to the frozen snapshot kept are kept\n  Hint: To let it go,"
                                            .formatted(table)
                                    + " delete its row in warehouse.frozen.");
        }
        assertThatThrownBy(() -> night.execute("delete from comparison.result where run_id = " + first.runId()))
                .rootCause()
                .hasMessageContaining("frozen_run_id_fkey");
        assertThatThrownBy(() -> night.execute("delete from warehouse.snapshot"))
                .rootCause();
        // what is of later nights alone may go
        night.execute("delete from comparison.estimate where run_id = 2");
        night.execute("delete from warehouse.participant_history where snapshot_from = 2");
        night.execute("delete from warehouse.frozen");
        night.execute("delete from comparison.estimate");
    }

    @Test
    void aNameIsTakenOnce() {
        freeze("one", null);
        freeze("two", null);

        assertThatThrownBy(() -> freeze("one", null))
                .isInstanceOf(RunRefused.class)
                .hasMessage("The name one is taken by snapshot 1 of study mini. Names of the study: one, two.");
        assertThatThrownBy(() -> freeze("a name", null))
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "A name has up to 63 letters, digits, dots, hyphens and underscores, and begins with a letter"
                                + " or digit; a name has not.");
        assertThatThrownBy(() -> freeze("three", 3L)).isInstanceOf(RunRefused.class);
        assertThatThrownBy(() -> compareFrozen("three"))
                .isInstanceOf(RunRefused.class)
                .hasMessage("No snapshot is frozen under the name three. status lists the names there are.");
    }

    @Test
    void aSnapshotThatWasNotComparedIsFrozenAllTheSame() {
        night.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));
        night.publish();

        Pinned pinned = freeze("bare", null);

        assertThat(pinned.snapshotId()).isEqualTo(2);
        assertThat(pinned.runId()).isNull();
        night.query("select 1");
        Compared compared = compareFrozen("bare");
        assertThat(compared.earlier()).isEmpty();
        assertThat(bits(compared.result().runId()))
                .isEqualTo(bits(night.run().runId()))
                .hasSizeGreaterThan(100);
    }
}
