package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.harmonize.HarmonizationStatus.Degree;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.staging.StagedSpell;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.SpellKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a site tells that something happened and not of what sort, an outcome of that sort has no value there. */
class UntoldDetailTest {
    private static final ParticipantKey KEY = new ParticipantKey(new UUID(0, 1));
    private static final DefinitionBundle SHIPPED = DefinitionLoader.load(
                    Path.of("jobs"), Path.of("jobs/studies/mbt-tau.yaml"))
            .bundle()
            .orElseThrow();

    private static SourcedFact fact(String name, String date) {
        return new SourcedFact(new ParticipantFact(KEY, name, null, LocalDate.parse(date), 2, name), 1, 1);
    }

    private static StagedParticipant person(
            String site,
            List<SourcedFact> facts,
            List<Sourced<StagedSpell>> spells,
            List<Sourced<ObservedSpan>> observed) {
        return new StagedParticipant(
                KEY,
                "R1",
                new SiteCode(site),
                List.of(),
                facts,
                List.of(),
                spells,
                observed,
                List.of(),
                LocalDate.parse("2024-01-01"));
    }

    private static Cell first(DefinitionBundle definitions, StagedParticipant person, String outcome) {
        return new Harmonizer(definitions)
                .harmonize(person).series().stream()
                        .filter(series -> series.outcome().value().equals(outcome))
                        .findFirst()
                        .orElseThrow()
                        .cells()
                        .get(0);
    }

    /** Eichberg sends the day of a death and never its cause; Northgate has a list of causes. */
    @Test
    void causesOfDeathAreUnknownOfTheLivingTooWhereNobodyTellsThem() {
        List<SourcedFact> alive = List.of(fact("randomised_on", "2020-01-01"));

        for (String outcome : List.of("SUI_DEATH", "DEATH_SUICIDE", "DEATH_OTHER")) {
            assertThat(first(SHIPPED, person("eichberg", alive, List.of(), List.of()), outcome))
                    .as(outcome)
                    .isEqualTo(Cell.missing("detail_not_told"));
        }
        List<SourcedFact> seen = List.of(fact("randomised_on", "2020-01-01"), fact("treatment_start_on", "2023-06-01"));
        assertThat(first(SHIPPED, person("northgate", seen, List.of(), List.of()), "DEATH_SUICIDE")
                        .value())
                .isZero();
        assertThat(first(SHIPPED, person("eichberg", seen, List.of(), List.of()), "DEATH_ANY")
                        .value())
                .isZero();
    }

    @Test
    void withoutTimeZeroThatIsTheReason() {
        assertThat(first(SHIPPED, person("eichberg", List.of(), List.of(), List.of()), "SUI_DEATH"))
                .isEqualTo(Cell.missing("no_time_zero"));
    }

    /** Years on drug a, where the site names the drugs and where it only says that there were some. */
    @Test
    void timeOnADrugIsUnknownWhereTheDrugIsNotTold(@TempDir Path folder) throws IOException {
        DefinitionBundle told = drugs(folder.resolve("told"), ", detail: {column: detail}");
        DefinitionBundle untold = drugs(folder.resolve("untold"), "");
        StagedParticipant person = person(
                "one",
                List.of(fact("randomised_on", "2020-01-01")),
                List.of(new Sourced<>(
                        new StagedSpell(
                                KEY,
                                new SpellKind("medication"),
                                "a",
                                LocalDate.parse("2020-01-01"),
                                LocalDate.parse("2020-01-10"),
                                null,
                                2),
                        1,
                        1,
                        false)),
                List.of(new Sourced<>(
                        new ObservedSpan(
                                KEY,
                                "medication",
                                LocalDate.parse("2020-01-01"),
                                LocalDate.parse("2023-12-31"),
                                ObservedSpan.Source.NOTES,
                                2),
                        1,
                        1,
                        false)));

        assertThat(first(told, person, "ON_A").value()).isEqualTo(10);
        assertThat(first(untold, person, "ON_A")).isEqualTo(Cell.missing("detail_not_told"));
        assertThat(first(untold, person, "ON_TWO")).isEqualTo(Cell.missing("detail_not_told"));
        assertThat(first(untold, person, "ON_ANY").value()).isEqualTo(10);
        assertThat(HarmonizationStatuses.of(untold))
                .filteredOn(status -> status.degree() == Degree.IMPOSSIBLE)
                .extracting(status -> status.outcome().value())
                .containsExactly("ON_A", "ON_TWO");
    }

    private static DefinitionBundle drugs(Path folder, String detail) throws IOException {
        Path care = Path.of("src/test/resources/org/equipoise/pipeline/care");
        Path study = Files.createDirectories(folder.resolve("studies")).resolve("care.yaml");
        String outcome = """
                  - {code: %s, name: On it, type: duration, direction: lower_is_better, tier: exploratory, unit: days,
                     spell: {kind: medication, %smeasure: days}, periods: [y1]}
                """;
        Files.writeString(
                study,
                Files.readString(care.resolve("studies/care.yaml"))
                        .replace(
                                "outcomes:\n",
                                "outcomes:\n"
                                        + outcome.formatted("ON_A", "details: [a], ")
                                        + outcome.formatted("ON_TWO", "at_once: 2, ")
                                        + outcome.formatted("ON_ANY", "")));
        Path mapping = folder.resolve("mapping.yaml");
        Files.writeString(
                mapping,
                Files.readString(care.resolve("sites/one/mapping.yaml"))
                        .replace("kind: medication, detail: {column: detail}", "kind: medication" + detail));
        LoadedDefinitions loaded = DefinitionLoader.load(folder, study, new SiteCode("one"), mapping);
        assertThat(loaded.allProblems()).isEmpty();
        return loaded.bundle().orElseThrow();
    }
}
