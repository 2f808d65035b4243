package org.equipoise.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.equipoise.comparison.HeadlineRow;
import org.equipoise.comparison.HeadlineRow.ArmSummary;
import org.equipoise.comparison.HeadlineRow.Difference;
import org.equipoise.comparison.TestStudy;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Tier;
import org.junit.jupiter.api.Test;

class HeadlineTableTest {
    private static final Outcome FUNCTIONING =
            TestStudy.outcome("FUNCTIONING", Direction.HIGHER_IS_BETTER, Tier.SECONDARY);
    private static final Study STUDY =
            TestStudy.of(Conduct.COMPLETED, "MBT", "TAU", List.of(TestStudy.SEVERITY, FUNCTIONING));

    static List<HeadlineRow> rows() {
        return List.of(
                new HeadlineRow(
                        TestStudy.SEVERITY,
                        TestStudy.BASELINE,
                        new ArmSummary(52, 22.53846, 11.7431),
                        new ArmSummary(48, 24.1875, 9.82107),
                        new Difference(-1.64904, -5.93405, 2.63598, null, "welch_t", "value", false),
                        -0.150626,
                        null),
                new HeadlineRow(
                        TestStudy.SEVERITY,
                        TestStudy.M12,
                        new ArmSummary(52, 14.71154, 10.12343),
                        new ArmSummary(45, 19.46667, 11.07536),
                        new Difference(-3.95436, -7.34298, -0.56575, 0.0000227, "ancova", "baseline", true),
                        -0.446097,
                        null),
                new HeadlineRow(FUNCTIONING, TestStudy.BASELINE, null, null, null, null, "not_scheduled"),
                new HeadlineRow(
                        FUNCTIONING,
                        TestStudy.M12,
                        new ArmSummary(1, 0.04, null),
                        new ArmSummary(1, 0.06, null),
                        new Difference(-0.02, null, null, null, "welch_t", "value", false),
                        null,
                        null));
    }

    private static final String EXPECTED = """
            Name of SEVERITY, points (lower is better; negative favours MBT)
                         MBT n    mean (SD)  TAU n    mean (SD)  Difference (95 % CI)       g       p
              Baseline      52  22.5 (11.7)     48   24.2 (9.8)    \u22121.6 (\u22125.9 to 2.6)\u2020  \u22120.15       \u2013
              12 months     52  14.7 (10.1)     45  19.5 (11.1)   \u22124.0 (\u22127.3 to \u22120.6)   \u22120.45  <0.001

            Name of FUNCTIONING, points (higher is better; positive favours MBT)
                         MBT n  mean (SD)  TAU n  mean (SD)  Difference (95 % CI)   g  p
              Baseline       \u2013          \u2013      \u2013          \u2013          not scheduled
              12 months      1    0.0 (\u2013)      1    0.1 (\u2013)                   0.0\u2020  \u2013  \u2013

            Everyone allocated, as allocated. Difference: MBT minus TAU. By analysis of covariance, adjusted for baseline, and for
            site where there are several.
            g: Hedges' g, unadjusted. p is two-sided, not corrected for the number of comparisons; none at baseline.
            \u2020 Unadjusted (Welch).
            """;

    @Test
    void alignsColumnsAndSaysWhichWayIsGood() {
        assertThat(HeadlineTable.render(STUDY, rows())).isEqualTo(EXPECTED);
    }

    @Test
    void marksADifferenceAtOneIntervalAloneAmongThoseOfTheWholeFollowUp() {
        HeadlineRow whole = rows().get(1);
        Difference model = new Difference(-3.95436, -7.34298, -0.56575, 0.0000227, "mmrm", "planned", true);
        Difference alone = new Difference(-3.95436, -7.34298, -0.56575, 0.0000227, "ancova", "baseline", false);

        String table = HeadlineTable.render(STUDY, List.of(with(whole, model), with(whole, alone)));

        assertThat(table)
                .contains("\u22124.0 (\u22127.3 to \u22120.6)   \u22120.45")
                .contains("\u22124.0 (\u22127.3 to \u22120.6)\u2021  \u22120.45")
                .contains("Difference: MBT minus TAU. By a mixed model for repeated measures over the whole")
                .contains("\u2021 Analysis of covariance at this interval alone: too few people for the mixed model.");
    }

    private static HeadlineRow with(HeadlineRow row, Difference difference) {
        return new HeadlineRow(
                row.outcome(), row.interval(), row.treatment(), row.control(), difference, row.hedgesG(), row.reason());
    }

    @Test
    void doesNotDependOnTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(HeadlineTable.render(STUDY, rows())).isEqualTo(EXPECTED);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void staysWithinTheTerminalHoweverLongTheNames() {
        String longest = "A".repeat(40);
        Study study =
                TestStudy.of(Conduct.COMPLETED, longest, "B".repeat(40), List.of(TestStudy.SEVERITY, FUNCTIONING));

        assertThat(HeadlineTable.render(study, rows()).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }
}
