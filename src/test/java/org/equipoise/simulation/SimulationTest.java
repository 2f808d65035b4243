package org.equipoise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
    /** What {@code jobs/sites/README.md} says the samples are made with. */
    private static final SimulationSettings SAMPLES = new SimulationSettings(240, 6, 2016, Optional.empty());

    @TempDir
    private Path dir;

    @Test
    void writesTheCommittedSamplesAgainByteForByte() throws IOException {
        List<SiteExport> exports = Simulation.write(SAMPLES, dir);

        assertThat(exports)
                .extracting(export -> dir.relativize(export.file()).toString().replace('\\', '/'))
                .containsExactly(
                        "sites/northgate/inbox/northgate_redcap_2026-09-30.csv",
                        "sites/oosterpark/inbox/oosterpark_study_2026-10-05.csv",
                        "sites/oosterpark/inbox/oosterpark_reports_2026-10-05.csv",
                        "sites/eichberg/inbox/eichberg_spss_2026-10-06.csv",
                        "sites/lindholm/inbox/lindholm_responses_2026-10-02.csv",
                        "sites/lindholm/inbox/lindholm_register_2026-10-02.csv",
                        "sites/fairhaven/inbox/fairhaven_visits_2026-10-01.csv",
                        "sites/sonderby/inbox/sonderby_skemaer_2026-10-07.csv",
                        "sites/sonderby/inbox/sonderby_haendelser_2026-10-07.csv",
                        "sites/sonderby/inbox/sonderby_forloeb_2026-10-07.csv");
        for (SiteExport export : exports) {
            assertThat(export.file()).hasSameBinaryContentAs(Path.of("jobs").resolve(dir.relativize(export.file())));
        }
        assertThat(dir.resolve("mistakes.csv"))
                .hasSameBinaryContentAs(Path.of("src/test/resources/org/equipoise/simulation/mistakes.csv"));
    }

    @Test
    void makesEachMistakeOnceInAFile() throws IOException {
        for (SiteExport export : Simulation.write(SAMPLES, dir)) {
            assertThat(export.mistakes())
                    .extracting(Mistake::kind)
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(3, 10);
        }
    }

    @Test
    void repeatsLinesWordForWordOrOtherwise() throws IOException {
        for (SiteExport export : Simulation.write(SAMPLES, dir)) {
            List<String> lines = Files.readAllLines(export.file(), StandardCharsets.ISO_8859_1);
            for (Mistake mistake : export.mistakes()) {
                int from = (int) mistake.line() - 1;
                List<String> wrong = lines.subList(from, from + mistake.lines());
                List<String> before = lines.subList(from - mistake.lines(), from);
                if (mistake.kind() == Mistake.Kind.DUPLICATE_SAME) {
                    assertThat(wrong).isEqualTo(before);
                } else if (mistake.kind() == Mistake.Kind.DUPLICATE_DIFFERENT) {
                    assertThat(wrong).isNotEqualTo(before);
                }
            }
        }
    }

    @Test
    void writesGermanLettersInWindows1252() throws IOException {
        SiteExport eichberg = Simulation.write(SAMPLES, dir).get(3);
        byte[] bytes = Files.readAllBytes(eichberg.file());

        assertThat(new String(bytes, Charset.forName("windows-1252"))).contains("Übliche Behandlung");
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\uFFFDbliche Behandlung");
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
        SiteExport export = Simulation.write(SAMPLES, dir).get(4);
        ExportWriter writer = new LindholmExportWriter(new SiteCode("lindholm"), LindholmExportWriter.PROTOCOL);
        List<String> clean = new ArrayList<>();
        for (int number = 1; number <= 40; number++) {
            writer.rows(new Trial(2016).participant(3, number, writer.protocol()))
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
        List<SiteExport> exports = Simulation.write(new SimulationSettings(17, 8, 1, Optional.empty()), dir);

        assertThat(exports)
                .filteredOn(export -> List.of("northgate", "lindholm", "northgate-7", "oosterpark-8")
                        .contains(export.site().value()))
                .extracting(export -> export.site().value(), SiteExport::participants)
                .containsExactly(
                        tuple("northgate", 3),
                        tuple("lindholm", 2),
                        tuple("lindholm", 2),
                        tuple("northgate-7", 2),
                        tuple("oosterpark-8", 2),
                        tuple("oosterpark-8", 2));
        assertThat(dir.resolve("sites/oosterpark-8/inbox/oosterpark-8_reports_2026-10-05.csv"))
                .exists();
    }

    @Test
    void makesAJobsFolderWithTheMappingOfEachHabitUnderItsOwnName() throws IOException {
        Path out = dir.resolve("out");
        Simulation.write(new SimulationSettings(12, 12, 1, Optional.of(Path.of("jobs"))), out);

        LoadedDefinitions loaded = DefinitionLoader.load(out, out.resolve("studies/mbt-tau.yaml"));
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.bundle().orElseThrow().mappings()).hasSize(12);
        assertThat(loaded.findSite("sonderby-12").orElseThrow().mapping().orElseThrow())
                .satisfies(mapping -> {
                    assertThat(mapping.name()).isEqualTo("Sonderby 12 (synthetic)");
                    assertThat(mapping.findExportOf("sonderby-12_forloeb_2026-10-07.csv"))
                            .isPresent();
                });
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
