package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.definition.LoadedSite.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedDefinitionsTest {
    private static final Path JOBS = Path.of("jobs");

    static List<Path> studies() throws IOException {
        try (Stream<Path> files = Files.list(JOBS.resolve("studies"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("studies")
    void loadWithoutAProblem(Path study) {
        LoadedDefinitions loaded = DefinitionLoader.load(JOBS, study);

        assertThat(loaded.allProblems()).isEmpty();
        assertThat(loaded.bundle()).isPresent();
    }

    @Test
    void bundleHoldsTheSitesOfItsStudyOnly() {
        LoadedDefinitions loaded = DefinitionLoader.load(JOBS, JOBS.resolve("studies/mbt-tau.yaml"));

        assertThat(loaded.sites().keySet())
                .containsExactly("btheb", "eichberg", "fairhaven", "lindholm", "northgate", "oosterpark", "sonderby");
        assertThat(loaded.findSite("btheb")).map(LoadedSite::standing).contains(Standing.OTHER_STUDY);
        DefinitionBundle bundle = loaded.bundle().orElseThrow();
        assertThat(bundle.mappings().keySet())
                .extracting("value")
                .containsExactly("eichberg", "fairhaven", "lindholm", "northgate", "oosterpark", "sonderby");
        assertThat(bundle.texts().keySet())
                .containsExactly(
                        "instrument/BDI-II",
                        "instrument/GAF",
                        "instrument/PHQ-9",
                        "instrument/WSAS",
                        "instrument/ZAN-BPD",
                        "site/eichberg",
                        "site/fairhaven",
                        "site/lindholm",
                        "site/northgate",
                        "site/oosterpark",
                        "site/sonderby",
                        "study/mbt-tau");
    }
}
