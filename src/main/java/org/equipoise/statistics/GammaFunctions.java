package org.equipoise.statistics;

/** The gamma function's logarithm, its derivatives, and the one ratio that Hedges' correction needs. */
final class GammaFunctions {

    /** From here on Stirling's series is exact to double precision with the terms kept. */
    private static final double ASYMPTOTIC_FROM = 15;

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private GammaFunctions() {}

    /**
     * ln Gamma(x) for x above 0: recurrence up to 15, then Stirling's series (Abramowitz and Stegun 6.1.41).
     */
    static double logGamma(double x) {
        double shifted = x;
        double product = 1;
        while (shifted < ASYMPTOTIC_FROM) {
            product *= shifted;
            shifted++;
        }
        double r = 1 / (shifted * shifted);
        double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188))))) / shifted;
        return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + series - Math.log(product);
    }

    /** d ln Gamma(x) / dx for x above 0 (Abramowitz and Stegun 6.3.18). */
    static double digamma(double x) {
        double shifted = x;
        double sum = 0;
        while (shifted < ASYMPTOTIC_FROM) {
            sum -= 1 / shifted;
            shifted++;
        }
        double r = 1 / (shifted * shifted);
        double series = r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132)))));
        return sum + Math.log(shifted) - 0.5 / shifted - series;
    }

    /** d^2 ln Gamma(x) / dx^2 for x above 0 (Abramowitz and Stegun 6.4.12). */
    static double trigamma(double x) {
        double shifted = x;
        double sum = 0;
        while (shifted < ASYMPTOTIC_FROM) {
            sum += 1 / (shifted * shifted);
            shifted++;
        }
        double r = 1 / (shifted * shifted);
        double series = (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66))))) * r / shifted;
        return sum + 1 / shifted + 0.5 * r + series;
    }

    /**
     * J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m - 1)/2)), 0 for m = 1.
     *
     * <p>With x = (m - 1)/2 it is exp(h(x) + ln(1 - 1/m)/2), where h(x) = ln Gamma(x + 1/2) - ln Gamma(x) - ln(x)/2 has
     * a series in 1/x without the large terms that would cancel. Below the range of the series the recurrence Gamma(x +
     * 1) = x Gamma(x) is used.
     */
    static double hedgesCorrection(int m) {
        if (m == 1) {
            return 0;
        }
        double x = (m - 1) / 2.0;
        double ratio = 1;
        double shifted = x;
        while (shifted < ASYMPTOTIC_FROM) {
            ratio *= shifted / (shifted + 0.5);
            shifted++;
        }
        // Gamma(x + 1/2)/Gamma(x) = ratio sqrt(shifted) exp(series), then divided by sqrt(m/2)
        return ratio * Math.sqrt(shifted / (m / 2.0)) * Math.exp(halfStepSeries(shifted));
    }

    /** ln Gamma(x + 1/2) - ln Gamma(x) - ln(x)/2 for large x. */
    private static double halfStepSeries(double x) {
        double r = 1 / (x * x);
        return (-1.0 / 8 + r * (1.0 / 192 - r * (1.0 / 640 - r * (17.0 / 14336 - r * (31.0 / 18432))))) / x;
    }
}
