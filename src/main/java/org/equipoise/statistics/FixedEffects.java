package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of a design that the data identify, and sums over patterns in their terms.
 *
 * <p>A column picks one variable at one interval or at all of them. With weights W between the intervals of a pattern,
 * the entry of X'WX for two columns is the sum of products of their variables times the sum of W over their intervals.
 * Dependent columns are found as in R, from the left: one whose part outside the columns before it is below 1e-5 of its
 * length is left out.
 */
final class FixedEffects {

    /** Square of the part of a column, relative to its length, below which it is a combination of those before it. */
    private static final double DEPENDENT = 1e-10;

    /** How far the weight of a dropped column may be from the one implied, relative to it. */
    private static final double ESTIMABLE = 1e-7;

    private final int variables;
    private final int intervals;
    private final int[] kept;
    private final int[] dropped;
    /** For each dropped column the combination of the kept ones that makes it up. */
    private final double[][] combinations;
    /** Of the kept columns: their variable, and 0 for every interval or 1 + the position of their own. */
    private final int[] variable;

    private final int[] span;

    private FixedEffects(
            int variables,
            int intervals,
            int[] kept,
            int[] dropped,
            double[][] combinations,
            int[] variable,
            int[] span) {
        this.variables = variables;
        this.intervals = intervals;
        this.kept = kept;
        this.dropped = dropped;
        this.combinations = combinations;
        this.variable = variable;
        this.span = span;
    }

    static FixedEffects of(RepeatedDesign design, int[] observed, List<PatternSums.Pattern> patterns) {
        List<RepeatedDesign.Column> columns = design.columns();
        List<Integer> present = new ArrayList<>();
        List<Integer> absent = new ArrayList<>();
        int[] spans = new int[columns.size()];
        for (int j = 0; j < spans.length; j++) {
            int interval = columns.get(j).interval();
            int position = Arrays.binarySearch(observed, interval);
            spans[j] = interval == RepeatedDesign.EVERY ? 0 : position + 1;
            (interval == RepeatedDesign.EVERY || position >= 0 ? present : absent).add(j);
        }
        FixedEffects all = some(design, observed.length, columns, spans, present, new int[0], new double[0][]);
        double[][] cross = all.zero();
        for (PatternSums.Pattern pattern : patterns) {
            all.addLower(pattern, identity(pattern.intervals.length), cross);
        }
        return reduced(design, observed.length, columns, spans, present, absent, cross);
    }

    private static FixedEffects some(
            RepeatedDesign design,
            int intervals,
            List<RepeatedDesign.Column> columns,
            int[] spans,
            List<Integer> kept,
            int[] dropped,
            double[][] combinations) {
        int[] chosen = kept.stream().mapToInt(Integer::intValue).toArray();
        int[] variable = new int[chosen.length];
        int[] span = new int[chosen.length];
        for (int k = 0; k < chosen.length; k++) {
            variable[k] = columns.get(chosen[k]).variable();
            span[k] = spans[chosen[k]];
        }
        return new FixedEffects(design.variables(), intervals, chosen, dropped, combinations, variable, span);
    }

    /** Cholesky from the left that steps over dependent columns. */
    private static FixedEffects reduced(
            RepeatedDesign design,
            int intervals,
            List<RepeatedDesign.Column> columns,
            int[] spans,
            List<Integer> present,
            List<Integer> absent,
            double[][] cross) {
        int n = present.size();
        List<Integer> taken = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        double[][] root = new double[n][n];
        for (int j = 0; j < n; j++) {
            for (int t = 0; t < taken.size(); t++) {
                int i = taken.get(t);
                double rest = cross[j][i];
                for (int u = 0; u < t; u++) {
                    rest -= root[j][u] * root[i][u];
                }
                root[j][t] = rest / root[i][t];
            }
            double length = cross[j][j];
            for (int u = 0; u < taken.size(); u++) {
                length -= root[j][u] * root[j][u];
            }
            if (length > DEPENDENT * cross[j][j]) {
                root[j][taken.size()] = Math.sqrt(length);
                taken.add(j);
            } else {
                left.add(j);
            }
        }
        double[][] combinations = new double[left.size() + absent.size()][taken.size()];
        int[] dropped = new int[combinations.length];
        for (int d = 0; d < left.size(); d++) {
            dropped[d] = present.get(left.get(d));
            combinations[d] = backward(root, taken, root[left.get(d)]);
        }
        for (int d = 0; d < absent.size(); d++) {
            dropped[left.size() + d] = absent.get(d);
        }
        List<Integer> kept = taken.stream().map(present::get).toList();
        return some(design, intervals, columns, spans, kept, dropped, combinations);
    }

    /** Solves L'x = b for the root of the taken columns. */
    private static double[] backward(double[][] root, List<Integer> taken, double[] b) {
        double[] x = new double[taken.size()];
        for (int i = x.length - 1; i >= 0; i--) {
            double rest = b[i];
            for (int k = i + 1; k < x.length; k++) {
                rest -= root[taken.get(k)][i] * x[k];
            }
            x[i] = rest / root[taken.get(i)][i];
        }
        return x;
    }

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    /** Number of kept columns. */
    int size() {
        return kept.length;
    }

    /** Positions of the kept columns in the design. */
    int[] kept() {
        return kept;
    }

