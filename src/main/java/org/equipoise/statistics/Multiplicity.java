package org.equipoise.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * p values adjusted for how many hypotheses a family holds.
 *
 * <p>Formula: Holm: running maximum of (m - i + 1) p(i) from the smallest; Hochberg: running minimum of the same from the
 * largest; Benjamini-Hochberg: running minimum of m p(i)/i from the largest; Benjamini-Yekutieli: that times 1 + 1/2 +
 * ... + 1/m; Bonferroni: m p. All capped at 1. m is the size of the family, which counts hypotheses that could not be
 * estimated too.
 *
 * <p>Agrees with R 4.2 {@code p.adjust(p, method, n)}, relative 1e-8.
 *
 * <p>Reference: Holm (1979), Scandinavian Journal of Statistics 6, 65-70; Hochberg (1988), Biometrika 75, 800-802,
 * doi:10.1093/biomet/75.4.800; Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300,
 * doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini and Yekutieli (2001), Annals of Statistics 29, 1165-1188,
 * doi:10.1214/aos/1013699998.
 */
public enum Multiplicity {
    /** Family-wise error, step down. */
    HOLM,
    /** Family-wise error under independence, step up. */
    HOCHBERG,
    /** False discovery rate. */
    BENJAMINI_HOCHBERG,
    /** False discovery rate under any dependence. */
    BENJAMINI_YEKUTIELI,
    /** Family-wise error, single step. */
    BONFERRONI;

    /**
     * Adjusts a family in which every hypothesis has a p value.
     *
     * @param p each in [0, 1]
     * @return adjusted values in the same order
     * @throws IllegalArgumentException if a value lies outside [0, 1]; the message names the index
     */
    public double[] adjust(double[] p) {
        return adjust(p, p.length);
    }

    /**
     * Adjusts a family of which some hypotheses have no p value.
     *
     * @param p of those that have one, each in [0, 1]
     * @param family how many hypotheses the family holds, those without p value too
     * @return adjusted values in the same order
     * @throws IllegalArgumentException if a value lies outside [0, 1]; the message names the index
     * @throws IllegalArgumentException if the family is smaller than the number of values
     */
    public double[] adjust(double[] p, int family) {
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0 && p[i] <= 1)) {
                throw new IllegalArgumentException("p[" + i + "] lies outside [0, 1]");
            }
        }
        if (family < p.length) {
            throw new IllegalArgumentException("family is smaller than the number of p values");
        }
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        for (int rank = 0; rank < order.length; rank++) {
            adjusted[order[rank]] = Math.min(1, factor(rank + 1, family) * p[order[rank]]);
        }
        makeMonotone(adjusted, order);
        return adjusted;
    }

    private double factor(int rank, int family) {
        return switch (this) {
            case HOLM, HOCHBERG -> family - rank + 1;
            case BENJAMINI_HOCHBERG -> (double) family / rank;
            case BENJAMINI_YEKUTIELI -> (double) family / rank * Sums.of(family, i -> 1.0 / (i + 1));
            case BONFERRONI -> family;
        };
    }

    private void makeMonotone(double[] adjusted, int[] order) {
        if (this == HOLM) {
            for (int rank = 1; rank < order.length; rank++) {
                adjusted[order[rank]] = Math.max(adjusted[order[rank]], adjusted[order[rank - 1]]);
            }
            return;
        }
        for (int rank = order.length - 2; rank >= 0; rank--) {
            adjusted[order[rank]] = Math.min(adjusted[order[rank]], adjusted[order[rank + 1]]);
        }
    }
}
