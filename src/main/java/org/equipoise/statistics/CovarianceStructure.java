package org.equipoise.statistics;

/**
 * How the residuals of one participant may be related over the intervals.
 *
 * <p>Every structure is sd(a) sd(b) c(a, b); a heterogeneous one has a standard deviation at each interval. The
 * parameters that are estimated are those of R's mmrm: logarithms of standard deviations, rho = t/sqrt(1 + t^2), for
 * compound symmetry and the spatial structure a logistic curve from the lowest rho possible to 1, and for the
 * unstructured one sd(a) times the rows of a unit lower triangle.
 */
public enum CovarianceStructure {
    /** Every variance and covariance of its own. */
    UNSTRUCTURED("us", true),
    /** Correlation by the number of intervals between, one variance: equal spacing only. */
    TOEPLITZ("toep", false),
    /** Correlation by the number of intervals between: equal spacing only. */
    TOEPLITZ_HETEROGENEOUS("toeph", true),
    /** rho^|a - b|, one variance: equal spacing only. */
    AUTOREGRESSIVE("ar1", false),
    /** rho^|a - b|: equal spacing only. */
    AUTOREGRESSIVE_HETEROGENEOUS("ar1h", true),
    /** Product of a correlation for each step between, one variance. */
    ANTE_DEPENDENCE("ad", false),
    /** Product of a correlation for each step between. */
    ANTE_DEPENDENCE_HETEROGENEOUS("adh", true),
    /** One correlation, one variance. */
    COMPOUND_SYMMETRY("cs", false),
    /** One correlation. */
    COMPOUND_SYMMETRY_HETEROGENEOUS("csh", true),
    /** rho^(months between), 0 &lt; rho &lt; 1, one variance: any spacing. */
    SPATIAL_EXPONENTIAL("sp_exp", false);

    private final String code;
    private final boolean heterogeneous;

    CovarianceStructure(String code, boolean heterogeneous) {
        this.code = code;
        this.heterogeneous = heterogeneous;
    }

    /** The short name that mmrm and SAS users know. */
    public String code() {
        return code;
    }

    /** Whether each interval has a variance of its own. */
    boolean heterogeneous() {
        return heterogeneous;
    }

    /** The structure over intervals at these months. */
    CovarianceFunction over(double[] months) {
        int m = months.length;
        return new CovarianceFunction(
                m,
                heterogeneous,
                switch (this) {
                    case UNSTRUCTURED -> new UnitTriangle(m);
                    case TOEPLITZ, TOEPLITZ_HETEROGENEOUS ->
                        PowerCorrelation.of(m, m - 1, (a, b, k) -> a - b == k + 1 ? 1 : 0);
                    case AUTOREGRESSIVE, AUTOREGRESSIVE_HETEROGENEOUS -> PowerCorrelation.of(m, 1, (a, b, k) -> a - b);
                    case ANTE_DEPENDENCE, ANTE_DEPENDENCE_HETEROGENEOUS ->
                        PowerCorrelation.of(m, m - 1, (a, b, k) -> b <= k && k < a ? 1 : 0);
                    case COMPOUND_SYMMETRY, COMPOUND_SYMMETRY_HETEROGENEOUS ->
                        PowerCorrelation.above(lowest(m), m, 1, (a, b, k) -> a == b ? 0 : 1);
                    case SPATIAL_EXPONENTIAL -> PowerCorrelation.above(0, m, 1, (a, b, k) -> months[a] - months[b]);
                });
    }

    /** The correlation that m equally correlated numbers cannot go below. */
    private static double lowest(int m) {
        return m > 1 ? -1.0 / (m - 1) : 0;
    }
}
