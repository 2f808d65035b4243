package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.equipoise.pipeline.Explanation.Answer;
import org.equipoise.pipeline.Explanation.Course;
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

    /** From a count over a period to the rows that told of each act and of the time in which it was looked for. */
    @Test
    void leadsFromAValueOverAPeriodToTheRowsItRestsOn() throws IOException {
        try (TestNight night = new TestNight(folder)) {
            Path study = night.jobs().resolve("studies/mini.yaml");
            Files.writeString(study, Files.readString(study).replace("outcomes:\n", """
                    periods:
                      - {code: first, name: First half, from_month: 0, to_month: 6}
                    outcomes:
                      - {code: ATTEMPTS, name: Attempts, type: count, direction: lower_is_better, tier: secondary, unit: attempts, events: [{kind: suicide_attempt}], periods: [first]}
                    """));
            night.put("delta", "delta_visits_2021-01-01.csv", """
                    id,visit,arm,randomised,seen,gaf,attempts,med___1,med___2
                    A1,b,MBT,2020-01-10,2020-01-10,40,,,
                    """);
            night.put("delta", "delta_log_2021-01-01.csv", """
                    id,type,what,from,to,by,with,number,remark
                    A1,notes,,10-01-2020,31-12-2020,,,,
                    A1,attempt,,10-03-2020,,,,,told by his sister
                    A1,harm,,11-03-2020,,,,,
                    A1,attempt,,01-10-2020,,,,,after the period
                    """);
            night.publish();
            UUID participant = UUID.fromString(night.query("select participant_key from identity.participant")
                    .get(0));

            Course course = night.context()
                    .getBean(Explanation.class)
                    .ofPeriod("ATTEMPTS", "first", participant)
                    .orElseThrow();

            assertThat(course.value()).isEqualTo(1);
            assertThat(course.from() + " " + course.to()).isEqualTo("2020-01-10 2020-07-09");
            assertThat(course.happenings())
                    .extracting(happening -> happening.what() + " " + happening.from() + " "
                            + happening.file().name() + ":" + happening.line() + " " + happening.cells())
                    .containsExactly(
                            "looked for 2020-01-10 delta_log_2021-01-01.csv:2 {id=A1, type=notes, from=10-01-2020,"
                                    + " to=31-12-2020}",
                            "event 2020-03-10 delta_log_2021-01-01.csv:3 {id=A1, type=attempt, from=10-03-2020,"
                                    + " remark=told by his sister}");
            assertThat(night.context().getBean(Explanation.class).ofPeriod("ATTEMPTS", "second", participant))
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
