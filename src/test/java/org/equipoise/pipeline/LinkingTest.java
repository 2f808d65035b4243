package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.comparison.ScaleLink;
import org.equipoise.definition.Crosswalk.Point;
import org.equipoise.definition.EstimatedCrosswalk;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A link estimated from a study's own participants, written as a crosswalk and used by the next night. The people are
 * those of the example by hand in methods/linking.md: 0.5, 1.625 and 2.75 for the scores 0, 1 and 2.
 */
class LinkingTest {
    private static final String INSTRUMENT = """
            code: %s
            name: A scale of one number
            version: made up for tests
            items:
              - {numbers: 1, range: [0, %d]}
            scales:
              - code: total
                name: Score
                items: 1
                aggregation: sum
                max_missing: 0
                range: [0, %d]
                direction: lower_is_better
            recall: none
            licence_status: free
            licence: none
            sources: ["made up"]
            """;
    private static final String FORM = """
                  - code: %1$s
                    instrument: %2$s
                    items: {1: %1$s}
                    date: seen
            """;
    private static final String OUTCOME = """
              - code: LINKED
                name: The second scale, by whatever was asked
                type: continuous
                direction: lower_is_better
                tier: exploratory
                unit: points
                metric: {name: SECOND/total, crosswalks: [first-second-linked-1]}
            comparisons:
            """;

    private static final int[] FIRST = {0, 0, 1, 1, 1, 1, 1, 2, 2, 2};
    private static final int[] SECOND = {0, 1, 1, 2, 1, 2, 2, 3, 2, 3};
    private static final ScaleLink.Options OPTIONS = new ScaleLink.Options(0, 10, 50, 7);

    @TempDir
    private Path folder;

    private TestNight night;

    @BeforeEach
    void publish() throws IOException {
        night = new TestNight(folder);
        Files.writeString(night.jobs().resolve("instruments/first.yaml"), INSTRUMENT.formatted("FIRST", 5, 5));
        Files.writeString(night.jobs().resolve("instruments/second.yaml"), INSTRUMENT.formatted("SECOND", 3, 3));
        Path mapping = night.jobs().resolve("sites/alpha/mapping.yaml");
        Files.writeString(
                mapping, Files.readString(mapping) + FORM.formatted("one", "FIRST") + FORM.formatted("two", "SECOND"));
        StringBuilder export = new StringBuilder("id,visit,arm,randomised,seen,gaf,one,two\n");
        for (int i = 0; i < FIRST.length; i++) {
            String arm = i % 2 == 0 ? "MBT" : "TAU";
            export.append("A%d,b,%s,2020-01-10,2020-01-10,50,%d,%d%n".formatted(i, arm, FIRST[i], SECOND[i]));
            export.append("A%d,six,,,2020-07-10,50,5,0%n".formatted(i));
        }
        export.append("B1,b,MBT,2020-01-10,2020-01-10,50,1,\n"); // never asked the second
        export.append("B2,b,TAU,2020-01-10,2020-01-10,50,2,\n").append("B2,six,,,2020-07-10,50,,3\n"); // not on one day
        night.put("alpha", "alpha_2021-01-31.csv", export.toString());
        night.publish();
    }

    @AfterEach
    void close() {
        night.close();
    }

    private EstimatedCrosswalk link(ScaleLink.Options options) {
        return night.context().getBean(Linking.class).link("FIRST/total", "SECOND/total", options);
    }

    @Test
    void linksTheFirstOccasionOfEveryoneWhoHasBothWithinTheScoresObserved() {
        EstimatedCrosswalk link = link(OPTIONS);

        assertThat(link.points()).extracting(Point::source).containsExactly(0.0, 1.0, 2.0);
        double[] byHand = {0.5, 1.625, 2.75};
        for (int i = 0; i < byHand.length; i++) {
            assertThat(link.points().get(i).target()).isCloseTo(byHand[i], within(1e-12));
            assertThat(link.points().get(i).se().orElseThrow()).isBetween(0.0, 1.5);
        }
        assertThat(link.population())
                .isEqualTo("10 participants, the first occasion of each on which both scales are complete: alpha 10");
        assertThat(link.sources()).hasSize(3);
        assertThat(link.sources().get(0)).startsWith("Snapshot 1 of study mini, content ");
        assertThat(link.sources().get(1))
                .isEqualTo("Equipercentile link, one group with both scales (Kolen and Brennan 2014); not smoothed;"
                        + " standard errors from 50 replicates over people, seed 7");
        assertThat(link(OPTIONS)).isEqualTo(link);
    }

