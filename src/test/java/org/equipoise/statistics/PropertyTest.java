package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold whatever the data: equivariance, symmetry, order, and agreement of interval and p. Seeds are fixed. */
class PropertyTest {

    private static final int PEOPLE = 60;

    /** A constructed trial: scores, baseline, arms, sites, therapists, times. */
    private static final class Trial {

        private final double[] value = new double[PEOPLE];
        private final double[] baseline = new double[PEOPLE];
        private final double[] time = new double[PEOPLE];
        private final boolean[] treated = new boolean[PEOPLE];
        private final boolean[] event = new boolean[PEOPLE];
        private final String[] site = new String[PEOPLE];
        private final String[] therapist = new String[PEOPLE];

        Trial(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < PEOPLE; i++) {
                treated[i] = i % 2 == 0;
                baseline[i] = 25 + 6 * random.nextGaussian();
                value[i] = 0.6 * baseline[i] - (treated[i] ? 3 : 0) + 5 * random.nextGaussian();
                time[i] = 1 + random.nextInt(20);
                event[i] = random.nextInt(3) > 0;
                site[i] = "s" + random.nextInt(3);
                therapist[i] = (treated[i] ? "t" : "c") + random.nextInt(4);
            }
        }

        double[] arm(boolean treatment) {
            return IntStream.range(0, PEOPLE)
                    .filter(i -> treated[i] == treatment)
                    .mapToDouble(i -> value[i])
                    .toArray();
        }

        /** 1 for an event, 0 for none. */
        double[] events() {
            return IntStream.range(0, PEOPLE).mapToDouble(i -> event[i] ? 1 : 0).toArray();
        }

        Design design() {
            return Design.ofArms(treated).withCovariate("baseline", baseline).withFactor("site", List.of(site));
        }

