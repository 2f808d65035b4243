package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What imputation must do whatever the data, and what it refuses. Seeds are fixed. */
class ImputationTest {

    private static final int PEOPLE = 60;

    /** A constructed trial with scores at two intervals, some of them missing. */
    private static final class Trial {

        private final double[] baseline = new double[PEOPLE];
        private final double[] early = new double[PEOPLE];
        private final double[] late = new double[PEOPLE];
        private final boolean[] seenEarly = new boolean[PEOPLE];
        private final boolean[] seenLate = new boolean[PEOPLE];
        private final boolean[] treated = new boolean[PEOPLE];
        private final List<String> arms = new ArrayList<>();

        Trial(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < PEOPLE; i++) {
                treated[i] = i % 2 == 0;
                arms.add(treated[i] ? "treatment" : "control");
                baseline[i] = 25 + 6 * random.nextGaussian();
                early[i] = 0.6 * baseline[i] - (treated[i] ? 6 : 0) + 4 * random.nextGaussian();
                late[i] = early[i] + 3 * random.nextGaussian();
                seenEarly[i] = random.nextInt(5) > 0;
                seenLate[i] = seenEarly[i] && random.nextInt(4) > 0;
            }
        }

        IncompleteData data(DoubleUnaryOperator scale) {
            return IncompleteData.ofRows(PEOPLE)
                    .withComplete("baseline", baseline)
                    .withIncomplete("early", Arrays.stream(early).map(scale).toArray(), seenEarly)
                    .withIncomplete("late", Arrays.stream(late).map(scale).toArray(), seenLate);
        }

        IncompleteData data() {
            return data(x -> x);
        }

        IncompleteData below(double limit) {
            return data(x -> x < limit ? 1 : 0);
        }

