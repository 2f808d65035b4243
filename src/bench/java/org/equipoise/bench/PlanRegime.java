package org.equipoise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.equipoise.bench.CoverageStudy.Line;
import org.equipoise.statistics.ChainedEquations;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.IncompleteData;
import org.equipoise.statistics.LinearModel;
import org.equipoise.statistics.ReferenceBasedImputation;

/**
 * The plan's own regime: 240 people at six sites, scores at 18, 36, 60 and 96 months, each site with the intervals of its
 * own schedule, and drop-out that depends on the last score. Three points of effect at month 96.
 */
final class PlanRegime {

    static final double EFFECT = -3;

    private static final int PEOPLE = 240;
    private static final int INTERVALS = 4;

    /** Which of 18, 36, 60 and 96 months each site measures at. */
    private static final boolean[][] SCHEDULES = {
        {true, true, true, true},
        {true, true, false, true},
        {true, false, true, true},
        {false, true, true, true},
        {true, true, true, false},
        {true, true, true, true}
    };

    private final double[] baseline = new double[PEOPLE];
    private final double[][] score = new double[INTERVALS][PEOPLE];
    private final boolean[][] observed = new boolean[INTERVALS][PEOPLE];
    private final boolean[] treated = new boolean[PEOPLE];
    private final List<String> site = new ArrayList<>();

    PlanRegime(Random random) {
        for (int i = 0; i < PEOPLE; i++) {
            int home = i % SCHEDULES.length;
            site.add(Integer.toString(home));
            treated[i] = i / SCHEDULES.length % 2 == 0;
            baseline[i] = 25 + 6 * random.nextGaussian();
            double person = 4 * random.nextGaussian();
            boolean there = true;
            for (int t = 0; t < INTERVALS; t++) {
                double effect = treated[i] ? EFFECT * (t + 1) / INTERVALS : 0;
                score[t][i] = 5 + 0.6 * baseline[i] + home + person + effect + 4 * random.nextGaussian();
                observed[t][i] = there && SCHEDULES[home][t];
                // who scores high where they are seen is likelier to leave
                double last = observed[t][i] ? score[t][i] : 22;
                there = there && random.nextDouble() > 1 / (1 + Math.exp(2 - 0.12 * (last - 22)));
            }
        }
    }

    static void add(List<Line> lines) {
        String regime = "240 people, six sites with different schedules, drop-out by the last score, month 96";
        lines.add(new Line("adjusted difference, who was seen", regime, false, false, ofEstimate(PlanRegime::seen)));
        lines.add(new Line(
                "adjusted difference, chained normal regressions, 10 imputations",
                regime,
                false,
                true,
                ofEstimate(plan -> plan.chained(ChainedEquations.Method.NORMAL_REGRESSION))));
        lines.add(new Line(
                "adjusted difference, predictive mean matching, 10 imputations",
                regime,
                false,
                true,
                ofEstimate(plan -> plan.chained(ChainedEquations.Method.PREDICTIVE_MEAN_MATCHING))));
        lines.add(new Line(
                "adjusted difference, multivariate normal, 10 imputations",
                regime,
                false,
                true,
                ofEstimate(PlanRegime::multivariate)));
    }

    private static CoverageStudy.Regime ofEstimate(Function<PlanRegime, Estimate> method) {
        return random -> CoverageRegimes.holds(method.apply(new PlanRegime(random)), EFFECT);
    }

    private Estimate seen() {
        int[] rows = IntStream.range(0, PEOPLE)
                .filter(i -> observed[INTERVALS - 1][i])
                .toArray();
        boolean[] arms = new boolean[rows.length];
        for (int k = 0; k < rows.length; k++) {
            arms[k] = treated[rows[k]];
        }
        Design design = Design.ofArms(arms)
                .withCovariate(
                        "baseline",
                        Arrays.stream(rows).mapToDouble(i -> baseline[i]).toArray())
                .withFactor("site", Arrays.stream(rows).mapToObj(site::get).toList());
        return LinearModel.withDefaults()
                .fit(
                        Arrays.stream(rows)
                                .mapToDouble(i -> score[INTERVALS - 1][i])
                                .toArray(),
                        design)
                .treatment();
    }

    private IncompleteData incomplete() {
        IncompleteData data = IncompleteData.ofRows(PEOPLE).withComplete("baseline", baseline);
        for (int t = 0; t < INTERVALS; t++) {
            data = data.withIncomplete("t" + t, score[t], observed[t]);
        }
        return data;
    }

    private Estimate filledIn(double[] outcome) {
        return LinearModel.withDefaults()
                .fit(
                        outcome,
                        Design.ofArms(treated).withCovariate("baseline", baseline).withFactor("site", site))
                .treatment();
    }

    private Estimate chained(ChainedEquations.Method method) {
        List<String> arms = IntStream.range(0, PEOPLE)
                .mapToObj(i -> treated[i] ? "treatment" : "control")
                .toList();
        return ChainedEquations.withSeed(1)
                .with(method)
                .withImputations(10)
                .withRounds(5)
                .impute(incomplete().withFactor("site", site), arms)
                .pool(table -> filledIn(table.column("t" + (INTERVALS - 1))))
                .pooled();
    }

    /** Without the sites: one of them never measures at month 96. */
    private Estimate multivariate() {
        return ReferenceBasedImputation.withSeed(1)
                .with(ReferenceBasedImputation.Strategy.MISSING_AT_RANDOM)
                .withImputations(10)
                .withBurnIn(30)
                .impute(incomplete(), treated)
                .pool(table -> filledIn(table.column("t" + (INTERVALS - 1))))
                .pooled();
    }
}
