package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Small, empty, constant, huge and degenerate data: a result with a reason, never NaN and never an exception. */
class EdgeTest {

    private static final double[] NONE = {};
    private static final double[] ONE = {3.5};
    private static final double[] TWO = {1, 4};
    private static final double[] CONSTANT = {2, 2, 2, 2};

    private static NotEstimable reason(Quantity quantity) {
        return quantity.reason().orElseThrow();
    }

    @Test
    void describesNoValueByReason() {
        Descriptives described = Descriptives.of(NONE);
        assertThat(described.n()).isZero();
        assertThat(List.of(described.mean(), described.standardDeviation(), described.median(), described.maximum()))
                .allMatch(quantity -> reason(quantity) == NotEstimable.EMPTY_ARM);
    }

    @Test
    void describesOneValueWithoutSpread() {
        Descriptives described = Descriptives.of(ONE);
        assertThat(described.median().value()).isEqualTo(3.5);
        assertThat(reason(described.standardDeviation())).isEqualTo(NotEstimable.TOO_FEW_VALUES);
    }

    @Test
    void keepsDifferenceWhereWelchHasTooFewValues() {
        Estimate estimate = TTest.withDefaults().test(ONE, TWO);
        assertThat(estimate.value().value()).isEqualTo(1);
        assertThat(reason(estimate.p())).isEqualTo(NotEstimable.TOO_FEW_VALUES);
    }

    @Test
    void poolsOneValueWithTwo() {
        Estimate estimate = TTest.withDefaults().with(TTest.Variances.POOLED).test(ONE, TWO);
        // s^2 = 4.5 with 1 df, se = sqrt(4.5 (1 + 1/2))
        assertThat(estimate.standardError().value()).isCloseTo(Math.sqrt(6.75), within(1e-14));
        assertThat(estimate.degreesOfFreedom().value()).isEqualTo(1);
    }

    @Test
    void givesReasonForConstantArms() {
        Estimate estimate = TTest.withDefaults().test(CONSTANT, CONSTANT);
        assertThat(estimate.value().value()).isZero();
        assertThat(reason(estimate.lower())).isEqualTo(NotEstimable.ZERO_VARIANCE);
        assertThat(reason(StandardizedMeanDifference.withDefaults()
                        .of(CONSTANT, CONSTANT)
                        .g()
                        .value()))
                .isEqualTo(NotEstimable.ZERO_VARIANCE);
        assertThat(reason(VarianceRatioTest.of(CONSTANT, TWO).p())).isEqualTo(NotEstimable.ZERO_VARIANCE);
        assertThat(reason(MannWhitneyTest.of(CONSTANT, CONSTANT).p())).isEqualTo(NotEstimable.ZERO_VARIANCE);
        assertThat(MannWhitneyTest.of(CONSTANT, CONSTANT).cliffsDelta().value()).isZero();
        assertThat(reason(HodgesLehmann.withDefaults()
                        .asymptotic(CONSTANT, CONSTANT)
                        .shift()))
                .isEqualTo(NotEstimable.ZERO_VARIANCE);
        assertThat(reason(PairedChange.of(CONSTANT, CONSTANT).correlation())).isEqualTo(NotEstimable.ZERO_VARIANCE);
    }

    @Test
    void givesReasonForEmptyArmInEveryTwoArmMethod() {
        assertThat(List.of(
                        TTest.withDefaults().test(NONE, TWO).value(),
                        VarianceRatioTest.of(TWO, NONE).ratio(),
                        StandardizedMeanDifference.withDefaults()
                                .of(NONE, TWO)
                                .d()
                                .value(),
                        MannWhitneyTest.of(TWO, NONE).treatmentPairs(),
                        HodgesLehmann.withDefaults().estimate(NONE, TWO).shift(),
                        new TwoByTwoTable(0, 0, 1, 2).riskDifference(),
                        new TwoByTwoTable(0, 0, 1, 2).fisher().p(),
                        new TwoByTwoTable(0, 0, 1, 2).oddsRatio().value(),
                        new TwoByTwoTable(0, 0, 1, 2).numberNeededToTreat().value(),
                        MantelHaenszel.of(List.of()).riskDifference().value(),
                        RestrictedMean.of(NONE, new boolean[0], TWO, new boolean[2], 1)
                                .difference()
                                .value(),
                        GrayTest.of(NONE, new int[0], TWO, new int[2]).p(),
                        KaplanMeier.of(NONE, new boolean[0]).median().time(),
                        CumulativeIncidence.of(NONE, new int[0]).at(3).incidence(),
                        LogRankTest.of(TWO, new boolean[] {true, true}, new boolean[2])
                                .p()))
                .allMatch(quantity -> reason(quantity) == NotEstimable.EMPTY_ARM);
    }

