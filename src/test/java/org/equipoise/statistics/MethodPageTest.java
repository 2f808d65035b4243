package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The examples of the method pages. The page's numbers were worked out by hand (or come from R where it says so); the
 * program must give them to the last digit printed, and every number on the page must be one the program gives.
 */
class MethodPageTest {

    private static final Path PAGES = Path.of("src/site/markdown/methods");

    @Test
    void descriptives() throws IOException {
        double[] values = {2, 4, 4, 7, 13};
        Descriptives main = Descriptives.of(values);
        Descriptives spss = Descriptives.of(values, Quantiles.Definition.SPSS_TYPE_6);
        assertPage(
                "descriptives.md",
                object(
                        "mean", main.mean(),
                        "sd", main.standardDeviation(),
                        "standard error", main.standardError(),
                        "lower limit of the mean", main.meanLimits().lower(),
                        "upper limit of the mean", main.meanLimits().upper(),
                        "median", main.median(),
                        "lower quartile, type 7", main.lowerQuartile(),
                        "upper quartile, type 7", main.upperQuartile(),
                        "lower quartile, type 6", spss.lowerQuartile(),
                        "upper quartile, type 6", spss.upperQuartile()));
    }

    @Test
    void meanOfTooFewValuesHasNoLimits() {
        Limits none = Descriptives.of(new double[0]).meanLimits();
        Limits one = Descriptives.of(new double[] {7}).meanLimits();

        assertThat(none.lower().reason()).contains(NotEstimable.EMPTY_ARM);
        assertThat(one.upper().reason()).contains(NotEstimable.TOO_FEW_VALUES);
    }

    @Test
    void twoMeans() throws IOException {
        double[] x = {4, 6, 8};
        double[] y = {9, 11, 10, 14};
        Estimate welch = TTest.withDefaults().test(x, y);
        Estimate pooled = TTest.withDefaults().with(TTest.Variances.POOLED).test(x, y);
        StandardizedMeanDifference.Result smd =
                StandardizedMeanDifference.withDefaults().of(x, y);
        assertPage(
                "two-means.md",
                object(
                        "difference", welch.value(),
                        "Welch standard error", welch.standardError(),
                        "Welch df", welch.degreesOfFreedom(),
                        "Welch t", welch.statistic(),
                        "Welch p", welch.p(),
                        "Welch lower", welch.lower(),
                        "Welch upper", welch.upper(),
                        "pooled t", pooled.statistic(),
                        "pooled p", pooled.p(),
                        "d", smd.d().value(),
                        "J", smd.correction(),
                        "g", smd.g().value(),
                        "d exact lower", smd.d().exact().lower(),
                        "d exact upper", smd.d().exact().upper(),
                        "variance ratio", VarianceRatioTest.of(x, y).ratio()));
    }

    @Test
    void ranks() throws IOException {
        double[] x = {3, 5, 9};
        double[] y = {1, 4, 2, 8};
        MannWhitneyTest test = MannWhitneyTest.of(x, y);
        HodgesLehmann.Shift shift = HodgesLehmann.withDefaults().estimate(x, y);
        assertPage(
                "ranks.md",
                object(
                        "U", test.treatmentPairs(),
                        "probability of superiority", test.probabilityOfSuperiority(),
                        "Cliff's delta", test.cliffsDelta(),
                        "exact p", test.defaultP(),
                        "z", test.z(),
                        "z with continuity correction", test.zCorrected(),
                        "shift", shift.shift(),
                        "shift lower", shift.limits().lower(),
                        "shift upper", shift.limits().upper()));
    }

    @Test
    void linearModel() throws IOException {
        LinearFit fit = LinearModel.withDefaults()
                .fit(
                        new double[] {2, 3, 5, 4, 6, 7},
                        Design.ofArms(new boolean[] {true, true, true, false, false, false})
                                .withCovariate("baseline", new double[] {1, 2, 3, 1, 2, 3}));
        List<String> clusters = List.of("a", "a", "b", "c", "c", "d");
        double[] pairs = {1, 3, 5, 7, 2, 4};
        List<String> owners = List.of("a", "a", "b", "b", "c", "c");
        LinearFit.ArmMeans means = fit.leastSquaresMeans(Design.LevelWeights.EQUAL);
        assertPage(
                "linear-model.md",
                object(
                        "difference", fit.treatment().value(),
                        "slope of baseline", fit.coefficient("baseline").value(),
                        "sigma", fit.sigma(),
                        "standard error", fit.treatment().standardError(),
                        "t", fit.treatment().statistic(),
                        "p", fit.treatment().p(),
                        "mean of treatment", means.treatment().value(),
                        "mean of control", means.control().value(),
                        "HC0 standard error",
                                fit.robust(Design.TREATMENT, LinearFit.Robust.HC0)
                                        .standardError(),
                        "CR0 standard error",
                                fit.clustered(Design.TREATMENT, clusters, ClusterRobust.CR0)
                                        .standardError(),
                        "correlation from mean squares",
                                IntraclassCorrelation.meanSquares(pairs, owners).correlation(),
                        "correlation by REML",
                                IntraclassCorrelation.reml(pairs, Design.ofIntercept(6), owners)
                                        .correlation()));
    }

