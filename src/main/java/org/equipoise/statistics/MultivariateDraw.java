package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Data augmentation for the scores of one arm, multivariate normal given the covariates: parameters and missing scores
 * drawn in turns. See {@link ReferenceBasedImputation}.
 */
final class MultivariateDraw {

    /** Which intervals of a person were observed. */
    private static final class Pattern {

        private final int[] given;
        private final int[] missing;

        Pattern(boolean[] observed) {
            given = IntStream.range(0, observed.length).filter(t -> observed[t]).toArray();
            missing = IntStream.range(0, observed.length)
                    .filter(t -> !observed[t])
                    .toArray();
        }
    }

    /** One arm's rows: covariates, and which scores were observed. What all its chains share is worked out once. */
    static final class Arm {

        private final int[] rows;
        private final double[][] covariates;
        private final double[][] scores;
        private final boolean[][] observed;
        private final int intervals;
        private final QrDecomposition qr;
        private final double[][] independent;
        private final double[][] inverseRoot;
        /** Takes scores to their least-squares coefficients. */
        private final double[][] solver;

        private final List<Pattern> patterns;
        private final int[] pattern;

        private Arm(int[] rows, double[][] covariates, double[][] scores, boolean[][] observed, QrDecomposition qr) {
            this.rows = rows;
            this.covariates = covariates;
            this.scores = scores;
            this.observed = observed;
            this.intervals = scores.length;
            this.qr = qr;
            independent = Matrices.columns(covariates, qr.independent());
            inverseRoot = qr.inverseRoot();
            solver = Matrices.product(inverseRoot, Matrices.transposed(qr.basis()));
            Map<BitSet, Integer> numbers = new HashMap<>();
            patterns = new ArrayList<>();
            pattern = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                boolean[] seen = observed[i];
                BitSet key = new BitSet();
                IntStream.range(0, seen.length).filter(t -> seen[t]).forEach(key::set);
                pattern[i] = numbers.computeIfAbsent(key, any -> {
                    patterns.add(new Pattern(seen));
                    return patterns.size() - 1;
                });
            }
        }

        static Arm of(IncompleteData data, boolean[] treated, boolean treatment) {
            int[] rows = IntStream.range(0, data.rows())
                    .filter(i -> treated[i] == treatment)
                    .toArray();
            int intervals = data.incompleteColumns();
            int columns = data.completeColumns() + 1;
            double[][] covariates = new double[rows.length][columns];
            double[][] scores = new double[intervals][rows.length];
            boolean[][] observed = new boolean[rows.length][intervals];
            for (int k = 0; k < rows.length; k++) {
                covariates[k][0] = 1;
                for (int j = 0; j < data.completeColumns(); j++) {
                    covariates[k][j + 1] = data.completeValues(j)[rows[k]];
                }
                for (int t = 0; t < intervals; t++) {
                    scores[t][k] = data.incompleteValues(t)[rows[k]];
                    observed[k][t] = data.observed(t)[rows[k]];
                }
            }
            return new Arm(rows, covariates, scores, observed, QrDecomposition.of(covariates, columns));
        }

        /** Why nothing can be drawn for this arm. */
        Optional<NotEstimable> refusal() {
            if (rows.length == 0) {
                return Optional.of(NotEstimable.EMPTY_ARM);
            }
            int rank = qr.rank();
            if (rows.length - rank < intervals) {
                return Optional.of(NotEstimable.TOO_FEW_VALUES);
            }
            for (int t = 0; t < intervals; t++) {
                int seen = seen(t);
                if (seen <= rank) {
                    return Optional.of(seen == 0 ? NotEstimable.EMPTY_ARM : NotEstimable.TOO_FEW_VALUES);
                }
                if (rankAmongSeen(t) < rank) {
                    return Optional.of(NotEstimable.ALIASED);
                }
            }
            return Optional.empty();
        }

        private int rankAmongSeen(int interval) {
            double[][] seen = IntStream.range(0, rows.length)
                    .filter(i -> observed[i][interval])
                    .mapToObj(i -> covariates[i])
                    .toArray(double[][]::new);
            return QrDecomposition.of(seen, covariates[0].length).rank();
        }

        private int seen(int interval) {
            return (int) Arrays.stream(observed).filter(row -> row[interval]).count();
        }