    @Test
    void givesNoExactLimitsWhereTheLevelCannotBeReached() {
        HodgesLehmann.Shift shift = HodgesLehmann.withDefaults().exact(new double[] {5, 7}, new double[] {9, 4, 6});
        assertThat(shift.shift().isEstimable()).isTrue();
        assertThat(reason(shift.limits().lower())).isEqualTo(NotEstimable.LEVEL_NOT_ATTAINABLE);
    }

    @Test
    void keepsDigitsOfTinyDifferencesOfHugeValues() {
        double[] x = {1e8 + 0.25, 1e8 + 0.5, 1e8 + 0.75};
        double[] y = {1e8, 1e8 + 0.25, 1e8 + 0.5};
        Estimate estimate = TTest.withDefaults().test(x, y);
        assertThat(estimate.value().value()).isEqualTo(0.25);
        // each variance is 1/16, se = sqrt(2/48)
        assertThat(estimate.standardError().value()).isCloseTo(Math.sqrt(1.0 / 24), within(1e-15));
        assertThat(HodgesLehmann.withDefaults().estimate(x, y).shift().value()).isEqualTo(0.25);
    }

    @Test
    void seesDifferencesOfOneHundredMillionth() {
        double[] x = {1 + 3e-8, 1 + 1e-8, 1 + 2e-8};
        double[] y = {1, 1 + 1e-8, 1 - 1e-8};
        Estimate estimate = TTest.withDefaults().test(x, y);
        assertThat(estimate.value().value()).isCloseTo(2e-8, within(1e-15));
        assertThat(estimate.statistic().value()).isCloseTo(Math.sqrt(6), within(1e-6));
    }

    @Test
    void findsMedianOfManyPairsByCounting() {
        double[] x = IntStream.range(0, 3_000).mapToDouble(i -> i * 1.0).toArray();
        double[] y = IntStream.range(0, 3_001).mapToDouble(i -> i * 1.0 + 7).toArray();
        assertThat(PairwiseDifferences.of(x, y).median()).isEqualTo(-7.5);
    }

    @Test
    void marksSecondOfTwoEquivalentColumnsAsAliased() {
        double[] outcome = {1, 2, 4, 4, 6, 9};
        double[] baseline = {1, 2, 3, 4, 5, 7};
        Design design = Design.ofArms(new boolean[] {true, false, true, false, true, false})
                .withCovariate("baseline", baseline)
                .withCovariate(
                        "again", Arrays.stream(baseline).map(b -> 2 * b + 1).toArray());
        LinearFit fit = LinearModel.withDefaults().fit(outcome, design);
        assertThat(fit.rank()).isEqualTo(3);
        assertThat(reason(fit.coefficient("again").value())).isEqualTo(NotEstimable.ALIASED);
        assertThat(fit.treatment().p().isEstimable()).isTrue();
        assertThat(fit.leastSquaresMeans(Design.LevelWeights.EQUAL)
                        .treatment()
                        .value()
                        .isEstimable())
                .isTrue();
    }

    @Test
    void marksArmAsAliasedWhenOnlyOneIsThere() {
        LinearFit fit = LinearModel.withDefaults().fit(new double[] {1, 2, 4}, Design.ofArms(new boolean[3]));
        assertThat(reason(fit.treatment().value())).isEqualTo(NotEstimable.ALIASED);
        assertThat(reason(fit.leastSquaresMeans(Design.LevelWeights.EQUAL)
                        .treatment()
                        .value()))
                .isEqualTo(NotEstimable.ALIASED);
    }

    @Test
    void givesReasonForSaturatedAndForPerfectFit() {
        boolean[] arms = {true, false};
        assertThat(reason(LinearModel.withDefaults()
                        .fit(TWO, Design.ofArms(arms))
                        .treatment()
                        .p()))
                .isEqualTo(NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM);
        assertThat(reason(LinearModel.withDefaults()
                        .fit(new double[] {1, 1, 4, 4}, Design.ofArms(new boolean[] {true, true, false, false}))
                        .treatment()
                        .p()))
                .isEqualTo(NotEstimable.ZERO_VARIANCE);
        assertThat(reason(LinearModel.withDefaults()
                        .fit(NONE, Design.ofArms(new boolean[0]))
                        .treatment()
                        .value()))
                .isEqualTo(NotEstimable.EMPTY_ARM);
    }

