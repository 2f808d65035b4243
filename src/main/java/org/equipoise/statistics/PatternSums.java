package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a mixed model needs of its data: for each set of attended intervals the cross-products of the participants'
 * variables and outcomes.
 *
 * <p>A row of the design is a selection of the participant's variables u, the selection depending on the interval alone.
 * So the sums of u u', u y' and y y' over those who attended the same intervals are sufficient, and an evaluation of the
 * likelihood costs the same for 200 and for 200,000 participants. Outcomes enter as residuals from a first least-squares
 * fit, so that large scores do not cost digits.
 */
final class PatternSums {

    /** The participants of one group who attended the same intervals. */
    static final class Pattern {

        /** Positions of the attended intervals among those observed at all. */
        final int[] intervals;

        final int group;
        int participants;
        /** sum u u'. */
        final double[][] uu;
        /** sum u y', a row for each variable. */
        final double[][] uy;
        /** sum y y'. */
        final double[][] yy;

        private Pattern(int group, int[] intervals, int variables) {
            this.group = group;
            this.intervals = intervals;
            this.uu = new double[variables][variables];
            this.uy = new double[variables][intervals.length];
            this.yy = new double[intervals.length][intervals.length];
        }
    }

    /** Residual squares, relative to those of the outcomes, below which they are rounding. */
    private static final double PERFECT_FIT = 1e-24;

    private final RepeatedMeasures measures;
    private final RepeatedDesign design;
    private final List<Pattern> patterns = new ArrayList<>();
    /** The pattern of each participant; -1 for those without a value. */
    private final int[] patternOf;
    /** Positions, among all intervals, of those observed at all. */
    private final int[] observed;

    private final FixedEffects effects;
    private final double[] firstFit;
    private final double[] rowMeans;
    /** Sum of the squared outcomes. */
    private final double squares;

    PatternSums(RepeatedMeasures measures, RepeatedDesign design, int[] groups) {
        this.measures = measures;
        this.design = design;
        this.patternOf = new int[measures.participants()];
        this.observed = observed(measures);
        sortIntoPatterns(groups);
        for (int who = 0; who < patternOf.length; who++) {
            addVariables(who);
        }
        this.rowMeans = meanRow();
        this.effects = FixedEffects.of(design, observed, patterns);
        addOutcomes(new double[design.variables()][observed.length]);
        this.squares = squares();
        this.firstFit = effects.leastSquares(patterns);
        for (Pattern pattern : patterns) {
            clear(pattern.uy);
            clear(pattern.yy);
        }
        addOutcomes(effects.byInterval(firstFit));
    }

    private static int[] observed(RepeatedMeasures measures) {
        long bits = 0;
        for (int who = 0; who < measures.participants(); who++) {
            bits |= measures.attended(who);
        }
        return positions(bits);
    }

    private static int[] positions(long bits) {
        int[] positions = new int[Long.bitCount(bits)];
        int k = 0;
        for (int a = 0; a < Long.SIZE; a++) {
            if ((bits >>> a & 1) == 1) {
                positions[k++] = a;
            }
        }
        return positions;
    }

    private void sortIntoPatterns(int[] groups) {
        Map<List<Long>, Integer> known = new HashMap<>();
        for (int who = 0; who < patternOf.length; who++) {
            long attended = measures.attended(who);
            if (attended == 0) {
                patternOf[who] = -1;
                continue;
            }
            int group = groups[who];
            patternOf[who] = known.computeIfAbsent(List.of(attended, (long) group), key -> {
                int[] local = Arrays.stream(positions(attended))
                        .map(a -> Arrays.binarySearch(observed, a))
                        .toArray();
                patterns.add(new Pattern(group, local, design.variables()));
                return patterns.size() - 1;
            });
            patterns.get(patternOf[who]).participants++;
        }
    }

