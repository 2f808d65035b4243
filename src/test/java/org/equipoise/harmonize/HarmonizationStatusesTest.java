package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.harmonize.HarmonizationStatus.Degree;
import org.junit.jupiter.api.Test;

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
}