    @Test
    void givesReasonForVariancesThatLeaveNoDigits() {
        MetaAnalysis.Result result =
                MetaAnalysis.withDefaults().pool(new double[] {2, 2, 1}, new double[] {2, 1.6, 3e-29});
        assertThat(reason(result.pooled().value())).isEqualTo(NotEstimable.NO_CONVERGENCE);
    }

    @Test
    void givesReasonForOneCluster() {
        LinearFit fit = LinearModel.withDefaults()
                .fit(new double[] {1, 2, 4, 7}, Design.ofArms(new boolean[] {true, true, false, false}));
        Estimate estimate = fit.clustered(Design.TREATMENT, Collections.nCopies(4, "one"), ClusterRobust.CR2);
        assertThat(reason(estimate.standardError())).isEqualTo(NotEstimable.TOO_FEW_GROUPS);
    }

    @Test
    void givesReasonForJackknifeOfClusterWithItsOwnColumn() {
        Design design = Design.ofArms(new boolean[] {true, false, true, false, true, false})
                .withFactor("site", List.of("a", "a", "b", "b", "b", "b"));
        LinearFit fit = LinearModel.withDefaults().fit(new double[] {1, 2, 4, 7, 5, 5}, design);
        List<String> clusters = List.of("a", "a", "b", "b", "c", "c");
        assertThat(reason(fit.clustered(Design.TREATMENT, clusters, ClusterRobust.CR3)
                        .standardError()))
                .isEqualTo(NotEstimable.ALIASED);
        assertThat(fit.clustered(Design.TREATMENT, clusters, ClusterRobust.CR2)
                        .standardError()
                        .isEstimable())
                .isTrue();
    }

    @Test
    void givesReasonWhereVarianceComponentsAreNotIdentified() {
        double[] values = {1, 2, 3};
        Design mean = Design.ofIntercept(3);
        assertThat(reason(IntraclassCorrelation.reml(values, mean, List.of("a", "b", "c"))
                        .within()))
                .isEqualTo(NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM);
        assertThat(reason(IntraclassCorrelation.reml(values, mean, List.of("a", "a", "a"))
                        .within()))
                .isEqualTo(NotEstimable.TOO_FEW_GROUPS);
        assertThat(reason(IntraclassCorrelation.reml(
                                new double[] {1, 1, 5, 5}, Design.ofIntercept(4), List.of("a", "a", "b", "b"))
                        .correlation()))
                .isEqualTo(NotEstimable.ZERO_VARIANCE);
        assertThat(reason(IntraclassCorrelation.meanSquares(new double[] {1, 1, 5, 5}, List.of("a", "a", "b", "b"))
                        .correlation()))
                .isEqualTo(NotEstimable.ZERO_VARIANCE);
    }

    @Test
    void keepsRiskDifferenceOfArmsWithoutEvents() {
        TwoByTwoTable table = new TwoByTwoTable(0, 15, 0, 12);
        assertThat(table.riskDifference().value()).isZero();
        assertThat(reason(table.chiSquare(false).p())).isEqualTo(NotEstimable.NO_EVENTS);
        assertThat(reason(table.riskRatio().value())).isEqualTo(NotEstimable.ZERO_DENOMINATOR);
        assertThat(table.numberNeededToTreat().throughInfinity()).isTrue();
        assertThat(table.numberNeededToTreat().value().value()).isInfinite();
        assertThat(reason(
                        MantelHaenszel.of(List.of(table, table)).logOddsRatio().value()))
                .isEqualTo(NotEstimable.ZERO_DENOMINATOR);
        assertThat(reason(MantelHaenszel.of(List.of(table)).test().p())).isEqualTo(NotEstimable.NO_EVENTS);
    }

    @Test
    void keepsDigitsOfExactLimitOfRareEvent() {
        // one event: P(no event) = 0.975 at the lower limit, in closed form
        double lower = -Math.expm1(Math.log1p(-0.025) / 1_000_000);
        Limits limits = Proportion.of(1, 1_000_000).clopperPearson();
        assertThat(limits.lower().value() / lower).isCloseTo(1, within(1e-10));
    }

