package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was right when a snapshot was last published stands in for what has mistakes now, and nothing else does. */
class StandingDefinitionsTest {
    /** Those that only a study which has been published can have. */
    static final Set<DefinitionProblem> ALL =
            Set.of(DefinitionProblem.SITE_STANDS, DefinitionProblem.SITE_LEFT_OUT, DefinitionProblem.INSTRUMENT_STANDS);

    private static final String STUDY = "studies/trial.yaml";
    private static final String HERE = "sites/here/mapping.yaml";
    private static final String INSTRUMENT = "instruments/mood-3.yaml";

    /** Late on the last day of June in London, on the first of July in Copenhagen. */
    private static final Instant TAKEN = Instant.parse("2026-06-30T22:30:00Z");

    @TempDir
    private Path folder;

    private JobsFixture jobs;
    private DefinitionBundle right;

    @BeforeEach
    void allIsRight() throws IOException {
        jobs = JobsFixture.in(folder);
        right = jobs.load().bundle().orElseThrow();
    }

    private LoadedDefinitions load() {
        Map<String, PublishedText> published = new TreeMap<>();
        right.texts().forEach((name, text) -> published.put(name, new PublishedText(text, TAKEN)));
        return DefinitionLoader.load(folder, folder.resolve(STUDY), study -> published);
    }

    @Test
    void aMappingStandsAsItWasPublishedDatedByTheSitesOwnClock() throws IOException {
        jobs.with(HERE, "T1: m6", "T1: m7");

        LoadedDefinitions loaded = load();

        assertThat(loaded.findSite("here").map(LoadedSite::standing)).contains(Standing.STANDS);
        assertThat(loaded.bundle().map(DefinitionBundle::sha256)).contains(right.sha256());
        assertThat(loaded.setbacks())
                .extracting(problem -> problem.code() + " " + problem.message())
                .startsWith(
                        "DEF-120 The site stands as of 2026-07-01: its mapping has mistakes, so what it has published"
                                + " stays as it is, and new files wait.")
                .hasSize(2);
    }

    @Test
    void aMappingThatIsGoneStandsToo() throws IOException {
        jobs.without(HERE);

        assertThat(load().bundle().map(DefinitionBundle::sha256)).contains(right.sha256());
    }

    @Test
    void aSiteIsLeftOutIfItsPublishedMappingNoLongerFits() throws IOException {
        jobs.with(STUDY, "code: m6,", "code: m7,");

        LoadedDefinitions loaded = load();

        assertThat(loaded.findSite("here").map(LoadedSite::standing)).contains(Standing.BROKEN);
        assertThat(loaded.findSite("here").flatMap(LoadedSite::mapping)).isEmpty();
        assertThat(loaded.setbacks())
                .extracting(problem -> problem.code() + " " + problem.place())
                .contains("DEF-121 sites/here/mapping.yaml");
    }

    @Test
    void anInstrumentStandsAsItWasPublished() throws IOException {
        jobs.with(INSTRUMENT, "max_missing: 1", "max_missing: 3");

        LoadedDefinitions loaded = load();

        assertThat(loaded.bundle().map(DefinitionBundle::sha256)).contains(right.sha256());
        assertThat(loaded.setbacks())
                .extracting(problem -> problem.code() + " " + problem.place())
                .containsExactly("DEF-122 instruments/mood-3.yaml", "DEF-031 instruments/mood-3.yaml line 14");
    }

    @Test
    void aSiteThatWasNeverPublishedIsBroken() throws IOException {
        jobs.with(HERE, "T1: m6", "T1: m7");

        LoadedDefinitions loaded = DefinitionLoader.load(folder, folder.resolve(STUDY), study -> Map.of());

        assertThat(loaded.findSite("here").map(LoadedSite::standing)).contains(Standing.BROKEN);
        assertThat(loaded.bundle().orElseThrow().mappings()).containsOnlyKeys(new SiteCode("there"));
    }
}
