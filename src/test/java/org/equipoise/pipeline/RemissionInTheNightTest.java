package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.LogisticRegression;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a night adjusts remission for each person's own baseline of the score. */
class RemissionInTheNightTest {
    private static final int PEOPLE = 12;
    private static final String GOOD = """
              - {code: GOOD, name: Good, type: binary, direction: higher_is_better, tier: secondary, unit: people,
                 rule: {outcome: FUNC_GAF, version: one, test: above, limit: 50}, intervals: [m6]}
            """;

    /** Twelve people of one site, of whom the first has no baseline. */
    @Test
    void adjustsForTheBaselineOfTheScore(@TempDir Path folder) throws IOException {
        try (TestNight night = new TestNight(folder)) {
            Path study = night.jobs().resolve("studies/mini.yaml");
            Files.writeString(study, Files.readString(study).replace("comparisons:\n", GOOD + "comparisons:\n"));
            String everyone = RepeatedNightTest.twelve("A");
            String first = "A1,b,MBT,2020-01-10,2020-01-10,42\n";
            assertThat(everyone).contains(first);
            night.put("alpha", "alpha_2021-02-01.csv", everyone.replace(first, "A1,b,MBT,2020-01-10,,\n"));
            night.run();

            Estimate expected = expected();
            assertThat(night.query("select n_treatment, n_control, options->>'model' from comparison.estimate"
                            + " where outcome_code = 'GOOD' and site_code = 'alpha' and interval_code = 'm6'"
                            + " and method = 'logistic_adjusted' and variant = 'baseline' and quantity = 'arm_or'"))
                    .containsExactly("5|6|event ~ arm + baseline");
            assertThat(Double.parseDouble(night.query("select estimate from comparison.estimate"
                                    + " where outcome_code = 'GOOD' and site_code = 'alpha' and interval_code = 'm6'"
                                    + " and method = 'logistic_adjusted' and variant = 'baseline'")
                            .get(0)))
                    .isCloseTo(expected.value().value(), within(1e-9));
        }
    }

    /** The numbers of {@link RepeatedNightTest#twelve}, the first person left out. */
    private static Estimate expected() {
        boolean[] treated = new boolean[PEOPLE - 1];
        boolean[] good = new boolean[PEOPLE - 1];
        double[] baseline = new double[PEOPLE - 1];
        for (int i = 2; i <= PEOPLE; i++) {
            treated[i - 2] = i % 2 == 1;
            good[i - 2] = 45 + (i * 5) % 13 - i % 2 > 50;
            baseline[i - 2] = 35 + (i * 7) % 11;
        }
        return LogisticRegression.withDefaults()
                .fit(good, Design.ofArms(treated).withCovariate("baseline", baseline))
                .oddsRatio();
    }
}
