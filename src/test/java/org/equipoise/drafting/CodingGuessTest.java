package org.equipoise.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.staging.FileRefused;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How answers are coded is read off them: forms that count from 1, and items that a site has turned round already. */
class CodingGuessTest {
    private static final Path JOBS = Path.of("jobs");
    private static final Path STUDY = JOBS.resolve("studies/mbt-tau.yaml");
    private static final Set<Integer> CORE_REVERSED = Set.of(3, 4, 7, 12, 19, 21, 31, 32);
    private static final Set<Integer> WHOQOL_REVERSED = Set.of(3, 4, 26);
    private static final LoadedDefinitions SHIPPED = DefinitionLoader.load(JOBS, STUDY);
    private static final String PERSON = "%s,%s,2020-01-%02d,2020-01-%02d";

    @TempDir
    private Path folder;

    private final Random random = new Random(20261129);

    private Draft draft(String name, String text, Answer... answers) throws IOException, FileRefused {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        Draft draft = new Drafter(
                        DefinitionLoader.loadInstruments(JOBS),
                        SHIPPED.bundle().orElseThrow().study())
                .draft(List.of(file), Optional.empty(), Optional.of("new"), List.of(answers));
        Path mapping = folder.resolve("mapping.yaml");
        Files.writeString(mapping, draft.mapping());
        assertThat(DefinitionLoader.load(JOBS, STUDY, new SiteCode("new"), mapping)
                        .allProblems())
                .as(draft.mapping())
                .noneMatch(problem ->
                        problem.code().equals("DEF-027") || problem.code().equals("DEF-073"));
        return draft;
    }

    /** An answer of somebody who is so badly off, from 0 to 1, on a scale of so many steps. */
    private int answer(double badly, int most) {
        return (int) Math.max(0, Math.min(most, Math.round(most * (badly + 0.25 * random.nextGaussian()))));
    }

    private String person(int i) {
        return PERSON.formatted("N" + i, i % 2 == 0 ? "MBT" : "TAU", 1 + i % 28, 1 + i % 28);
    }

    private String coreOm(boolean turned) {
        StringBuilder text = new StringBuilder("record_id,arm,randomised_on,visit_date,"
                + IntStream.rangeClosed(1, 34).mapToObj(i -> "coreom_" + i).collect(Collectors.joining(",")) + "\n");
        for (int person = 0; person < 60; person++) {
            double badly = random.nextDouble();
            text.append(person(person));
            for (int item = 1; item <= 34; item++) {
                int answer = answer(badly, 4);
                text.append(',').append(CORE_REVERSED.contains(item) && !turned ? 4 - answer : answer);
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Test
    void itemsThatRiseWithTheOthersHaveBeenTurnedRound() throws Exception {
        Draft draft = draft("new_2026-01-01.csv", coreOm(true));

        assertThat(draft.mapping()).contains("instrument: CORE-OM", "variant: printed-scores  # 85 %: items [3, 4, 7");
    }

    @Test
    void itemsThatFallAsTheOthersRiseHaveNot() throws Exception {
        Draft draft = draft("new_2026-01-01.csv", coreOm(false));

        assertThat(draft.mapping()).contains("instrument: CORE-OM").doesNotContain("variant", "already_reversed");
    }

    @Test
    void answerTakesTheGuessesPlace() throws Exception {
        Draft draft = draft(
                "new_2026-01-01.csv",
                coreOm(true),
                new Answer("new_{as_of}.csv", "coreom_1", "already reversed in CORE-OM", "no"));

        assertThat(draft.mapping()).doesNotContain("variant", "already_reversed");
        assertThat(draft.unusedAnswers()).isEmpty();
    }

    private void form(
            StringBuilder text, int person, String name, int items, int least, int most, Set<Integer> falling) {
        double badly = random.nextDouble();
        for (int item = 1; item <= items; item++) {
            int answer = answer(badly, most - least);
            text.append(person(person))
                    .append(',')
                    .append(name)
                    .append(',')
                    .append(item)
                    .append(',')
                    .append(least + (falling.contains(item) ? most - least - answer : answer))
                    .append('\n');
        }
    }

    /** The Danish forms count from 1; of the two sorts of WHOQOL-BREF one was turned round before the export. */
    @Test
    void codingIsToldByNameWhereEachRowIsAnAnswer() throws Exception {
        StringBuilder text = new StringBuilder("participant_id,arm,randomised,visit_date,instrument,item,value\n");
        for (int person = 0; person < 60; person++) {
            form(text, person, "BDI-2", 21, 0, 3, Set.of());
            form(text, person, "PHQ-9", 9, 0, 3, Set.of());
            form(text, person, "BDI dansk", 21, 1, 4, Set.of());
            form(text, person, "WHOQOL-BREF", 26, 1, 5, Set.of());
            form(text, person, "WHOQOL raw", 26, 1, 5, WHOQOL_REVERSED);
        }

        Draft draft = draft(
                "new_2026-01-01.csv",
                text.toString(),
                new Answer("new_{as_of}.csv", "instrument", "value BDI dansk", "BDI-II"),
                new Answer("new_{as_of}.csv", "instrument", "value WHOQOL raw", "WHOQOL-BREF"));

        assertThat(draft.mapping()).contains("codings: {BDI dansk: {variant: from-1}, WHOQOL-BREF: {variant: turned}}");
    }
}
