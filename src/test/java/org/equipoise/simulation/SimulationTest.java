package org.equipoise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
    /** What {@code jobs/sites/README.md} says the samples are made with. */
    private static final SimulationSettings SAMPLES = new SimulationSettings(120, 2, 2016, Optional.empty());

    @TempDir
    private Path dir;

    @Test
    void writesTheCommittedSamplesAgainByteForByte() throws IOException {
        List<SiteExport> exports = Simulation.write(SAMPLES, dir);

        assertThat(exports)
                .extracting(export -> dir.relativize(export.file()).toString().replace('\\', '/'))
                .containsExactly(
                        "northgate/inbox/northgate_redcap_2026-09-30.csv",
                        "lindholm/inbox/lindholm_responses_2026-10-02.csv");
        for (SiteExport export : exports) {
            assertThat(export.file())
                    .hasSameBinaryContentAs(Path.of("jobs/sites").resolve(dir.relativize(export.file())));
        }
        assertThat(dir.resolve("mistakes.csv"))
                .hasSameBinaryContentAs(Path.of("src/test/resources/org/equipoise/simulation/mistakes.csv"));
    }

    @Test
    void makesEachMistakeOnceAndTellsWhere() throws IOException {
        for (SiteExport export : Simulation.write(SAMPLES, dir)) {
            List<String> lines = Files.readAllLines(export.file());
            List<String> header = List.of(lines.get(0).split(",", -1));
            assertThat(export.mistakes())
                    .extracting(Mistake::kind)
                    .doesNotHaveDuplicates()
                    .hasSize(8);
            for (Mistake mistake : export.mistakes()) {
                List<String> wrong =
                        lines.subList((int) mistake.line() - 1, (int) mistake.line() - 1 + mistake.lines());
                List<String> before =
                        lines.subList((int) mistake.line() - 1 - mistake.lines(), (int) mistake.line() - 1);
                int column = header.indexOf(mistake.column());
                List<String> cells = column < 0
                        ? List.of()
                        : wrong.stream()
                                .map(line -> line.split(",", -1)[column])
                                .toList();
                switch (mistake.kind()) {
                    case ITEM_OUT_OF_RANGE -> assertThat(cells).containsAnyOf("6", "11");
                    case DATE_IMPOSSIBLE ->
                        assertThat(cells).allMatch(cell -> cell.matches("\\d{4}-02-30|30/02/\\d{4}"));
                    case DATE_BEFORE_TIME_ZERO -> assertThat(cells).allMatch(cell -> cell.matches("../../201[4-7]"));
                    case DATE_AFTER_EXPORT -> assertThat(cells).allMatch(cell -> cell.startsWith("2028-"));
                    case DUPLICATE_SAME -> assertThat(wrong).isEqualTo(before);
                    case DUPLICATE_DIFFERENT -> assertThat(wrong).isNotEqualTo(before);
                    case TOTAL_DISAGREES ->
                        assertThat(Integer.parseInt(cells.get(0))).isNotEqualTo(sumOfItems(lines, mistake));
                    case ARM_UNKNOWN ->
                        assertThat(cells)
                                .allMatch(cell -> List.of("3", "MTB", "TUA").contains(cell));
                    case EVENT_UNKNOWN -> assertThat(cells).containsExactly("month_13_arm_1");
                    case INSTRUMENT_UNKNOWN -> assertThat(cells).hasSize(6).containsOnly("WSAS-R");
                }
            }
        }
    }

    /** In a wide line the items stand before the total's column; in a long file on the lines before it. */
    private static int sumOfItems(List<String> lines, Mistake mistake) {
        int line = (int) mistake.line() - 1;
        String[] cells = lines.get(line).split(",", -1);
        if (mistake.column().equals("zan_total")) {
            int total = List.of(lines.get(0).split(",", -1)).indexOf("zan_total");
            return Arrays.stream(cells, total - 9, total)
                    .mapToInt(Integer::parseInt)
                    .sum();
        }
        return lines.subList(line - 21, line).stream()
                .mapToInt(item -> Character.digit(item.split(",", -1)[6].charAt(0), 10))
                .sum();
    }

    @Test
    void thePageListsTheMistakesOfTheSamples() throws IOException {
        List<String> page = Files.readAllLines(Path.of("src/site/markdown/simulation.md"));

        for (SiteExport export : Simulation.write(SAMPLES, dir)) {
            for (Mistake mistake : export.mistakes()) {
                String start = Stream.of(
                                mistake.site(),
                                mistake.line(),
                                mistake.lines(),
                                mistake.column(),
                                mistake.kind().label())
                        .map(Object::toString)
                        .collect(Collectors.joining(" | ", "| ", " |"));
                assertThat(page).anyMatch(line -> line.startsWith(start));
            }
        }
    }

    @Test
    void linesWithoutMistakesAreAsTheParticipantsAre() throws IOException {
        SiteExport export = Simulation.write(SAMPLES, dir).get(1);
        ExportWriter writer = new LindholmExportWriter(new SiteCode("lindholm"), LindholmExportWriter.PROTOCOL);
        List<String> clean = new ArrayList<>();
        for (int number = 1; number <= 60; number++) {
            writer.rows(new Trial(2016).participant(1, number, writer.protocol()))
                    .forEach(row -> clean.add(String.join(",", Arrays.asList(row))));
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(export.file()));
        lines.remove(0);
        // Lines count from 1 with the header; the last mistake first, so that earlier places still hold.
        List<Mistake> mistakes = new ArrayList<>(export.mistakes());
        Collections.reverse(mistakes);
        int repeated = 0;
        for (Mistake mistake : mistakes) {
            int from = (int) mistake.line() - 2;
            lines.subList(from, from + mistake.lines()).clear();
            if (mistake.kind() == Mistake.Kind.DUPLICATE_SAME || mistake.kind() == Mistake.Kind.DUPLICATE_DIFFERENT) {
                repeated += mistake.lines();
            }
        }
        int wrong = export.mistakes().stream().mapToInt(Mistake::lines).sum() - repeated;

        assertThat(lines).hasSize(clean.size() - wrong);
        assertThat(clean).containsSubsequence(lines);
    }

    @Test
    void callsFurtherSitesAfterTheirHabitAndSpreadsParticipantsEvenly() throws IOException {
        List<SiteExport> exports = Simulation.write(new SimulationSettings(14, 4, 1, Optional.empty()), dir);

        assertThat(exports)
                .extracting(export -> export.site().value(), SiteExport::participants)
                .containsExactly(
                        tuple("northgate", 4), tuple("lindholm", 4), tuple("northgate-3", 3), tuple("lindholm-4", 3));
        assertThat(dir.resolve("lindholm-4/inbox/lindholm-4_responses_2026-10-02.csv"))
                .exists();
    }

    @Test
    void givesEachSiteTheMappingOfItsHabitUnderItsOwnName() throws IOException {
        Path jobs = dir.resolve("jobs");
        for (String site : List.of("northgate", "lindholm")) {
            Files.createDirectories(jobs.resolve("sites").resolve(site));
        }
        Files.writeString(
                jobs.resolve("sites/northgate/mapping.yaml"),
                "code: northgate\nname: Northgate (synthetic)\nfiles: northgate_redcap_{as_of}.csv\n");
        Files.writeString(jobs.resolve("sites/lindholm/mapping.yaml"), "code: lindholm\n");

        Simulation.write(new SimulationSettings(3, 3, 1, Optional.of(jobs)), dir.resolve("out"));

        assertThat(dir.resolve("out/northgate-3/mapping.yaml"))
                .hasContent(
                        "code: northgate-3\nname: Northgate 3 (synthetic)\nfiles: northgate-3_redcap_{as_of}.csv\n");
        assertThat(dir.resolve("out/lindholm/mapping.yaml")).hasContent("code: lindholm\n");
    }

    @Test
    void saysWhichMappingIsNotThere() {
        SimulationSettings settings = new SimulationSettings(2, 2, 1, Optional.of(dir));
        Path missing = dir.resolve("sites").resolve("northgate").resolve("mapping.yaml");

        assertThatThrownBy(() -> Simulation.write(settings, dir.resolve("out")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing + ": the mapping of site northgate is made from it; name the jobs folder");
    }

    @Test
    void refusesSettingsThatMakeNoTrial() {
        assertThatThrownBy(() -> new SimulationSettings(3, 4, 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("participants: at least one for each of the 4 sites, not 3");
        assertThatThrownBy(() -> new SimulationSettings(3, 0, 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sites: from 1 to 999, not 0");
    }
}
