package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether the arms differ at all, by dealing the arm's labels anew within each site: for rare events and small samples.
 *
 * <p>Formula: p = share of deals whose statistic is at least as far from zero as the observed one. All deals when there
 * are no more of them than asked for; else random deals, p = (1 + number as far)/(1 + number dealt), which counts the
 * observed one.
 *
 * <p>Repeatable: deal r draws from its own generator, seeded by the seed and r alone.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; a statistic that is not a number for the data or a
 * deal: {@link NotEstimable#ZERO_DENOMINATOR}.
 *
 * <p>Agrees with R 4.2 full enumeration by {@code combn}, exactly.
 *
 * <p>Reference: Phipson and Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9, 39,
 * doi:10.2202/1544-6115.1585.
 */
public final class PermutationTest {

    /**
     * What dealing gave.
     *
     * @param statistic of the data, treatment minus control
     * @param p two-sided
     * @param exact whether all deals were looked at
     * @param deals how many were
     * @param seed what random deals were drawn with
     */
    public record Result(Quantity statistic, Quantity p, boolean exact, int deals, long seed) {}

    /** How close to the observed statistic a deal counts as equal to it, relative. */
    private static final double SLACK = 1e-10;

    private final int deals;
    private final long seed;

    private PermutationTest(int deals, long seed) {
        this.deals = deals;
        this.seed = seed;
    }

    /** With 9,999 random deals, or all if there are no more. */
    public static PermutationTest withSeed(long seed) {
        return new PermutationTest(9_999, seed);
    }

    /**
     * The same with another number of deals.
     *
     * @throws IllegalArgumentException if below 1
     */
    public PermutationTest withDeals(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("deals are fewer than 1");
        }
        return new PermutationTest(number, seed);
    }

    /**
     * Tests the difference in means.
     *
     * @param values one for each person, finite
     * @param treated whether the person belongs to the treatment arm
     * @param sites the site of each person
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public Result meanDifference(double[] values, boolean[] treated, List<String> sites) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return rateDifference(values, ones, treated, sites);
    }

    /**
     * Tests the difference in event rates: events over time at risk, treatment minus control.
     *
     * @param events one number for each person, finite
     * @param time time at risk of each person, above zero
     * @param treated whether the person belongs to the treatment arm
     * @param sites the site of each person
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a number of events is not finite or a time not above zero; the message names array
     *     and index
     */
    public Result rateDifference(double[] events, double[] time, boolean[] treated, List<String> sites) {
        Checks.finite("events", events);
        Checks.sameLength("events", events.length, "time", time.length);
        Checks.sameLength("events", events.length, "treated", treated.length);
        Checks.sameLength("events", events.length, "sites", sites.size());
        Checks.positive("time", time);
        return test(labels -> difference(events, time, labels), treated, sites);
    }

    private static double difference(double[] events, double[] time, boolean[] labels) {
        double[] sum = new double[2];
        double[] total = new double[2];
        for (int i = 0; i < labels.length; i++) {
            int arm = labels[i] ? 1 : 0;
            sum[arm] += events[i];
            total[arm] += time[i];
        }
        return sum[1] / total[1] - sum[0] / total[0];
    }

    private Result test(ToDoubleFunction<boolean[]> statistic, boolean[] treated, List<String> sites) {
        long inTreatment =
                IntStream.range(0, treated.length).filter(i -> treated[i]).count();
        if (inTreatment == 0 || inTreatment == treated.length) {
            return notEstimable(NotEstimable.EMPTY_ARM);
        }
        double observed = statistic.applyAsDouble(treated);
        int[][] groups = Groups.rows(sites).values().stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        boolean exact = numberOfDeals(groups, treated) <= deals;
        double[] dealt = exact ? all(statistic, groups, treated) : random(statistic, groups, treated);
        if (Double.isNaN(observed) || Arrays.stream(dealt).anyMatch(Double::isNaN)) {
            return notEstimable(NotEstimable.ZERO_DENOMINATOR);
        }
        double limit = Math.abs(observed) * (1 - SLACK);
        double asFar = Sums.of(dealt.length, i -> Math.abs(dealt[i]) >= limit ? 1 : 0);
        double p = exact ? asFar / dealt.length : (1 + asFar) / (1 + dealt.length);
        return new Result(Quantity.of(observed), Quantity.of(p), exact, dealt.length, seed);
    }

    private Result notEstimable(NotEstimable reason) {
        return new Result(Quantity.notEstimable(reason), Quantity.notEstimable(reason), false, 0, seed);
    }

    /** Product over sites of n choose treated. */
    private static double numberOfDeals(int[][] groups, boolean[] treated) {
        double product = 1;
        for (int[] group : groups) {
            int chosen = count(group, treated);
            for (int i = 1; i <= chosen; i++) {
                product = product * (group.length - chosen + i) / i;
            }
        }
        return Math.rint(product);
    }

    private static int count(int[] group, boolean[] treated) {
        return (int) IntStream.of(group).filter(row -> treated[row]).count();
    }

    private static double[] all(ToDoubleFunction<boolean[]> statistic, int[][] groups, boolean[] treated) {
        List<Double> values = new ArrayList<>();
        deal(
                statistic,
                groups,
                treated,
                0,
                0,
                groups.length == 0 ? 0 : count(groups[0], treated),
                new boolean[treated.length],
                values);
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Gives the labels still to be given in a group to its members from a place on, then goes to the next group. */
    private static void deal(
            ToDoubleFunction<boolean[]> statistic,
            int[][] groups,
            boolean[] treated,
            int group,
            int from,
            int left,
            boolean[] labels,
            List<Double> values) {
        if (left == 0) {
            int next = group + 1;
            if (next == groups.length) {
                values.add(statistic.applyAsDouble(labels));
            } else {
                deal(statistic, groups, treated, next, 0, count(groups[next], treated), labels, values);
            }
            return;
        }
        for (int place = from; place <= groups[group].length - left; place++) {
            labels[groups[group][place]] = true;
            deal(statistic, groups, treated, group, place + 1, left - 1, labels, values);
            labels[groups[group][place]] = false;
        }
    }

    private double[] random(ToDoubleFunction<boolean[]> statistic, int[][] groups, boolean[] treated) {
        return IntStream.range(0, deals)
                .parallel()
                .mapToDouble(r -> statistic.applyAsDouble(shuffled(groups, treated, r)))
                .toArray();
    }

    private boolean[] shuffled(int[][] groups, boolean[] treated, int deal) {
        SplittableRandom random = new SplittableRandom(Bootstrap.scrambled(seed + Bootstrap.scrambled(deal)));
        boolean[] labels = treated.clone();
        for (int[] group : groups) {
            for (int i = group.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                boolean label = labels[group[i]];
                labels[group[i]] = labels[group[j]];
                labels[group[j]] = label;
            }
        }
        return labels;
    }
}
