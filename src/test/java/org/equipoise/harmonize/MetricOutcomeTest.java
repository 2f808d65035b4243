package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.Score;
import org.equipoise.harmonize.HarmonizedParticipant.ScoreSource;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One outcome on a common metric, at a site that asks the PHQ-9 at some visits and the SCL-90-R at others. */
class MetricOutcomeTest {
    private static final Path RESOURCES = Path.of("src/test/resources/org/equipoise/harmonize/metric");
    private static final ParticipantKey KEY = new ParticipantKey(new UUID(1, 1));

    @TempDir
    Path jobs;

    private DefinitionBundle definitions;
    private final List<SourcedFragment> fragments = new ArrayList<>();

    @BeforeEach
    void loadDefinitions() throws IOException {
        for (String folder : List.of("instruments", "crosswalks")) {
            Files.createDirectories(jobs.resolve(folder));
            try (Stream<Path> files = Files.list(Path.of("jobs", folder))) {
                for (Path file : files.toList()) {
                    Files.copy(file, jobs.resolve(folder).resolve(file.getFileName()));
                }
            }
        }
        Files.createDirectories(jobs.resolve("studies"));
        Files.createDirectories(jobs.resolve("sites/one"));
        Files.copy(RESOURCES.resolve("study.yaml"), jobs.resolve("studies/metric.yaml"));
        Files.copy(RESOURCES.resolve("mapping.yaml"), jobs.resolve("sites/one/mapping.yaml"));
        LoadedDefinitions loaded = DefinitionLoader.load(jobs, jobs.resolve("studies/metric.yaml"));
        assertThat(loaded.allProblems()).isEmpty();
        definitions = loaded.bundle().orElseThrow();
    }

    private void answer(String instrument, String interval, int items, int value, int missing) {
        short[] values = new short[items];
        byte[] reasons = new byte[items];
        Arrays.fill(values, (short) value);
        Arrays.fill(reasons, 0, missing, MissingReason.BLANK.code());
        fragments.add(new SourcedFragment(
                new AssessmentFragment(
                        KEY,
                        new InstrumentCode(instrument),
                        "form",
                        new IntervalCode(interval),
                        interval,
                        null,
                        2,
                        values,
                        reasons,
                        null,
                        List.of()),
                1,
                1,
                false));
    }

    private HarmonizedParticipant harmonize() {
        SourcedFact arm = new SourcedFact(new ParticipantFact(KEY, Harmonizer.ARM, "MBT", null, 2, "arm"), 1, 1);
        return new Harmonizer(definitions)
                .harmonize(new StagedParticipant(
                        KEY,
                        "r1",
                        new SiteCode("one"),
                        fragments,
                        List.of(arm),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null));
    }

    private static List<Cell> cells(HarmonizedParticipant participant, int outcome) {
        return participant.series().get(outcome).cells();
    }

    /** PHQ-9 of 9 is T 58.6, and a BSI depression sum of 12 is T 63.2, error 2.6 (tables of the two crosswalks). */
    @Test
    void takesTheFirstCrosswalkThatGivesAValue() {
        answer("PHQ-9", "baseline", 9, 1, 0);
        answer("SCL-90-R", "baseline", 90, 4, 0);
        answer("SCL-90-R", "m6", 90, 2, 0);

        List<Cell> cells = cells(harmonize(), 0);

        assertThat(cells).extracting(Cell::value).containsExactly(58.6, 63.2, null, null);
        assertThat(cells)
                .extracting(Cell::crosswalk)
                .containsExactly("phq9-promis-depression 2014", "bsi-promis-depression 2017", null, null);
        assertThat(cells).extracting(Cell::reason).containsExactly(null, null, "no_record", "not_scheduled");
        assertThat(cells).extracting(Cell::conversionSe).containsExactly(null, 2.6, null, null);
    }

    @Test
    void doesNotConvertAScoreWithAMissingItem() {
        answer("PHQ-9", "m6", 9, 1, 1);

        assertThat(cells(harmonize(), 0).get(1)).isEqualTo(Cell.missing(Conversion.INCOMPLETE));
    }

    @Test
    void scoresTheShortFormOutOfTheLongOne() {
        answer("SCL-90-R", "m12", 90, 2, 0);

        HarmonizedParticipant participant = harmonize();

        assertThat(cells(participant, 1).get(2).value()).isEqualTo(2.0);
        assertThat(participant.assessments())
                .extracting(assessment -> assessment.instrument().value())
                .containsExactly("BSI-53", "SCL-90-R");
        assertThat(participant.assessments().get(0).scores())
                .extracting(Score::source)
                .containsOnly(ScoreSource.EMBEDDED);
    }

    @Test
    void takesTheShortFormItselfWhereTheSiteSendsIt() {
        answer("SCL-90-R", "m12", 90, 2, 0);
        answer("BSI-53", "m12", 53, 1, 0);

        HarmonizedParticipant participant = harmonize();

        assertThat(cells(participant, 1).get(2).value()).isEqualTo(1.0);
        assertThat(participant.assessments().get(0).scores())
                .extracting(Score::source)
                .containsOnly(ScoreSource.ITEMS);
    }

    /** The definitions behind a value are part of the bundle, tables included. */
    @Test
    void bundleHoldsTheCrosswalksWithTheirTables() {
        assertThat(definitions.crosswalks().keySet())
                .extracting("value")
                .containsExactly("bsi-promis-depression", "phq9-promis-depression");
        assertThat(definitions.texts().get("crosswalk/phq9-promis-depression")).contains("code: phq9", "10,59.9,");
        assertThat(definitions.instruments().keySet())
                .extracting("value")
                .containsExactly("BSI-53", "CORE-OM", "PHQ-9", "SCL-90-R");
    }

    /** Of CORE-OM, SCL-90-R and PHQ-9 the site asks two: the former of them stands for the outcome, as it is. */
    @Test
    void standardizedOutcomeIsTheFirstScaleThatTheSiteCollects() {
        answer("PHQ-9", "baseline", 9, 1, 0);
        answer("SCL-90-R", "baseline", 90, 4, 0);
        answer("PHQ-9", "m6", 9, 1, 0);

        List<Cell> cells = cells(harmonize(), 2);

        assertThat(cells).extracting(Cell::value).containsExactly(4.0, null, null, null);
        assertThat(cells).extracting(Cell::reason).containsExactly(null, "no_record", "no_record", "not_scheduled");
        assertThat(HarmonizationStatuses.of(definitions))
                .filteredOn(status -> status.outcome().value().equals("DISTRESS"))
                .extracting(HarmonizationStatus::degree, HarmonizationStatus::reason)
                .containsExactly(tuple(
                        HarmonizationStatus.Degree.APPROXIMATE,
                        "items of SCL-90-R, standardized in the comparison; planned at 3 of 4 intervals"));
    }
}
