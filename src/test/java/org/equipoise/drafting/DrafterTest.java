package org.equipoise.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.feedback.OfflineCheck;
import org.equipoise.staging.FileRefused;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sample site's mapping is drafted from its files alone, and does what the mapping made by hand does. */
class DrafterTest {
    private static final Path JOBS = Path.of("jobs");
    private static final Path STUDY = JOBS.resolve("studies/mbt-tau.yaml");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);

    private static final LoadedDefinitions SHIPPED = DefinitionLoader.load(JOBS, STUDY);

    @TempDir
    private Path folder;

    /**
     * A site, the least share of its columns that is placed, in percent, and the answers that its coordinator gives. The
     * page about mapping names the same shares and answers.
     */
    record Sample(String site, Optional<String> dictionary, int placed, List<Answer> answers) {
        static Sample of(String site, int placed, Answer... answers) {
            return new Sample(site, Optional.empty(), placed, List.of(answers));
        }

        @Override
        public String toString() {
            return site;
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
                Sample.of("eichberg", 100),
                Sample.of(
                        "fairhaven",
                        100,
                        new Answer("fairhaven_visits_{as_of}.csv", "", "record digits", "3"),
                        new Answer("fairhaven_visits_{as_of}.csv", "", "record prefix", "FH-")),
                Sample.of("lindholm", 100),
                Sample.of(
                        "northgate",
                        73,
                        new Answer("northgate_redcap_{as_of}.csv", "arm", "value 1", "MBT"),
                        new Answer("northgate_redcap_{as_of}.csv", "arm", "value 2", "TAU")),
                new Sample("northgate", Optional.of("northgate_dictionary.csv"), 98, List.of()),
                Sample.of("oosterpark", 99),
                Sample.of("sonderby", 97, sonderby()));
    }

    private static Answer[] sonderby() {
        return Stream.of("forloeb", "haendelser", "skemaer")
                .map(export -> "sonderby_" + export + "_{as_of}.csv")
                .flatMap(file -> Stream.of(
                        new Answer(file, "", "record digits", "4"), new Answer(file, "", "record prefix", "SB")))
                .toArray(Answer[]::new);
    }

    private static List<Path> files(Sample sample) throws IOException {
        try (Stream<Path> inbox =
                Files.list(JOBS.resolve("sites").resolve(sample.site()).resolve("inbox"))) {
            return inbox.sorted().toList();
        }
    }

    private static Draft draft(Sample sample) throws IOException, FileRefused {
        return new Drafter(
                        DefinitionLoader.loadInstruments(JOBS),
                        SHIPPED.bundle().orElseThrow().study())
                .draft(
                        files(sample),
                        sample.dictionary().map(name -> Path.of("src/test/resources/org/equipoise/drafting", name)),
                        Optional.of(sample.site()),
                        sample.answers());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void placesColumns(Sample sample) throws Exception {
        Draft draft = draft(sample);

        assertThat(100 * draft.placed())
                .as("%s", draft.leftOver())
                .isGreaterThanOrEqualTo(sample.placed() * draft.columns());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void draftedMappingAcceptsWhatTheMappingByHandAccepts(Sample sample) throws Exception {
        Path mapping = folder.resolve("mapping.yaml");
        Files.writeString(mapping, draft(sample).mapping());
        LoadedDefinitions drafted = DefinitionLoader.load(JOBS, STUDY, new SiteCode(sample.site()), mapping);

        assertThat(drafted.allProblems()).isEmpty();
        boolean everything =
                !sample.site().equals("northgate") || sample.dictionary().isPresent();
        for (Path file : files(sample)) {
            Trial now = Trial.of(new OfflineCheck(drafted, CLOCK), file, Optional.of(sample.site()));
            Trial byHand = Trial.of(new OfflineCheck(SHIPPED, CLOCK), file, Optional.of(sample.site()));
            if (everything) {
                assertThat(now.counts())
                        .as("%s %s", file, now.differencesFrom(byHand))
                        .isEqualTo(byHand.counts());
            }
            assertThat(now.counts().received()).isEqualTo(byHand.counts().received());
        }
    }
}