    /** Positions in the design of the columns left out. */
    int[] dropped() {
        return dropped;
    }

    double[][] zero() {
        return new double[kept.length][kept.length];
    }

    /** Sums of a pattern's weights over the intervals of every span: all, then each interval. */
    double[][] spread(PatternSums.Pattern pattern, double[][] weights) {
        int k = pattern.intervals.length;
        double[][] spread = new double[intervals + 1][k];
        for (int i = 0; i < k; i++) {
            double[] own = spread[pattern.intervals[i] + 1];
            for (int j = 0; j < k; j++) {
                own[j] = weights[i][j];
                spread[0][j] += weights[i][j];
            }
        }
        return spread;
    }

    /** The same on both sides: a number for each pair of spans. */
    private double[][] spreadTwice(PatternSums.Pattern pattern, double[][] weights) {
        double[][] once = spread(pattern, weights);
        double[][] twice = new double[intervals + 1][intervals + 1];
        for (int c = 0; c <= intervals; c++) {
            for (int j = 0; j < pattern.intervals.length; j++) {
                twice[c][pattern.intervals[j] + 1] = once[c][j];
                twice[c][0] += once[c][j];
            }
        }
        return twice;
    }

    /** Adds sum X'WX of a pattern, W symmetric, to the lower triangle; {@link #mirror} completes it. */
    void addLower(PatternSums.Pattern pattern, double[][] weights, double[][] target) {
        double[][] twice = spreadTwice(pattern, weights);
        for (int j = 0; j < kept.length; j++) {
            double[] products = pattern.uu[variable[j]];
            double[] sums = twice[span[j]];
            double[] row = target[j];
            for (int l = 0; l <= j; l++) {
                row[l] += products[variable[l]] * sums[span[l]];
            }
        }
    }

    static void mirror(double[][] lower) {
        for (int j = 0; j < lower.length; j++) {
            for (int l = 0; l < j; l++) {
                lower[l][j] = lower[j][l];
            }
        }
    }

    /** Adds sum X'W Y for weighted outcomes given as sums of variables times them. */
    void addProducts(PatternSums.Pattern pattern, double[][] weights, double[][] uy, double[] target) {
        double[][] spread = spread(pattern, weights);
        for (int j = 0; j < kept.length; j++) {
            double[] sums = spread[span[j]];
            double[] products = uy[variable[j]];
            for (int a = 0; a < sums.length; a++) {
                target[j] += sums[a] * products[a];
            }
        }
    }

    /**
     * sum X M X' of a pattern for a symmetric M between columns: a number for each pair of its intervals.
     */
    double[][] inner(PatternSums.Pattern pattern, double[][] between) {
        double[][] bySpan = new double[intervals + 1][intervals + 1];
        for (int j = 0; j < kept.length; j++) {
            double[] products = pattern.uu[variable[j]];
            double[] row = between[j];
            double[] sums = bySpan[span[j]];
            for (int l = 0; l < kept.length; l++) {
                sums[span[l]] += row[l] * products[variable[l]];
            }
        }
        int k = pattern.intervals.length;
        double[][] inner = new double[k][k];
        for (int i = 0; i < k; i++) {
            int a = pattern.intervals[i] + 1;
            for (int j = 0; j < k; j++) {
                int b = pattern.intervals[j] + 1;
                inner[i][j] = bySpan[0][0] + bySpan[0][b] + bySpan[a][0] + bySpan[a][b];
            }
        }
        return inner;
    }

    /** Coefficients of each variable at each interval. */
    double[][] byInterval(double[] coefficients) {
        double[][] table = new double[variables][intervals];
        for (int j = 0; j < kept.length; j++) {
            for (int a = 0; a < intervals; a++) {
                if (span[j] == 0 || span[j] == a + 1) {
                    table[variable[j]][a] += coefficients[j];
                }
            }
        }
        return table;
    }

    /** Variable of a kept column. */
    int variable(int column) {
        return variable[column];
    }

    /** 0 for a column of every interval, 1 + position for one of its own. */
    int span(int column) {
        return span[column];
    }

    /** Coefficients when all rows count alike and are unrelated. */
    double[] leastSquares(List<PatternSums.Pattern> patterns) {
        double[][] cross = zero();
        double[] products = new double[kept.length];
        for (PatternSums.Pattern pattern : patterns) {
            double[][] identity = identity(pattern.intervals.length);
            addLower(pattern, identity, cross);
            addProducts(pattern, identity, pattern.uy, products);
        }
        mirror(cross);
        return Cholesky.of(cross).solve(products);
    }

    /** The weights of the kept columns. */
    double[] keptPart(double[] weights) {
        double[] part = new double[kept.length];
        for (int k = 0; k < part.length; k++) {
            part[k] = weights[kept[k]];
        }
        return part;
    }

    /** Whether a combination is estimable: each dropped column has the weight that its combination implies. */
    boolean estimable(double[] weights) {
        double[] part = keptPart(weights);
        for (int d = 0; d < dropped.length; d++) {
            double implied = Sums.dot(combinations[d], part);
            if (!(Math.abs(weights[dropped[d]] - implied) <= ESTIMABLE * (1 + Math.abs(implied)))) {
                return false;
            }
        }
        return true;
    }
}
