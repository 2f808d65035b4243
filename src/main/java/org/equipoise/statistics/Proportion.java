package org.equipoise.statistics;

/**
 * A proportion with its Wilson and Clopper-Pearson limits.
 *
 * <p>Formula: p = k/n; Wilson: (p + z^2/(2n) -/+ z sqrt(p(1 - p)/n + z^2/(4n^2)))/(1 + z^2/n); Clopper-Pearson: the beta
 * quantiles B(a/2; k, n - k + 1) and B(1 - a/2; k + 1, n - k).
 *
 * <p>Special cases: n = 0: {@link NotEstimable#EMPTY_ARM}; k = 0 has lower limit 0 and k = n upper limit 1, exactly.
 *
 * <p>Agrees with R 4.2 {@code prop.test(k, n, correct = FALSE)} and {@code binom.test(k, n)}, relative 1e-8.
 *
 * <p>Reference: Wilson (1927), Journal of the American Statistical Association 22, 209-212,
 * doi:10.1080/01621459.1927.10502953; Clopper and Pearson (1934), Biometrika 26, 404-413, doi:10.1093/biomet/26.4.404.
 *
 * @param events number with the event, k
 * @param n number observed
 * @param value k/n
 * @param wilson score limits without continuity correction
 * @param clopperPearson exact limits
 */
public record Proportion(int events, int n, Quantity value, Limits wilson, Limits clopperPearson) {

    /**
     * A proportion with 95 % limits.
     *
     * @throws IllegalArgumentException if not 0 &lt;= events &lt;= n
     */
    public static Proportion of(int events, int n) {
        return of(events, n, Distributions.DEFAULT_CONFIDENCE);
    }

    /**
     * A proportion with limits of the given level.
     *
     * @throws IllegalArgumentException if not 0 &lt;= events &lt;= n
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public static Proportion of(int events, int n, double confidence) {
        if (events < 0 || events > n) {
            throw new IllegalArgumentException("events lie outside 0..n");
        }
        Checks.confidence(confidence);
        if (n == 0) {
            Limits none = Limits.notEstimable(NotEstimable.EMPTY_ARM);
            return new Proportion(0, 0, none.lower(), none, none);
        }
        return new Proportion(
                events,
                n,
                Quantity.of((double) events / n),
                wilson(events, n, Distributions.normalMargin(confidence)),
                clopperPearson(events, n, (1 - confidence) / 2));
    }

    private static Limits wilson(int k, int n, double z) {
        double p = (double) k / n;
        double shift = z * z / (2.0 * n);
        double margin = z * Math.sqrt(p * (1 - p) / n + shift / (2.0 * n));
        double scale = 1 + 2 * shift;
        return Limits.of(k == 0 ? 0 : (p + shift - margin) / scale, k == n ? 1 : (p + shift + margin) / scale);
    }

    private static Limits clopperPearson(int k, int n, double tail) {
        return Limits.of(
                k == 0 ? 0 : Distributions.betaQuantile(1 - tail, k, n - k + 1),
                k == n ? 1 : Distributions.betaQuantile(tail, k + 1, n - k));
    }
}