        /** The same people in another order. */
        Trial permuted(long seed) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, PEOPLE).boxed().toList());
            Collections.shuffle(order, new Random(seed));
            Trial other = new Trial(seed);
            for (int i = 0; i < PEOPLE; i++) {
                int from = order.get(i);
                other.value[i] = value[from];
                other.baseline[i] = baseline[from];
                other.time[i] = time[from];
                other.treated[i] = treated[from];
                other.event[i] = event[from];
                other.site[i] = site[from];
                other.therapist[i] = therapist[from];
            }
            return other;
        }
    }

    private static double[] mapped(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }

    private static boolean[] flipped(boolean[] labels) {
        boolean[] flipped = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            flipped[i] = !labels[i];
        }
        return flipped;
    }

    private static void assertSame(Estimate one, Estimate other, double factor) {
        assertThat(other.value().value()).isCloseTo(factor * one.value().value(), within(1e-9));
        assertThat(other.standardError().value())
                .isCloseTo(Math.abs(factor) * one.standardError().value(), within(1e-9));
        assertThat(other.p().value()).isCloseTo(one.p().value(), Percentage.withPercentage(1e-5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void scaleAndShiftOfScoresCarryThrough(long seed) {
        Trial trial = new Trial(seed);
        DoubleUnaryOperator scale = v -> 100 - 2.5 * v;
        double[] x = trial.arm(true);
        double[] y = trial.arm(false);
        double[] sx = mapped(x, scale);
        double[] sy = mapped(y, scale);
        assertSame(TTest.withDefaults().test(x, y), TTest.withDefaults().test(sx, sy), -2.5);
        assertThat(HodgesLehmann.withDefaults().estimate(sx, sy).shift().value())
                .isCloseTo(
                        -2.5
                                * HodgesLehmann.withDefaults()
                                        .estimate(x, y)
                                        .shift()
                                        .value(),
                        within(1e-9));
        assertThat(StandardizedMeanDifference.withDefaults()
                        .of(sx, sy)
                        .g()
                        .exact()
                        .lower()
                        .value())
                .isCloseTo(
                        -StandardizedMeanDifference.withDefaults()
                                .of(x, y)
                                .g()
                                .exact()
                                .upper()
                                .value(),
                        within(1e-9));
        assertThat(MannWhitneyTest.of(sx, sy).pExact().value())
                .isCloseTo(MannWhitneyTest.of(x, y).pExact().value(), within(1e-12));
        LinearModel model = LinearModel.withDefaults();
        assertSame(
                model.fit(trial.value, trial.design()).treatment(),
                model.fit(mapped(trial.value, scale), trial.design()).treatment(),
                -2.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void swapOfArmsFlipsTheSign(long seed) {
        Trial trial = new Trial(seed);
        double[] x = trial.arm(true);
        double[] y = trial.arm(false);
        assertSame(TTest.withDefaults().test(x, y), TTest.withDefaults().test(y, x), -1);
        assertThat(MannWhitneyTest.of(y, x).cliffsDelta().value())
                .isCloseTo(-MannWhitneyTest.of(x, y).cliffsDelta().value(), within(1e-14));
        assertThat(HodgesLehmann.withDefaults().exact(y, x).limits().lower().value())
                .isEqualTo(-HodgesLehmann.withDefaults()
                        .exact(x, y)
                        .limits()
                        .upper()
                        .value());
        boolean[] swapped = flipped(trial.treated);
        CoxRegression cox = CoxRegression.withDefaults();
        assertSame(
                cox.fit(trial.time, trial.event, Design.ofArms(trial.treated))
                        .coefficients()
                        .treatment(),
                cox.fit(trial.time, trial.event, Design.ofArms(swapped))
                        .coefficients()
                        .treatment(),
                -1);
        assertThat(LogRankTest.of(trial.time, trial.event, swapped).statistic().value())
                .isCloseTo(
                        LogRankTest.of(trial.time, trial.event, trial.treated)
                                .statistic()
                                .value(),
                        within(1e-10));
        assertSame(
                LogisticRegression.withDefaults()
                        .fit(trial.event, Design.ofArms(trial.treated))
                        .coefficients()
                        .treatment(),
                LogisticRegression.withDefaults()
                        .fit(trial.event, Design.ofArms(swapped))
                        .coefficients()
                        .treatment(),
                -1);
        Design confounders = Design.ofIntercept(PEOPLE).withCovariate("baseline", trial.baseline);
        for (PropensityWeighting.Target target :
                List.of(PropensityWeighting.Target.ALL, PropensityWeighting.Target.OVERLAP)) {
            assertSame(
                    PropensityWeighting.compareRates(trial.events(), trial.time, trial.treated, confounders, target)
                            .weightsEstimated(),
                    PropensityWeighting.compareRates(trial.events(), trial.time, swapped, confounders, target)
                            .weightsEstimated(),
                    -1);
            assertSame(
                    PropensityWeighting.compareTimes(trial.time, trial.event, 10, trial.treated, confounders, target)
                            .weightsEstimated(),
                    PropensityWeighting.compareTimes(trial.time, trial.event, 10, swapped, confounders, target)
                            .weightsEstimated(),
                    -1);
        }
        TwoByTwoTable table = new TwoByTwoTable(7, 20, 12, 25);
        TwoByTwoTable other = new TwoByTwoTable(12, 25, 7, 20);
        assertThat(other.newcombe().lower().value())
                .isCloseTo(-table.newcombe().upper().value(), within(1e-14));
        assertThat(other.fisher().oddsRatio().value())
                .isCloseTo(1 / table.fisher().oddsRatio().value(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void orderOfPeopleChangesNothing(long seed) {
        Trial trial = new Trial(seed);
        Trial shuffled = trial.permuted(seed + 100);
        assertThat(Descriptives.of(shuffled.arm(true)).median())
                .isEqualTo(Descriptives.of(trial.arm(true)).median());
        LinearFit fit = LinearModel.withDefaults().fit(trial.value, trial.design());
        LinearFit other = LinearModel.withDefaults().fit(shuffled.value, shuffled.design());
        assertSame(fit.treatment(), other.treatment(), 1);
        assertSame(
                fit.clustered(Design.TREATMENT, List.of(trial.therapist), ClusterRobust.CR2),
                other.clustered(Design.TREATMENT, List.of(shuffled.therapist), ClusterRobust.CR2),
                1);
        CoxRegression cox = CoxRegression.withDefaults();
        assertSame(
                cox.fit(trial.time, trial.event, trial.design(), List.of(trial.site))
                        .coefficients()
                        .treatment(),
                cox.fit(shuffled.time, shuffled.event, shuffled.design(), List.of(shuffled.site))
                        .coefficients()
                        .treatment(),
                1);
        assertThat(KaplanMeier.of(shuffled.time, shuffled.event).median())
                .isEqualTo(KaplanMeier.of(trial.time, trial.event).median());
    }

    /** A site without people, or with one arm, says nothing about the difference inside sites. */
    @ParameterizedTest
    @ValueSource(longs = {24, 25, 26})
    void siteWithoutComparisonChangesNothing(long seed) {
        List<TwoByTwoTable> sites = List.of(
                new TwoByTwoTable(3, 20, 7, 22), new TwoByTwoTable(5, 15, 6, 12), new TwoByTwoTable(1, 9, 4, 9));
        List<TwoByTwoTable> more = new ArrayList<>(sites);
        more.add(new TwoByTwoTable(0, 0, 0, 0));
        more.add(new TwoByTwoTable(4, 11, 0, 0));
        assertThat(MantelHaenszel.of(more)).isEqualTo(MantelHaenszel.of(sites));
        Trial trial = new Trial(seed);
        double[] time = Arrays.copyOf(trial.time, PEOPLE + 4);
        Arrays.fill(time, PEOPLE, PEOPLE + 4, 5);
        boolean[] event = Arrays.copyOf(trial.event, PEOPLE + 4);
        event[PEOPLE] = true;
        boolean[] treated = Arrays.copyOf(trial.treated, PEOPLE + 4);
        List<String> site = new ArrayList<>(List.of(trial.site));
        site.addAll(Collections.nCopies(4, "controls only"));
        LogRankTest.Weights weights = LogRankTest.Weights.LOG_RANK;
        assertThat(LogRankTest.of(time, event, treated, site, weights)
                        .statistic()
                        .value())
                .isCloseTo(
                        LogRankTest.of(trial.time, trial.event, trial.treated, List.of(trial.site), weights)
                                .statistic()
                                .value(),
                        within(1e-10));
        assertSame(
                CoxRegression.withDefaults()
                        .fit(trial.time, trial.event, Design.ofArms(trial.treated), List.of(trial.site))
                        .coefficients()
                        .treatment(),
                CoxRegression.withDefaults()
                        .fit(time, event, Design.ofArms(treated), site)
                        .coefficients()
                        .treatment(),
                1);
    }

    /** Without ties the three treatments of ties are the same likelihood; exact ranks are those without ties. */
    @Test
    void withoutTiesTheirTreatmentDoesNotMatter() {
        Trial trial = new Trial(27);
        for (int i = 0; i < PEOPLE; i++) {
            trial.time[i] += i / 100.0;
        }
        Estimate efron = cox(trial, CoxRegression.Ties.EFRON);
        assertSame(efron, cox(trial, CoxRegression.Ties.BRESLOW), 1);
        assertSame(efron, cox(trial, CoxRegression.Ties.EXACT), 1);
        MannWhitneyTest test = MannWhitneyTest.of(trial.arm(true), trial.arm(false));
        assertThat(MannWhitneyTest.exactWithTies(trial.arm(true), trial.arm(false))
                        .value())
                .isCloseTo(test.pExact().value(), Percentage.withPercentage(1e-9));
    }

    private static Estimate cox(Trial trial, CoxRegression.Ties ties) {
        return CoxRegression.withDefaults()
                .with(ties)
                .fit(trial.time, trial.event, trial.design(), List.of(trial.site))
                .coefficients()
                .treatment();
    }

    @ParameterizedTest
    @ValueSource(longs = {28, 29, 30})
    void profileLimitHoldsZeroExactlyWhenItsPIsAboveFivePercent(long seed) {
        Trial trial = new Trial(seed);
        double[] counts = Arrays.stream(trial.value)
                .map(v -> Math.max(0, Math.rint(v / 3)))
                .toArray();
        for (ProfileInterval profile : List.of(
                LogisticRegression.withDefaults().profile(trial.event, trial.design()),
                CountRegression.poissonProfile(counts, trial.time, trial.design()),
                CountRegression.negativeBinomialProfile(counts, trial.time, trial.design()))) {
            Limits limits = profile.limits();
            assertThat(limits.lower().value() <= 0 && limits.upper().value() >= 0)
                    .isEqualTo(profile.p().value() >= 0.05);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void intervalHoldsZeroExactlyWhenPIsAboveFivePercent(long seed) {
        Trial trial = new Trial(seed);
        LinearFit fit = LinearModel.withDefaults().fit(trial.value, trial.design());
        List<Estimate> estimates = List.of(
                TTest.withDefaults().test(trial.arm(true), trial.arm(false)),
                fit.treatment(),
                fit.robust(Design.TREATMENT, LinearFit.Robust.HC3),
                fit.clustered(Design.TREATMENT, List.of(trial.therapist), ClusterRobust.CR2),
                LogisticRegression.withDefaults()
                        .fit(trial.event, trial.design())
                        .coefficients()
                        .treatment());
        assertThat(estimates)
                .allMatch(e -> (e.lower().value() <= 0 && e.upper().value() >= 0) == (e.p().value() >= 0.05));
    }

    @Test
    void regressionOnTheArmAloneIsThePooledTest() {
        Trial trial = new Trial(41);
        Estimate pooled = TTest.withDefaults().with(TTest.Variances.POOLED).test(trial.arm(true), trial.arm(false));
        assertSame(
                pooled,
                LinearModel.withDefaults()
                        .fit(trial.value, Design.ofArms(trial.treated))
                        .treatment(),
                1);
    }

    @Test
    void clustersOfOnePersonGiveTheHeteroscedasticErrors() {
        Trial trial = new Trial(42);
        LinearFit fit = LinearModel.withDefaults().fit(trial.value, trial.design());
        List<String> own = IntStream.range(0, PEOPLE).mapToObj(i -> "p" + i).toList();
        assertThat(fit.clustered(Design.TREATMENT, own, ClusterRobust.CR0)
                        .standardError()
                        .value())
                .isCloseTo(
                        fit.robust(Design.TREATMENT, LinearFit.Robust.HC0)
                                .standardError()
                                .value(),
                        within(1e-12));
        assertThat(fit.clustered(Design.TREATMENT, own, ClusterRobust.CR3)
                        .standardError()
                        .value())
                .isCloseTo(
                        fit.robust(Design.TREATMENT, LinearFit.Robust.HC3)
                                .standardError()
                                .value(),
                        within(1e-12));
    }

    /** Weights of one for everybody are no weights: the plain restricted means, and the plain ratio of rates. */
    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73})
    void withoutWeightsWeightedComparisonsAreThePlainOnes(long seed) {
        Trial trial = new Trial(seed);
        Design confounders = Design.ofIntercept(PEOPLE).withCovariate("baseline", trial.baseline);
        PropensityWeighting.Target none = PropensityWeighting.Target.UNWEIGHTED;
        boolean[] treatedEvents = new boolean[PEOPLE / 2];
        boolean[] controlEvents = new boolean[PEOPLE / 2];
        double[] treatedTimes = new double[PEOPLE / 2];
        double[] controlTimes = new double[PEOPLE / 2];
        for (int i = 0; i < PEOPLE / 2; i++) {
            treatedTimes[i] = trial.time[2 * i];
            treatedEvents[i] = trial.event[2 * i];
            controlTimes[i] = trial.time[2 * i + 1];
            controlEvents[i] = trial.event[2 * i + 1];
        }

        assertThat(PropensityWeighting.compareTimes(trial.time, trial.event, 10, trial.treated, confounders, none)
                        .weightsKnown()
                        .value()
                        .value())
                .isCloseTo(
                        RestrictedMean.of(treatedTimes, treatedEvents, controlTimes, controlEvents, 10)
                                .difference()
                                .value()
                                .value(),
                        within(1e-12));
        Estimate plain = CountRegression.poisson(trial.events(), trial.time, Design.ofArms(trial.treated))
                .coefficients()
                .treatment(Coefficients.Covariance.HC0);
        assertSame(
                plain,
                PropensityWeighting.compareRates(trial.events(), trial.time, trial.treated, confounders, none)
                        .weightsKnown(),
                1);
    }

    @Test
    void incidencesOfBothCausesAndSurvivalAddUpToOne() {
        Trial trial = new Trial(43);
        int[] codes = IntStream.range(0, PEOPLE)
                .map(i -> trial.event[i] ? (i % 3 == 0 ? 2 : 1) : 0)
                .toArray();
        int[] turned =
                Arrays.stream(codes).map(code -> code == 0 ? 0 : 3 - code).toArray();
        boolean[] any = new boolean[PEOPLE];
        IntStream.range(0, PEOPLE).forEach(i -> any[i] = codes[i] > 0);
        double sum = CumulativeIncidence.of(trial.time, codes)
                        .at(12)
                        .incidence()
                        .value()
                + CumulativeIncidence.of(trial.time, turned).at(12).incidence().value()
                + KaplanMeier.of(trial.time, any).at(12).survival().value();
        assertThat(sum).isCloseTo(1, within(1e-14));
    }

    @Test
    void withoutCompetingEventsIncidenceHasGreenwoodsError() {
        Trial trial = new Trial(44);
        CumulativeIncidence.Point incidence =
                CumulativeIncidence.of(trial.time, RiskTable.codes(trial.event)).at(9);
        KaplanMeier.Point survival = KaplanMeier.of(trial.time, trial.event).at(9);
        assertThat(incidence.standardError().value())
                .isCloseTo(survival.standardError().value(), within(1e-14));
    }

    @Test
    void coxScoreTestWithoutTiesIsTheLogRankTest() {
        Trial trial = new Trial(45);
        double[] untied = IntStream.range(0, PEOPLE)
                .mapToDouble(i -> trial.time[i] + i / 1000.0)
                .toArray();
        assertThat(CoxRegression.withDefaults()
                        .fit(untied, trial.event, Design.ofArms(trial.treated))
                        .score()
                        .statistic()
                        .value())
                .isCloseTo(
                        LogRankTest.of(untied, trial.event, trial.treated)
                                .statistic()
                                .value(),
                        within(1e-10));
    }

    @Test
    void noncentralLimitsReturnTheirTailAreas() {
        for (double t : new double[] {-6, -0.3, 0, 1.7, 25}) {
            for (int df : new int[] {1, 7, 300, 20_000}) {
                double lower = NoncentralT.noncentrality(t, df, 0.975);
                assertThat(NoncentralT.lower(t, df, lower)).isCloseTo(0.975, within(1e-10));
            }
        }
        assertThat(NoncentralT.lower(1.7, 7, 0))
                .isCloseTo(1 - Distributions.studentTwoSided(1.7, 7) / 2, within(1e-13));
    }

    @Test
    void resamplingDependsOnTheSeedAndNotOnTheThreads() throws Exception {
        Trial trial = new Trial(46);
        Bootstrap.Result one = onThreads(1, trial, 7);
        assertThat(onThreads(5, trial, 7)).isEqualTo(one);
        assertThat(onThreads(1, trial, 8)).isNotEqualTo(one);
    }

    private static Bootstrap.Result onThreads(int threads, Trial trial, long seed) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> Bootstrap.withSeed(seed)
                            .withReplicates(400)
                            .meanDifference(trial.value, trial.treated, List.of(trial.site)))
                    .get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void bootstrapLimitsCoverTheTruthAsOftenAsTheyClaim() {
        Random random = new Random(47);
        int trials = 400;
        int covered = 0;
        for (int k = 0; k < trials; k++) {
            double[] values = IntStream.range(0, 60)
                    .mapToDouble(i -> -Math.log(random.nextDouble()))
                    .toArray();
            boolean[] treated = new boolean[60];
            Arrays.fill(treated, 0, 30, true);
            Limits limits = Bootstrap.withSeed(k)
                    .withReplicates(599)
                    .meanDifference(values, treated, Collections.nCopies(60, "one"))
                    .biasCorrected();
            covered += limits.lower().value() <= 0 && limits.upper().value() >= 0 ? 1 : 0;
        }
        // three standard errors of a proportion of 0.95 in 400 trials, less the known shortfall of n = 30 an arm
        assertThat(covered / (double) trials).isBetween(0.90, 0.983);
    }

    @Test
    void randomDealsApproachAllDeals() {
        Trial trial = new Trial(48);
        double[] values = Arrays.copyOf(trial.value, 16);
        boolean[] treated = Arrays.copyOf(trial.treated, 16);
        List<String> sites = Collections.nCopies(16, "one");
        PermutationTest.Result all =
                PermutationTest.withSeed(3).withDeals(20_000).meanDifference(values, treated, sites);
        PermutationTest.Result some =
                PermutationTest.withSeed(3).withDeals(9_999).meanDifference(values, treated, sites);
        assertThat(all.exact()).isTrue();
        assertThat(all.deals()).isEqualTo(12_870);
        assertThat(some.exact()).isFalse();
        double p = all.p().value();
        assertThat(some.p().value()).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / 9_999)));
    }
}
