package org.equipoise.statistics;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * All ways to deal the midranks of two samples to arms of their sizes, counted by rank sum. Twice a midrank is a whole
 * number, so that the sums are counted exactly, one person at a time (Streitberg and Roehmel 1986).
 */
final class MidrankDeals {

    private final double[] ways;
    private final int observed;
    private final double mean;

    private MidrankDeals(double[] ways, int observed, double mean) {
        this.ways = ways;
        this.observed = observed;
        this.mean = mean;
    }

    static MidrankDeals of(double[] treatment, double[] control) {
        double[] all = DoubleStream.concat(DoubleStream.of(treatment), DoubleStream.of(control))
                .toArray();
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        int[] doubled = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            doubled[i] = doubledRank(sorted, all[i]);
        }
        int observed = 0;
        int total = 0;
        for (int i = 0; i < all.length; i++) {
            observed += i < treatment.length ? doubled[i] : 0;
            total += doubled[i];
        }
        double mean = (double) total * treatment.length / all.length;
        return new MidrankDeals(ways(doubled, treatment.length, total), observed, mean);
    }

    /** First plus last rank of the value among the sorted ones. */
    private static int doubledRank(double[] sorted, double value) {
        int below = 0;
        int notAbove = 0;
        for (double other : sorted) {
            below += other < value ? 1 : 0;
            notAbove += other <= value ? 1 : 0;
        }
        return below + 1 + notAbove;
    }

    private static double[] ways(int[] doubled, int chosen, int total) {
        double[][] ways = new double[chosen + 1][total + 1];
        ways[0][0] = 1;
        int reached = 0;
        for (int person = 0; person < doubled.length; person++) {
            int rank = doubled[person];
            reached += rank;
            for (int k = Math.min(person + 1, chosen); k > 0; k--) {
                double[] fewer = ways[k - 1];
                double[] more = ways[k];
                for (int sum = rank; sum <= reached; sum++) {
                    more[sum] += fewer[sum - rank];
                }
            }
        }
        return ways[chosen];
    }

    /** Share of the deals at least as far from the mean as the observed one. */
    double twoSided() {
        double far = 0;
        double all = 0;
        double distance = Math.abs(observed - mean) * (1 - 1e-12);
        for (int sum = 0; sum < ways.length; sum++) {
            all += ways[sum];
            far += Math.abs(sum - mean) >= distance ? ways[sum] : 0;
        }
        return far / all;
    }
}
