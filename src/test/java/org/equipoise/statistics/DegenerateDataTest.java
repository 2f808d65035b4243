package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Very small data of few distinct values, as a young site sends them: empty arms, constant values, separated outcomes,
 * repeated columns. Whatever comes, every method ends with a result. A NaN would be refused by {@link Quantity#of}, so
 * that it shows here as an exception.
 */
class DegenerateDataTest {

    private static final int DATA_SETS = 150;

    /** A data set of 0 to 9 people. */
    private static final class People {

        private final int n;
        private final double[] value;
        private final double[] baseline;
        private final double[] counts;
        private final double[] time;
        private final boolean[] treated;
        private final boolean[] event;
        private final int[] codes;
        private final List<String> site = new ArrayList<>();
        private final List<String> therapist = new ArrayList<>();

        People(Random random) {
            n = random.nextInt(10);
            value = new double[n];
            baseline = new double[n];
            counts = new double[n];
            time = new double[n];
            treated = new boolean[n];
            event = new boolean[n];
            codes = new int[n];
            double scale = random.nextInt(4) == 0 ? 1e8 : 1;
            int share = random.nextInt(4);
            for (int i = 0; i < n; i++) {
                value[i] = scale * random.nextInt(3);
                baseline[i] = random.nextInt(3);
                counts[i] = random.nextInt(share + 1);
                time[i] = 1 + random.nextInt(4);
                treated[i] = random.nextInt(4) > share;
                event[i] = random.nextInt(4) < share;
                codes[i] = random.nextInt(3);
                site.add("s" + random.nextInt(2));
                therapist.add("t" + random.nextInt(3));
            }
        }

        double[] arm(double[] values, boolean treatment) {
            return IntStream.range(0, n)
                    .filter(i -> treated[i] == treatment)
                    .mapToDouble(i -> values[i])
                    .toArray();
        }

        boolean[] events(boolean treatment) {
            int[] rows =
                    IntStream.range(0, n).filter(i -> treated[i] == treatment).toArray();
            boolean[] events = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                events[i] = event[rows[i]];
            }
            return events;
        }

        int[] codes(boolean treatment) {
            return IntStream.range(0, n)
                    .filter(i -> treated[i] == treatment)
                    .map(i -> codes[i])
                    .toArray();
        }

        Design design() {
            return Design.ofArms(treated).withCovariate("baseline", baseline).withFactor("site", site);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void endInResultsNotExceptions(long seed) {
        Random random = new Random(seed);
        for (int k = 0; k < DATA_SETS; k++) {
            People people = new People(random);
            assertThatCode(() -> runAll(people))
                    .as("data set %d of seed %d", k, seed)
                    .doesNotThrowAnyException();
        }
    }

    private static void runAll(People people) {
        compare(people.arm(people.value, true), people.arm(people.value, false));
        regress(people);
        survive(people);
        pool(people);
        resample(people);
        impute(people);
    }

    private static void compare(double[] x, double[] y) {
        Descriptives.of(x);
        TTest.withDefaults().test(x, y);
        TTest.withDefaults().with(TTest.Variances.POOLED).test(x, y);
        VarianceRatioTest.of(x, y);
        StandardizedMeanDifference.withDefaults().of(x, y);
        MannWhitneyTest.of(x, y);
        MannWhitneyTest.exactWithTies(x, y);
        HodgesLehmann.withDefaults().estimate(x, y);
        PairedChange.of(x, x.clone());
    }

    private static void regress(People people) {
        LinearFit fit = LinearModel.withDefaults().fit(people.value, people.design());
        fit.leastSquaresMeans(Design.LevelWeights.EQUAL);
        fit.sigma();
        fit.rSquared();
        for (String column : people.design().columnNames()) {
            for (LinearFit.Robust robust : LinearFit.Robust.values()) {
                fit.robust(column, robust);
            }
            for (ClusterRobust robust : ClusterRobust.values()) {
                fit.clustered(column, people.therapist, robust);
            }
        }
        IntraclassCorrelation.reml(people.value, Design.ofIntercept(people.n), people.therapist);
        IntraclassCorrelation.reml(people.value, people.design(), people.therapist);
        IntraclassCorrelation.meanSquares(people.value, people.therapist);
        LogisticRegression.Result logistic = LogisticRegression.withDefaults().fit(people.event, people.design());
        logistic.coefficients().all(Coefficients.Covariance.HC1);
        for (StandardizedRisks.Covariates covariates : StandardizedRisks.Covariates.values()) {
            LogisticRegression.withDefaults()
                    .standardize(people.event, people.design(), Coefficients.Covariance.HC0, covariates);
        }
        FirthLogisticRegression.fit(people.event, people.design());
        LogisticRegression.withDefaults().profile(people.event, people.design());
        CountRegression.poissonProfile(people.counts, people.time, people.design());
        CountRegression.negativeBinomialProfile(people.counts, people.time, people.design());
        CountRegression.poisson(people.counts, people.time, people.design())
                .coefficients()
                .all(Coefficients.Covariance.HC0);
        CountRegression.negativeBinomial(people.counts, people.time, people.design())
                .coefficients()
                .all(Coefficients.Covariance.OBSERVED);
        Design confounders = Design.ofIntercept(people.n).withCovariate("baseline", people.baseline);
        for (PropensityWeighting.Target target : PropensityWeighting.Target.values()) {
            PropensityWeighting.compare(people.value, people.treated, confounders, target);
            PropensityWeighting.compareRates(people.counts, people.time, people.treated, confounders, target);
            PropensityWeighting.compareTimes(people.time, people.event, 3, people.treated, confounders, target);
        }
    }

    private static void survive(People people) {
        double[] time1 = people.arm(people.time, true);
        double[] time0 = people.arm(people.time, false);
        KaplanMeier curve = KaplanMeier.of(time1, people.events(true));
        curve.steps();
        curve.median();
        curve.at(2);
        for (LogRankTest.Weights weights : LogRankTest.Weights.values()) {
            LogRankTest.of(people.time, people.event, people.treated, people.site, weights);
        }
        RestrictedMean.of(time1, people.events(true), time0, people.events(false), 3);
        for (CoxRegression.Ties ties : CoxRegression.Ties.values()) {
            CoxRegression.withDefaults()
                    .with(ties)
                    .fit(people.time, people.event, people.design(), people.site)
                    .coefficients()
                    .all(Coefficients.Covariance.MODEL);
        }
        CumulativeIncidence.difference(
                CumulativeIncidence.of(time1, people.codes(true)),
                CumulativeIncidence.of(time0, people.codes(false)),
                3);
        GrayTest.of(time1, people.codes(true), time0, people.codes(false));
    }

    private static void pool(People people) {
        TwoByTwoTable table = TwoByTwoTable.of(people.events(true), people.events(false));
        table.riskDifferenceWald();
        table.newcombe();
        table.numberNeededToTreat();
        table.numberNeededToTreatWald();
        table.riskRatio();
        table.oddsRatio();
        table.fisher();
        table.chiSquare(true);
        for (TwoByTwoTable.Measure measure : TwoByTwoTable.Measure.values()) {
            for (TwoByTwoTable.ZeroCells rule : TwoByTwoTable.ZeroCells.values()) {
                table.effect(measure, rule);
            }
        }
        MantelHaenszel.of(List.of(table, new TwoByTwoTable(0, 3, 0, 2), new TwoByTwoTable(1, 1, 0, 1)));
        for (MetaAnalysis.Estimator estimator : MetaAnalysis.Estimator.values()) {
            for (MetaAnalysis.Test test : MetaAnalysis.Test.values()) {
                for (MetaAnalysis.Prediction prediction : MetaAnalysis.Prediction.values()) {
                    MetaAnalysis.withDefaults()
                            .with(estimator)
                            .with(test)
                            .with(prediction)
                            .withPredictionFrom(2)
                            .pool(people.value, people.time);
                }
            }
        }
        RubinPooling.of(people.value, people.time, 7);
    }

    private static void impute(People people) {
        IncompleteData data = IncompleteData.ofRows(people.n)
                .withComplete("baseline", people.baseline)
                .withFactor("site", people.site)
                .withIncomplete("early", people.value, people.event)
                .withIncomplete("late", people.counts, people.treated);
        for (ChainedEquations.Method method :
                List.of(ChainedEquations.Method.NORMAL_REGRESSION, ChainedEquations.Method.PREDICTIVE_MEAN_MATCHING)) {
            tip(
                    people,
                    ChainedEquations.withSeed(1)
                            .with(method)
                            .withImputations(2)
                            .withRounds(2)
                            .impute(data, people.site));
        }
        tip(
                people,
                ReferenceBasedImputation.withSeed(1)
                        .withImputations(2)
                        .withBurnIn(2)
                        .impute(data, people.treated));
    }

    private static void tip(People people, Imputations imputations) {
        TippingPoint.withDefaults()
                .find(
                        imputations,
                        "late",
                        people.treated,
                        (table, late) -> LinearModel.withDefaults()
                                .fit(late, Design.ofArms(people.treated))
                                .treatment(),
                        new double[] {0, 1});
    }

    private static void resample(People people) {
        Bootstrap.withSeed(1).withReplicates(20).meanDifference(people.value, people.treated, people.site);
        PermutationTest.withSeed(1)
                .withDeals(50)
                .rateDifference(people.counts, people.time, people.treated, people.site);
    }
}
