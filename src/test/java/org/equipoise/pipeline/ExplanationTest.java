package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.pipeline.Explanation.Answer;
import org.equipoise.pipeline.Explanation.Origin;
import org.equipoise.pipeline.Explanation.Part;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a number back to the cells of the site's own file. */
class ExplanationTest {
    @TempDir
    private Path folder;

    private static Origin explain(TestNight night, String which) {
        long id = Long.parseLong(night.query(which).get(0));
        return night.context().getBean(Explanation.class).ofAssessment(id).orElseThrow();
    }

    @Test
    void showsEachAnswerOfALongFileOnItsOwnLineAsItWasSent() throws IOException {
        Path sample = Path.of("jobs/sites/lindholm/inbox/lindholm_responses_2026-10-02.csv");
        List<String> lines = Files.readAllLines(sample, StandardCharsets.UTF_8);
        try (TestNight night = new TestNight(folder, Path.of("jobs"), "studies/mbt-tau.yaml", TestDatabase.fresh())) {
            night.put("lindholm", sample.getFileName().toString(), Files.readAllBytes(sample));
            night.publish();

            Origin origin = explain(
                    night,
                    "select assessment_id from warehouse.assessment where instrument_code = 'ZAN-BPD'"
                            + " and array_position(item_values, null) is null order by 1 limit 1");

            Part part = origin.parts().get(0);
            assertThat(part.file().name()).isEqualTo(sample.getFileName().toString());
            assertThat(part.answers()).hasSizeGreaterThanOrEqualTo(9).allSatisfy(answer -> {
                String cell = String.valueOf(answer.sent());
                assertThat(lines.get(answer.line() - 1)).endsWith("," + cell);
                assertThat(answer.value()).isEqualTo(Double.parseDouble(cell));
            });
            double sum = part.answers().stream()
                    .filter(answer -> answer.what().startsWith("item "))
                    .mapToDouble(answer -> answer.value())
                    .sum();
            assertThat(origin.scores()).anySatisfy(score -> {
                assertThat(score.scale()).isEqualTo("total");
                assertThat(score.value()).isEqualTo(sum);
            });
            assertThat(origin.uses()).anySatisfy(use -> {
                assertThat(use.outcome()).isEqualTo("BPD_SEV_ZAN");
                assertThat(use.value()).isEqualTo(sum);
            });
        }
    }

    @Test
    void followsAnExportThatHasBeenCorrectedAndSaysWhenItsOriginalIsGone() throws IOException {
        try (TestNight night = new TestNight(folder)) {
            night.put("alpha", "alpha_2021-01-01.csv", RepeatedNightTest.twelve("A"));
            night.publish();
            String which = "select a.assessment_id from warehouse.assessment a join identity.participant p using"
                    + " (participant_key) where p.record_id = 'A3' order by a.assessed_on limit 1";
            Answer first = answer(explain(night, which));
            String sent = first.column() + " " + first.sent();
            assertThat(RepeatedNightTest.twelve("A").lines().toList().get(first.line() - 1))
                    .startsWith("A3,")
                    .endsWith("," + first.sent());

            // one line further down, because a blank line is put below the header
            night.put(
                    "alpha",
                    "alpha_2021-02-01.csv",
                    RepeatedNightTest.twelve("A").replaceFirst("\n", "\n\n"));
            night.publish();
            Origin later = explain(night, which);
            Answer moved = answer(later);
            assertThat(moved.line()).isEqualTo(first.line() + 1);
            assertThat(moved.column() + " " + moved.sent()).isEqualTo(sent);
            assertThat(later.parts().get(0).file().name()).isEqualTo("alpha_2021-02-01.csv");

            try (Stream<Path> originals = Files.walk(night.home().archive())) {
                for (Path original : originals.filter(Files::isRegularFile).toList()) {
                    Files.delete(original);
                }
            }
            assertThatThrownBy(() -> explain(night, which))
                    .isInstanceOf(RunRefused.class)
                    .hasMessageContaining("alpha_2021-02-01.csv")
                    .hasMessageContaining("Restore the home's archive folder");
            assertThat(night.context().getBean(Explanation.class).ofAssessment(-1))
                    .isEmpty();
        }
    }

    private static Answer answer(Origin origin) {
        return origin.parts().get(0).answers().stream()
                .filter(answer -> answer.sent() != null)
                .findFirst()
                .orElseThrow();
    }
}