    @Test
    void mixedModel() throws IOException {
        RepeatedMeasures measures = RepeatedMeasures.of(
                List.of("first", "second"),
                new double[] {6, 12},
                6,
                new int[] {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5},
                new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1},
                new double[] {10, 6, 12, 10, 14, 8, 13, 14, 15, 12, 17, 16});
        RepeatedDesign design = RepeatedDesign.of(6, measures.intervals())
                .withArms(new boolean[] {true, true, true, false, false, false}, RepeatedDesign.Effect.BY_INTERVAL);
        MixedModelFit fit = MixedModel.withDefaults().fit(measures, design);
        MixedModelInference inference = fit.inference(MixedModel.DegreesOfFreedom.SATTERTHWAITE);
        Estimate second = inference.difference("second");
        Estimate maintenance = inference.maintenance("first", "second");
        double[][] sigma = fit.covariance(true).orElseThrow();
        double[][] ml = MixedModel.withDefaults()
                .with(MixedModel.Criterion.ML)
                .fit(measures, design)
                .covariance(true)
                .orElseThrow();
        assertPage(
                "mixed-model.md",
                object(
                        "variance at the first interval", sigma[0][0],
                        "covariance", sigma[1][0],
                        "difference at the first interval",
                                inference.difference("first").value(),
                        "difference at the second interval", second.value(),
                        "standard error", second.standardError(),
                        "Satterthwaite df", second.degreesOfFreedom(),
                        "t at the second interval", second.statistic(),
                        "p at the second interval", second.p(),
                        "maintenance", maintenance.value(),
                        "maintenance standard error", maintenance.standardError(),
                        "log-likelihood", fit.logLikelihood(),
                        "CR0 standard error", clusteredError(fit, ClusterRobust.CR0),
                        "CR2 standard error", clusteredError(fit, ClusterRobust.CR2),
                        "CR3 standard error", clusteredError(fit, ClusterRobust.CR3),
                        "variance by maximum likelihood", ml[0][0]));
    }

    private static Quantity clusteredError(MixedModelFit fit, ClusterRobust correction) {
        return fit.clustered(correction).difference("second").standardError();
    }

    @Test
    void twoByTwo() throws IOException {
        TwoByTwoTable table = new TwoByTwoTable(12, 20, 6, 20);
        MantelHaenszel pooled = MantelHaenszel.of(List.of(table, new TwoByTwoTable(5, 20, 3, 24)));
        assertPage(
                "two-by-two.md",
                object(
                        "risk difference", table.riskDifference(),
                        "Newcombe lower", table.newcombe().lower(),
                        "Newcombe upper", table.newcombe().upper(),
                        "Wilson lower, treatment",
                                table.riskTreatment().wilson().lower(),
                        "Clopper-Pearson lower, treatment",
                                table.riskTreatment().clopperPearson().lower(),
                        "risk ratio", table.riskRatio().value(),
                        "log risk ratio standard error", table.riskRatio().standardError(),
                        "odds ratio", table.oddsRatio().value(),
                        "chi-square", table.chiSquare(false).statistic(),
                        "chi-square, Yates", table.chiSquare(true).statistic(),
                        "Fisher p", table.fisher().p(),
                        "number needed to treat", table.numberNeededToTreat().value(),
                        "number needed, one more from",
                                table.numberNeededToTreat().increaseFrom(),
                        "number needed, one fewer from",
                                table.numberNeededToTreat().decreaseFrom(),
                        "Mantel-Haenszel odds ratio",
                                pooled.logOddsRatio().value().map(Math::exp)));
    }

    @Test
    void reliableChange() throws IOException {
        ReliableChange rule = new ReliableChange(7.5, 0.84, 14, true);
        ReliableChange.Counts counts = rule.count(new double[] {24, 24, 24, 15}, new double[] {12, 15, 20, 25});
        assertPage(
                "reliable-change.md",
                object(
                        "error of measurement", rule.standardErrorOfMeasurement(),
                        "error of a difference", rule.standardErrorOfDifference(),
                        "reliable points", rule.reliablePoints(),
                        "recovered", counts.recovered(),
                        "improved", counts.improved(),
                        "unchanged", counts.unchanged(),
                        "deteriorated", counts.deteriorated()));
    }

    @Test
    void logistic() throws IOException {
        boolean[] treated = new boolean[40];
        boolean[] outcome = new boolean[40];
        Arrays.fill(treated, 0, 20, true);
        Arrays.fill(outcome, 0, 12, true);
        Arrays.fill(outcome, 20, 26, true);
        Design design = Design.ofArms(treated);
        LogisticRegression.Result fit = LogisticRegression.withDefaults().fit(outcome, design);
        StandardizedRisks risks = LogisticRegression.withDefaults()
                .standardize(outcome, design, Coefficients.Covariance.HC0, StandardizedRisks.Covariates.AS_OBSERVED);
        assertPage(
                "logistic.md",
                object(
                        "odds ratio", fit.oddsRatio().value(),
                        "log odds ratio", fit.coefficients().treatment().value(),
                        "log odds ratio standard error", fit.oddsRatio().standardError(),
                        "risk difference", risks.riskDifference().value(),
                        "risk difference standard error", risks.riskDifference().standardError(),
                        "risk ratio", risks.riskRatio().value(),
                        "Firth log odds ratio",
                                FirthLogisticRegression.fit(outcome, design)
                                        .coefficients()
                                        .treatment()
                                        .value()));
    }

    @Test
    void counts() throws IOException {
        CountRegression.Result fit = CountRegression.poisson(
                new double[] {1, 2, 3, 2, 3, 4},
                new double[] {4, 4, 4, 3, 3, 3},
                Design.ofArms(new boolean[] {true, true, true, false, false, false}));
        Estimate model = fit.rateRatio(Coefficients.Covariance.MODEL);
        assertPage(
                "counts.md",
                object(
                        "rate ratio", model.value(),
                        "log rate ratio standard error", model.standardError(),
                        "robust standard error",
                                fit.rateRatio(Coefficients.Covariance.HC0).standardError()));
    }

    @Test
    void survival() throws IOException {
        double[] time1 = {2, 4, 6, 8};
        boolean[] event1 = {true, false, true, false};
        double[] time0 = {1, 3, 5, 7};
        boolean[] event0 = {true, true, true, false};
        double[] time = {2, 4, 6, 8, 1, 3, 5, 7};
        boolean[] event = {true, false, true, false, true, true, true, false};
        boolean[] treated = {true, true, true, true, false, false, false, false};
        KaplanMeier curve = KaplanMeier.of(time1, event1);
        LogRankTest test = LogRankTest.of(time, event, treated);
        Estimate hazard = CoxRegression.withDefaults()
                .fit(time, event, Design.ofArms(treated))
                .coefficients()
                .treatment();
        RestrictedMean mean = RestrictedMean.of(time1, event1, time0, event0, 6);
        assertPage(
                "survival.md",
                object(
                        "S(6), treatment", curve.at(6).survival(),
                        "S(6) standard error", curve.at(6).standardError(),
                        "S(6) lower", curve.at(6).limits().lower(),
                        "S(6) upper", curve.at(6).limits().upper(),
                        "median, treatment", curve.median().time(),
                        "expected in treatment", test.expectedTreatment(),
                        "log-rank chi-square", test.statistic(),
                        "log hazard ratio", hazard.value(),
                        "log hazard ratio standard error", hazard.standardError(),
                        "restricted mean difference", mean.difference().value(),
                        "restricted mean difference standard error",
                                mean.difference().standardError()));
    }

    @Test
    void competingRisks() throws IOException {
        CumulativeIncidence curve = CumulativeIncidence.of(new double[] {1, 2, 3, 4}, new int[] {1, 2, 0, 1});
        assertPage(
                "competing-risks.md",
                object(
                        "F(3)", curve.at(3).incidence(),
                        "F(3) standard error", curve.at(3).standardError(),
                        "F(4)", curve.at(4).incidence()));
    }

    @Test
    void metaAnalysis() throws IOException {
        MetaAnalysis.Result result =
                MetaAnalysis.withDefaults().pool(new double[] {0.2, 0.5, 0.8}, new double[] {0.04, 0.04, 0.04});
        MetaAnalysis.Heterogeneity between = result.heterogeneity();
        assertPage(
                "meta-analysis.md",
                object(
                        "pooled", result.pooled().value(),
                        "tau2", between.tau2(),
                        "Q", between.q(),
                        "I2", between.i2(),
                        "H2", between.h2(),
                        "Hartung-Knapp factor", result.hartungKnappFactor(),
                        "standard error", result.pooled().standardError(),
                        "lower", result.pooled().lower(),
                        "upper", result.pooled().upper(),
                        "prediction lower", result.prediction().lower(),
                        "prediction upper", result.prediction().upper()));
    }

    @Test
    void metaRegression() throws IOException {
        MetaRegression.Result result = MetaRegression.fit(
                new double[] {0.1, 0.5, 0.5, 0.9}, new double[] {0.01, 0.01, 0.01, 0.01}, new double[] {0, 1, 2, 3});
        assertPage(
                "meta-regression.md",
                object(
                        "slope", result.slope().value(),
                        "standard error of the slope", result.slope().standardError(),
                        "lower", result.slope().lower(),
                        "upper", result.slope().upper(),
                        "intercept", result.intercept().value(),
                        "standard error of the intercept", result.intercept().standardError(),
                        "Knapp-Hartung factor", result.knappHartungFactor(),
                        "tau2", result.tau2(),
                        "I2", result.i2(),
                        "QE", result.q(),
                        "explained", result.explained()));
    }

    @Test
    void metaRegressionNeedsThreeSitesThatDiffer() {
        double[] two = {1, 2};
        double[] three = {1, 2, 4};
        MetaRegression.Result few = MetaRegression.fit(two, two, two);
        MetaRegression.Result flat = MetaRegression.fit(three, three, new double[] {5, 5, 5});

        assertThat(few.slope().value().reason()).contains(NotEstimable.TOO_FEW_GROUPS);
        assertThat(flat.slope().value().reason()).contains(NotEstimable.ALIASED);
    }

    @Test
    void imputation() throws IOException {
        RubinPooling pooled = RubinPooling.of(new double[] {1, 2, 3}, new double[] {1, 1, 1}, 20);
        assertPage(
                "imputation.md",
                object(
                        "estimate", pooled.pooled().value(),
                        "total variance", pooled.total(),
                        "standard error", pooled.pooled().standardError(),
                        "lambda", pooled.lambda(),
                        "df, Rubin 1987", pooled.olderDegreesOfFreedom(),
                        "df, Barnard-Rubin", pooled.pooled().degreesOfFreedom(),
                        "estimate after a shift of -3", shiftedByThree(),
                        "normal draw", handDraw(),
                        "draw of the second score", handConditional()));
    }

    /** Ten treated people about 1, 2 and 3, four of them imputed, ten controls about 0. */
    private static Quantity shiftedByThree() {
        boolean[] treated = new boolean[20];
        Arrays.fill(treated, 0, 10, true);
        boolean[] observed = new boolean[20];
        Arrays.fill(observed, 4, 20, true);
        List<Imputations.Filled> tables = IntStream.rangeClosed(1, 3)
                .mapToObj(k -> IntStream.range(0, 20)
                        .mapToDouble(i -> (i % 2 == 0 ? -1 : 1) + (treated[i] ? k : 0))
                        .toArray())
                .map(column -> new Imputations.Filled(new double[][] {column}, new double[0][0], false))
                .toList();
        IncompleteData data = IncompleteData.ofRows(20).withIncomplete("score", new double[20], observed);
        return Imputations.of(data, tables)
                .pool(table -> LinearModel.withDefaults()
                        .fit(table.shifted("score", -3, treated), Design.ofArms(treated))
                        .treatment())
                .pooled()
                .value();
    }

    /** Upper tail areas of z = 0, 1 and -1. */
    private static double handDraw() {
        double tail = Distributions.normalUpper(1);
        Draws draws = ImputationMethods.given(1.5, 0.5, tail, 1 - tail);
        return RegressionDraw.of(new double[][] {{1, 1}, {1, 2}, {1, 3}}, new double[] {2, 4, 9}, draws)
                .normal(new double[][] {{1, 4}}, draws)[0];
    }

    private static double handConditional() {
        return ConditionalNormal.of(new double[][] {{4, 3}, {3, 9}}, new int[] {0}, new int[] {1})
                .draw(new double[] {10}, new double[] {2}, ImputationMethods.given(1, Distributions.normalUpper(1)))[0];
    }

    @Test
    void propensity() throws IOException {
        double[] outcome = {10, 6, 7, 8, 12, 13, 14, 9};
        boolean[] treated = {true, false, false, false, true, true, true, false};
        Design confounders = Design.ofIntercept(8).withCovariate("yes", new double[] {0, 0, 0, 0, 1, 1, 1, 1});
        PropensityWeighting.Result everyone =
                PropensityWeighting.compare(outcome, treated, confounders, PropensityWeighting.Target.ALL);
        PropensityWeighting.Result overlap =
                PropensityWeighting.compare(outcome, treated, confounders, PropensityWeighting.Target.OVERLAP);
        assertPage(
                "propensity.md",
                object(
                        "unweighted",
                                PropensityWeighting.compare(
                                                outcome, treated, confounders, PropensityWeighting.Target.UNWEIGHTED)
                                        .weightsKnown()
                                        .value(),
                        "everyone", everyone.weightsKnown().value(),
                        "treated",
                                PropensityWeighting.compare(
                                                outcome, treated, confounders, PropensityWeighting.Target.TREATED)
                                        .weightsEstimated()
                                        .value(),
                        "overlap", overlap.weightsEstimated().value(),
                        "effective size, treated arm", everyone.effectiveTreatment(),
                        "balance after overlap", overlap.balance().get(0).standardizedDifference()));
    }

    @Test
    void multiplicityAndLooks() throws IOException {
        double[] p = {0.01, 0.04, 0.03};
        double[] holm = Multiplicity.HOLM.adjust(p);
        double[] rate = Multiplicity.BENJAMINI_HOCHBERG.adjust(p);
        List<AlphaSpending.Look> looks = AlphaSpending.OBRIEN_FLEMING.boundaries(new double[] {0.5, 1}, 0.05);
        assertPage(
                "multiplicity-and-looks.md",
                object(
                        "Holm, 0.01", holm[0],
                        "Holm, 0.04", holm[1],
                        "Holm, 0.03", holm[2],
                        "Benjamini-Hochberg, 0.01", rate[0],
                        "Benjamini-Hochberg, 0.04", rate[1],
                        "Benjamini-Hochberg, 0.03", rate[2],
                        "spent at half", looks.get(0).spent(),
                        "first boundary", looks.get(0).boundary(),
                        "second boundary", looks.get(1).boundary()));
    }

    @Test
    void resampling() throws IOException {
        double[] values = {5, 6, 1, 2};
        boolean[] treated = {true, true, false, false};
        PermutationTest.Result deals =
                PermutationTest.withSeed(1).meanDifference(values, treated, Collections.nCopies(4, "one"));
        Bootstrap.Result alone =
                Bootstrap.withSeed(1).withReplicates(99).meanDifference(values, treated, List.of("a", "b", "a", "b"));
        assertPage(
                "resampling.md",
                object(
                        "difference", deals.statistic(),
                        "deals", deals.deals(),
                        "permutation p", deals.p(),
                        "percentile lower, one person a stratum",
                                alone.percentile().lower()));
    }

    @Test
    void linking() throws IOException {
        int[] x = {0, 0, 1, 1, 1, 1, 1, 2, 2, 2};
        int[] y = {0, 1, 1, 1, 2, 2, 2, 2, 3, 3};
        List<EquipercentileLink.Row> rows = EquipercentileLink.between(
                        new EquipercentileLink.Scores(0, 2), new EquipercentileLink.Scores(0, 3), 1)
                .withMoments(0)
                .withMinimum(10)
                .withReplicates(2)
                .link(x, y)
                .rows();
        assertPage(
                "linking.md",
                object(
                        "score 0", rows.get(0).linked(),
                        "score 1", rows.get(1).linked(),
                        "score 2", rows.get(2).linked()));
    }

    private static void assertPage(String page, Map<String, Object> computed) throws IOException {
        Map<String, BigDecimal> printed = example(page);
        assertThat(printed.keySet()).containsExactlyElementsOf(computed.keySet());
        printed.forEach((name, number) -> assertThat(value(computed.get(name)))
                .as(name)
                .isBetween(number.doubleValue() - halfUnit(number), number.doubleValue() + halfUnit(number)));
    }

    /** Half a unit of the last digit printed, and a little for numbers that end in 5. */
    private static double halfUnit(BigDecimal number) {
        return number.scale() == 0 ? 1e-9 : 0.5001 * number.ulp().doubleValue();
    }

    private static double value(@Nullable Object computed) {
        if (computed instanceof Quantity quantity) {
            return quantity.value();
        }
        return computed instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** The rows of the last table of the page's example. */
    private static Map<String, BigDecimal> example(String page) throws IOException {
        String text = Files.readString(PAGES.resolve(page));
        int from = text.indexOf("## Example by hand");
        int to = text.indexOf("## Differences", from);
        Map<String, BigDecimal> rows = new LinkedHashMap<>();
        text.substring(from, to)
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| result "))
                .map(line -> line.split("\\|", -1))
                .forEach(cells -> rows.put(cells[1].strip(), new BigDecimal(cells[2].strip())));
        return rows;
    }
}
