package org.equipoise.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Confidence limits from resampling people with replacement inside their strata (site and arm).
 *
 * <p>Formula: percentile limits: the quantiles (type 6) of the replicates. BCa limits: the same at Phi(z0 + (z0 + z)/(1 -
 * a (z0 + z))), z0 from the share of replicates below the estimate (ties half), a = sum l^3/(6 (sum l^2)^1.5) from the
 * jackknife, l = (n - 1)/n (mean of the stratum's jackknife values - value without the person).
 *
 * <p>Repeatable: replicate r draws from its own generator, seeded by the seed and r alone, so that the limits do not
 * depend on the number of threads or their order.
 *
 * <p>Special cases: no rows: {@link NotEstimable#EMPTY_ARM}; a statistic that is not a number for the data or for a
 * replicate: {@link NotEstimable#ZERO_DENOMINATOR}; replicates that do not vary, or all on one side of the estimate:
 * {@link NotEstimable#ZERO_VARIANCE} for BCa.
 *
 * <p>R's {@code boot::boot.ci} interpolates between order statistics on the normal scale and has another random stream;
 * limits agree up to that. Tested by seed stability, by the exact limits of a statistic with known replicates, and by
 * coverage.
 *
 * <p>Reference: Efron (1987), Journal of the American Statistical Association 82, 171-185,
 * doi:10.1080/01621459.1987.10478410; Davison and Hinkley (1997), Bootstrap Methods and their Application, section
 * 5.3.2, doi:10.1017/CBO9780511802843.
 */
public final class Bootstrap {

    /**
     * What resampling gave.
     *
     * @param estimate the statistic of the data
     * @param standardError standard deviation of the replicates
     * @param percentile percentile limits
     * @param biasCorrected BCa limits
     * @param replicates how many replicates
     * @param seed what they were drawn with
     */
    public record Result(
            Quantity estimate,
            Quantity standardError,
            Limits percentile,
            Limits biasCorrected,
            int replicates,
            long seed) {}

    private final int replicates;
    private final long seed;
    private final double confidence;

    private Bootstrap(int replicates, long seed, double confidence) {
        this.replicates = replicates;
        this.seed = seed;
        this.confidence = confidence;
    }

    /** With 9,999 replicates and 95 % limits. */
    public static Bootstrap withSeed(long seed) {
        return new Bootstrap(9_999, seed, Distributions.DEFAULT_CONFIDENCE);
    }

    /**
     * The same with another number of replicates.
     *
     * @throws IllegalArgumentException if below 2
     */
    public Bootstrap withReplicates(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("replicates are fewer than 2");
        }
        return new Bootstrap(number, seed, confidence);
    }

    /**
     * The same with another level of the limits.
     *
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public Bootstrap withConfidence(double level) {
        return new Bootstrap(replicates, seed, Checks.confidence(level));
    }

    /**
     * Limits of the difference in means, treatment minus control, people resampled within site and arm.
     *
     * @param values one for each person, finite
     * @param treated whether the person belongs to the treatment arm
     * @param sites the site of each person
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public Result meanDifference(double[] values, boolean[] treated, List<String> sites) {
        Checks.finite("values", values);
        Checks.sameLength("values", values.length, "treated", treated.length);
        Checks.sameLength("values", values.length, "sites", sites.size());
        List<String> strata = IntStream.range(0, values.length)
                .mapToObj(i -> (treated[i] ? "1" : "0") + sites.get(i))
                .toList();
        return resample(rows -> difference(rows, values, treated), strata);
    }

    private static double difference(int[] rows, double[] values, boolean[] treated) {
        double[] sum = new double[2];
        double[] count = new double[2];
        for (int row : rows) {
            int arm = treated[row] ? 1 : 0;
            sum[arm] += values[row];
            count[arm]++;
        }
        return sum[1] / count[1] - sum[0] / count[0];
    }

    /**
     * Limits of any statistic.
     *
     * @param statistic of the rows drawn, each named by its index and as often as it was drawn; called by many threads
     * @param strata the stratum of each row, inside which rows are drawn
     */
    public Result resample(ToDoubleFunction<int[]> statistic, List<String> strata) {
        int[][] groups = Groups.rows(strata).values().stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        if (groups.length == 0) {
            return notEstimable(NotEstimable.EMPTY_ARM);
        }
        double estimate =
                statistic.applyAsDouble(IntStream.range(0, strata.size()).toArray());
        double[] drawn = IntStream.range(0, replicates)
                .parallel()
                .mapToDouble(r -> statistic.applyAsDouble(draw(groups, strata.size(), r)))
                .toArray();
        if (Double.isNaN(estimate) || Arrays.stream(drawn).anyMatch(Double::isNaN)) {
            return notEstimable(NotEstimable.ZERO_DENOMINATOR);
        }
        Arrays.sort(drawn);
        double tail = (1 - confidence) / 2;
        return new Result(
                Quantity.of(estimate),
                Quantity.of(Summary.of(drawn).standardDeviation()),
                new Limits(quantile(drawn, tail), quantile(drawn, 1 - tail)),
                biasCorrected(drawn, estimate, statistic, groups, strata.size()),
                replicates,
                seed);
    }

    private Result notEstimable(NotEstimable reason) {
        Quantity none = Quantity.notEstimable(reason);
        Limits limits = Limits.notEstimable(reason);
        return new Result(none, none, limits, limits, replicates, seed);
    }

    private int[] draw(int[][] groups, int size, int replicate) {
        SplittableRandom random = generator(seed, replicate);
        int[] rows = new int[size];
        int next = 0;
        for (int[] group : groups) {
            for (int i = 0; i < group.length; i++) {
                rows[next++] = group[random.nextInt(group.length)];
            }
        }
        return rows;
    }

    /** The generator of one replicate, by the seed and its number alone. */
    static SplittableRandom generator(long seed, int replicate) {
        return new SplittableRandom(scrambled(seed + scrambled(replicate)));
    }

    /** The finalizer of SplitMix64: neighbouring numbers become unrelated seeds (doi:10.1145/2714064.2660195). */
    static long scrambled(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private static Quantity quantile(double[] sorted, double probability) {
        return Quantiles.ofSorted(sorted, probability, Quantiles.Definition.SPSS_TYPE_6);
    }

    private Limits biasCorrected(
            double[] sorted, double estimate, ToDoubleFunction<int[]> statistic, int[][] groups, int size) {
        double below = Sums.of(sorted.length, i -> sorted[i] < estimate ? 1 : sorted[i] == estimate ? 0.5 : 0);
        double share = below / sorted.length;
        double acceleration = acceleration(statistic, groups, size);
        if (share == 0 || share == 1 || Double.isNaN(acceleration)) {
            return Limits.notEstimable(NotEstimable.ZERO_VARIANCE);
        }
        double bias = -Distributions.normalQuantile(share);
        double z = Distributions.normalMargin(confidence);
        return new Limits(
                quantile(sorted, level(bias, acceleration, -z)), quantile(sorted, level(bias, acceleration, z)));
    }

    /** Phi(z0 + (z0 + z)/(1 - a (z0 + z))). */
    private static double level(double bias, double acceleration, double z) {
        double moved = bias + z;
        return Distributions.normalLower(bias + moved / (1 - acceleration * moved));
    }

    private static double acceleration(ToDoubleFunction<int[]> statistic, int[][] groups, int size) {
        double cubes = 0;
        double squares = 0;
        for (int[] group : groups) {
            if (group.length < 2) {
                continue;
            }
            double[] left = Arrays.stream(group)
                    .parallel()
                    .mapToDouble(row -> statistic.applyAsDouble(without(row, size)))
                    .toArray();
            double mean = Sums.mean(left);
            for (double value : left) {
                double influence = (mean - value) * (group.length - 1) / group.length;
                cubes += influence * influence * influence;
                squares += influence * influence;
            }
        }
        return cubes / (6 * Math.pow(squares, 1.5));
    }

    private static int[] without(int row, int size) {
        return IntStream.range(0, size).filter(i -> i != row).toArray();
    }
}