        /** The scores of an interval, the mean of those observed in place of the others. */
        private double[] filled(int interval) {
            double[] filled = scores[interval].clone();
            double mean = Sums.of(rows.length, i -> observed[i][interval] ? filled[i] : 0) / seen(interval);
            for (int i = 0; i < filled.length; i++) {
                filled[i] = observed[i][interval] ? filled[i] : mean;
            }
            return filled;
        }
    }

    private final Arm arm;
    private final Draws draws;
    /** By interval, then person. */
    private final double[][] scores;

    private final double[][] coefficients;
    private double[][] covariance = new double[0][0];

    MultivariateDraw(Arm arm, Draws draws) {
        this.arm = arm;
        this.draws = draws;
        coefficients = new double[arm.intervals][arm.qr.aliased().length];
        scores = IntStream.range(0, arm.intervals).mapToObj(arm::filled).toArray(double[][]::new);
    }

    /** So many turns; false when the scores have no spread. */
    boolean run(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            if (!drawParameters()) {
                return false;
            }
            drawScores();
        }
        return true;
    }

    private boolean drawParameters() {
        int people = people();
        double[][] fitted = new double[arm.intervals][];
        double[][] residuals = new double[people][arm.intervals];
        for (int t = 0; t < arm.intervals; t++) {
            fitted[t] = Matrices.times(arm.solver, scores[t]);
            for (int i = 0; i < people; i++) {
                residuals[i][t] = scores[t][i] - Matrices.dot(arm.independent[i], fitted[t]);
            }
        }
        Cholesky scatter = Cholesky.of(Matrices.cross(residuals));
        if (!scatter.positiveDefinite()) {
            return false;
        }
        double[][] root = inverseWishartRoot(scatter, people - arm.qr.rank());
        covariance = Matrices.outer(root);
        drawCoefficients(fitted, root);
        return true;
    }

    /**
     * M with M M' ~ inverse Wishart of the scatter C C': M = C A^-T, A A' standard Wishart with chi(df), chi(df - 1), ... on
     * the diagonal of A and standard normal numbers below (Bartlett).
     */
    private double[][] inverseWishartRoot(Cholesky scatter, int degreesOfFreedom) {
        int n = arm.intervals;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = draws.normal();
            }
            a[i][i] = Math.sqrt(draws.chiSquare(degreesOfFreedom - i));
        }
        double[][] root = new double[n][n];
        for (int k = 0; k < n; k++) {
            double[] column = new double[n];
            column[k] = 1;
            for (int i = n - 1; i >= 0; i--) {
                column[i] = (column[i] - Sums.dotColumn(a, i, i + 1, column)) / a[i][i];
            }
            double[] product = scatter.times(column);
            for (int i = 0; i < n; i++) {
                root[i][k] = product[i];
            }
        }
        return root;
    }

    /** B = least squares + R^-1 Z M'. */
    private void drawCoefficients(double[][] fitted, double[][] root) {
        int[] independent = arm.qr.independent();
        int p = independent.length;
        double[][] z = new double[p][];
        for (int k = 0; k < p; k++) {
            z[k] = draws.normals(arm.intervals);
        }
        for (int t = 0; t < arm.intervals; t++) {
            double[] direction = root[t];
            double[] noise = new double[p];
            for (int k = 0; k < p; k++) {
                noise[k] = Matrices.dot(z[k], direction);
            }
            double[] moved = Matrices.times(arm.inverseRoot, noise);
            for (int k = 0; k < p; k++) {
                coefficients[t][independent[k]] = fitted[t][k] + moved[k];
            }
        }
    }

    private void drawScores() {
        List<ConditionalNormal> byPattern = arm.patterns.stream()
                .map(pattern -> ConditionalNormal.of(covariance, pattern.given, pattern.missing))
                .toList();
        for (int i = 0; i < people(); i++) {
            Pattern pattern = arm.patterns.get(arm.pattern[i]);
            if (pattern.missing.length == 0) {
                continue;
            }
            double[] residuals = new double[pattern.given.length];
            for (int k = 0; k < residuals.length; k++) {
                residuals[k] = residual(i, pattern.given[k]);
            }
            double[] means = new double[pattern.missing.length];
            for (int k = 0; k < means.length; k++) {
                means[k] = mean(arm.covariates[i], pattern.missing[k]);
            }
            double[] drawn = byPattern.get(arm.pattern[i]).draw(means, residuals, draws);
            for (int k = 0; k < drawn.length; k++) {
                scores[pattern.missing[k]][i] = drawn[k];
            }
        }
    }

    int people() {
        return arm.rows.length;
    }

    int intervals() {
        return arm.intervals;
    }

    double[] covariates(int person) {
        return arm.covariates[person];
    }

    double[][] covariance() {
        return covariance;
    }

    /** x'B of an interval. */
    double mean(double[] x, int interval) {
        return Matrices.dot(x, coefficients[interval]);
    }

    /** A score, observed or drawn, less its mean. */
    double residual(int person, int interval) {
        return scores[interval][person] - mean(covariates(person), interval);
    }

    /** The last interval with an observed score; -1 when there is none. */
    int lastObserved(int person) {
        int[] given = arm.patterns.get(arm.pattern[person]).given;
        return given.length == 0 ? -1 : given[given.length - 1];
    }

    /** The scores as they stand by interval, to be changed apart from the chain. */
    double[][] copyOfScores() {
        return Arrays.stream(scores).map(double[]::clone).toArray(double[][]::new);
    }

    /** Puts an arm's scores, by interval, into the columns of the whole table. */
    void write(double[][] ofArm, double[][] columns) {
        for (int t = 0; t < ofArm.length; t++) {
            for (int i = 0; i < arm.rows.length; i++) {
                columns[t][arm.rows[i]] = ofArm[t][i];
            }
        }
    }
}