        Estimate difference(double[] outcome) {
            return LinearModel.withDefaults()
                    .fit(outcome, Design.ofArms(treated).withCovariate("baseline", baseline))
                    .treatment();
        }
    }

    private static ChainedEquations chained(ChainedEquations.Method method) {
        return ChainedEquations.withSeed(3).with(method).withImputations(4).withRounds(3);
    }

    private static ReferenceBasedImputation jump() {
        return ReferenceBasedImputation.withSeed(3).withImputations(4).withBurnIn(10);
    }

    @ParameterizedTest
    @EnumSource(ChainedEquations.Method.class)
    void leavesObservedValuesAlone(ChainedEquations.Method method) {
        Trial trial = new Trial(1);
        boolean binary = method == ChainedEquations.Method.LOGISTIC;
        Imputations imputations = chained(method).impute(binary ? trial.below(15) : trial.data(), trial.arms);
        assertThat(imputations.number()).isEqualTo(4);
        for (int k = 0; k < 4; k++) {
            double[] late = imputations.table(k).column("late");
            for (int i = 0; i < PEOPLE; i++) {
                if (trial.seenLate[i]) {
                    double known = binary ? (trial.late[i] < 15 ? 1 : 0) : trial.late[i];
                    assertThat(late[i]).isEqualTo(known);
                }
            }
            assertThat(imputations.table(k).column("baseline")).containsExactly(trial.baseline);
        }
        assertThat(imputations.table(0).column("late"))
                .isNotEqualTo(imputations.table(1).column("late"));
    }

    @Test
    void matchesOnlyValuesThatWereObservedInTheSameArm() {
        Trial trial = new Trial(2);
        double[] late = chained(ChainedEquations.Method.PREDICTIVE_MEAN_MATCHING)
                .impute(trial.data(), trial.arms)
                .table(0)
                .column("late");
        for (int i = 0; i < PEOPLE; i++) {
            double drawn = late[i];
            boolean arm = trial.treated[i];
            assertThat(IntStream.range(0, PEOPLE)
                            .filter(j -> trial.treated[j] == arm && trial.seenLate[j])
                            .mapToDouble(j -> trial.late[j]))
                    .contains(drawn);
        }
    }

    @Test
    void scaleAndShiftOfScoresCarryThrough() {
        Trial trial = new Trial(4);
        DoubleUnaryOperator scale = x -> 100 + 3 * x;
        ChainedEquations normal = chained(ChainedEquations.Method.NORMAL_REGRESSION);
        assertScaled(normal.impute(trial.data(), trial.arms), normal.impute(trial.data(scale), trial.arms), scale);
        ChainedEquations matching = chained(ChainedEquations.Method.PREDICTIVE_MEAN_MATCHING);
        assertScaled(matching.impute(trial.data(), trial.arms), matching.impute(trial.data(scale), trial.arms), scale);
        assertScaled(
                jump().impute(trial.data(), trial.treated), jump().impute(trial.data(scale), trial.treated), scale);
    }

    private static void assertScaled(Imputations plain, Imputations scaled, DoubleUnaryOperator scale) {
        double[] expected =
                Arrays.stream(plain.table(2).column("late")).map(scale).toArray();
        double[] found = scaled.table(2).column("late");
        for (int i = 0; i < PEOPLE; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-7));
        }
    }

    @Test
    void anotherArmsDataChangeNothing() {
        Trial trial = new Trial(5);
        Imputations before = chained(ChainedEquations.Method.NORMAL_REGRESSION).impute(trial.data(), trial.arms);
        for (int i = 0; i < PEOPLE; i++) {
            trial.late[i] += trial.treated[i] ? 0 : 50;
        }
        Imputations after = chained(ChainedEquations.Method.NORMAL_REGRESSION).impute(trial.data(), trial.arms);
        for (int i = 0; i < PEOPLE; i += 2) {
            assertThat(after.table(1).column("late")[i])
                    .isEqualTo(before.table(1).column("late")[i]);
        }
    }

    @Test
    void dependsOnTheSeedAndNotOnTheThreads() throws Exception {
        Trial trial = new Trial(6);
        assertThat(onThreads(5, trial)).containsExactly(onThreads(1, trial));
        assertThat(ReferenceBasedImputation.withSeed(4)
                        .withImputations(4)
                        .withBurnIn(10)
                        .impute(trial.data(), trial.treated)
                        .table(3)
                        .column("late"))
                .isNotEqualTo(onThreads(1, trial));
    }

    private static double[] onThreads(int threads, Trial trial) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() ->
                            jump().impute(trial.data(), trial.treated).table(3).column("late"))
                    .get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void completeDataPoolToTheirOwnAnalysis() {
        Trial trial = new Trial(7);
        Arrays.fill(trial.seenEarly, true);
        Arrays.fill(trial.seenLate, true);
        Estimate own = trial.difference(trial.late);
        for (Imputations imputations : List.of(
                chained(ChainedEquations.Method.NORMAL_REGRESSION).impute(trial.data(), trial.arms),
                jump().impute(trial.data(), trial.treated))) {
            RubinPooling pooled = imputations.pool(table -> trial.difference(table.column("late")));
            assertThat(pooled.pooled().value().value()).isCloseTo(own.value().value(), within(1e-12));
            assertThat(pooled.between().value()).isCloseTo(0, within(1e-20));
            assertThat(pooled.pooled().standardError().value())
                    .isCloseTo(own.standardError().value(), within(1e-12));
        }
    }

    @Test
    void jumpLeavesTheControlArmAndGapsToTheirOwnArm() {
        Trial trial = new Trial(8);
        ReferenceBasedImputation atRandom = jump().with(ReferenceBasedImputation.Strategy.MISSING_AT_RANDOM);
        double[] jumped = jump().impute(trial.data(), trial.treated).table(0).column("late");
        double[] stayed = atRandom.impute(trial.data(), trial.treated).table(0).column("late");
        for (int i = 0; i < PEOPLE; i++) {
            assertThat(jumped[i] == stayed[i]).isEqualTo(!trial.treated[i] || trial.seenLate[i]);
        }
    }

    /** Treated people seen at no interval have the control arm's regression on baseline, up to Monte Carlo error. */
    @Test
    void whoLeavesAtOnceGoesOnLikeTheControlArm() {
        Trial trial = new Trial(9);
        for (int i = 0; i < PEOPLE; i++) {
            trial.seenEarly[i] = !trial.treated[i] || i >= 20;
            trial.seenLate[i] = trial.seenEarly[i];
        }
        int imputations = 400;
        Imputations filled = jump().withImputations(imputations).withBurnIn(20).impute(trial.data(), trial.treated);
        double[] control = new double[PEOPLE / 2];
        double[] baseline = new double[PEOPLE / 2];
        for (int k = 0; k < control.length; k++) {
            control[k] = trial.late[2 * k + 1];
            baseline[k] = trial.baseline[2 * k + 1];
        }
        LinearFit regression = LinearModel.withDefaults()
                .fit(control, Design.ofIntercept(control.length).withCovariate("baseline", baseline));
        double[] weights = {1, trial.baseline[0]};
        double mean = IntStream.range(0, imputations)
                .mapToDouble(k -> filled.table(k).column("late")[0])
                .average()
                .orElseThrow();
        double spread = regression.sigma().value() * Math.sqrt(1.2 / imputations);
        assertThat(mean).isCloseTo(regression.contrast(weights).value().value(), within(4 * spread));
    }

    @Test
    void shiftsImputedValuesOfTheChosenPeopleOnly() {
        Trial trial = new Trial(10);
        Imputations.Completed table = chained(ChainedEquations.Method.NORMAL_REGRESSION)
                .impute(trial.data(), trial.arms)
                .table(0);
        double[] plain = table.column("late");
        double[] moved = table.shifted("late", 2.5, trial.treated);
        for (int i = 0; i < PEOPLE; i++) {
            double shift = trial.treated[i] && !trial.seenLate[i] ? 2.5 : 0;
            assertThat(moved[i]).isCloseTo(plain[i] + shift, within(1e-12));
        }
    }

    @Test
    void shiftsLogOddsOfBinaryValues() {
        Trial trial = new Trial(11);
        Imputations.Completed table = chained(ChainedEquations.Method.LOGISTIC)
                .impute(trial.below(15), trial.arms)
                .table(0);
        boolean[] everyone = new boolean[PEOPLE];
        Arrays.fill(everyone, true);
        double before = 0;
        for (double delta : new double[] {-100, -1, 0, 1, 100}) {
            double events =
                    Arrays.stream(table.shifted("late", delta, everyone)).sum();
            assertThat(events).isGreaterThanOrEqualTo(before);
            before = events;
        }
        for (int i = 0; i < PEOPLE; i++) {
            if (!trial.seenLate[i]) {
                assertThat(table.shifted("late", -100, everyone)[i]).isZero();
                assertThat(table.shifted("late", 100, everyone)[i]).isEqualTo(1);
            }
        }
        assertThat(table.shifted("late", 0, everyone)).containsExactly(table.column("late"));
    }

    @Test
    void tipsWherePCrossesAlphaAndNowhereElse() {
        Trial trial = new Trial(12);
        Imputations imputations =
                chained(ChainedEquations.Method.NORMAL_REGRESSION).impute(trial.data(), trial.arms);
        double[] grid = {0, 5, 10, 20, 40};
        TippingPoint.Result result = TippingPoint.withDefaults()
                .find(imputations, "late", trial.treated, (table, late) -> trial.difference(late), grid);
        double delta = result.delta().value();
        assertThat(result.steps()).hasSize(grid.length);
        assertThat(imputations
                        .pool(table -> trial.difference(table.shifted("late", delta, trial.treated)))
                        .pooled()
                        .p()
                        .value())
                .isCloseTo(0.05, within(1e-6));
        TippingPoint.Result nowhere = TippingPoint.withDefaults()
                .find(imputations, "late", trial.treated, (table, late) -> trial.difference(late), new double[] {0, 1e-6
                });
        assertThat(nowhere.delta().reason()).contains(NotEstimable.NOT_REACHED);
    }

    @Test
    void poolsRisksStandardisedOverTheFilledInPeople() {
        Trial trial = new Trial(13);
        Imputations imputations = chained(ChainedEquations.Method.LOGISTIC).impute(trial.below(14), trial.arms);
        RubinPooling difference =
                imputations.pool(table -> standardized(trial, table).riskDifference());
        RubinPooling ratio =
                imputations.pool(table -> standardized(trial, table).riskRatio().transformed(Math::log));
        assertThat(difference.pooled().value().value()).isBetween(-1.0, 1.0);
        assertThat(Math.signum(ratio.pooled().value().value()))
                .isEqualTo(Math.signum(difference.pooled().value().value()));
        assertThat(difference.olderDegreesOfFreedom())
                .isEqualTo(difference.pooled().degreesOfFreedom());
    }

    private static StandardizedRisks standardized(Trial trial, Imputations.Completed table) {
        double[] late = table.column("late");
        boolean[] remitted = new boolean[PEOPLE];
        for (int i = 0; i < PEOPLE; i++) {
            remitted[i] = late[i] == 1;
        }
        return LogisticRegression.withDefaults()
                .standardize(
                        remitted,
                        Design.ofArms(trial.treated).withCovariate("baseline", trial.baseline),
                        Coefficients.Covariance.HC0,
                        StandardizedRisks.Covariates.AS_OBSERVED);
    }

    @Test
    void givesReasonForIntervalThatAnArmNeverAttended() {
        Trial trial = new Trial(14);
        for (int i = 1; i < PEOPLE; i += 2) {
            trial.seenLate[i] = false;
        }
        Imputations chained = chained(ChainedEquations.Method.NORMAL_REGRESSION).impute(trial.data(), trial.arms);
        assertThat(chained.failure()).contains(NotEstimable.EMPTY_ARM);
        assertThat(chained.pool(table -> trial.difference(table.column("late")))
                        .pooled()
                        .value()
                        .reason())
                .contains(NotEstimable.EMPTY_ARM);
        assertThat(jump().impute(trial.data(), trial.treated).failure()).contains(NotEstimable.EMPTY_ARM);
        assertThat(TippingPoint.withDefaults()
                        .find(chained, "late", trial.treated, (table, late) -> trial.difference(late), new double[] {
                            0, 1
                        })
                        .delta()
                        .reason())
                .contains(NotEstimable.EMPTY_ARM);
    }

    /** Three values are one too few, four are enough. */
    @Test
    void givesReasonForTooFewObservedValues() {
        Trial trial = new Trial(15);
        for (int seen = 3; seen <= 4; seen++) {
            for (int i = 1; i < PEOPLE; i += 2) {
                trial.seenLate[i] = i < 2 * seen;
            }
            Imputations imputations =
                    chained(ChainedEquations.Method.NORMAL_REGRESSION).impute(trial.data(), trial.arms);
            assertThat(imputations.failure().isPresent()).isEqualTo(seen == 3);
        }
        assertThat(jump().impute(IncompleteData.ofRows(0), new boolean[0]).failure())
                .contains(NotEstimable.EMPTY_ARM);
    }

    /** Data augmentation would let the site's mean at that interval wander for ever; chained equations leave the site out. */
    @Test
    void givesReasonForSiteThatNeverMeasuredAnInterval() {
        Trial trial = new Trial(18);
        List<String> sites = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            sites.add(i < 15 ? "short" : "long");
            trial.seenLate[i] &= i >= 15;
        }
        IncompleteData data = trial.data().withFactor("site", sites);
        assertThat(jump().impute(data, trial.treated).failure()).contains(NotEstimable.ALIASED);
        assertThat(chained(ChainedEquations.Method.NORMAL_REGRESSION)
                        .impute(data, trial.arms)
                        .failure())
                .isEmpty();
    }

    @Test
    void givesReasonForScoresWithoutSpread() {
        Trial trial = new Trial(16);
        Imputations jumped = jump().impute(trial.data(x -> 7), trial.treated);
        assertThat(jumped.failure()).contains(NotEstimable.ZERO_VARIANCE);
        double[] filled = chained(ChainedEquations.Method.NORMAL_REGRESSION)
                .impute(trial.data(x -> 7), trial.arms)
                .table(0)
                .column("late");
        assertThat(Arrays.stream(filled)).allSatisfy(value -> assertThat(value).isCloseTo(7, within(1e-9)));
    }

    @Test
    void namesColumnAndIndexButNeverTheValue() {
        IncompleteData data =
                IncompleteData.ofRows(2).withIncomplete("late", new double[] {1, 3.25}, new boolean[] {true, true});
        assertThatThrownBy(() -> ChainedEquations.withSeed(1)
                        .with(ChainedEquations.Method.LOGISTIC)
                        .impute(data, List.of("a", "a")))
                .hasMessage("late[1] is neither 0 nor 1");
        assertThatThrownBy(() -> data.withIncomplete(
                        "later", new double[] {1, Double.POSITIVE_INFINITY}, new boolean[] {true, true}))
                .hasMessage("later[1] is not finite");
        assertThatThrownBy(() -> data.withComplete("late", new double[] {1, 2}))
                .hasMessage("table already has a column late");
        assertThatThrownBy(() -> TippingPoint.withDefaults()
                        .find(
                                Imputations.failed(data, NotEstimable.EMPTY_ARM),
                                "late",
                                new boolean[2],
                                (table, late) -> Estimate.notEstimable(NotEstimable.EMPTY_ARM),
                                new double[] {0, 2, 1}))
                .hasMessage("deltas[2] does not lead away from 0");
        assertThatThrownBy(() -> ChainedEquations.withSeed(1).withImputations(1))
                .hasMessage("imputations are fewer than 2");
    }

    /** Mean and variance of a chi-square number are its degrees of freedom and twice them. */
    @Test
    void drawsChiSquareNumbersOfAnyDegreesOfFreedom() {
        for (double df : new double[] {1, 1.5, 2, 7, 200}) {
            Draws draws = Draws.of(17, 0, "any");
            double[] numbers = IntStream.range(0, 20_000)
                    .mapToDouble(i -> draws.chiSquare(df))
                    .toArray();
            Summary summary = Summary.of(numbers);
            assertThat(summary.mean()).isCloseTo(df, within(4 * Math.sqrt(2 * df / 20_000)));
            assertThat(summary.variance() / (2 * df)).isCloseTo(1, within(4 * Math.sqrt((2 + 12 / df) / 20_000)));
        }
    }
}