    @Test
    void reportsSeparationInsteadOfInfiniteOddsRatio() {
        boolean[] outcome = {false, false, false, true, true, false};
        Design design = Design.ofArms(new boolean[] {true, true, true, false, false, false});
        LogisticRegression.Result fit = LogisticRegression.withDefaults().fit(outcome, design);
        assertThat(fit.coefficients().failure()).contains(NotEstimable.SEPARATION);
        assertThat(reason(fit.oddsRatio().p())).isEqualTo(NotEstimable.SEPARATION);
        assertThat(reason(LogisticRegression.withDefaults()
                        .standardize(
                                outcome, design, Coefficients.Covariance.HC0, StandardizedRisks.Covariates.AS_OBSERVED)
                        .riskDifference()
                        .value()))
                .isEqualTo(NotEstimable.SEPARATION);
        assertThat(FirthLogisticRegression.fit(outcome, design)
                        .coefficients()
                        .treatment()
                        .value()
                        .isEstimable())
                .isTrue();
    }

    @Test
    void givesReasonForOutcomeThatIsAlwaysTheSame() {
        Design design = Design.ofArms(new boolean[] {true, true, false, false});
        assertThat(LogisticRegression.withDefaults()
                        .fit(new boolean[4], design)
                        .coefficients()
                        .failure())
                .contains(NotEstimable.SEPARATION);
        assertThat(LogisticRegression.withDefaults()
                        .fit(new boolean[0], Design.ofArms(new boolean[0]))
                        .coefficients()
                        .failure())
                .contains(NotEstimable.EMPTY_ARM);
    }

    @Test
    void givesReasonsOfCountModels() {
        Design design = Design.ofArms(new boolean[] {true, true, true, false, false, false});
        double[] time = {1, 1, 1, 1, 1, 1};
        assertThat(CountRegression.poisson(new double[6], time, design)
                        .coefficients()
                        .failure())
                .contains(NotEstimable.NO_EVENTS);
        assertThat(CountRegression.poisson(new double[] {0, 0, 0, 1, 2, 1}, time, design)
                        .coefficients()
                        .failure())
                .contains(NotEstimable.SEPARATION);
        assertThat(CountRegression.negativeBinomial(new double[] {1, 1, 1, 2, 2, 2}, time, design)
                        .coefficients()
                        .failure())
                .contains(NotEstimable.NO_OVERDISPERSION);
    }

    @Test
    void givesReasonsOfSurvivalModels() {
        double[] time = {1, 2, 3, 4, 5, 6};
        boolean[] treated = {true, true, true, false, false, false};
        Design design = Design.ofArms(treated);
        CoxRegression cox = CoxRegression.withDefaults();
        assertThat(cox.fit(time, new boolean[6], design).coefficients().failure())
                .contains(NotEstimable.NO_EVENTS);
        assertThat(cox.fit(time, new boolean[] {true, true, true, false, false, false}, design)
                        .coefficients()
                        .failure())
                .contains(NotEstimable.SEPARATION);
        boolean[] late = {false, false, false, false, false, true};
        assertThat(reason(LogRankTest.of(time, late, treated).p())).isEqualTo(NotEstimable.NO_EVENTS);
        KaplanMeier curve = KaplanMeier.of(time, late);
        assertThat(curve.median().time().value()).isEqualTo(6);
        assertThat(reason(KaplanMeier.of(time, new boolean[6]).median().time())).isEqualTo(NotEstimable.NOT_REACHED);
        assertThat(reason(RestrictedMean.mean(KaplanMeier.of(time, new boolean[6]), 7)
                        .value()))
                .isEqualTo(NotEstimable.BEYOND_FOLLOW_UP);
        assertThat(RestrictedMean.mean(KaplanMeier.of(time, new boolean[6]), 5)
                        .value()
                        .value())
                .isEqualTo(5);
        assertThat(reason(CumulativeIncidence.of(time, new int[6]).at(9).incidence()))
                .isEqualTo(NotEstimable.BEYOND_FOLLOW_UP);
    }

    @Test
    void keepsEstimateOfSingleStudyUnchanged() {
        MetaAnalysis.Result result = MetaAnalysis.withDefaults().pool(new double[] {0.4}, new double[] {0.04});
        assertThat(result.pooled().value().value()).isEqualTo(0.4);
        assertThat(result.pooled().standardError().value()).isEqualTo(0.2);
        assertThat(reason(result.heterogeneity().tau2())).isEqualTo(NotEstimable.TOO_FEW_GROUPS);
        assertThat(reason(MetaAnalysis.withDefaults().pool(NONE, NONE).pooled().value()))
                .isEqualTo(NotEstimable.EMPTY_ARM);
    }

