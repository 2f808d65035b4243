package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.harmonize.HarmonizationStatus.Degree;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The degrees that the mappings of the sample sites lead to, as read off the files by hand. */
class HarmonizationStatusesTest {
    private final List<HarmonizationStatus> statuses =
            HarmonizationStatuses.of(DefinitionLoader.load(Path.of("jobs"), Path.of("jobs/studies/mbt-tau.yaml"))
                    .bundle()
                    .orElseThrow());

    private HarmonizationStatus status(String site, String outcome) {
        return statuses.stream()
                .filter(status -> status.site().value().equals(site)
                        && status.outcome().value().equals(outcome))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aScaleThatIsSentIsComplete() {
        HarmonizationStatus status = status("eichberg", "DEP_BDI");

        assertThat(status.degree()).isEqualTo(Degree.COMPLETE);
        assertThat(status.planned()).isEqualTo(6);
        assertThat(status.reason()).isEqualTo("items of BDI-II; planned at 6 of 15 intervals");
    }

    @Test
    void aScaleThatIsNotSentIsImpossible() {
        HarmonizationStatus status = status("eichberg", "DEP_PHQ9");

        assertThat(status.degree()).isEqualTo(Degree.IMPOSSIBLE);
        assertThat(status.reason()).isEqualTo("no PHQ-9/total is sent");
    }

    @Test
    void aScoreByACrosswalkIsApproximate() {
        assertThat(status("northgate", "DEP_PROMIS").degree()).isEqualTo(Degree.APPROXIMATE);
        assertThat(status("eichberg", "DEP_PROMIS").degree()).isEqualTo(Degree.IMPOSSIBLE);
    }

    @Test
    void aRuleIsAsGoodAsWhatItAsks() {
        assertThat(status("eichberg", "REMISSION_GAF").reason()).startsWith("FUNC_GAF: items of GAF");
    }

    @Test
    void daysToldByAWindowAreApproximate() {
        assertThat(status("eichberg", "HOSP_DAYS").reason())
                .isEqualTo("admission is told for a window and not by its days");
        assertThat(status("lindholm", "HOSP_DAYS").degree()).isEqualTo(Degree.COMPLETE);
    }

    @Test
    void aCompositeWithoutOneOfItsPartsIsApproximateAndNamesIt() {
        HarmonizationStatus status = status("eichberg", "CRISIS");

        assertThat(status.degree()).isEqualTo(Degree.APPROXIMATE);
        assertThat(status.reason()).isEqualTo("which death was suicide is not told");
    }

    @Test
    void aColumnInTheStudysOwnWordsTellsEveryClass() {
        assertThat(status("lindholm", "MED_YEARS_AD").degree()).isEqualTo(Degree.COMPLETE);
    }

    /** A small mapping with one line of it changed, and what then becomes of days in hospital. */
    private static HarmonizationStatus hospitalDays(Path folder, String line, String other) throws IOException {
        Path jobs = Path.of("src/test/resources/org/equipoise/pipeline/care");
        String mapping = Files.readString(jobs.resolve("sites/one/mapping.yaml"));
        assertThat(mapping).contains(line);
        Path changed = folder.resolve("mapping.yaml");
        Files.writeString(changed, mapping.replace(line, other));
        LoadedDefinitions loaded =
                DefinitionLoader.load(jobs, jobs.resolve("studies/care.yaml"), new SiteCode("one"), changed);
        assertThat(loaded.allProblems()).isEmpty();
        return HarmonizationStatuses.of(loaded.bundle().orElseThrow()).get(0);
    }

    /** Stays with the time in which they would be known; without it; by a window; and none at all. */
    @Test
    void daysInHospitalAreOfEachDegreeByWhatIsSent(@TempDir Path folder) throws IOException {
        String stays = "      - {code: stays, rows: {what: [stay]}, kind: admission, from: from, to: to}\n";
        String byWindow =
                "      - {code: stays, rows: {what: [stay]}, kind: admission, days: n, window: {months: 6, to: to}}\n";

        HarmonizationStatus complete = hospitalDays(folder, stays, stays);
        HarmonizationStatus approximate = hospitalDays(folder, stays, byWindow.replace("days: n", "days: 'n'"));
        HarmonizationStatus undetermined =
                hospitalDays(folder, "kinds: [contact, admission, medication]", "kinds: [contact, medication]");
        HarmonizationStatus impossible = hospitalDays(folder, stays, "");

        assertThat(List.of(complete, approximate, undetermined, impossible))
                .extracting(HarmonizationStatus::degree, HarmonizationStatus::reason)
                .containsExactly(
                        tuple(Degree.COMPLETE, "told, with the time it would have been known"),
                        tuple(Degree.APPROXIMATE, "admission is told for a window and not by its days"),
                        tuple(Degree.UNDETERMINED, "the time in which admission would have been known is not sent"),
                        tuple(Degree.IMPOSSIBLE, "no admission is sent"));
    }
}
