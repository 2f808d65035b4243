package org.equipoise.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.equipoise.statistics.ClusterRobust;
import org.equipoise.statistics.CovarianceStructure;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.MixedModel;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.MixedModelFit;
import org.equipoise.statistics.MixedModelInference;
import org.equipoise.statistics.RepeatedMeasures;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A mixed model of 8 intervals and 40 sites from its rows to all means and differences, as a night does it, by the
 * inference asked for.
 *
 * <p>{@code mvn -q -B -Pbench test-compile exec:exec@jmh -Djmh.benchmarks=RepeatedMeasuresBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RepeatedMeasuresBenchmark {

    @Param({"2000", "20000"})
    private int participants;

    private FollowUp followUp = FollowUp.wide(0);

    /** The same data for every benchmark. */
    @Setup
    public void draw() {
        followUp = FollowUp.wide(participants);
    }

    private List<Estimate> answers(CovarianceStructure structure, Function<MixedModelFit, MixedModelInference> infer) {
        RepeatedMeasures measures = followUp.measures();
        MixedModelInference inference =
                infer.apply(MixedModel.withDefaults().with(structure).fit(measures, followUp.design(measures)));
        return measures.intervals().stream()
                .flatMap(interval -> FollowUp.answers(inference, interval).stream())
                .toList();
    }

    @Benchmark
    public List<Estimate> unstructuredWithSatterthwaite() {
        return answers(
                CovarianceStructure.UNSTRUCTURED, fit -> fit.inference(DegreesOfFreedom.SATTERTHWAITE));
    }

    @Benchmark
    public List<Estimate> unstructuredWithKenwardRoger() {
        return answers(
                CovarianceStructure.UNSTRUCTURED, fit -> fit.inference(DegreesOfFreedom.KENWARD_ROGER_LINEAR));
    }

    @Benchmark
    public List<Estimate> spatialExponentialByParticipant() {
        return answers(CovarianceStructure.SPATIAL_EXPONENTIAL, fit -> fit.clustered(ClusterRobust.CR2));
    }
}
