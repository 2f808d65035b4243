package org.equipoise.statistics;

/**
 * The n1 n2 differences x - y in order, found by counting instead of listing: a difference is the k-th smallest when at
 * least k differences are no larger. The count takes one walk along both sorted samples; the value is bisected over the
 * ordered bit patterns of double, so that the result is a difference itself and not an approximation of it.
 */
final class PairwiseDifferences {

    private final double[] x;
    private final double[] y;

    private PairwiseDifferences(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    static PairwiseDifferences of(double[] treatment, double[] control) {
        return new PairwiseDifferences(Ranks.sorted(treatment), Ranks.sorted(control));
    }

    double median() {
        long pairs = (long) x.length * y.length;
        double low = ordered((pairs + 1) / 2);
        return pairs % 2 == 1 ? low : (low + ordered(pairs / 2 + 1)) / 2;
    }

    /** The k-th smallest difference, k from 1. */
    double ordered(long k) {
        long low = position(x[0] - y[y.length - 1]);
        long high = position(x[x.length - 1] - y[0]);
        while (low < high) {
            // the mean rounded down, without the overflow of low + high
            long middle = (low & high) + ((low ^ high) >> 1);
            if (noLarger(number(middle)) >= k) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return number(low) + 0.0;
    }

    /** How many differences are at most the value. */
    private long noLarger(double value) {
        long count = 0;
        int first = 0;
        for (double treated : x) {
            // both samples rise, so the first control value close enough only moves to the right
            while (first < y.length && treated - y[first] > value) {
                first++;
            }
            count += y.length - first;
        }
        return count;
    }

    /** The rank of a double among all doubles: the bit pattern, with the order of negative numbers turned round. */
    private static long position(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static double number(long position) {
        return Double.longBitsToDouble(position >= 0 ? position : Long.MIN_VALUE - position);
    }
}
