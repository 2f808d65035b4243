package org.equipoise.bench;

import java.util.Collections;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.equipoise.statistics.Bootstrap;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.FirthLogisticRegression;
import org.equipoise.statistics.LogisticRegression;
import org.equipoise.statistics.MannWhitneyTest;
import org.equipoise.statistics.MetaAnalysis;
import org.equipoise.statistics.Quantity;
import org.equipoise.statistics.StandardizedMeanDifference;
import org.equipoise.statistics.TTest;
import org.equipoise.statistics.TwoByTwoTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a night repeats often, each beside the closed form or the simpler fit that answers the same question: the ratio
 * of the two is the figure to quote.
 *
 * <p>{@code mvn -q -B -Pbench test-compile exec:exec@jmh}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class StatisticsBenchmark {

    private static final double[] EFFECTS = {-0.5, -0.1, 0.2, -0.8, -0.3, 0.1};
    private static final double[] VARIANCES = {0.02, 0.04, 0.05, 0.08, 0.12, 0.2};

    private final double[] treatment = new double[200];
    private final double[] control = new double[200];
    private final double[] severity = new double[120];
    private final boolean[] remitted = new boolean[120];

    /** The same data for every benchmark. */
    @Setup
    public void draw() {
        Random random = new Random(1);
        for (int i = 0; i < treatment.length; i++) {
            treatment[i] = random.nextGaussian();
            control[i] = random.nextGaussian();
        }
        for (int i = 0; i < severity.length; i++) {
            severity[i] = random.nextGaussian();
            remitted[i] = random.nextInt(3) == 0;
        }
    }

    private double[] first(double[] values, int n) {
        return IntStream.range(0, n).mapToDouble(i -> values[i]).toArray();
    }

    private Design design() {
        return Design.ofArms(CoverageRegimes.arms(60, 60)).withCovariate("severity", severity);
    }

    @Benchmark
    public Bootstrap.Result bootstrapOfTenThousand() {
        return Bootstrap.withSeed(1)
                .withReplicates(10_000)
                .meanDifference(
                        CoverageRegimes.both(treatment, control),
                        CoverageRegimes.arms(200, 200),
                        Collections.nCopies(400, "1"));
    }

    @Benchmark
    public Estimate welchBesideBootstrap() {
        return TTest.withDefaults().test(treatment, control);
    }

    @Benchmark
    public MannWhitneyTest mannWhitneyExactOf40() {
        return MannWhitneyTest.of(first(treatment, 40), first(control, 40));
    }

    @Benchmark
    public Quantity mannWhitneyExactWithTiesOf40() {
        return MannWhitneyTest.exactWithTies(first(treatment, 40), first(control, 40));
    }

    @Benchmark
    public MannWhitneyTest mannWhitneyAsymptoticOf200() {
        return MannWhitneyTest.of(treatment, control);
    }

    @Benchmark
    public TwoByTwoTable.Fisher fisher() {
        return new TwoByTwoTable(23, 120, 38, 120).fisher();
    }

    @Benchmark
    public Estimate oddsRatioBesideFisher() {
        return new TwoByTwoTable(23, 120, 38, 120).oddsRatio();
    }

    /** Exact and normal limits of d and g. */
    @Benchmark
    public StandardizedMeanDifference.Result standardizedDifferenceWithNoncentralT() {
        return StandardizedMeanDifference.withDefaults().of(treatment, control);
    }

    @Benchmark
    public FirthLogisticRegression.Result firthWithProfiles() {
        return FirthLogisticRegression.fit(remitted, design());
    }

    @Benchmark
    public LogisticRegression.Result logisticBesideFirth() {
        return LogisticRegression.withDefaults().fit(remitted, design());
    }

    @Benchmark
    public MetaAnalysis.Result pooledByRestrictedLikelihood() {
        return MetaAnalysis.withDefaults().pool(EFFECTS, VARIANCES);
    }

    @Benchmark
    public MetaAnalysis.Result pooledByMoments() {
        return MetaAnalysis.withDefaults()
                .with(MetaAnalysis.Estimator.DERSIMONIAN_LAIRD)
                .with(MetaAnalysis.Test.NORMAL)
                .pool(EFFECTS, VARIANCES);
    }
}
