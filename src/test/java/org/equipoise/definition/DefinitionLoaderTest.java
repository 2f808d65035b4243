package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.definition.JobsFixture.sentences;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.definition.SiteMapping.AsOfSource;
import org.equipoise.definition.SiteMapping.Coding;
import org.equipoise.definition.SiteMapping.DateKind;
import org.equipoise.definition.SiteMapping.DateRule;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.Form;
import org.equipoise.definition.SiteMapping.ItemRow;
import org.equipoise.definition.SiteMapping.Missing;
import org.equipoise.definition.SiteMapping.RecordKey;
import org.equipoise.definition.SiteMapping.Shape;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.definition.SiteMapping.TotalColumn;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.definition.SiteMapping.ValueRule;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionLoaderTest {
    private static final String STUDY = "studies/trial.yaml";
    private static final String HERE = "sites/here/mapping.yaml";
    private static final String THERE = "sites/there/mapping.yaml";

    @TempDir
    Path folder;

    private JobsFixture jobs = new JobsFixture(Path.of(""));

    @BeforeEach
    void copyRightDefinitions() throws IOException {
        jobs = JobsFixture.in(folder);
    }

    private DefinitionBundle bundle() {
        return jobs.load().bundle().orElseThrow();
    }

    private SiteMapping mapping(String site) {
        return jobs.load().findSite(site).flatMap(LoadedSite::mapping).orElseThrow();
    }

    private Export export(String site) {
        return mapping(site).exports().get(0);
    }

    @Test
    void loadsRightDefinitionsWithoutAProblem() {
        assertThat(sentences(jobs.load().allProblems())).isEmpty();
    }

    @Test
    void leavesTheOtherSitesWhenOneIsBroken() throws IOException {
        jobs.with(HERE, "T1: m6", "T1: m7");

        LoadedDefinitions loaded = jobs.load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.bundle().orElseThrow().mappings().keySet()).containsExactly(new SiteCode("there"));
        assertThat(loaded.findSite("here").map(LoadedSite::standing)).contains(Standing.BROKEN);
        assertThat(loaded.findSite("here").flatMap(LoadedSite::mapping)).isEmpty();
        assertThat(loaded.findSite("there").map(LoadedSite::standing)).contains(Standing.TAKES_PART);
    }

    @Test
    void hasNoBundleWhenTheStudyIsBroken() throws IOException {
        jobs.with(STUDY, "month: 6}", "month: six}");

        LoadedDefinitions loaded = jobs.load();

        assertThat(loaded.bundle()).isEmpty();
        assertThat(loaded.problems()).hasSize(1);
        assertThat(loaded.sites().values()).allMatch(site -> site.problems().isEmpty());
    }

    @Test
    void tellsTheProblemsOfAllFilesAtOnce() throws IOException {
        jobs.with(STUDY, "tier: primary", "tier: first")
                .with(STUDY, "month: 6}", "month: 0}")
                .with("instruments/mood-3.yaml", "max_missing: 1", "max_missing: 3")
                .with(HERE, "zone: Europe/Copenhagen", "zone: Copenhagen")
                .with(HERE, "mode: cumulative", "mode: all")
                .with("sites/there/mapping.yaml", "Europe/Oslo", "Oslo");

        assertThat(jobs.load().allProblems())
                .extracting(problem -> problem.code() + " " + problem.place())
                .containsExactly(
                        "DEF-014 studies/trial.yaml line 11",
                        "DEF-008 studies/trial.yaml line 21",
                        "DEF-031 instruments/mood-3.yaml line 14",
                        "DEF-039 sites/here/mapping.yaml line 3",
                        "DEF-008 sites/here/mapping.yaml line 9",
                        "DEF-039 sites/there/mapping.yaml line 3");
    }

    @Test
    void tellsTheStudyThatIsNotThereAndNothingThatFollows() throws IOException {
        jobs.without(STUDY);

        assertThat(sentences(jobs.load().allProblems()))
                .first()
                .isEqualTo("DEF-001 studies/trial.yaml: The file is not there or cannot be read."
                        + " Expected a readable file. Put the file there, or correct its name.");
    }

    private static String outcome(String code, String type, String rest) {
        return "  - {code: " + code + ", name: " + code + ", type: " + type
                + ", direction: lower_is_better, tier: exploratory, unit: people, " + rest + "}\n";
    }

    /** A rule takes the baseline of its score, a rule over that rule the same, events the one they name or none. */
    @Test
    void binaryOutcomeTakesTheBaselineOfItsScoreOrOfTheOneItNames() throws IOException {
        jobs.with(
                STUDY,
                "comparisons:\n",
                outcome("WELL", "binary", "rule: {outcome: MOOD, version: one, test: below, limit: 3}")
                        + outcome("ILL", "binary", "rule: {outcome: WELL, version: one, test: below, limit: 1}")
                        + outcome("FELL", "binary", "events: [{kind: fall}], periods: [p6], harm: true")
                        + outcome("FELL_ILL", "binary", "events: [{kind: fall}], periods: [p6], baseline: MOOD")
                        + "comparisons:\n");

        assertThat(bundle().study().outcomes().stream()
                        .map(outcome -> outcome.code() + " "
                                + outcome.baseline().map(OutcomeCode::value).orElse("none") + " " + outcome.harm()))
                .containsExactly(
                        "MOOD none false",
                        "WELL MOOD false",
                        "ILL MOOD false",
                        "FELL none true",
                        "FELL_ILL MOOD false");
    }

    @Test
    void tellsABaselineThatIsNoScoreOrOutOfPlace() throws IOException {
        jobs.with(
                STUDY,
                "comparisons:\n",
                outcome("FELL", "binary", "events: [{kind: fall}], periods: [p6], baseline: MOD")
                        + outcome("FALLS", "count", "events: [{kind: fall}], periods: [p6], baseline: MOOD")
                        + outcome("FELL_TOO", "binary", "events: [{kind: fall}], periods: [p6], baseline: FELL")
                        + "comparisons:\n");

        assertThat(sentences(jobs.load().allProblems()))
                .containsExactly(
                        "DEF-064 studies/trial.yaml line 25: The study has no outcome MOD before this one. Expected a"
                                + " continuous outcome above this one. Correct the code, or move the outcome up. Found MOD.",
                        "DEF-042 studies/trial.yaml line 26: The key baseline means nothing here: only a binary outcome"
                                + " takes another one's. Expected no baseline. Remove it, or correct the other key.",
                        "DEF-064 studies/trial.yaml line 27: The study has no outcome FELL before this one. Expected a"
                                + " continuous outcome above this one. Correct the code, or move the outcome up. Found FELL.");
    }

    @Test
    void tellsASiteOfAnotherStudyFromABrokenOne() throws IOException {
        Files.writeString(
                folder.resolve("studies/other.yaml"),
                Files.readString(folder.resolve(STUDY)).replace("code: trial", "code: other"));
        jobs.with(HERE, "study: trial", "study: other");

        LoadedDefinitions loaded = jobs.load();

        assertThat(loaded.findSite("here").map(LoadedSite::standing)).contains(Standing.OTHER_STUDY);
        assertThat(sentences(loaded.allProblems())).isEmpty();
        assertThat(loaded.findSite("nowhere")).isEmpty();
    }

    @Test
    void readsAStudyThatLiesElsewhere() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere")).resolve("my study.yaml");
        Files.move(folder.resolve(STUDY), elsewhere);
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.move(folder.resolve("sites"), inner.resolve("sites"));
        Files.move(folder.resolve("instruments"), inner.resolve("instruments"));

        LoadedDefinitions loaded = DefinitionLoader.load(inner, elsewhere);

        assertThat(sentences(loaded.allProblems())).isEmpty();
        assertThat(loaded.bundle().orElseThrow().mappings()).hasSize(2);
    }

    @Test
    void readsOneSiteOnly() {
        LoadedDefinitions loaded = DefinitionLoader.load(folder, folder.resolve(STUDY), new SiteCode("there"));

        assertThat(loaded.sites().keySet()).containsExactly("there");
        assertThat(loaded.bundle().orElseThrow().mappings().keySet()).containsExactly(new SiteCode("there"));
    }

    @Test
    void hashDoesNotDependOnLineEndsTrailingBlanksOrByteOrderMark() throws IOException {
        DefinitionBundle before = bundle();
        String hashBefore = mapping("here").exports().get(0).version().sha256();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                Files.writeString(file, "\uFEFF" + text.replace("\n", "  \r\n") + "\r\n\r\n", StandardCharsets.UTF_8);
            }
        }

        DefinitionBundle after = bundle();

        assertThat(after.texts()).isEqualTo(before.texts());
        assertThat(after.sha256()).isEqualTo(before.sha256());
        assertThat(mapping("here").exports().get(0).version().sha256()).isEqualTo(hashBefore);
    }

    @Test
    void hashDependsOnTheText() throws IOException {
        DefinitionBundle before = bundle();
        jobs.with(HERE, "name: Here", "name: Hare");

        assertThat(bundle().sha256()).isNotEqualTo(before.sha256());
    }

    @Test
    void readsHowAFileIsWritten() {
        Export export = export("here");

        assertThat(export.text())
                .isEqualTo(new TextFormat(List.of(StandardCharsets.UTF_8), ';', '"', 0, ',', Optional.of('.')));
        assertThat(export.missing()).isEqualTo(new Missing(Set.of("NA"), Map.of("-99", MissingReason.NOT_DONE)));
        assertThat(export.facts().get(1).date())
                .contains(new DateRule(
                        DateKind.PATTERN,
                        "dd-MM-yyyy",
                        LocalDate.of(2000, 1, 1),
                        Set.of("01-01-1900"),
                        Optional.empty()));
        assertThat(export.asOf().source()).isEqualTo(AsOfSource.FILE_NAME);
        assertThat(export.asOf().format().orElseThrow().pattern()).isEqualTo("yyyy-MM-dd");
    }

    @Test
    void findsTheMomentOfAnExportInItsFilesName() {
        var matcher = export("here").asOf().name().orElseThrow().matcher("MAIN_2026-09-30.CSV");

        assertThat(matcher.matches()).isTrue();
        assertThat(matcher.group("asof")).isEqualTo("2026-09-30");
        assertThat(export("here").files().matcher("main_2026-09-30xcsv").matches())
                .isFalse();
    }

    @Test
    void givesEachItemItsColumn() throws IOException {
        jobs.with(HERE, "items: mood_{item}", "items: MOOD{item:2}_x");

        Form form = export("here").forms().get(0);

        assertThat(form.items()).isEqualTo(Map.of(1, "MOOD01_x", 2, "MOOD02_x", 3, "MOOD03_x"));
        assertThat(form.reversedAlready()).containsExactly(2);
        assertThat(form.totals())
                .containsExactly(new TotalColumn(new ScaleCode("total"), "mood_sum", TotalUse.CROSS_CHECK));
    }

    /** A form counted from 1, of which item 2 is turned round already: the instrument's file says both. */
    @Test
    void takesFromAVariantHowAnswersAreWritten() throws IOException {
        jobs.with(HERE, "        already_reversed: [2]\n", "        variant: shifted\n")
                .with(HERE, "        value: {pattern: '^(\\d)'}\n", "");

        Form form = export("here").forms().get(0);

        assertThat(form.value()).isEqualTo(new ValueRule(Optional.empty(), Map.of(), -1, 1));
        assertThat(form.reversedAlready()).containsExactly(2);
    }

    @Test
    void takesATotalForTheScoreWhenNoItemsAreSent() throws IOException {
        jobs.with(HERE, "        items: mood_{item}\n        already_reversed: [2]\n", "");

        assertThat(export("here").forms().get(0).totals())
                .containsExactly(new TotalColumn(new ScaleCode("total"), "mood_sum", TotalUse.SCORE));
    }

    @Test
    void readsTheSitesNamesOfVisits() {
        assertThat(export("here").visit().values())
                .isEqualTo(Map.of(
                        "T0",
                        Optional.of(new IntervalCode("baseline")),
                        "T1",
                        Optional.of(new IntervalCode("m6")),
                        "extra",
                        Optional.empty()));
    }

    @Test
    void readsARowThatIsOneAnswer() {
        Export export = export("there");
        ItemRow row = export.itemRow().orElseThrow();

        assertThat(export.shape()).isEqualTo(Shape.ITEM);
        assertThat(export.record()).isEqualTo(new RecordKey("id", 3, "T-"));
        assertThat(row.instruments()).isEqualTo(Map.of("Mood", new InstrumentCode("MOOD-3")));
        assertThat(row.totalItem()).isEqualTo(Map.of("sum", new ScaleCode("total")));
        assertThat(row.totalUse()).isEqualTo(TotalUse.CROSS_CHECK);
        assertThat(row.value()).isEqualTo(ValueRule.PLAIN);
        assertThat(row.itemPattern().matcher("12").matches()).isTrue();
    }

    @Test
    void readsHowAnswersUnderOneNameAreCodedOtherwise() throws IOException {
        jobs.with(
                THERE,
                "values: {Mood: MOOD-3}}",
                "values: {Mood: MOOD-3, New: MOOD-3}, codings: {New: {variant: shifted, missing: {8: refused}}}}");

        ItemRow row = export("there").itemRow().orElseThrow();

        assertThat(row.coding("Mood")).isEqualTo(new Coding(ValueRule.PLAIN, Set.of(), Map.of()));
        assertThat(row.coding("New"))
                .isEqualTo(new Coding(
                        new ValueRule(Optional.empty(), Map.of(), -1, 1),
                        Set.of(2),
                        Map.of("8", MissingReason.REFUSED)));
    }

    @Test
    void takesNumbersInCodesAsTheyAreWritten() throws IOException {
        jobs.with(HERE, "-99: not_done", "-099: not_done").with(HERE, "tokens: [NA]", "tokens: [9999.0]");

        assertThat(export("here").missing())
                .isEqualTo(new Missing(Set.of("9999.0"), Map.of("-099", MissingReason.NOT_DONE)));
    }

    @Test
    void namesTheSitesPartInTheStudy() {
        SiteMapping mapping = mapping("here");

        assertThat(mapping.findMembership(new StudyCode("trial")).orElseThrow().schedule())
                .containsExactly(new IntervalCode("baseline"), new IntervalCode("m6"));
    }

    /** Whatever is wrong, it is told: no spoiled line may end in an exception or pass by unseen. */
    @ParameterizedTest
    @ValueSource(strings = {STUDY, "instruments/mood-3.yaml", HERE, "sites/there/mapping.yaml"})
    void tellsAnyValueThatIsNothingAtAll(String file) throws IOException {
        Path path = folder.resolve(file);
        List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            for (String nothing : List.of("null", "[[x]]", "{x: {y: z}}")) {
                String line = lines.get(i);
                List<String> spoiled = new ArrayList<>(lines);
                spoiled.set(i, line.substring(0, line.indexOf(':') + 1) + " " + nothing);
                Files.write(path, spoiled);

                assertThat(jobs.load().allProblems())
                        .as("line %d: %s", i + 1, spoiled.get(i))
                        .isNotEmpty();
            }
        }
    }
}
