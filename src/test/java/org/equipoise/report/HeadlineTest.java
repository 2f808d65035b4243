package org.equipoise.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.comparison.TestStudy;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Tier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadlineTest {
    private static final Outcome FUNCTIONING =
            TestStudy.outcome("FUNCTIONING", Direction.HIGHER_IS_BETTER, Tier.SECONDARY);
    private static final Outcome EXPLORED = TestStudy.outcome("EXPLORED", Direction.HIGHER_IS_BETTER, Tier.EXPLORATORY);
    private static final Study STUDY = study("MBT", "TAU");

    private static Study study(String treatment, String control) {
        return TestStudy.of(Conduct.COMPLETED, treatment, control, List.of(TestStudy.SEVERITY, FUNCTIONING, EXPLORED));
    }

    private final List<StoredEstimate> rows = new ArrayList<>();

    private void arm(Outcome outcome, int time, String arm, int n, double mean, @Nullable Double spread) {
        add(outcome, time, arm, "descriptives", "n", (double) n, null, null, null);
        add(outcome, time, arm, "descriptives", "mean", mean, null, null, null);
        add(outcome, time, arm, "descriptives", "sd", spread, null, null, null);
    }

    private void add(
            Outcome outcome,
            int time,
            String arm,
            String method,
            String quantity,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double p) {
        rows.add(ReportFixture.row(
                outcome,
                When.of(STUDY, outcome).get(time),
                Scope.OVER_SITES,
                arm,
                method,
                method.equals("ancova") ? "baseline" : quantity.equals("hedges_g") ? "value:noncentral_t" : "value",
                quantity,
                null,
                value,
                low,
                high,
                p,
                value == null ? "one_participant" : null));
    }

    private Headline headline(Study study) {
        String treatment = study.arms().get(0).code().value();
        String control = study.arms().get(1).code().value();
        arm(TestStudy.SEVERITY, 0, treatment, 52, 22.53846, 11.7431);
        arm(TestStudy.SEVERITY, 0, control, 48, 24.1875, 9.82107);
        add(TestStudy.SEVERITY, 0, "", "welch_t", "diff", -1.64904, -5.93405, 2.63598, 0.446);
        add(TestStudy.SEVERITY, 0, "", "standardised_mean_difference", "hedges_g", -0.150626, null, null, null);
        arm(TestStudy.SEVERITY, 1, treatment, 52, 14.71154, 10.12343);
        arm(TestStudy.SEVERITY, 1, control, 45, 19.46667, 11.07536);
        add(TestStudy.SEVERITY, 1, "", "ancova", "contrast", -3.95436, -7.34298, -0.56575, 0.0000227);
        add(TestStudy.SEVERITY, 1, "", "standardised_mean_difference", "hedges_g", -0.446097, null, null, null);
        arm(FUNCTIONING, 1, treatment, 1, 0.04, null);
        arm(FUNCTIONING, 1, control, 1, 0.06, null);
        add(FUNCTIONING, 1, "", "welch_t", "diff", null, null, null, null);
        return Headline.of(study, rows);
    }

    private static final String EXPECTED = """
            Name of SEVERITY, points (lower is better; negative favours MBT)
                         MBT n    mean (SD)  TAU n    mean (SD)           Difference   Hedges\u2019 g       p  adj. p
              Baseline      52  22.5 (11.7)     48   24.2 (9.8)   \u22121.6 (\u22125.9 to 2.6)\u2020      \u22120.15       \u2013       \u2013
              12 months     52  14.7 (10.1)     45  19.5 (11.1)  \u22124.0 (\u22127.3 to \u22120.6)       \u22120.45  <0.001       \u2013

            Name of FUNCTIONING, points (higher is better; positive favours MBT)
                         MBT n  mean (SD)  TAU n  mean (SD)       Difference   Hedges\u2019 g  p  adj. p
              12 months      1    0.0 (\u2013)      1    0.1 (\u2013)  one participant           \u2013  \u2013       \u2013

            Everyone allocated, as allocated. Effects are MBT minus TAU, ratios MBT over TAU.
            In brackets after an effect: its 95 % confidence interval.
            p is two-sided, not corrected for the number of comparisons; none at baseline.
            Differences in scores are by analysis of covariance, adjusted for baseline, and for site where there are several; other
            effects for site.
            \u2020 Unadjusted.
            Clustering of participants by therapist or group is not accounted for.
            """;

    @Test
    void alignsColumnsAndSaysWhichWayIsGood() {
        assertThat(headline(STUDY).text()).isEqualTo(EXPECTED);
    }

    @Test
    void listsTheEffectsThatCouldBeEstimated() {
        assertThat(headline(STUDY).effects())
                .containsExactly(
                        new Headline.Effect(
                                "SEVERITY", "Name of SEVERITY", "baseline", "Baseline", -1.64904, -5.93405, 2.63598),
                        new Headline.Effect(
                                "SEVERITY", "Name of SEVERITY", "m12", "12 months", -3.95436, -7.34298, -0.56575));
    }

    @Test
    void saysWhereTherapistsAndGroupsAreTakenIntoAccount() {
        add(TestStudy.SEVERITY, 1, "", "lm_cluster_robust", "clusters", 17.0, null, null, null);

        assertThat(headline(STUDY).text())
                .contains("stored beside them (methods lm_cluster_robust and mmrm_cluster_robust)")
                .doesNotContain("not accounted for");
    }

    @Test
    void doesNotDependOnTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(headline(STUDY).text()).isEqualTo(EXPECTED);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void staysWithinTheTerminalHoweverLongTheNames() {
        assertThat(headline(study("A".repeat(40), "B".repeat(40))).text().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Headline.WIDTH));
    }
}
