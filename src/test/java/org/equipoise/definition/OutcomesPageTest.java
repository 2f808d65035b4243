package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.vocabulary.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about outcomes speaks of every outcome of the field, and what it says to paste is right. */
class OutcomesPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/outcomes.md");
    private static final Path STUDY = Path.of("jobs/studies/mbt-tau.yaml");

    /** What the trials measured. */
    private static final List<String> FIELD = List.of(
            ("BPD_SEV_ZAN BPD_ZAN_AFF BPD_ZAN_COG BPD_ZAN_IMP BPD_ZAN_INT BPD_SEV_BPDSI BPD_FEAT BPD_DX BPD_NCRIT FUNC_GAF"
                            + " FUNC_WSAS FUNC_SAS INTERP_IIP DEP_BDI DEP_MFQ ANX_STAI SYMP_GSI SYMP_DASS EAT_EDE QOL_SF36"
                            + " QOL_EQ5D QALY SUI_ANY SUI_N SUI_DEATH DEATH SH_ANY SH_N SH_RTSHI CRISIS HOSP_ANY HOSP_N"
                            + " HOSP_DAYS ER_VISITS OUTPT_YEARS THERAPY_YEARS OUTREACH_YEARS MED_YEARS_AD MED_YEARS_AP"
                            + " MED_YEARS_MS MED_YEARS_POLY3 VOC_YEARS COST SAE DROPOUT SESSIONS REMISSION_GAF"
                            + " REMISSION_DIAGNOSTIC REMISSION_SYMPTOMATIC REMISSION_BPDSI REMISSION_CRISIS"
                            + " RELIABLE_CHANGE MONTHS_IN_REMISSION")
                    .split(" ", -1));

    @TempDir
    Path folder;

    /** A line of the table: codes shipped, codes to paste, and where it comes from or what is missing. */
    private record Line(List<String> shipped, List<String> toPaste, String source) {}

    private static Map<String, Line> table() throws IOException {
        Map<String, Line> lines = new LinkedHashMap<>();
        Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| outcome"))
                .map(line -> line.substring(1, line.length() - 1).split("\\|", -1))
                .forEach(cells -> codes(cells[0])
                        .forEach(
                                code -> lines.put(code, new Line(codes(cells[1]), codes(cells[2]), cells[3].strip()))));
        return lines;
    }

    private static List<String> codes(String cell) {
        return Arrays.stream(cell.split(","))
                .map(String::strip)
                .filter(code -> !code.isEmpty())
                .toList();
    }

    private static Set<String> outcomes(LoadedDefinitions loaded) {
        return loaded.bundle().orElseThrow().study().outcomes().stream()
                .map(Study.Outcome::code)
                .map(Code::value)
                .collect(Collectors.toSet());
    }

    @Test
    void everyOutcomeOfTheFieldIsShippedOrToBePastedOrHasAReason() throws IOException {
        Set<String> shipped = outcomes(DefinitionLoader.load(Path.of("jobs"), STUDY));
        Map<String, Line> table = table();

        assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(FIELD);
        table.forEach((code, line) -> {
            assertThat(line.source()).as(code).isNotEmpty();
            assertThat(shipped).as(code).containsAll(line.shipped());
        });
    }

    @Test
    void whatIsToBePastedIsRight() throws IOException {
        Set<String> shipped = outcomes(DefinitionLoader.load(Path.of("jobs"), STUDY));
        Path study = folder.resolve("studies/mbt-tau.yaml");
        copyShared();
        Files.writeString(study, pasted());

        LoadedDefinitions loaded = DefinitionLoader.load(folder, study);

        assertThat(loaded.problems()).isEmpty();
        List<String> added = new ArrayList<>(outcomes(loaded));
        added.removeAll(shipped);
        assertThat(added)
                .containsExactlyInAnyOrderElementsOf(table().values().stream()
                        .flatMap(line -> line.toPaste().stream())
                        .distinct()
                        .toList());
    }

    private void copyShared() throws IOException {
        Files.createDirectories(folder.resolve("studies"));
        for (String kind : List.of("instruments", "crosswalks", "costs")) {
            Files.createDirectories(folder.resolve(kind));
            try (Stream<Path> files = Files.list(Path.of("jobs", kind))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(kind).resolve(file.getFileName()));
                }
            }
        }
    }

    /** The shipped study with the page's kinds before its own, and the page's outcomes after its own. */
    private static String pasted() throws IOException {
        String page = Files.readString(PAGE);
        String list = page.substring(page.indexOf("```yaml\n") + 8, page.lastIndexOf("```"));
        StringBuilder study = new StringBuilder(Files.readString(STUDY));
        for (String part : list.split("\n(?=\\w)", -1)) {
            String key = part.substring(0, part.indexOf('\n') + 1);
            int at = key.equals("outcomes:\n")
                    ? study.indexOf("\ncomparisons:\n") + 1
                    : study.indexOf("\n" + key) + 1 + key.length();
            study.insert(at, part.substring(key.length()).stripTrailing() + "\n");
        }
        return study.toString();
    }
}
