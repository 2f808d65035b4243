package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that has lost its lock without knowing it, because its machine slept or its connection broke: another run has
 * begun meanwhile and called it crashed. From then on it writes nothing.
 */
class FencedRunTest {
    @TempDir
    private Path folder;

    /** Another run takes over between two chunks: at the beginning or the end of a stage. */
    private static Progress takenOver(boolean atBegin, TestNight night) {
        return new Progress() {
            private boolean staging;

            private void takeOver(boolean now) {
                if (staging && now) {
                    night.execute("update batch.run set status = 'crashed'");
                }
            }

            @Override
            public void begin(String stage, String unit, long total) {
                staging = stage.equals("stage");
                takeOver(atBegin);
            }

            @Override
            public void advance(long count) {}

            @Override
            public void end() {
                takeOver(!atBegin);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesNothingMoreAndSaysThatAnotherHasTakenOver(boolean atBegin) {
        try (TestNight night = new TestNight(folder)) {
            night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
            Night taken = night.context().getBean(Night.class);
            assertThatThrownBy(() -> taken.run(false, takenOver(atBegin, night)))
                    .isInstanceOf(RunRefused.class)
                    .hasMessage("Another run has taken over from this one. Nothing of this chunk was written.");
            assertThat(night.query("select status from batch.run")).containsExactly("crashed");
            assertThat(night.query("select status, received from submission.submission"))
                    .containsExactly(atBegin ? "received|0" : "staged|36");
            assertThat(night.query("select count(*) from warehouse.snapshot")).containsExactly("0");
            assertThat(night.run().headline()).isNotEmpty();
        }
    }
}
