package org.equipoise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.equipoise.bench.CoverageStudy.Line;
import org.equipoise.bench.CoverageStudy.Outcome;
import org.equipoise.statistics.Bootstrap;
import org.equipoise.statistics.ClusterRobust;
import org.equipoise.statistics.Coefficients;
import org.equipoise.statistics.CountRegression;
import org.equipoise.statistics.CoxRegression;
import org.equipoise.statistics.CumulativeIncidence;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.FirthLogisticRegression;
import org.equipoise.statistics.HodgesLehmann;
import org.equipoise.statistics.KaplanMeier;
import org.equipoise.statistics.Limits;
import org.equipoise.statistics.LinearModel;
import org.equipoise.statistics.LogisticRegression;
import org.equipoise.statistics.MantelHaenszel;
import org.equipoise.statistics.MetaAnalysis;
import org.equipoise.statistics.PropensityWeighting;
import org.equipoise.statistics.Proportion;
import org.equipoise.statistics.RestrictedMean;
import org.equipoise.statistics.StandardizedMeanDifference;
import org.equipoise.statistics.StandardizedRisks;
import org.equipoise.statistics.TTest;
import org.equipoise.statistics.TwoByTwoTable;

/** The regimes of the coverage study: how data are drawn, what is estimated, what the truth is. */
final class CoverageRegimes {

    private CoverageRegimes() {}

    static List<Line> all() {
        List<Line> lines = new ArrayList<>();
        continuous(lines);
        binary(lines);
        counts(lines);
        times(lines);
        sites(lines);
        PlanRegime.add(lines);
        return lines;
    }

    private static Line approximate(String method, String regime, CoverageStudy.Regime trial) {
        return new Line(method, regime, false, false, trial);
    }

    private static Line exact(String method, String regime, CoverageStudy.Regime trial) {
        return new Line(method, regime, true, false, trial);
    }

    static Outcome holds(Limits limits, double truth) {
        if (!limits.lower().isEstimable() || !limits.upper().isEstimable()) {
            return Outcome.NONE;
        }
        return limits.lower().value() <= truth && truth <= limits.upper().value() ? Outcome.HELD : Outcome.MISSED;
    }

    static Outcome holds(Estimate estimate, double truth) {
        return holds(new Limits(estimate.lower(), estimate.upper()), truth);
    }

    private static double[] draw(int n, Random random, ToDoubleFunction<Random> one) {
        return IntStream.range(0, n).mapToDouble(i -> one.applyAsDouble(random)).toArray();
    }

    private static double[] normal(int n, Random random, double mean, double deviation) {
        return draw(n, random, r -> mean + deviation * r.nextGaussian());
    }

    /** The first n of both arms' people treated. */
    static boolean[] arms(int treated, int control) {
        boolean[] arms = new boolean[treated + control];
        Arrays.fill(arms, 0, treated, true);
        return arms;
    }

