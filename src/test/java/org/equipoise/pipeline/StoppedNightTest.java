package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.database.ReadOnlyQuery;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A night that is asked to stop ends between two chunks, and the next one ends as if nothing had been. */
class StoppedNightTest {
    @TempDir
    private Path folder;

    private static TestNight delivered(Path folder) {
        TestNight night = new TestNight(folder);
        night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
        night.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));
        return night;
    }

    /** Asks to stop when a stage begins. */
    private static Progress stoppingAt(String stage, Night night) {
        return new Progress() {
            @Override
            public void begin(String begun, String unit, long total) {
                if (begun.equals(stage)) {
                    night.stop();
                }
            }

            @Override
            public void advance(long count) {}

            @Override
            public void end() {}
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "harmonize", "compare"})
    void goesOnInTheNextRunWhereverItWasStopped(String stage) throws Exception {
        String undisturbed;
        try (TestNight other = delivered(folder.resolve("other"))) {
            undisturbed = other.run().contentHash();
        }
        try (TestNight night = delivered(folder.resolve("stopped"))) {
            Night first = night.context().getBean(Night.class);
            assertThatThrownBy(() -> first.run(false, stoppingAt(stage, first)))
                    .isInstanceOf(RunStopped.class)
                    .hasMessage("The run was asked to stop; the next one goes on from here.");
            assertThat(night.query("select status from batch.run")).containsExactly("stopped");
            assertThat(night.query("select count(*) from batch.batch_job_execution where status = 'STOPPED'"))
                    .containsExactly("1");
            assertThat(night.query("select count(*) from comparison.estimate")).containsExactly("0");
            assertThat(night.context().getBean(RunHistory.class).findLast())
                    .hasValueSatisfying(last -> assertThat(last.wasCutShort()).isTrue());
            night.restart();
            NightSummary next = night.run();
            assertThat(next.contentHash()).isEqualTo(undisturbed);
            assertThat(next.headline()).isNotEmpty();
            assertThat(night.query("select status from batch.run order by run_id"))
                    .containsExactly("stopped", "completed");
            RunHistory history = night.context().getBean(RunHistory.class);
            assertThat(history.findLastSuccess()).isPresent();
            assertThat(history.stages(next.runId())).containsKeys("receive", "stage", "plan", "compare", "conclude");
        }
    }

    /** The command {@code status} asks with an analyst's rights. */
    @Test
    void letsAnalystsSeeWhatRunsThereWere() {
        try (TestNight night = delivered(folder)) {
            night.run();
            assertThat(new ReadOnlyQuery(night.database())
                            .answer("select status from batch.run")
                            .rows())
                    .hasSize(1);
        }
    }

    @Test
    void beginsNothingWhenAskedBeforeItsFirstChunk() throws Exception {
        try (TestNight night = delivered(folder)) {
            Night asked = night.context().getBean(Night.class);
            asked.stop();
            assertThatThrownBy(() -> asked.run(false, Progress.NONE)).isInstanceOf(RunStopped.class);
            assertThat(night.query("select count(*) from submission.submission"))
                    .containsExactly("0");
            assertThat(Files.exists(night.home().outbox("alpha"))).isFalse();
        }
    }
}
