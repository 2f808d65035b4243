package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.RepeatedDesign.Effect;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the mixed model behaves: what must not change its answers, what must change them how, and what it cannot answer. */
class MixedModelTest {

    private static final List<String> INTERVALS = List.of("m03", "m12", "m36", "m96");
    private static final double[] MONTHS = {3, 12, 36, 96};

    /** A small trial as rows, to be rearranged by the tests. */
    private static final class Rows {

        private final List<String> intervals;
        private final double[] months;
        private final boolean[] treated;
        private final double[] baseline;
        private final List<String> sites;
        private final List<double[]> rows = new ArrayList<>();

        Rows(int n, List<String> intervals, double[] months) {
            this.intervals = intervals;
            this.months = months;
            this.treated = new boolean[n];
            this.baseline = new double[n];
            this.sites = new ArrayList<>(Collections.nCopies(n, "a"));
        }

        /** People who come to most intervals, with a level of their own. */
        static Rows random(int n, long seed) {
            Random random = new Random(seed);
            Rows rows = new Rows(n, INTERVALS, MONTHS);
            for (int who = 0; who < n; who++) {
                double level = 5 * random.nextGaussian();
                rows.treated[who] = who % 2 == 0;
                rows.baseline[who] = 30 + level + 3 * random.nextGaussian();
                rows.sites.set(who, "site" + random.nextInt(3));
                for (int a = 0; a < INTERVALS.size(); a++) {
                    double value = 25 - a + level + (rows.treated[who] ? -2 : 0) + (2 + a) * random.nextGaussian();
                    if (random.nextInt(5) > 0) {
                        rows.rows.add(new double[] {who, a, value});
                    }
                }
            }
            return rows;
        }

        Rows where(IntPredicate row) {
            Rows part = new Rows(treated.length, intervals, months);
            System.arraycopy(treated, 0, part.treated, 0, treated.length);
            System.arraycopy(baseline, 0, part.baseline, 0, baseline.length);
            Collections.copy(part.sites, sites);
            IntStream.range(0, rows.size())
                    .filter(row)
                    .forEach(i -> part.rows.add(rows.get(i).clone()));
            return part;
        }

        Rows mapped(DoubleUnaryOperator value) {
            Rows copy = where(i -> true);
            copy.rows.forEach(row -> row[2] = value.applyAsDouble(row[2]));
            return copy;
        }

        RepeatedMeasures measures() {
            return RepeatedMeasures.of(
                    intervals,
                    months,
                    treated.length,
                    rows.stream().mapToInt(row -> (int) row[0]).toArray(),
                    rows.stream().mapToInt(row -> (int) row[1]).toArray(),
                    rows.stream().mapToDouble(row -> row[2]).toArray());
        }

        RepeatedDesign design() {
            return RepeatedDesign.planned(intervals, treated, baseline, sites);
        }

        MixedModelFit fit(CovarianceStructure structure) {
            return MixedModel.withDefaults().with(structure).fit(measures(), design());
        }
    }

    private static double[] numbers(Estimate estimate) {
        return new double[] {
            estimate.value().value(),
            estimate.standardError().value(),
            estimate.degreesOfFreedom().value(),
            estimate.p().value()
        };
    }

    private static void assertClose(Estimate actual, Estimate expected, double factor) {
        double[] numbers = numbers(expected);
        assertThat(numbers(actual)[0]).isEqualTo(factor * numbers[0], within(1e-7 * Math.abs(factor)));
        assertThat(numbers(actual)[1]).isEqualTo(Math.abs(factor) * numbers[1], within(1e-7 * Math.abs(factor)));
        assertThat(numbers(actual)[2]).isEqualTo(numbers[2], within(1e-5 * numbers[2]));
        assertThat(numbers(actual)[3]).isEqualTo(numbers[3], within(1e-7));
    }