    @Test
    void leavesEachStudyOutOnce() {
        double[] effects = {0.1, 0.5, 0.9};
        double[] variances = {0.04, 0.05, 0.06};
        List<MetaAnalysis.Result> left = MetaAnalysis.withDefaults().leaveOneOut(effects, variances);
        assertThat(left).hasSize(3).allMatch(result -> result.studies() == 2);
        assertThat(left.get(0).pooled())
                .isEqualTo(MetaAnalysis.withDefaults()
                        .pool(new double[] {0.5, 0.9}, new double[] {0.05, 0.06})
                        .pooled());
    }

    @Test
    void poolsImputationsThatAgree() {
        RubinPooling pooled = RubinPooling.of(new double[] {2, 2, 2}, new double[] {1, 1, 1}, 50);
        // nothing is missing: only the factor (c + 1)/(c + 3) is left
        assertThat(pooled.pooled().degreesOfFreedom().value()).isCloseTo(50 * 51.0 / 53, within(1e-12));
        assertThat(pooled.lambda().value()).isZero();
        assertThat(reason(RubinPooling.of(ONE, ONE, 5).pooled().value())).isEqualTo(NotEstimable.TOO_FEW_GROUPS);
    }

    @Test
    void countsHypothesesWithoutPValueInTheFamily() {
        assertThat(Multiplicity.HOLM.adjust(new double[] {0.01}, 5)[0]).isCloseTo(0.05, within(1e-15));
        assertThat(Multiplicity.BENJAMINI_HOCHBERG.adjust(new double[0])).isEmpty();
    }

    @Test
    void spendsNothingAtLookThatIsTooEarly() {
        List<AlphaSpending.Look> looks = AlphaSpending.OBRIEN_FLEMING.boundaries(new double[] {0.01, 1}, 0.05);
        assertThat(reason(looks.get(0).boundary())).isEqualTo(NotEstimable.LEVEL_NOT_ATTAINABLE);
        assertThat(looks.get(1).boundary().value()).isCloseTo(1.959963984540054, within(1e-9));
    }

    @Test
    void givesReasonsOfWeightedComparison() {
        Design confounders = Design.ofIntercept(4).withCovariate("age", new double[] {1, 2, 3, 4});
        double[] outcome = {1, 2, 3, 4};
        PropensityWeighting.Target target = PropensityWeighting.Target.OVERLAP;
        assertThat(reason(PropensityWeighting.compare(
                                outcome, new boolean[] {false, false, true, true}, confounders, target)
                        .weightsKnown()
                        .value()))
                .isEqualTo(NotEstimable.SEPARATION);
        assertThat(reason(PropensityWeighting.compare(outcome, new boolean[4], confounders, target)
                        .weightsKnown()
                        .value()))
                .isEqualTo(NotEstimable.EMPTY_ARM);
    }

    @Test
    void givesReasonsOfResampling() {
        List<String> sites = List.of("a", "a", "a", "a");
        boolean[] treated = {true, true, false, false};
        assertThat(reason(Bootstrap.withSeed(1)
                        .withReplicates(50)
                        .meanDifference(CONSTANT, treated, sites)
                        .biasCorrected()
                        .lower()))
                .isEqualTo(NotEstimable.ZERO_VARIANCE);
        assertThat(reason(Bootstrap.withSeed(1)
                        .meanDifference(NONE, new boolean[0], List.of())
                        .estimate()))
                .isEqualTo(NotEstimable.EMPTY_ARM);
        assertThat(reason(Bootstrap.withSeed(1)
                        .withReplicates(50)
                        .meanDifference(CONSTANT, new boolean[4], sites)
                        .estimate()))
                .isEqualTo(NotEstimable.ZERO_DENOMINATOR);
        assertThat(reason(PermutationTest.withSeed(1)
                        .meanDifference(CONSTANT, new boolean[4], sites)
                        .p()))
                .isEqualTo(NotEstimable.EMPTY_ARM);
        assertThat(PermutationTest.withSeed(1)
                        .meanDifference(CONSTANT, treated, sites)
                        .p()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void namesArrayAndIndexButNeverTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TTest.withDefaults().test(TWO, new double[] {1, Double.NaN}))
                .withMessage("control[1] is not finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedChange.of(ONE, TWO))
                .withMessage("first has 1 values, second has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KaplanMeier.of(new double[] {-4}, new boolean[1]))
                .withMessage("time[0] is not a finite number of zero or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GrayTest.of(ONE, new int[] {7}, NONE, new int[0]))
                .withMessage("event[0] is not 0, 1 or 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.of(Double.NaN))
                .withMessage("a quantity is a number or a reason, not NaN");
        assertThatIllegalStateException()
                .isThrownBy(() -> Quantity.notEstimable(NotEstimable.TIES).value())
                .withMessage("not estimable: TIES");
    }
}
