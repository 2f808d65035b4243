package org.equipoise.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Function;
import org.equipoise.statistics.ClusterRobust;
import org.equipoise.statistics.MixedModel;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.MixedModelFit;
import org.equipoise.statistics.MixedModelInference;
import org.equipoise.statistics.RepeatedMeasures;

/**
 * Seconds of a mixed model with 8 intervals, 40 sites and an unstructured covariance, by number of participants: one fit
 * with all least-squares means and differences, as a night does it. The first line is a cold virtual machine's.
 * Processor time is that of the whole process, the compiler and every thread included.
 */
public final class MixedModelBenchmark {

    /** Beyond it, what is kept of each participant's residuals does not fit into a small heap. */
    private static final int BY_PARTICIPANT = 20_000;

    private MixedModelBenchmark() {}

    /** Arguments: numbers of participants; default 2000 2000 20000 200000. */
    public static void main(String[] arguments) {
        String[] sizes = arguments.length == 0 ? new String[] {"2000", "2000", "20000", "200000"} : arguments;
        System.out.println("| people | values | patterns | df | build and fit, CPU s | means and df, CPU s | both, s |"
                + " iterations | share in df |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (String size : sizes) {
            FollowUp followUp = FollowUp.wide(Integer.parseInt(size));
            RepeatedMeasures measures = followUp.measures();
            for (DegreesOfFreedom df :
                    new DegreesOfFreedom[] {DegreesOfFreedom.SATTERTHWAITE, DegreesOfFreedom.KENWARD_ROGER_LINEAR}) {
                time(followUp, measures, df.name(), fit -> fit.inference(df));
            }
            if (measures.observedParticipants() <= BY_PARTICIPANT) {
                time(followUp, measures, ClusterRobust.CR2.name(), fit -> fit.clustered(ClusterRobust.CR2));
            }
        }
    }

    private static void time(
            FollowUp followUp,
            RepeatedMeasures measures,
            String df,
            Function<MixedModelFit, MixedModelInference> infer) {
        long wall = System.nanoTime();
        long start = cpu();
        MixedModelFit fit = MixedModel.withDefaults().fit(measures, followUp.design(measures));
        long fitted = cpu();
        MixedModelInference inference = infer.apply(fit);
        measures.intervals().forEach(interval -> FollowUp.answers(inference, interval));
        long end = cpu();
        double seconds = (System.nanoTime() - wall) / 1e9;
        MixedModelFit.Convergence convergence = fit.convergence().orElseThrow();
        if (!convergence.converged()) {
            throw new IllegalStateException("no convergence");
        }
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %s | %.2f | %.2f | %.2f | %d | %.0f %% |%n",
                fit.participants(),
                fit.observations(),
                fit.patterns(),
                df.toLowerCase(Locale.ROOT),
                (fitted - start) / 1e9,
                (end - fitted) / 1e9,
                seconds,
                convergence.iterations(),
                100.0 * (end - fitted) / (end - start));
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
