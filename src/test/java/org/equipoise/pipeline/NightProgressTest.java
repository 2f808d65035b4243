package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.equipoise.comparison.ComparisonPlan;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a night tells of how far it is. */
class NightProgressTest {

    /** Stages as they began and ended, with what there was to do and what was told to be done. */
    private static final class Told implements Progress {
        private final Map<String, Long> totals = new ConcurrentHashMap<>();
        private final Map<String, Long> done = new ConcurrentHashMap<>();
        private String stage = "";

        @Override
        public void begin(String begun, String unit, long total) {
            stage = begun;
            totals.put(stage, total);
            done.put(stage, 0L);
        }

        @Override
        public void advance(long count) {
            done.merge(stage, count, Long::sum);
        }

        @Override
        public void end() {
            stage = "";
        }
    }

    @Test
    void comparingTellsHowManyQuestionsThereAreAndEachThatIsAnswered(@TempDir Path folder) {
        try (TestNight night = new TestNight(folder)) {
            night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
            DefinitionBundle definitions = DefinitionLoader.load(
                            night.jobs(), night.jobs().resolve("studies/mini.yaml"))
                    .bundle()
                    .orElseThrow();
            Told told = new Told();

            night.context().getBean(Night.class).run(false, told);

            long questions = ComparisonPlan.of(definitions).size();
            assertThat(questions).isGreaterThan(10);
            assertThat(told.totals).containsEntry("compare", questions);
            assertThat(told.done).containsEntry("compare", questions);
        }
    }
}
