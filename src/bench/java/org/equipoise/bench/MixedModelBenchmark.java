package org.equipoise.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.MixedModel;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.MixedModelFit;
import org.equipoise.statistics.MixedModelInference;
import org.equipoise.statistics.RepeatedMeasures;

/**
 * Seconds of a mixed model with 8 intervals, 40 sites and an unstructured covariance, by number of participants: one fit
 * with all least-squares means and differences, as a night does it. The first line is a cold virtual machine's.
 */
public final class MixedModelBenchmark {

    private static final double[] MONTHS = {3, 6, 9, 12, 18, 24, 36, 48};
    private static final int SITES = 40;

    private MixedModelBenchmark() {}

    /** Arguments: numbers of participants; default 2000 2000 20000 200000. */
    public static void main(String[] arguments) {
        String[] sizes = arguments.length == 0 ? new String[] {"2000", "2000", "20000", "200000"} : arguments;
        System.out.println(
                "| participants | values | patterns | df | build and fit, s CPU | means and df, s CPU | iterations | share in df |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String size : sizes) {
            FollowUp followUp = FollowUp.simulate(
                    new FollowUp.Regime(
                            Integer.parseInt(size),
                            MONTHS,
                            FollowUp.everywhere(SITES, MONTHS.length),
                            -2,
                            -2.5,
                            0.3),
                    1);
            RepeatedMeasures measures = followUp.measures();
            time(followUp, measures, DegreesOfFreedom.SATTERTHWAITE);
            if (measures.observedParticipants() <= 20_000) {
                time(followUp, measures, DegreesOfFreedom.KENWARD_ROGER_LINEAR);
            }
        }
    }

    private static void time(FollowUp followUp, RepeatedMeasures measures, DegreesOfFreedom df) {
        long start = cpu();
        MixedModelFit fit = MixedModel.withDefaults().fit(measures, followUp.design(measures));
        long fitted = cpu();
        MixedModelInference inference = fit.inference(df);
        for (String interval : measures.intervals()) {
            inference.leastSquaresMean(true, interval, Design.LevelWeights.EQUAL);
            inference.leastSquaresMean(false, interval, Design.LevelWeights.EQUAL);
            inference.difference(interval);
        }
        long end = cpu();
        MixedModelFit.Convergence convergence = fit.convergence().orElseThrow();
        if (!convergence.converged()) {
            throw new IllegalStateException("no convergence");
        }
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %s | %.3f | %.3f | %d | %.0f %% |%n",
                fit.participants(),
                fit.observations(),
                fit.patterns(),
                df.name().toLowerCase(Locale.ROOT),
                (fitted - start) / 1e9,
                (end - fitted) / 1e9,
                convergence.iterations(),
                100.0 * (end - fitted) / (end - start));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
