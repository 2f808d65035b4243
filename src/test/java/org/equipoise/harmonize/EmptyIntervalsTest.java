package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.harmonize.HarmonizationStatus.Degree;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.OutcomeSeries;
import org.equipoise.harmonize.HarmonizedParticipant.ScoredAssessment;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why nothing is there at an interval of somebody without answers, and in which order answers lie. */
class EmptyIntervalsTest {
    private static final ParticipantKey KEY = new ParticipantKey(new UUID(0, 1));
    private static final DefinitionBundle SHIPPED = DefinitionLoader.load(
                    Path.of("jobs"), Path.of("jobs/studies/mbt-tau.yaml"))
            .bundle()
            .orElseThrow();

    private final List<SourcedFragment> fragments = new ArrayList<>();

    private HarmonizedParticipant harmonize(SiteCode site) {
        return new Harmonizer(SHIPPED)
                .harmonize(new StagedParticipant(
                        KEY,
                        "R1",
                        site,
                        fragments,
                        List.of(
                                new SourcedFact(new ParticipantFact(KEY, Harmonizer.ARM, "MBT", null, 2, "arm"), 1, 1),
                                new SourcedFact(
                                        new ParticipantFact(
                                                KEY,
                                                SHIPPED.study().timeZero(),
                                                null,
                                                LocalDate.parse("2021-01-01"),
                                                2,
                                                "zero"),
                                        1,
                                        1)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        LocalDate.parse("2022-01-20")));
    }

    private static List<@Nullable String> reasons(HarmonizedParticipant participant, String outcome) {
        return participant.series().stream()
                .filter(series -> series.outcome().value().equals(outcome))
                .findFirst()
                .orElseThrow()
                .cells()
                .stream()
                .map(Cell::reason)
                .toList();
    }

    @Test
    void nothingIsPlannedWhereTheScaleIsNotSent() {
        Set<OutcomeCode> overPeriods = SHIPPED.study().outcomes().stream()
                .filter(Outcome::isOverPeriods)
                .map(Outcome::code)
                .collect(Collectors.toSet());
        List<String> impossible = HarmonizationStatuses.of(SHIPPED).stream()
                .filter(status -> status.degree() == Degree.IMPOSSIBLE && !overPeriods.contains(status.outcome()))
                .map(status -> status.site() + " " + status.outcome())
                .toList();
        List<String> neverPlanned = new ArrayList<>();
        for (SiteCode site : SHIPPED.mappings().keySet()) {
            for (OutcomeSeries series : harmonize(site).series()) {
                if (!series.overPeriods()
                        && series.cells().stream().allMatch(cell -> Harmonizer.NOT_SCHEDULED.equals(cell.reason()))) {
                    neverPlanned.add(site + " " + series.outcome());
                }
            }
        }

        assertThat(neverPlanned).isNotEmpty().containsExactlyInAnyOrderElementsOf(impossible);
    }

    /** The export was taken a year after: the first windows were over then, the last was not. */
    @Test
    void eachIntervalHasItsOwnReasonInEveryOutcome() {
        HarmonizedParticipant participant = harmonize(new SiteCode("lindholm"));

        assertThat(reasons(participant, "BPD_SEV_ZAN"))
                .isEqualTo(reasons(participant, "DEP_BDI"))
                .startsWith("no_record")
                .endsWith("not_due");
    }

    @Test
    void undatedAssessmentsComeFirst() {
        answers(LocalDate.parse("2021-01-01"));
        answers(null);
        answers(LocalDate.parse("2020-12-01"));

        assertThat(harmonize(new SiteCode("lindholm")).assessments())
                .extracting(ScoredAssessment::date)
                .containsExactly(null, LocalDate.parse("2020-12-01"), LocalDate.parse("2021-01-01"));
    }

    private void answers(@Nullable LocalDate date) {
        fragments.add(new SourcedFragment(
                new AssessmentFragment(
                        KEY,
                        new InstrumentCode("ZAN-BPD"),
                        "responses",
                        null,
                        null,
                        date,
                        2 + fragments.size(),
                        new short[9],
                        new byte[9],
                        null,
                        List.of()),
                1,
                1,
                false));
    }
}
