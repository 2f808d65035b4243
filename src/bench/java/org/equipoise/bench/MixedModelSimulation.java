package org.equipoise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.statistics.ClusterRobust;
import org.equipoise.statistics.CovarianceChain;
import org.equipoise.statistics.CovarianceStructure;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.MixedModel;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.MixedModelFit;
import org.equipoise.statistics.RepeatedDesign;
import org.equipoise.statistics.RepeatedMeasures;

/**
 * How often the mixed model's test of no difference at month 96 errs, and its interval covers, for each structure of the
 * plan's chain, with the model's standard error and with CR2. Regimes: 240 people at six sites, one schedule for all or a
 * schedule of its own for each, with moderate drop-out or with heavy drop-out that the control arm has more of; and 60
 * people with one schedule. Drop-out at random, the likelier the worse the last score.
 */
public final class MixedModelSimulation {

    private static final double[] MONTHS = {6, 12, 18, 36, 60, 96};

    /** Which of these months each of six sites schedules. */
    private static final boolean[][] OWN_SCHEDULES = {
        {true, false, true, false, true, false},
        {false, true, false, true, false, true},
        {true, true, false, true, false, false},
        {false, false, true, false, true, true},
        {false, true, true, false, false, true},
        {true, false, false, true, true, false}
    };

    private static final double EFFECT = -3;
    private static final boolean[][] ONE_SCHEDULE = FollowUp.everywhere(6, MONTHS.length);

    private static final List<CovarianceStructure> STRUCTURES = List.of(
            CovarianceStructure.UNSTRUCTURED,
            CovarianceStructure.SPATIAL_EXPONENTIAL,
            CovarianceStructure.COMPOUND_SYMMETRY);

    /** How one structure did with one kind of standard error. */
    private static final class Tally {

        private int fitted;
        private int rejected;
        private int covered;
        private double errors;
        private double estimates;
        private double squares;
        private double df;

        private void add(Estimate estimate, double truth) {
            if (!estimate.standardError().isEstimable()) {
                return;
            }
            fitted++;
            rejected += estimate.p().value() < 0.05 ? 1 : 0;
            covered += estimate.lower().value() <= truth && truth <= estimate.upper().value() ? 1 : 0;
            errors += estimate.standardError().value();
            estimates += estimate.value().value();
            squares += estimate.value().value() * estimate.value().value();
            df += estimate.degreesOfFreedom().value();
        }

        private double ratio() {
            double mean = estimates / fitted;
            return errors / fitted / Math.sqrt(squares / fitted - mean * mean);
        }
    }

    /** One structure with the model's standard error, and with CR2. */
    private record Tallies(Tally model, Tally clustered) {}

    private MixedModelSimulation() {}

    /** Arguments: replicates (default 1000), first seed (default 1). */
    public static void main(String[] arguments) {
        int replicates = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        System.out.println("| regime | structure | standard error | fits | type I error, % | coverage, % | bias | "
                + "mean standard error over empirical | mean df |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        run("240, one schedule", new FollowUp.Regime(240, MONTHS, ONE_SCHEDULE, 0, -2.6, 0.3), replicates, seed);
        run("240, own schedules", new FollowUp.Regime(240, MONTHS, OWN_SCHEDULES, 0, -2.6, 0.3), replicates, seed);
        run("240, own, heavy", new FollowUp.Regime(240, MONTHS, OWN_SCHEDULES, 0, -1.9, 0.8), replicates, seed);
        run("60, one schedule", new FollowUp.Regime(60, MONTHS, ONE_SCHEDULE, 0, -2.6, 0.3), replicates, seed);
    }

    private static void run(String name, FollowUp.Regime regime, int replicates, long seed) {
        FollowUp.Regime effective = new FollowUp.Regime(
                regime.participants(), MONTHS, regime.schedule(), EFFECT, regime.leaving(), regime.more());
        List<Tallies> none = tallies();
        List<Tallies> some = tallies();
        List<Tally> chain = List.of(new Tally(), new Tally());
        int identified = 0;
        for (int r = 0; r < replicates; r++) {
            FollowUp without = FollowUp.simulate(regime, seed + r);
            FollowUp with = FollowUp.simulate(effective, seed + r);
            identified += compare(without, 0, none, chain.get(0)) ? 1 : 0;
            compare(with, EFFECT, some, chain.get(1));
        }
        for (int k = 0; k < STRUCTURES.size(); k++) {
            String code = STRUCTURES.get(k).code();
            Tallies without = none.get(k);
            Tallies with = some.get(k);
            print(name, code, "model", without.model, with.model);
            print(name, code, "CR2", without.clustered, with.clustered);
        }
        print(name, "the plan's chain", percent(identified, replicates) + " us", chain.get(0), chain.get(1));
    }

    private static List<Tallies> tallies() {
        List<Tallies> tallies = new ArrayList<>();
        STRUCTURES.forEach(structure -> tallies.add(new Tallies(new Tally(), new Tally())));
        return tallies;
    }

    /** Adds one data set; tells whether the chain used the unstructured covariance. */
    private static boolean compare(
            FollowUp followUp, double truth, List<Tallies> tallies, Tally chain) {
        RepeatedMeasures all = followUp.measures();
        CovarianceChain planned = CovarianceChain.planned();
        List<String> admitted = new ArrayList<>(planned.admitted(all, followUp.treated()));
        String last = followUp.intervals().get(MONTHS.length - 1);
        if (!admitted.contains(last)) {
            admitted.add(last);
        }
        RepeatedMeasures measures = all.only(admitted);
        RepeatedDesign design = followUp.design(measures);
        for (int k = 0; k < STRUCTURES.size(); k++) {
            MixedModelFit fit = MixedModel.withDefaults().with(STRUCTURES.get(k)).fit(measures, design);
            Estimate model = fit.inference(DegreesOfFreedom.SATTERTHWAITE).difference(last);
            Estimate clustered = fit.clustered(ClusterRobust.CR2).difference(last);
            tallies.get(k).model.add(model, truth);
            tallies.get(k).clustered.add(clustered, truth);
        }
        CovarianceChain.Result result = planned.fit(MixedModel.withDefaults(), measures, design);
        chain.add(result.inference().difference(last), truth);
        return result.used().filter(CovarianceStructure.UNSTRUCTURED::equals).isPresent();
    }

    private static void print(String regime, String structure, String error, Tally none, Tally some) {
        if (none.fitted == 0) {
            System.out.printf(Locale.ROOT, "| %s | %s | %s | 0 | | | | | |%n", regime, structure, error);
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %d | %s | %s | %.2f | %.2f | %.0f |%n",
                regime,
                structure,
                error,
                none.fitted,
                percent(none.rejected, none.fitted),
                percent(some.covered, some.fitted),
                none.estimates / none.fitted,
                none.ratio(),
                none.df / none.fitted);
    }

    /** A share with its Monte Carlo standard error. */
    private static String percent(int count, int of) {
        double share = (double) count / of;
        return String.format(
                Locale.ROOT, "%.1f (%.1f)", 100 * share, 100 * Math.sqrt(share * (1 - share) / of));
    }
}
