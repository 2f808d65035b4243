package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.equipoise.statistics.EquipercentileLink.Result;
import org.equipoise.statistics.EquipercentileLink.Row;
import org.equipoise.statistics.EquipercentileLink.Scores;
import org.junit.jupiter.api.Test;

/** Against linking.R (R 4.2, base functions) on 300 people, and on what must hold of any link. */
class EquipercentileLinkTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/equipoise/statistics/linking");
    private static final Scores X = new Scores(0, 27);
    private static final Scores Y = new Scores(0, 24);

    private static double[] column(String file, int column) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file)).stream()
                .skip(1)
                .mapToDouble(
                        line -> Double.parseDouble(List.of(line.split(",", -1)).get(column)))
                .toArray();
    }

    private static int[] people(int column) throws IOException {
        double[] scores = column("people.csv", column);
        return Arrays.stream(scores).mapToInt(score -> (int) score).toArray();
    }

    private static EquipercentileLink link() {
        return EquipercentileLink.between(X, Y, 7).withReplicates(100);
    }

    @Test
    void agreesWithR() throws IOException {
        for (int moments : new int[] {3, 4}) {
            Result result = link().withMoments(moments).link(people(0), people(1));

            double[] expected = column("expected.csv", moments - 2);
            assertThat(result.rows()).hasSize(28);
            for (Row row : result.rows()) {
                assertThat(row.linked())
                        .as("%d of %d", row.score(), moments)
                        .isCloseTo(expected[row.score()], within(1e-7));
            }
        }
    }

    /** By 2000 draws here and there each has a relative error of 1/sqrt(4000), 1.6 %; 10 % is four times that of their ratio. */
    @Test
    void standardErrorsAreThoseOfDraws() throws IOException {
        List<Row> rows = link().withReplicates(2_000).link(people(0), people(1)).rows();

        double[] expected = column("expected.csv", 3);
        for (Row row : rows.subList(3, 25)) {
            assertThat(row.standardError().value())
                    .as("%d", row.score())
                    .isCloseTo(expected[row.score()], withinPercentage(10));
        }
    }

    @Test
    void sameSeedGivesTheSameStandardErrors() throws IOException {
        assertThat(link().link(people(0), people(1))).isEqualTo(link().link(people(0), people(1)));
    }

    @Test
    void scaleLinksToItselfWithoutError() throws IOException {
        int[] x = people(0);

        assertThat(EquipercentileLink.between(X, X, 1)
                        .withReplicates(10)
                        .link(x, x)
                        .rows())
                .allSatisfy(row -> {
                    assertThat(row.linked()).isCloseTo(row.score(), within(1e-9));
                    assertThat(row.standardError().value()).isCloseTo(0, within(1e-9));
                });
    }

    @Test
    void linkRisesAndStaysInRange() throws IOException {
        double[] linked = link().link(people(0), people(1)).rows().stream()
                .mapToDouble(Row::linked)
                .toArray();

        assertThat(linked).isSorted();
        assertThat(linked[0]).isBetween(0.0, 24.0);
        assertThat(linked[27]).isBetween(0.0, 24.0);
    }

    @Test
    void tooFewPeopleGiveNoLink() throws IOException {
        Result result = link().withMinimum(301).link(people(0), people(1));

        assertThat(result.reason()).contains(NotEstimable.TOO_FEW_VALUES);
        assertThat(result.people()).isEqualTo(300);
        assertThat(result.rows()).isEmpty();
    }

    @Test
    void scalesThatDoNotVaryGiveNoLink() {
        assertThat(link().withMinimum(2)
                        .link(new int[] {1, 1, 2}, new int[] {3, 4, 5})
                        .reason())
                .contains(NotEstimable.ZERO_VARIANCE);
    }

    @Test
    void refusesAScoreOutsideItsScale() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> link().link(new int[] {1, 28}, new int[] {1, 2}))
                .withMessage("x[1] lies outside its scale");
    }
}
