package org.equipoise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.MixedModelInference;
import org.equipoise.statistics.RepeatedDesign;
import org.equipoise.statistics.RepeatedMeasures;

/**
 * A simulated follow-up of a two-arm trial, for studies of the mixed model.
 *
 * <p>A score is a trend, a site's own level, a person's own level (sd 6), a disturbance whose correlation decays with the
 * months between (sd 5, by a factor e in 24 months) and noise (sd 4), the last three growing by 30 % over 96 months. Who
 * leaves does so after an interval, the likelier the worse the last score and in the control arm: missing at random.
 * Besides, one attendance in twenty is missed.
 */
final class FollowUp {

    /**
     * What is simulated.
     *
     * @param participants how many
     * @param months when the intervals are due
     * @param schedule for each site which intervals it schedules
     * @param effect treatment minus control, at every interval
     * @param leaving log odds of leaving after an interval, at a score of 45 in the treatment arm
     * @param more what the control arm's log odds have more
     */
    record Regime(
            int participants, double[] months, boolean[][] schedule, double effect, double leaving, double more) {}

    private static final double PERSON = 6;
    private static final double DISTURBANCE = 5;
    private static final double NOISE = 4;
    private static final double MONTHS_OF_MEMORY = 24;

    private static final double[] WIDE_MONTHS = {3, 6, 9, 12, 18, 24, 36, 48};
    private static final int WIDE_SITES = 40;

    private final Regime regime;
    private final boolean[] treated;
    private final double[] baseline;
    private final List<String> sites = new ArrayList<>();
    private final int[] participant;
    private final int[] interval;
    private final double[] value;
    private int rows;

    private FollowUp(Regime regime) {
        this.regime = regime;
        int n = regime.participants;
        treated = new boolean[n];
        baseline = new double[n];
        participant = new int[n * regime.months.length];
        interval = new int[participant.length];
        value = new double[participant.length];
    }

    static FollowUp simulate(Regime regime, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FollowUp followUp = new FollowUp(regime);
        double[] levels = new double[regime.schedule.length];
        for (int s = 0; s < levels.length; s++) {
            levels[s] = 3 * random.nextGaussian();
        }
        for (int who = 0; who < regime.participants; who++) {
            followUp.add(who, levels, random);
        }
        return followUp;
    }

    /** What the time of a fit is taken with: eight intervals at each of forty sites. */
    static FollowUp wide(int participants) {
        return simulate(
                new Regime(participants, WIDE_MONTHS, everywhere(WIDE_SITES, WIDE_MONTHS.length), -2, -2.5, 0.3), 1);
    }

    /** Both arms' means at an interval, and their difference. */
    static List<Estimate> answers(MixedModelInference inference, String interval) {
        return List.of(
                inference.leastSquaresMean(true, interval, Design.LevelWeights.EQUAL),
                inference.leastSquaresMean(false, interval, Design.LevelWeights.EQUAL),
                inference.difference(interval));
    }

    private void add(int who, double[] levels, SplittableRandom random) {
        int site = who % levels.length;
        sites.add(String.format(Locale.ROOT, "%02d", site));
        treated[who] = who / levels.length % 2 == 1;
        double person = PERSON * random.nextGaussian();
        double disturbance = DISTURBANCE * random.nextGaussian();
        baseline[who] = 50 + levels[site] + person + disturbance + NOISE * random.nextGaussian();
        double before = 0;
        for (int a = 0; a < regime.months.length; a++) {
            double month = regime.months[a];
            double memory = Math.exp(-(month - before) / MONTHS_OF_MEMORY);
            disturbance = memory * disturbance
                    + DISTURBANCE * Math.sqrt(1 - memory * memory) * random.nextGaussian();
            before = month;
            double spread = 1 + 0.3 * month / 96;
            double trend = 50 - 10 * (1 - Math.exp(-month / 18));
            double score = trend
                    + levels[site]
                    + (treated[who] ? regime.effect : 0)
                    + spread * (person + disturbance + NOISE * random.nextGaussian());
            boolean attends = random.nextDouble() >= 0.05;
            if (regime.schedule[site][a] && attends) {
                participant[rows] = who;
                interval[rows] = a;
                value[rows++] = score;
                double odds = Math.exp(regime.leaving + 0.04 * (score - 45) + (treated[who] ? 0 : regime.more));
                if (random.nextDouble() < odds / (1 + odds)) {
                    return;
                }
            }
        }
    }

    boolean[] treated() {
        return treated.clone();
    }

    List<String> intervals() {
        return Arrays.stream(regime.months)
                .mapToObj(month -> String.format(Locale.ROOT, "m%02.0f", month))
                .toList();
    }

    RepeatedMeasures measures() {
        return RepeatedMeasures.of(
                intervals(),
                regime.months,
                regime.participants,
                Arrays.copyOf(participant, rows),
                Arrays.copyOf(interval, rows),
                Arrays.copyOf(value, rows));
    }

    /** The plan's design over the intervals of the measures. */
    RepeatedDesign design(RepeatedMeasures measures) {
        return RepeatedDesign.planned(measures.intervals(), treated, baseline, sites);
    }

    int rows() {
        return rows;
    }

    static boolean[][] everywhere(int sites, int intervals) {
        boolean[][] schedule = new boolean[sites][intervals];
        for (boolean[] site : schedule) {
            Arrays.fill(site, true);
        }
        return schedule;
    }
}