    static double[] both(double[] x, double[] y) {
        double[] all = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, all, x.length, y.length);
        return all;
    }

    private static void continuous(List<Line> lines) {
        lines.add(approximate(
                "mean difference, Welch",
                "normal, n 20 + 40, SD 2 and 1",
                r -> holds(TTest.withDefaults().test(normal(20, r, 1, 2), normal(40, r, 0, 1)), 1)));
        lines.add(approximate(
                "mean difference, Welch",
                "exponential, n 15 + 15",
                r -> holds(
                        TTest.withDefaults().test(draw(15, r, CoverageRegimes::exponential), draw(15, r, CoverageRegimes::exponential)),
                        0)));
        lines.add(approximate(
                "Hedges' g, noncentral t",
                "normal, n 12 + 12, 0.8 SD",
                r -> holds(
                        StandardizedMeanDifference.withDefaults()
                                .of(normal(12, r, 0.8, 1), normal(12, r, 0, 1))
                                .d()
                                .exact(),
                        0.8)));
        lines.add(approximate(
                "Hedges' g, large-sample variance",
                "normal, n 12 + 12, 0.8 SD",
                r -> holds(
                        StandardizedMeanDifference.withDefaults()
                                .of(normal(12, r, 0.8, 1), normal(12, r, 0, 1))
                                .g()
                                .normal(),
                        0.8)));
        lines.add(exact(
                "shift, Hodges-Lehmann exact",
                "exponential shifted by 1, n 15 + 20",
                r -> holds(
                        HodgesLehmann.withDefaults()
                                .exact(
                                        draw(15, r, s -> 1 + exponential(s)),
                                        draw(20, r, CoverageRegimes::exponential))
                                .limits(),
                        1)));
        DoubleUnaryOperator skewed = z -> Math.exp(z);
        lines.add(approximate(
                "mean difference, bootstrap BCa, 999",
                "lognormal, n 25 + 25",
                r -> holds(bootstrap(25, r, skewed).biasCorrected(), 0)));
        lines.add(approximate(
                "mean difference, bootstrap percentile, 999",
                "lognormal, n 25 + 25",
                r -> holds(bootstrap(25, r, skewed).percentile(), 0)));
        lines.add(approximate(
                "mean difference, CR2 by therapist",
                "12 therapists of 8, ICC 0.1",
                CoverageRegimes::therapists));
        lines.add(approximate(
                "weighted difference, overlap, propensity estimated",
                "n 150, two confounders",
                CoverageRegimes::weighted));
        lines.add(approximate(
                "weighted rate ratio, overlap, propensity estimated",
                "n 150, two confounders, 3 to 18 months at risk, 1.2 events a year in TAU, ratio 0.6",
                CoverageRegimes::weightedRates));
        lines.add(approximate(
                "weighted restricted mean to 24 months, difference, overlap",
                "n 150, two confounders, half with the event, null",
                CoverageRegimes::weightedTimes));
    }

    private static double exponential(Random random) {
        return -Math.log(1 - random.nextDouble());
    }

    private static Bootstrap.Result bootstrap(int n, Random random, DoubleUnaryOperator shape) {
        double[] values = draw(2 * n, random, r -> shape.applyAsDouble(r.nextGaussian()));
        List<String> sites = IntStream.range(0, 2 * n).mapToObj(i -> "1").toList();
        return Bootstrap.withSeed(random.nextLong()).withReplicates(999).meanDifference(values, arms(n, n), sites);
    }

    private static Outcome therapists(Random random) {
        double[] value = new double[96];
        List<String> cluster = new ArrayList<>();
        double own = 0;
        for (int i = 0; i < value.length; i++) {
            own = i % 8 == 0 ? Math.sqrt(0.1) * random.nextGaussian() : own;
            value[i] = own + Math.sqrt(0.9) * random.nextGaussian();
            cluster.add(Integer.toString(i / 8));
        }
        return holds(
                LinearModel.withDefaults()
                        .fit(value, Design.ofArms(arms(48, 48)))
                        .clustered(Design.TREATMENT, cluster, ClusterRobust.CR2),
                0);
    }

    /** 150 people, treated the more often the older and the worse off they are. */
    private static final class Unrandomised {

        private final double[] age;
        private final double[] severity;
        private final boolean[] treated = new boolean[150];
        private final Design confounders;

        Unrandomised(Random random) {
            age = normal(treated.length, random, 0, 1);
            severity = normal(treated.length, random, 0, 1);
            for (int i = 0; i < treated.length; i++) {
                treated[i] = random.nextDouble() < 1 / (1 + Math.exp(0.3 - 0.5 * age[i] - 0.5 * severity[i]));
            }
            confounders = Design.ofIntercept(treated.length)
                    .withCovariate("age", age)
                    .withCovariate("severity", severity);
        }

        double[] values(IntToDoubleFunction value) {
            return IntStream.range(0, treated.length).mapToDouble(value).toArray();
        }
    }

    private static Outcome weighted(Random random) {
        Unrandomised people = new Unrandomised(random);
        double[] value = people.values(
                i -> people.age[i] + people.severity[i] + (people.treated[i] ? 1 : 0) + random.nextGaussian());
        return holds(
                PropensityWeighting.compare(
                                value, people.treated, people.confounders, PropensityWeighting.Target.OVERLAP)
                        .weightsEstimated(),
                1);
    }

    private static Outcome weightedRates(Random random) {
        Unrandomised people = new Unrandomised(random);
        double[] months = draw(people.treated.length, random, r -> 3 + 15 * r.nextDouble());
        double[] counts = people.values(i -> poisson(
                months[i] * 0.1 * Math.exp(0.3 * people.age[i] + 0.3 * people.severity[i]) * (people.treated[i] ? 0.6 : 1),
                random));
        return holds(
                PropensityWeighting.compareRates(
                                counts,
                                months,
                                people.treated,
                                people.confounders,
                                PropensityWeighting.Target.OVERLAP)
                        .weightsEstimated(),
                Math.log(0.6));
    }

    /** Without an effect, whoever is weighted. */
    private static Outcome weightedTimes(Random random) {
        Unrandomised people = new Unrandomised(random);
        double[] end = draw(people.treated.length, random, r -> 24 + 24 * r.nextDouble());
        double[] own = people.values(
                i -> exponential(random) / (0.03 * Math.exp(0.3 * people.age[i] + 0.3 * people.severity[i])));
        boolean[] event = new boolean[own.length];
        for (int i = 0; i < event.length; i++) {
            event[i] = own[i] <= end[i];
        }
        return holds(
                PropensityWeighting.compareTimes(
                                people.values(i -> Math.min(own[i], end[i])),
                                event,
                                24,
                                people.treated,
                                people.confounders,
                                PropensityWeighting.Target.OVERLAP)
                        .weightsEstimated(),
                0);
    }

    private static int events(int n, double p, Random random) {
        return (int) IntStream.range(0, n).filter(i -> random.nextDouble() < p).count();
    }

    private static TwoByTwoTable table(int n1, double p1, int n2, double p2, Random random) {
        return new TwoByTwoTable(events(n1, p1, random), n1, events(n2, p2, random), n2);
    }

    private static void binary(List<Line> lines) {
        lines.add(approximate(
                "risk, Wilson", "n 20, risk 0.1", r -> holds(Proportion.of(events(20, 0.1, r), 20).wilson(), 0.1)));
        lines.add(approximate(
                "risk difference, Newcombe",
                "n 25 + 25, risks 0.15 and 0.3",
                r -> holds(table(25, 0.15, 25, 0.3, r).newcombe(), -0.15)));
        lines.add(approximate(
                "risk difference, Wald",
                "n 25 + 25, risks 0.15 and 0.3",
                r -> holds(table(25, 0.15, 25, 0.3, r).riskDifferenceWald(), -0.15)));
        lines.add(approximate(
                "risk ratio",
                "n 60 + 60, risks 0.2 and 0.3",
                r -> holds(table(60, 0.2, 60, 0.3, r).riskRatio(), 0.2 / 0.3)));
        lines.add(approximate(
                "odds ratio, Woolf",
                "n 60 + 60, risks 0.2 and 0.3",
                r -> holds(table(60, 0.2, 60, 0.3, r).oddsRatio(), 0.25 / (0.3 / 0.7))));
        lines.add(exact(
                "odds ratio, conditional exact",
                "n 15 + 15, risks 0.2 and 0.4",
                r -> holds(table(15, 0.2, 15, 0.4, r).fisher().limits(), 0.25 / (0.4 / 0.6))));
        lines.add(approximate(
                "risk difference, Mantel-Haenszel",
                "six sites of 10 to 60, risks 0.1 to 0.35 in TAU",
                CoverageRegimes::mantelHaenszel));
        lines.add(approximate(
                "risk difference, standardised logistic, HC0",
                "n 120 + 120, one covariate, null",
                CoverageRegimes::standardized));
        lines.add(approximate(
                "odds ratio, Firth profile",
                "n 20 + 20, risk 0.1, null",
                r -> holds(
                        FirthLogisticRegression.fit(
                                        happened(r, IntStream.range(0, 40).mapToDouble(i -> 0.1).toArray()),
                                        Design.ofArms(arms(20, 20)))
                                .treatmentProfile()
                                .limits(),
                        0)));
    }

    private static boolean[] happened(Random random, double[] risks) {
        boolean[] happened = new boolean[risks.length];
        for (int i = 0; i < risks.length; i++) {
            happened[i] = random.nextDouble() < risks[i];
        }
        return happened;
    }

    private static Outcome mantelHaenszel(Random random) {
        List<TwoByTwoTable> strata = new ArrayList<>();
        for (int site = 0; site < 6; site++) {
            int n = 5 + 5 * site;
            double control = 0.1 + 0.05 * site;
            strata.add(table(n, control + 0.1, n, control, random));
        }
        return holds(MantelHaenszel.of(strata).riskDifference(), 0.1);
    }

    private static Outcome standardized(Random random) {
        double[] severity = normal(240, random, 0, 1);
        double[] risks = Arrays.stream(severity)
                .map(x -> 1 / (1 + Math.exp(1 - 0.8 * x)))
                .toArray();
        Design design = Design.ofArms(arms(120, 120)).withCovariate("severity", severity);
        return holds(
                LogisticRegression.withDefaults()
                        .standardize(
                                happened(random, risks),
                                design,
                                Coefficients.Covariance.HC0,
                                StandardizedRisks.Covariates.AS_OBSERVED)
                        .riskDifference(),
                0);
    }

    /** A Poisson number, by products of uniform numbers. */
    private static int poisson(double mean, Random random) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    private static void counts(List<Line> lines) {
        String regime = "n 100 + 100, theta 0.5, 3 to 18 months at risk, 1.4 events a year in TAU, ratio 0.6";
        lines.add(approximate("rate ratio, negative binomial", regime, r -> rates(r, true)));
        lines.add(approximate("rate ratio, Poisson, HC0", regime, r -> rates(r, false)));
    }

    private static Outcome rates(Random random, boolean negativeBinomial) {
        boolean[] treated = arms(100, 100);
        double[] months = draw(200, random, r -> 3 + 15 * r.nextDouble());
        double[] counts = new double[200];
        for (int i = 0; i < counts.length; i++) {
            double z = random.nextGaussian();
            // a squared normal number is gamma with shape 1/2 and mean 1: theta is 0.5
            counts[i] = poisson(z * z * months[i] * (treated[i] ? 0.07 : 0.07 / 0.6), random);
        }
        Design design = Design.ofArms(treated);
        return holds(
                negativeBinomial
                        ? CountRegression.negativeBinomial(counts, months, design)
                                .rateRatio(Coefficients.Covariance.MODEL)
                        : CountRegression.poisson(counts, months, design).rateRatio(Coefficients.Covariance.HC0),
                0.6);
    }

    /** Times to an event in whole months, followed for 12 to 96 months. */
    private static final class Times {

        private final double[] time;
        private final boolean[] event;
        private final int[] code;

        Times(int n, double hazard, double competing, Random random) {
            time = new double[n];
            event = new boolean[n];
            code = new int[n];
            for (int i = 0; i < n; i++) {
                double own = exponential(random) / hazard;
                double other = exponential(random) / competing;
                double end = 12 + 84 * random.nextDouble();
                double first = Math.min(own, other);
                code[i] = first > end ? 0 : own <= other ? 1 : 2;
                event[i] = code[i] == 1;
                time[i] = Math.min(first, end);
            }
        }

        double[] wholeMonths() {
            return Arrays.stream(time).map(Math::ceil).toArray();
        }
    }

    private static void times(List<Line> lines) {
        lines.add(approximate(
                "survival at 24 months, log-log",
                "n 40, about 25 events",
                r -> {
                    Times one = new Times(40, 0.03, 1e-9, r);
                    return holds(KaplanMeier.of(one.time, one.event).at(24).limits(), Math.exp(-0.72));
                }));
        lines.add(approximate(
                "cumulative incidence at 24 months",
                "n 60, death competing",
                r -> {
                    Times one = new Times(60, 0.02, 0.01, r);
                    return holds(
                            CumulativeIncidence.of(one.time, one.code).at(24).limits(),
                            2.0 / 3 * (1 - Math.exp(-0.72)));
                }));
        lines.add(approximate("hazard ratio, Cox, Efron", "n 60 + 60 in 6 strata, months tied, ratio 0.6", r -> {
            Times x = new Times(60, 0.03 * 0.6, 1e-9, r);
            Times y = new Times(60, 0.03, 1e-9, r);
            boolean[] event = new boolean[120];
            System.arraycopy(x.event, 0, event, 0, 60);
            System.arraycopy(y.event, 0, event, 60, 60);
            List<String> strata =
                    IntStream.range(0, 120).mapToObj(i -> Integer.toString(i % 6)).toList();
            return holds(
                    CoxRegression.withDefaults()
                            .fit(both(x.wholeMonths(), y.wholeMonths()), event, Design.ofArms(arms(60, 60)), strata)
                            .hazardRatio(),
                    0.6);
        }));
        lines.add(approximate("restricted mean to 36 months, difference", "n 50 + 50, hazards 0.02 and 0.03", r -> {
            Times x = new Times(50, 0.02, 1e-9, r);
            Times y = new Times(50, 0.03, 1e-9, r);
            double truth = (1 - Math.exp(-0.72)) / 0.02 - (1 - Math.exp(-1.08)) / 0.03;
            return holds(RestrictedMean.of(x.time, x.event, y.time, y.event, 36).difference(), truth);
        }));
    }

    /** Six sites' estimates with variances of mixed size about their own effects, and one effect more. */
    private static final class SiteEffects {

        private static final double[] VARIANCES = {0.02, 0.04, 0.05, 0.08, 0.12, 0.2};

        private final double[] effects = new double[VARIANCES.length];
        private final double another;

        SiteEffects(double tau2, Random random) {
            for (int k = 0; k < effects.length; k++) {
                effects[k] = 0.3 + Math.sqrt(tau2 + VARIANCES[k]) * random.nextGaussian();
            }
            another = 0.3 + Math.sqrt(tau2) * random.nextGaussian();
        }

        MetaAnalysis.Result pooled(MetaAnalysis method) {
            return method.pool(effects, VARIANCES);
        }
    }

    private static void sites(List<Line> lines) {
        MetaAnalysis plan = MetaAnalysis.withDefaults();
        MetaAnalysis older = plan.with(MetaAnalysis.Estimator.DERSIMONIAN_LAIRD).with(MetaAnalysis.Test.NORMAL);
        MetaAnalysis plain = plan.with(MetaAnalysis.Test.HARTUNG_KNAPP);
        for (double tau2 : new double[] {0, 0.1}) {
            String regime = "6 sites, variances 0.02 to 0.2, tau2 " + tau2;
            lines.add(approximate(
                    "pooled, REML, Hartung-Knapp floored",
                    regime,
                    r -> holds(new SiteEffects(tau2, r).pooled(plan).pooled(), 0.3)));
            lines.add(approximate(
                    "pooled, REML, Hartung-Knapp",
                    regime,
                    r -> holds(new SiteEffects(tau2, r).pooled(plain).pooled(), 0.3)));
            lines.add(approximate(
                    "pooled, DerSimonian-Laird, normal",
                    regime,
                    r -> holds(new SiteEffects(tau2, r).pooled(older).pooled(), 0.3)));
            lines.add(approximate("new site's effect, prediction interval", regime, r -> {
                SiteEffects sites = new SiteEffects(tau2, r);
                return holds(sites.pooled(plan).prediction(), sites.another);
            }));
        }
        lines.add(approximate(
                "tau2, Q-profile",
                "6 sites, variances 0.02 to 0.2, tau2 0.1",
                r -> holds(
                        new SiteEffects(0.1, r).pooled(plan).heterogeneity().tau2Limits(), 0.1)));
    }
}
