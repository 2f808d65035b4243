package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"eichberg", "fairhaven", "lindholm", "northgate", "oosterpark", "sonderby"})
    void oneSiteGoesByTheSameTextsAsAll(String site) {
        Path study = JOBS.resolve("studies/mbt-tau.yaml");

        LoadedDefinitions one = DefinitionLoader.load(JOBS, study, new SiteCode(site));

        assertThat(one.allProblems()).isEmpty();
        assertThat(one.bundle().orElseThrow().texts()).containsKeys("site/" + site, "study/mbt-tau");
        assertThat(DefinitionLoader.load(JOBS, study).bundle().orElseThrow().texts())
                .containsAllEntriesOf(one.bundle().orElseThrow().texts());
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
                        "costs/illustrative-eur-2024",
                        "crosswalk/bsi-promis-depression",
                        "crosswalk/phq9-promis-depression",
                        "crosswalk/promis-depression-8a-t",
                        "instrument/BDI-II",
                        "instrument/BSI-53",
                        "instrument/GAF",
                        "instrument/PHQ-9",
                        "instrument/PROMIS-DEPRESSION-8A",
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