    private void addVariables(int who) {
        if (patternOf[who] < 0) {
            return;
        }
        double[][] uu = patterns.get(patternOf[who]).uu;
        int[] position = new int[design.variables()];
        double[] u = new double[design.variables()];
        int count = design.fill(who, position, u);
        for (int i = 0; i < count; i++) {
            double[] row = uu[position[i]];
            for (int j = 0; j < count; j++) {
                row[position[j]] += u[i] * u[j];
            }
        }
    }

    /** Adds what of the outcomes a fit leaves; coefficients of each variable at each interval. */
    private void addOutcomes(double[][] coefficients) {
        int[] position = new int[design.variables()];
        double[] u = new double[design.variables()];
        double[] left = new double[observed.length];
        for (int who = 0; who < patternOf.length; who++) {
            if (patternOf[who] < 0) {
                continue;
            }
            Pattern pattern = patterns.get(patternOf[who]);
            int count = design.fill(who, position, u);
            int k = pattern.intervals.length;
            for (int a = 0; a < k; a++) {
                left[a] = measures.value(measures.firstRow(who) + a);
                for (int i = 0; i < count; i++) {
                    left[a] -= u[i] * coefficients[position[i]][pattern.intervals[a]];
                }
            }
            for (int a = 0; a < k; a++) {
                for (int i = 0; i < count; i++) {
                    pattern.uy[position[i]][a] += u[i] * left[a];
                }
                for (int b = 0; b < k; b++) {
                    pattern.yy[a][b] += left[a] * left[b];
                }
            }
        }
    }

    private static void clear(double[][] matrix) {
        for (double[] row : matrix) {
            Arrays.fill(row, 0);
        }
    }

    private double[] meanRow() {
        double[] means = new double[design.variables()];
        double rows = 0;
        for (Pattern pattern : patterns) {
            rows += (double) pattern.participants * pattern.intervals.length;
            for (int v = 0; v < means.length; v++) {
                means[v] += pattern.uu[0][v] * pattern.intervals.length;
            }
        }
        for (int v = 0; v < means.length; v++) {
            means[v] /= Math.max(1, rows);
        }
        return means;
    }

    RepeatedMeasures measures() {
        return measures;
    }

    RepeatedDesign design() {
        return design;
    }

    List<Pattern> patterns() {
        return patterns;
    }

    /** The pattern of a participant; -1 for one without a value. */
    int patternOf(int participant) {
        return patternOf[participant];
    }

    /** Positions, among all intervals, of those observed at all. */
    int[] observed() {
        return observed;
    }

    FixedEffects effects() {
        return effects;
    }

    /** Coefficients of the first fit, which the outcomes are residuals of. */
    double[] firstFit() {
        return firstFit;
    }

    private double squares() {
        double sum = 0;
        for (Pattern pattern : patterns) {
            for (int a = 0; a < pattern.intervals.length; a++) {
                sum += pattern.yy[a][a];
            }
        }
        return sum;
    }

    /** Whether the first fit leaves nothing but rounding. */
    boolean onlyRounding() {
        return !(squares() > PERFECT_FIT * squares);
    }

    /** Mean of each variable over the rows in the model. */
    double[] rowMeans() {
        return rowMeans.clone();
    }

    /** The participants who attended each pair of observed intervals, by group. */
    int[][] shared(int group) {
        int[][] shared = new int[observed.length][observed.length];
        for (Pattern pattern : patterns) {
            for (int a : pattern.intervals) {
                for (int b : pattern.intervals) {
                    shared[a][b] += pattern.group == group ? pattern.participants : 0;
                }
            }
        }
        return shared;
    }

    /** Mean products of the first fit's residuals, for each pair of observed intervals; zero where nobody has both. */
    double[][] moments(int group) {
        int[][] shared = shared(group);
        double[][] moments = new double[observed.length][observed.length];
        for (Pattern pattern : patterns) {
            for (int i = 0; i < pattern.intervals.length && pattern.group == group; i++) {
                for (int j = 0; j < pattern.intervals.length; j++) {
                    int a = pattern.intervals[i];
                    int b = pattern.intervals[j];
                    moments[a][b] += pattern.yy[i][j] / shared[a][b];
                }
            }
        }
        return moments;
    }
}
