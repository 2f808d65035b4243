package org.equipoise.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Tail areas and quantiles, all from the upper tail so that small p values keep their digits. */
final class Distributions {

    /** Confidence used where a caller does not choose another. */
    static final double DEFAULT_CONFIDENCE = 0.95;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Distributions() {}

    /** P(Z &gt; z). */
    static double normalUpper(double z) {
        return NORMAL.survivalProbability(z);
    }

    /** P(Z &lt;= z). */
    static double normalLower(double z) {
        return NORMAL.cumulativeProbability(z);
    }

    /** 2 P(Z &gt; |z|). */
    static double normalTwoSided(double z) {
        return 2 * normalUpper(Math.abs(z));
    }

    /** z with P(Z &gt; z) = upper. */
    static double normalQuantile(double upper) {
        return NORMAL.inverseSurvivalProbability(upper);
    }

    /** z of a two-sided interval: P(|Z| &lt;= z) = confidence. */
    static double normalMargin(double confidence) {
        return normalQuantile((1 - confidence) / 2);
    }

    /** 2 P(T(df) &gt; |t|); the normal for infinite df. */
    static double studentTwoSided(double t, double df) {
        return Double.isInfinite(df)
                ? normalTwoSided(t)
                : 2 * TDistribution.of(df).survivalProbability(Math.abs(t));
    }

    /** t with P(T(df) &gt; t) = upper; the normal for infinite df. */
    static double studentQuantile(double upper, double df) {
        return Double.isInfinite(df)
                ? normalQuantile(upper)
                : TDistribution.of(df).inverseSurvivalProbability(upper);
    }

    /** t of a two-sided interval: P(|T(df)| &lt;= t) = confidence. */
    static double studentMargin(double confidence, double df) {
        return studentQuantile((1 - confidence) / 2, df);
    }

    /** P(chi2(df) &gt; x). */
    static double chiSquareUpper(double x, double df) {
        return ChiSquaredDistribution.of(df).survivalProbability(x);
    }

    /** x with P(chi2(df) &gt; x) = upper. */
    static double chiSquareQuantile(double upper, double df) {
        return ChiSquaredDistribution.of(df).inverseSurvivalProbability(upper);
    }

    /** P(F(df1, df2) &gt; f). */
    static double fUpper(double f, double df1, double df2) {
        return FDistribution.of(df1, df2).survivalProbability(f);
    }

    /** P(F(df1, df2) &lt;= f). */
    static double fLower(double f, double df1, double df2) {
        return FDistribution.of(df1, df2).cumulativeProbability(f);
    }

    /** f with P(F(df1, df2) &gt; f) = upper. */
    static double fQuantile(double upper, double df1, double df2) {
        return FDistribution.of(df1, df2).inverseSurvivalProbability(upper);
    }

    /** x with P(Beta(a, b) &gt; x) = upper. */
    static double betaQuantile(double upper, double a, double b) {
        return BetaDistribution.of(a, b).inverseSurvivalProbability(upper);
    }
}