    /**
     * By hand: sums of products and squares about the means are 5.3, 4.9 and 8.1, so r = 5.3/6.3 and
     * 1 - sqrt(1 - r^2) = 0.4594; linked minus measured are 0.5, -0.5, 0.625 twice, -0.375 three times, -0.25 twice and 0.75, of which the standard deviation is 0.5139.
     */
    @Test
    void tellsHowFarLinkedAndMeasuredScoresLieApart() {
        assertThat(link(OPTIONS).sources().get(2))
                .isEqualTo(
                        "The scales correlate 0.84, which takes 45.94 % off the uncertainty about one score by the other"
                                + " (half is asked of a concordance, Dorans 2004); linked minus measured scores of the"
                                + " same people have the standard deviation 0.51");
    }

    @Test
    void aStudyThatNamesTheLinkGetsItsValuesWithTheirErrors() throws IOException {
        EstimatedCrosswalk link = link(OPTIONS);
        link.write(night.jobs().resolve("crosswalks"));
        Path study = night.jobs().resolve("studies/mini.yaml");
        Files.writeString(study, Files.readString(study).replace("comparisons:\n", OUTCOME));
        night.restart();
        night.publish();

        assertThat(night.query("select distinct interval_code, value, crosswalk, approximate, conversion_se > 0, reason"
                        + " from warehouse.outcome_value where outcome_code = 'LINKED' and interval_code in ('baseline', 'm6')"
                        + " order by 1, 2"))
                .containsExactly(
                        "baseline|0.5|first-second-linked-1 1|t|t|null",
                        "baseline|1.625|first-second-linked-1 1|t|t|null",
                        "baseline|2.75|first-second-linked-1 1|t|t|null",
                        "m6|null|null|null|null|blank",
                        "m6|null|null|null|null|no_record",
                        "m6|null|null|null|null|outside_crosswalk");
        assertThat(night.query("select count(*) from warehouse.outcome_value"
                        + " where crosswalk is null and conversion_se is not null"))
                .containsExactly("0");
    }

    @Test
    void everyLinkIsAVersionOfItsOwnAndNoneIsWrittenAgain() throws IOException {
        Path crosswalks = night.jobs().resolve("crosswalks");
        EstimatedCrosswalk link = link(OPTIONS);
        Path first = link.write(crosswalks);
        String written = Files.readString(first);

        assertThat(link(new ScaleLink.Options(0, 10, 50, 8)).write(crosswalks))
                .isEqualTo(crosswalks.resolve("first-second-linked-2.yaml"));
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> link.write(crosswalks, 1));
        assertThat(first).hasContent(written);
        assertThat(written).contains("version: \"1\"\n", "status: estimated\n", "complete_only: true\n");
    }

    @Test
    void saysWhyThereIsNoLink() {
        assertThatThrownBy(() -> link(new ScaleLink.Options(0, 11, 50, 7)))
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "Only 10 participants have both FIRST/total and SECOND/total complete on one occasion, and a"
                                + " link must rest on at least 11.");
        assertThatThrownBy(() -> link(new ScaleLink.Options(3, 10, 50, 7)))
                .hasMessage(
                        "The participants' scores do not differ enough for a smoothing that keeps 3 moments. Ask for"
                                + " fewer with --moments.");
        Linking linking = night.context().getBean(Linking.class);
        assertThatThrownBy(() -> linking.link("FIRST/total", "FIRST/total", OPTIONS))
                .hasMessage("A scale is not linked to itself. Name two.");
        assertThatThrownBy(() -> linking.link("FIRST/sum", "SECOND/total", OPTIONS))
                .hasMessage("There is no scale FIRST/sum. The scales of FIRST are total.");
        assertThatThrownBy(() -> linking.link("THIRD/total", "SECOND/total", OPTIONS))
                .hasMessage(
                        "There is no scale THIRD/total. Write instrument/scale; the study's instruments are FIRST, GAF,"
                                + " SECOND.");
    }
}
