package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Definitions read from the text that a snapshot keeps of them are the definitions themselves. */
class KeptDefinitionsTest {
    private static final String CHAIN = """
            code: bdi1-bdi2-chain
            name: BDI to BDI-II by way of HAM-D17
            version: made up for tests
            source: {instrument: BDI-I, scale: total}
            target: {instrument: BDI-II, scale: total}
            status: derived
            through: [bdi1-hamd17, hamd17-bdi2]
            population: nobody
            sources: ["made up"]
            """;

    private static final String MORE_OUTCOMES = """
            crosswalks: [promis-depression-8a-t]}
              - code: DEP_CHAIN
                name: By a chain
                type: continuous
                direction: lower_is_better
                tier: exploratory
                unit: points
                metric: {name: BDI-II/total, crosswalks: [bdi1-bdi2-chain]}
              - code: DEP_PROMIS_2
                name: Depression again
                type: continuous
                direction: lower_is_better
                tier: exploratory
                unit: T
                metric: {name: PROMIS-DEPRESSION-T, \
            """;

    private static DefinitionBundle load(Path jobs, String study) {
        return DefinitionLoader.load(jobs, jobs.resolve("studies").resolve(study + ".yaml"))
                .bundle()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mbt-tau", "btheb"})
    void shippedStudiesAreReadBackWhole(String study) {
        DefinitionBundle bundle = load(Path.of("jobs"), study);

        assertThat(KeptDefinitions.read(bundle.texts())).hasValueSatisfying(read -> isSame(read, bundle));
    }

    /** A chain of crosswalks, and a site that takes part in a study that the bundle does not hold. */
    @Test
    void whatIsPutTogetherFromOthersBringsThemAlong(@TempDir Path jobs) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("jobs"), jobs);
        Files.writeString(jobs.resolve("crosswalks/bdi1-bdi2-chain.yaml"), CHAIN);
        replace(jobs.resolve("studies/mbt-tau.yaml"), "crosswalks: [promis", MORE_OUTCOMES + "crosswalks: [promis");
        replace(
                jobs.resolve("sites/lindholm/mapping.yaml"),
                "studies:\n",
                "studies:\n  - {study: btheb, randomised: true, comparator: TAU, schedule: [baseline]}\n");
        DefinitionBundle bundle = load(jobs, "mbt-tau");

        assertThat(bundle.texts())
                .containsKeys("crosswalk/bdi1-bdi2-chain", "crosswalk/bdi1-hamd17", "crosswalk/hamd17-bdi2");
        assertThat(bundle.mappings()).containsKey(new SiteCode("lindholm"));
        assertThat(KeptDefinitions.read(bundle.texts())).hasValueSatisfying(read -> isSame(read, bundle));

        replace(jobs.resolve("crosswalks/hamd17-bdi2.csv"), "20,32,", "20,31,");
        assertThat(load(jobs, "mbt-tau").sha256()).isNotEqualTo(bundle.sha256());
    }

    private static void isSame(DefinitionBundle read, DefinitionBundle bundle) {
        assertThat(read.sha256()).isEqualTo(bundle.sha256());
        assertThat(read.study()).isEqualTo(bundle.study());
        assertThat(read.instruments())
                .usingRecursiveComparison()
                .withEqualsForType((one, other) -> one.pattern().equals(other.pattern()), Pattern.class)
                .isEqualTo(bundle.instruments());
        assertThat(read.crosswalks()).isEqualTo(bundle.crosswalks());
        assertThat(memberships(read)).isEqualTo(memberships(bundle));
    }

    private static List<String> memberships(DefinitionBundle bundle) {
        return bundle.mappings().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().studies())
                .toList();
    }

    private static void replace(Path file, String text, String other) throws IOException {
        assertThat(file).content().contains(text);
        Files.writeString(file, Files.readString(file).replace(text, other));
    }

    @Test
    void whatCannotBeReadAnyMoreIsNotReadInPart() {
        DefinitionBundle bundle = load(Path.of("jobs"), "btheb");
        SortedMap<String, String> spoiled = new TreeMap<>(bundle.texts());
        spoiled.computeIfPresent("study/btheb", (name, text) -> text.replaceFirst("(?m)^arms:", "arm:"));

        assertThat(KeptDefinitions.read(spoiled)).isEmpty();
    }
}
