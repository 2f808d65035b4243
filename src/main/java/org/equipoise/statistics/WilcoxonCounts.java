package org.equipoise.statistics;

/** Null distribution of the Mann-Whitney statistic without ties: every order of the two arms equally likely. */
final class WilcoxonCounts {

    private final double[] lower;

    private WilcoxonCounts(double[] lower) {
        this.lower = lower;
    }

    /**
     * The distribution for two sample sizes: the number of ways to choose n1 of the ranks 1..n1 + n2 with statistic u.
     * Taking rank j as the k-th smallest adds j - k to u. Only additions, so that no digits cancel (Mann and Whitney 1947,
     * doi:10.1214/aoms/1177730491).
     */
    static WilcoxonCounts of(int n1, int n2) {
        double[][] ways = new double[n1 + 1][n1 * n2 + 1];
        ways[0][0] = 1;
        for (int rank = 1; rank <= n1 + n2; rank++) {
            for (int k = Math.min(rank, n1); k >= Math.max(1, rank - n2); k--) {
                choose(ways[k - 1], ways[k], rank - k);
            }
        }
        return new WilcoxonCounts(cumulated(ways[n1]));
    }

    private static void choose(double[] fewer, double[] more, int added) {
        for (int u = added; u < more.length; u++) {
            more[u] += fewer[u - added];
        }
    }

    private static double[] cumulated(double[] counts) {
        double total = Sums.of(counts);
        double running = 0;
        double[] lower = new double[counts.length];
        for (int u = 0; u < counts.length; u++) {
            running += counts[u];
            lower[u] = running / total;
        }
        return lower;
    }

    /** P(U &lt;= u), 0 below the smallest value. */
    double lower(int u) {
        return u < 0 ? 0 : lower[Math.min(u, lower.length - 1)];
    }

    /** P(U &gt;= u), by the symmetry of the distribution. */
    double upper(int u) {
        return lower(lower.length - 1 - u);
    }

    /** The smallest u with P(U &lt;= u) of at least the probability. */
    int quantile(double probability) {
        int u = 0;
        while (lower[u] < probability * (1 - 10 * Math.ulp(1.0))) {
            u++;
        }
        return u;
    }
}
