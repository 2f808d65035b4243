package org.equipoise.statistics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One effect over several sites or strata, each a {@link TwoByTwoTable} (Mantel-Haenszel).
 *
 * <p>Formula: OR = sum(ad/N)/sum(bc/N); RR = sum(a n2/N)/sum(c n1/N); RD = sum((a n2 - c n1)/N)/sum(n1 n2/N). Variances:
 * Robins, Breslow and Greenland for log OR; Greenland and Robins for log RR; Sato, Greenland and Robins for RD (the
 * older Greenland-Robins standard error is given too). Test: (|sum(a - E a)| - c)^2/sum V with c = 0 or 0.5.
 * Homogeneity of the odds ratios: Breslow-Day with Tarone's correction.
 *
 * <p>Missing values: left out by the caller. Strata with an empty arm contribute nothing.
 *
 * <p>Special cases: no stratum with both arms: {@link NotEstimable#EMPTY_ARM}; a numerator or denominator of zero:
 * {@link NotEstimable#ZERO_DENOMINATOR}; no stratum with both events and non-events: {@link NotEstimable#NO_EVENTS};
 * homogeneity with fewer than two such strata: {@link NotEstimable#TOO_FEW_GROUPS}.
 *
 * <p>Agrees with R 4.2, metafor 3.8 {@code rma.mh} and {@code mantelhaen.test}, relative 1e-8.
 *
 * <p>Reference: Robins, Breslow and Greenland (1986), Biometrics 42, 311-323, doi:10.2307/2531052; Greenland and Robins
 * (1985), Biometrics 41, 55-68, doi:10.2307/2530643; Sato, Greenland and Robins (1989), Biometrics 45, 1323-1324; Tarone
 * (1985), Biometrika 72, 91-95, doi:10.1093/biomet/72.1.91.
 *
 * @param strata number of strata with both arms
 * @param logOddsRatio pooled log odds ratio
 * @param logRiskRatio pooled log risk ratio
 * @param riskDifference pooled risk difference with the Sato variance
 * @param riskDifferenceOlderError Greenland-Robins standard error of the risk difference
 * @param test Cochran-Mantel-Haenszel test without continuity correction
 * @param correctedTest the same with 0.5
 * @param homogeneity Breslow-Day-Tarone test
 */
public record MantelHaenszel(
        int strata,
        Estimate logOddsRatio,
        Estimate logRiskRatio,
        Estimate riskDifference,
        Quantity riskDifferenceOlderError,
        TwoByTwoTable.ChiSquare test,
        TwoByTwoTable.ChiSquare correctedTest,
        TwoByTwoTable.ChiSquare homogeneity) {

    /** A stratum in the letters of the formulas. */
    private record Cells(double a, double b, double c, double d) {

        static Cells of(TwoByTwoTable table) {
            return new Cells(
                    table.eventsTreatment(),
                    table.treatment() - table.eventsTreatment(),
                    table.eventsControl(),
                    table.control() - table.eventsControl());
        }

        double n1() {
            return a + b;
        }

        double n2() {
            return c + d;
        }

        double events() {
            return a + c;
        }

        double n() {
            return a + b + c + d;
        }

        boolean informative() {
            return a + c > 0 && b + d > 0;
        }
    }

    /** Pools the strata, with 95 % intervals. */
    public static MantelHaenszel of(List<TwoByTwoTable> strata) {
        List<Cells> cells = strata.stream()
                .filter(table -> table.treatment() > 0 && table.control() > 0)
                .map(Cells::of)
                .toList();
        return new MantelHaenszel(
                cells.size(),
                logOddsRatio(cells),
                logRiskRatio(cells),
                riskDifference(cells),
                olderError(cells),
                test(cells, 0),
                test(cells, 0.5),
                homogeneity(cells));
    }

    private static double sum(List<Cells> cells, ToDoubleFunction<Cells> term) {
        return Sums.of(cells.size(), i -> term.applyAsDouble(cells.get(i)));
    }

    private static Estimate logOddsRatio(List<Cells> cells) {
        double r = sum(cells, t -> t.a * t.d / t.n());
        double s = sum(cells, t -> t.b * t.c / t.n());
        if (r == 0 || s == 0) {
            return Estimate.notEstimable(zeroReason(cells));
        }
        double pr = sum(cells, t -> (t.a + t.d) / t.n() * (t.a * t.d / t.n()));
        double mixed = sum(cells, t -> ((t.a + t.d) * (t.b * t.c) + (t.b + t.c) * (t.a * t.d)) / (t.n() * t.n()));
        double qs = sum(cells, t -> (t.b + t.c) / t.n() * (t.b * t.c / t.n()));
        double variance = (pr / (r * r) + mixed / (r * s) + qs / (s * s)) / 2;
        return Estimate.normal(Math.log(r / s), Math.sqrt(variance), Distributions.DEFAULT_CONFIDENCE);
    }

    private static Estimate logRiskRatio(List<Cells> cells) {
        double r = sum(cells, t -> t.a * t.n2() / t.n());
        double s = sum(cells, t -> t.c * t.n1() / t.n());
        if (r == 0 || s == 0) {
            return Estimate.notEstimable(zeroReason(cells));
        }
        double v = sum(cells, t -> (t.n1() * t.n2() * t.events() / t.n() - t.a * t.c) / t.n());
        return v <= 0
                ? Estimate.valueOnly(Math.log(r / s), NotEstimable.ZERO_VARIANCE)
                : Estimate.normal(Math.log(r / s), Math.sqrt(v / (r * s)), Distributions.DEFAULT_CONFIDENCE);
    }

    private static Estimate riskDifference(List<Cells> cells) {
        if (cells.isEmpty()) {
            return Estimate.notEstimable(NotEstimable.EMPTY_ARM);
        }
        double weight = sum(cells, t -> t.n1() * t.n2() / t.n());
        double rd = sum(cells, t -> (t.a * t.n2() - t.c * t.n1()) / t.n()) / weight;
        double p = sum(
                cells,
                t -> (t.c * t.n1() * t.n1() - t.a * t.n2() * t.n2() + t.n1() * t.n2() * (t.n2() - t.n1()) / 2)
                        / (t.n() * t.n()));
        double q = sum(cells, t -> (t.a * t.d + t.c * t.b) / t.n()) / 2;
        double variance = (rd * p + q) / (weight * weight);
        return Estimate.fromVariance(rd, variance, Distributions.DEFAULT_CONFIDENCE);
    }

    private static Quantity olderError(List<Cells> cells) {
        if (cells.isEmpty()) {
            return Quantity.notEstimable(NotEstimable.EMPTY_ARM);
        }
        double weight = sum(cells, t -> t.n1() * t.n2() / t.n());
        double v = sum(
                cells,
                t -> (t.a * t.b * t.n2() * t.n2() / t.n1() + t.c * t.d * t.n1() * t.n1() / t.n2()) / (t.n() * t.n()));
        return Quantity.of(Math.sqrt(v) / weight);
    }

    private static TwoByTwoTable.ChiSquare test(List<Cells> cells, double correction) {
        double variance = sum(
                cells, t -> t.n() < 2 ? 0 : t.n1() * t.n2() * t.events() * (t.b + t.d) / (t.n() * t.n() * (t.n() - 1)));
        if (variance == 0) {
            return none(cells.isEmpty() ? NotEstimable.EMPTY_ARM : NotEstimable.NO_EVENTS);
        }
        double distance = Math.abs(sum(cells, t -> t.a - t.n1() * t.events() / t.n())) - correction;
        return chiSquare(distance * distance / variance, 1);
    }

    /** Breslow-Day statistic at the pooled odds ratio, less Tarone's correction. */
    private static TwoByTwoTable.ChiSquare homogeneity(List<Cells> cells) {
        Estimate pooled = logOddsRatio(cells);
        List<Cells> informative = cells.stream().filter(Cells::informative).toList();
        if (!pooled.value().isEstimable()) {
            return none(zeroReason(cells));
        }
        if (informative.size() < 2) {
            return none(NotEstimable.TOO_FEW_GROUPS);
        }
        double oddsRatio = Math.exp(pooled.value().value());
        double squares = sum(informative, t -> Sums.square(t.a - fitted(t, oddsRatio)) / variance(t, oddsRatio));
        double drift = sum(informative, t -> t.a - fitted(t, oddsRatio));
        double total = sum(informative, t -> variance(t, oddsRatio));
        return chiSquare(Math.max(0, squares - drift * drift / total), informative.size() - 1.0);
    }

    /** The a that has the margins of the table and the odds ratio: root of (1 - or) a^2 + B a - or n1 m = 0. */
    private static double fitted(Cells t, double oddsRatio) {
        double quadratic = 1 - oddsRatio;
        double linear = t.n2() - t.events() + oddsRatio * (t.n1() + t.events());
        double constant = oddsRatio * t.n1() * t.events();
        return 2 * constant / (linear + Math.sqrt(linear * linear + 4 * quadratic * constant));
    }

    private static double variance(Cells t, double oddsRatio) {
        double a = fitted(t, oddsRatio);
        return 1 / (1 / a + 1 / (t.n1() - a) + 1 / (t.events() - a) + 1 / (t.n2() - t.events() + a));
    }

    private static NotEstimable zeroReason(List<Cells> cells) {
        return cells.isEmpty() ? NotEstimable.EMPTY_ARM : NotEstimable.ZERO_DENOMINATOR;
    }

    private static TwoByTwoTable.ChiSquare chiSquare(double statistic, double df) {
        return new TwoByTwoTable.ChiSquare(
                Quantity.of(statistic), Quantity.of(Distributions.chiSquareUpper(statistic, df)));
    }

    private static TwoByTwoTable.ChiSquare none(NotEstimable reason) {
        return new TwoByTwoTable.ChiSquare(Quantity.notEstimable(reason), Quantity.notEstimable(reason));
    }
}