    /** Every kind of inference that a fit offers. */
    private static List<MixedModelInference> inferences(MixedModelFit fit) {
        List<MixedModelInference> all = new ArrayList<>();
        for (DegreesOfFreedom df : DegreesOfFreedom.values()) {
            all.add(fit.inference(df));
        }
        for (ClusterRobust correction : ClusterRobust.values()) {
            all.add(fit.clustered(correction));
        }
        return all;
    }

    private static void assertSame(MixedModelFit actual, MixedModelFit expected, double factor) {
        List<MixedModelInference> as = inferences(actual);
        List<MixedModelInference> es = inferences(expected);
        for (int i = 0; i < as.size(); i++) {
            for (String interval : expected.observedIntervals()) {
                assertClose(as.get(i).difference(interval), es.get(i).difference(interval), factor);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CovarianceStructure.class)
    void shiftAndScaleOfScoresChangeNothingElse(CovarianceStructure structure) {
        Rows rows = Rows.random(80, 1);
        assertSame(rows.mapped(x -> x + 1e4).fit(structure), rows.fit(structure), 1);
        assertSame(rows.mapped(x -> -30 * x).fit(structure), rows.fit(structure), -30);
    }

    @ParameterizedTest
    @EnumSource(CovarianceStructure.class)
    void unitsOfTheBaselineDoNotMatter(CovarianceStructure structure) {
        Rows rows = Rows.random(80, 2);
        Rows other = rows.where(i -> true);
        for (int i = 0; i < other.baseline.length; i++) {
            other.baseline[i] = 5000 + rows.baseline[i] / 1000;
        }
        assertSame(other.fit(structure), rows.fit(structure), 1);
    }

    @Test
    void likelihoodFollowsUnitsOfTheBaseline() {
        Rows rows = Rows.random(80, 2);
        Rows other = rows.where(i -> true);
        for (int i = 0; i < other.baseline.length; i++) {
            other.baseline[i] = rows.baseline[i] / 1000;
        }
        // four slopes, and log|X'WX|/2 falls by log(1000) for each
        assertThat(other.fit(CovarianceStructure.UNSTRUCTURED).logLikelihood().value())
                .isEqualTo(
                        rows.fit(CovarianceStructure.UNSTRUCTURED)
                                        .logLikelihood()
                                        .value()
                                + 4 * Math.log(1000),
                        within(1e-7));
    }

    @ParameterizedTest
    @EnumSource(CovarianceStructure.class)
    void swappedArmsTurnTheSign(CovarianceStructure structure) {
        Rows rows = Rows.random(80, 3);
        Rows swapped = rows.where(i -> true);
        for (int i = 0; i < swapped.treated.length; i++) {
            swapped.treated[i] = !rows.treated[i];
        }
        assertSame(swapped.fit(structure), rows.fit(structure), -1);
    }

    @Test
    void orderOfRowsDoesNotMatter() {
        Rows rows = Rows.random(80, 4);
        Rows shuffled = rows.where(i -> true);
        Collections.shuffle(shuffled.rows, new Random(4));
        assertThat(numbers(shuffled.fit(CovarianceStructure.UNSTRUCTURED)
                        .inference(DegreesOfFreedom.SATTERTHWAITE)
                        .difference("m36")))
                .containsExactly(numbers(rows.fit(CovarianceStructure.UNSTRUCTURED)
                        .inference(DegreesOfFreedom.SATTERTHWAITE)
                        .difference("m36")));
    }

    /** More people than one thread is asked to take, some of whom share a cluster. */
    @Test
    void clusteredErrorsAreTheSameOnAnyNumberOfThreads() {
        Rows rows = Rows.random(9000, 15);
        List<String> clusters = IntStream.range(0, 9000)
                .mapToObj(who -> who < 600 ? "therapist " + who / 20 : "person " + who)
                .toList();
        MixedModelFit fit = rows.fit(CovarianceStructure.COMPOUND_SYMMETRY);

        assertThat(on(3, () -> clustered(fit, clusters))).isEqualTo(on(1, () -> clustered(fit, clusters)));
    }

    private static List<Estimate> clustered(MixedModelFit fit, List<String> clusters) {
        return List.of(
                fit.clustered(ClusterRobust.CR2).difference("m36"),
                fit.clustered(ClusterRobust.CR2, clusters).difference("m36"));
    }

    private static List<Estimate> on(int threads, Callable<List<Estimate>> work) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(work).join();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void whoeverSharesNothingIsAClusterOfTheirOwn() {
        MixedModelFit fit = Rows.random(80, 16).fit(CovarianceStructure.UNSTRUCTURED);
        List<String> alone = IntStream.range(0, 80).mapToObj(Integer::toString).toList();

        assertClose(
                fit.clustered(ClusterRobust.CR2, alone).difference("m36"),
                fit.clustered(ClusterRobust.CR2).difference("m36"),
                1);
    }

    /** A site has a column of its own, so that the jackknife cannot leave it out; CR2 then leaves that direction out. */
    @Test
    void sitesAsClustersTakeAColumnEach() {
        Rows rows = Rows.random(80, 17);
        MixedModelFit fit = rows.fit(CovarianceStructure.UNSTRUCTURED);

        assertThat(fit.clustered(ClusterRobust.CR3, rows.sites)
                        .difference("m36")
                        .standardError()
                        .reason())
                .contains(NotEstimable.ALIASED);
        assertThat(fit.clustered(ClusterRobust.CR2, rows.sites)
                        .difference("m36")
                        .standardError()
                        .value())
                .isPositive();
        assertThat(fit.clustered(ClusterRobust.CR2, Collections.nCopies(80, "all"))
                        .difference("m36")
                        .standardError()
                        .reason())
                .contains(NotEstimable.TOO_FEW_GROUPS);
    }

    @Test
    void refusesClustersOfOtherPeople() {
        MixedModelFit fit = Rows.random(80, 18).fit(CovarianceStructure.UNSTRUCTURED);

        assertThatThrownBy(() -> fit.clustered(ClusterRobust.CR2, List.of("one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clusters has 1 values, participants has 80");
    }

    @ParameterizedTest
    @EnumSource(CovarianceStructure.class)
    void intervalThatNobodyAttendedChangesNothing(CovarianceStructure structure) {
        Rows rows = Rows.random(80, 5);
        Rows without = rows.where(i -> rows.rows.get(i)[1] != 0);
        MixedModelFit fit = without.fit(structure);
        RepeatedMeasures later = without.measures().only(List.of("m12", "m36", "m96"));
        RepeatedDesign design = RepeatedDesign.planned(later.intervals(), rows.treated, rows.baseline, rows.sites);
        assertSame(fit, MixedModel.withDefaults().with(structure).fit(later, design), 1);
        assertThat(fit.observedIntervals()).containsExactly("m12", "m36", "m96");
        assertThat(fit.droppedColumns())
                .containsExactly("interval=m96", "treatment:interval=m96", "baseline:interval=m96");
        assertThat(fit.inference(DegreesOfFreedom.SATTERTHWAITE)
                        .difference("m03")
                        .value()
                        .reason())
                .contains(NotEstimable.ALIASED);
    }

    @Test
    void armThatMissedAnIntervalHasNoDifferenceThere() {
        Rows rows = Rows.random(60, 6);
        Rows without = rows.where(
                i -> rows.rows.get(i)[1] != 3 || !rows.treated[(int) rows.rows.get(i)[0]]);
        MixedModelFit fit = without.fit(CovarianceStructure.UNSTRUCTURED);
        MixedModelInference inference = fit.inference(DegreesOfFreedom.KENWARD_ROGER);
        assertThat(fit.droppedColumns()).containsExactly("treatment:interval=m96");
        assertThat(inference.difference("m96").value().reason()).contains(NotEstimable.ALIASED);
        assertThat(inference.coefficient("treatment:interval=m96").value().reason())
                .contains(NotEstimable.ALIASED);
        assertThat(inference
                        .leastSquaresMean(false, "m96", Design.LevelWeights.EQUAL)
                        .standardError()
                        .isEstimable())
                .isTrue();
        assertThat(inference.difference("m36").standardError().isEstimable()).isTrue();
    }

    @Test
    void repeatedCovariateIsLeftOutAndNamed() {
        Rows rows = Rows.random(60, 7);
        MixedModelFit fit = MixedModel.withDefaults()
                .fit(rows.measures(), rows.design().withCovariate("again", rows.baseline, Effect.CONSTANT));
        assertThat(fit.droppedColumns()).containsExactly("again");
        assertSame(fit, rows.fit(CovarianceStructure.UNSTRUCTURED), 1);
    }

    /** Doubling everybody halves variances of estimates, as far as the fixed effects take no share. */
    @Test
    void duplicatedParticipantsHalveTheVariance() {
        Rows rows = Rows.random(100, 8);
        Rows twice = new Rows(200, INTERVALS, MONTHS);
        for (int who = 0; who < 200; who++) {
            twice.treated[who] = rows.treated[who % 100];
            twice.baseline[who] = rows.baseline[who % 100];
            twice.sites.set(who, rows.sites.get(who % 100));
        }
        rows.rows.forEach(row -> {
            twice.rows.add(row.clone());
            twice.rows.add(new double[] {row[0] + 100, row[1], row[2]});
        });
        MixedModel ml = MixedModel.withDefaults().with(MixedModel.Criterion.ML);
        Estimate once = ml.fit(rows.measures(), rows.design())
                .inference(DegreesOfFreedom.RESIDUAL)
                .difference("m96");
        Estimate doubled = ml.fit(twice.measures(), twice.design())
                .inference(DegreesOfFreedom.RESIDUAL)
                .difference("m96");
        assertThat(doubled.value().value()).isEqualTo(once.value().value(), within(1e-8));
        assertThat(doubled.standardError().value())
                .isEqualTo(once.standardError().value() / Math.sqrt(2), within(1e-8));
    }

    /** With every effect by arm and a covariance per arm, the arms are two models. */
    @Test
    void covariancePerArmSplitsTheModel() {
        Rows rows = Rows.random(120, 9);
        RepeatedDesign arms = RepeatedDesign.of(120, INTERVALS).withArms(rows.treated, Effect.BY_INTERVAL);
        MixedModelFit both = MixedModel.withDefaults().withCovariancePerArm().fit(rows.measures(), arms);
        double sum = 0;
        for (boolean treated : new boolean[] {true, false}) {
            Rows one = rows.where(i -> rows.treated[(int) rows.rows.get(i)[0]] == treated);
            MixedModelFit alone = MixedModel.withDefaults()
                    .fit(one.measures(), RepeatedDesign.of(120, INTERVALS).withIntervals());
            sum += alone.logLikelihood().value();
            assertMatrix(
                    both.covariance(treated).orElseThrow(),
                    alone.covariance(true).orElseThrow());
        }
        assertThat(both.logLikelihood().value()).isEqualTo(sum, within(1e-8));
        assertThat(both.covarianceParameters()).isEqualTo(20);
    }

    private static void assertMatrix(double[][] actual, double[][] expected) {
        for (int a = 0; a < expected.length; a++) {
            assertThat(actual[a]).containsExactly(expected[a], within(1e-6));
        }
    }

    /** One interval: the linear model, and residual degrees of freedom by whichever road. */
    @Test
    void oneIntervalIsTheLinearModel() {
        Rows rows = Rows.random(40, 10);
        RepeatedMeasures one = rows.measures().only(List.of("m12"));
        RepeatedDesign design = RepeatedDesign.planned(one.intervals(), rows.treated, rows.baseline, rows.sites);
        MixedModelFit fit = MixedModel.withDefaults().fit(one, design);
        int[] who = IntStream.range(0, rows.rows.size())
                .filter(i -> rows.rows.get(i)[1] == 1)
                .toArray();
        boolean[] treated = new boolean[who.length];
        double[] baseline = new double[who.length];
        double[] value = new double[who.length];
        List<String> sites = new ArrayList<>();
        for (int i = 0; i < who.length; i++) {
            double[] row = rows.rows.get(who[i]);
            treated[i] = rows.treated[(int) row[0]];
            baseline[i] = rows.baseline[(int) row[0]];
            sites.add(rows.sites.get((int) row[0]));
            value[i] = row[2];
        }
        Estimate linear = LinearModel.withDefaults()
                .fit(
                        value,
                        Design.ofArms(treated)
                                .withCovariate("baseline", baseline)
                                .withFactor("site", sites))
                .treatment();
        for (DegreesOfFreedom df : DegreesOfFreedom.values()) {
            if (df != DegreesOfFreedom.KENWARD_ROGER) {
                assertClose(fit.inference(df).difference("m12"), linear, 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CovarianceStructure.class)
    void derivativesAreThoseOfTheLikelihood(CovarianceStructure structure) {
        Rows rows = Rows.random(60, 11);
        PatternSums sums = new PatternSums(rows.measures(), rows.design(), new int[60]);
        for (boolean restricted : new boolean[] {true, false}) {
            PatternLikelihood likelihood = new PatternLikelihood(sums, structure.over(MONTHS), 1, restricted);
            double[] theta = likelihood.start();
            PatternLikelihood.Point point = likelihood.at(theta).orElseThrow();
            PatternLikelihood.Slope slope = likelihood.slope(point);
            double[][] hessian = likelihood.curvature(point, slope).hessian();
            for (int h = 0; h < theta.length; h++) {
                PatternLikelihood.Point above = moved(likelihood, theta, h, 1e-5);
                PatternLikelihood.Point below = moved(likelihood, theta, h, -1e-5);
                double difference = (above.minusTwiceLogLikelihood - below.minusTwiceLogLikelihood) / 2e-5;
                assertThat(slope.gradient[h]).as("gradient " + h).isEqualTo(difference, within(1e-4));
                double[] up = likelihood.slope(above).gradient;
                double[] down = likelihood.slope(below).gradient;
                for (int g = 0; g < theta.length; g++) {
                    assertThat(hessian[h][g])
                            .as("Hessian " + h + ", " + g)
                            .isEqualTo((up[g] - down[g]) / 2e-5, within(1e-4));
                }
            }
        }
    }

    private static PatternLikelihood.Point moved(PatternLikelihood likelihood, double[] theta, int h, double by) {
        double[] moved = theta.clone();
        moved[h] += by;
        return likelihood.at(moved).orElseThrow();
    }

    /** F of one hypothesis is t squared, with the same df. */
    @Test
    void jointTestOfOneIsTheTTest() {
        MixedModelFit fit = Rows.random(80, 12).fit(CovarianceStructure.UNSTRUCTURED);
        for (MixedModelInference inference : inferences(fit)) {
            Estimate estimate = inference.difference("m36");
            JointTest test = inference.jointDifference(List.of("m36"));
            assertThat(test.f().value()).isEqualTo(Math.pow(estimate.statistic().value(), 2), within(1e-8));
            assertThat(test.denominatorDegreesOfFreedom().value())
                    .isEqualTo(estimate.degreesOfFreedom().value(), within(1e-6));
            assertThat(test.p().value()).isEqualTo(estimate.p().value(), within(1e-9));
        }
    }

    /** F of the change between two intervals is t squared of maintenance. */
    @Test
    void jointChangeOfTwoIsMaintenance() {
        MixedModelFit fit = Rows.random(80, 19).fit(CovarianceStructure.UNSTRUCTURED);
        for (MixedModelInference inference : inferences(fit)) {
            Estimate estimate = inference.maintenance("m12", "m36");
            JointTest test = inference.jointChange(List.of("m12", "m36"));
            assertThat(test.f().value()).isEqualTo(Math.pow(estimate.statistic().value(), 2), within(1e-8));
            assertThat(test.numeratorDegreesOfFreedom()).isEqualTo(1);
            assertThat(test.p().value()).isEqualTo(estimate.p().value(), within(1e-9));
        }
    }

    @Test
    void sharesOfIntervalsAreOfTheOnesShared() {
        Rows rows = Rows.random(40, 13);
        // site0 attends the first two intervals, everyone else the last two
        Rows apart = rows.where(i -> rows.rows.get(i)[1] < 2
                == rows.sites.get((int) rows.rows.get(i)[0]).equals("site0"));
        RepeatedDesign design = RepeatedDesign.of(40, INTERVALS).withArms(rows.treated, Effect.BY_INTERVAL);
        assertThat(MixedModel.withDefaults().fit(apart.measures(), design).failure())
                .contains(NotEstimable.NOT_IDENTIFIED);
        CovarianceChain.Result result =
                CovarianceChain.planned().fit(MixedModel.withDefaults(), apart.measures(), design);
        assertThat(result.used()).contains(CovarianceStructure.SPATIAL_EXPONENTIAL);
        assertThat(result.method()).isEqualTo("cr2");
        assertThat(result.attempts().get(0).reason()).contains(NotEstimable.NOT_IDENTIFIED);
        assertThat(result.attempts().get(0).shortPair()).contains(new CovarianceChain.SharedPair("m03", "m36", 0));
        assertThat(result.inference().difference("m96").standardError().isEstimable())
                .isTrue();
    }

    @Test
    void chainStaysUnstructuredWhereEveryPairIsShared() {
        Rows rows = Rows.random(80, 14);
        CovarianceChain.Result result =
                CovarianceChain.planned().fit(MixedModel.withDefaults(), rows.measures(), rows.design());
        assertThat(result.used()).contains(CovarianceStructure.UNSTRUCTURED);
        assertThat(result.method()).isEqualTo("satterthwaite");
        assertThat(result.attempts()).hasSize(1);
        assertThat(CovarianceChain.planned()
                        .fixedTo(CovarianceStructure.COMPOUND_SYMMETRY)
                        .fit(MixedModel.withDefaults(), rows.measures(), rows.design())
                        .used())
                .contains(CovarianceStructure.COMPOUND_SYMMETRY);
    }

    @Test
    void admitsIntervalsWithTenPeopleInEachArm() {
        RepeatedMeasures measures = RepeatedMeasures.of(
                List.of("m03", "m12"),
                new double[] {3, 12},
                20,
                IntStream.range(0, 39).map(i -> i % 20).toArray(),
                IntStream.range(0, 39).map(i -> i / 20).toArray(),
                new double[39]);
        boolean[] treated = new boolean[20];
        Arrays.fill(treated, 10, 20, true);
        assertThat(CovarianceChain.planned().admitted(measures, treated)).containsExactly("m03");
    }

    @Test
    void saysWhyNothingCanBeFitted() {
        Rows rows = Rows.random(40, 15);
        assertThat(rows.where(i -> false).fit(CovarianceStructure.UNSTRUCTURED).failure())
                .contains(NotEstimable.EMPTY_ARM);
        assertThat(rows.where(i -> i < 6).fit(CovarianceStructure.UNSTRUCTURED).failure())
                .contains(NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM);
        assertThat(rows.mapped(x -> 3).fit(CovarianceStructure.UNSTRUCTURED).failure())
                .contains(NotEstimable.ZERO_VARIANCE);
        Rows constant = rows.where(i -> true);
        constant.rows.forEach(row -> row[2] = row[1] == 2 ? 7 : row[2]);
        MixedModelFit fit = MixedModel.withDefaults()
                .fit(constant.measures(), RepeatedDesign.of(40, INTERVALS).withArms(rows.treated, Effect.BY_INTERVAL));
        assertThat(fit.failure()).contains(NotEstimable.ZERO_VARIANCE);
        assertThat(fit.inference(DegreesOfFreedom.SATTERTHWAITE)
                        .difference("m03")
                        .p()
                        .reason())
                .contains(NotEstimable.ZERO_VARIANCE);
    }

    @ParameterizedTest
    @EnumSource(CovarianceStructure.class)
    void variancesMayDifferAHundredfold(CovarianceStructure structure) {
        Rows rows = Rows.random(150, 16);
        Rows spread = rows.where(i -> true);
        spread.rows.forEach(row -> row[2] = row[2] * Math.pow(10, row[1]));
        MixedModelFit fit = spread.fit(structure);
        assertThat(fit.failure()).isEmpty();
        assertThat(fit.convergence().orElseThrow().largestGradient()).isLessThan(1e-5);
        assertThat(fit.convergence().orElseThrow().hessianPositiveDefinite()).isTrue();
    }

    /** Whatever comes ends in numbers or reasons, soon; a NaN would be refused by {@link Quantity#of}. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void endsInResultsWhateverComes(long seed) {
        Random random = new Random(seed);
        for (int k = 0; k < 40; k++) {
            int n = random.nextInt(24);
            Rows rows = new Rows(n, INTERVALS, MONTHS);
            int kinds = 2 + random.nextInt(300);
            int attendance = random.nextInt(5);
            for (int who = 0; who < n; who++) {
                rows.treated[who] = random.nextInt(3) > 0;
                rows.baseline[who] = random.nextInt(3);
                rows.sites.set(who, "s" + random.nextInt(2));
                for (int a = 0; a < INTERVALS.size(); a++) {
                    if (random.nextInt(5) <= attendance) {
                        rows.rows.add(new double[] {who, a, random.nextInt(kinds)});
                    }
                }
            }
            List<CovarianceStructure> structures = List.of(CovarianceStructure.values());
            CovarianceStructure structure = structures.get(random.nextInt(structures.size()));
            Assertions.assertTimeout(Duration.ofSeconds(20), () -> exercise(rows, structure));
        }
    }

    private static void exercise(Rows rows, CovarianceStructure structure) {
        MixedModelFit fit = rows.fit(structure);
        MixedModelFit perArm =
                MixedModel.withDefaults().with(structure).withCovariancePerArm().fit(rows.measures(), rows.design());
        for (MixedModelFit one : List.of(fit, perArm)) {
            for (MixedModelInference inference : inferences(one)) {
                inference.difference("m96");
                inference.maintenance("m12", "m96");
                inference.jointDifference(INTERVALS);
            }
            assertThat(one.failure().isPresent()).isEqualTo(!one.logLikelihood().isEstimable());
        }
        CovarianceChain.planned()
                .fit(MixedModel.withDefaults(), rows.measures(), rows.design())
                .attempts();
    }

    @Test
    void refusesSecondValueAtOneInterval() {
        assertThatThrownBy(() -> RepeatedMeasures.of(
                        List.of("m03"), new double[] {3}, 2, new int[] {1, 1}, new int[] {0, 0}, new double[] {4, 5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("participant[1] already has a value at interval[1]");
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        assertThatThrownBy(() -> RepeatedMeasures.of(
                        List.of("m03"), new double[] {3}, 1, new int[] {0}, new int[] {0}, new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value[0] is not finite");
        assertThatThrownBy(() -> RepeatedDesign.of(1, List.of("m03"))
                        .withCovariate("baseline", new double[] {Double.NaN}, Effect.CONSTANT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("baseline[0] is not finite");
    }

    @Test
    void replacesUnknownBaselinesByTheMean() {
        assertThat(RepeatedDesign.withMean(new double[] {4, Double.NaN, 8}, new boolean[] {true, false, true}))
                .containsExactly(4, 6, 8);
    }

    @Test
    void standardizedEffectsDivideByTheUnit() {
        Estimate estimate = Estimate.student(-6, 2, 40, 0.95).inUnitsOf(4);
        assertThat(estimate.value().value()).isEqualTo(-1.5);
        assertThat(estimate.standardError().value()).isEqualTo(0.5);
        assertThat(estimate.statistic().value()).isEqualTo(-3);
    }
}
