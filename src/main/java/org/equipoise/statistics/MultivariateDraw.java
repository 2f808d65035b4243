package org.equipoise.statistics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Data augmentation for the scores of one arm, multivariate normal given the covariates: parameters and missing scores
 * drawn in turns. See {@link ReferenceBasedImputation}.
 */
final class MultivariateDraw {

    /** One arm's rows: covariates, and which scores were observed. */
    static final class Arm {

        private final int[] rows;
        private final double[][] covariates;
        private final double[][] scores;
        private final boolean[][] observed;
        private final int intervals;

        private Arm(int[] rows, double[][] covariates, double[][] scores, boolean[][] observed, int intervals) {
            this.rows = rows;
            this.covariates = covariates;
            this.scores = scores;
            this.observed = observed;
            this.intervals = intervals;
        }

        static Arm of(IncompleteData data, boolean[] treated, boolean treatment) {
            int[] rows = IntStream.range(0, data.rows())
                    .filter(i -> treated[i] == treatment)
                    .toArray();
            int intervals = data.incompleteColumns();
            double[][] covariates = new double[rows.length][data.completeColumns() + 1];
            double[][] scores = new double[rows.length][intervals];
            boolean[][] observed = new boolean[rows.length][intervals];
            for (int k = 0; k < rows.length; k++) {
                covariates[k][0] = 1;
                for (int j = 0; j < data.completeColumns(); j++) {
                    covariates[k][j + 1] = data.completeValues(j)[rows[k]];
                }
                for (int t = 0; t < intervals; t++) {
                    scores[k][t] = data.incompleteValues(t)[rows[k]];
                    observed[k][t] = data.observed(t)[rows[k]];
                }
            }
            return new Arm(rows, covariates, scores, observed, intervals);
        }

        /** Why nothing can be drawn for this arm. */
        Optional<NotEstimable> refusal() {
            if (rows.length == 0) {
                return Optional.of(NotEstimable.EMPTY_ARM);
            }
            int rank = QrDecomposition.of(covariates, covariates[0].length).rank();
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

        private double observedMean(int interval) {
            return Sums.of(rows.length, i -> observed[i][interval] ? scores[i][interval] : 0) / seen(interval);
        }
    }

    private final Arm arm;
    private final Draws draws;
    private final QrDecomposition qr;
    private final double[][] inverseRoot;
    private final double[][] scores;
    private final double[][] coefficients;
    private double[][] covariance = new double[0][0];

    MultivariateDraw(Arm arm, Draws draws) {
        this.arm = arm;
        this.draws = draws;
        int columns = arm.covariates[0].length;
        this.qr = QrDecomposition.of(arm.covariates, columns);
        this.inverseRoot = qr.inverseRoot();
        this.coefficients = new double[arm.intervals][columns];
        this.scores = new double[arm.rows.length][];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = arm.scores[i].clone();
            for (int t = 0; t < arm.intervals; t++) {
                scores[i][t] = arm.observed[i][t] ? scores[i][t] : arm.observedMean(t);
            }
        }
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
        int intervals = arm.intervals;
        int[] independent = qr.independent();
        double[][] fitted = new double[intervals][];
        double[][] residuals = new double[scores.length][intervals];
        for (int t = 0; t < intervals; t++) {
            double[] y = column(t);
            fitted[t] = qr.solve(y);
            for (int i = 0; i < scores.length; i++) {
                double predicted = 0;
                for (int k = 0; k < independent.length; k++) {
                    predicted += arm.covariates[i][independent[k]] * fitted[t][k];
                }
                residuals[i][t] = y[i] - predicted;
            }
        }
        Cholesky scatter = Cholesky.of(Matrices.cross(residuals));
        if (!scatter.positiveDefinite()) {
            return false;
        }
        double[][] root = inverseWishartRoot(scatter, scores.length - qr.rank());
        covariance = Matrices.outer(root);
        drawCoefficients(fitted, root, independent);
        return true;
    }

    private double[] column(int interval) {
        return Arrays.stream(scores).mapToDouble(row -> row[interval]).toArray();
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
                int row = i;
                double[] known = column;
                column[i] = (column[i] - Sums.of(n - 1 - i, j -> a[row + 1 + j][row] * known[row + 1 + j])) / a[i][i];
            }
            double[] product = scatter.times(column);
            for (int i = 0; i < n; i++) {
                root[i][k] = product[i];
            }
        }
        return root;
    }

    /** B = least squares + R^-1 Z M'. */
    private void drawCoefficients(double[][] fitted, double[][] root, int[] independent) {
        int p = independent.length;
        double[][] z = new double[p][];
        for (int k = 0; k < p; k++) {
            z[k] = draws.normals(arm.intervals);
        }
        for (int t = 0; t < arm.intervals; t++) {
            double[] direction = root[t];
            double[] noise = new double[p];
            for (int k = 0; k < p; k++) {
                noise[k] = Sums.dot(z[k], direction);
            }
            double[] moved = Matrices.times(inverseRoot, noise);
            for (int k = 0; k < p; k++) {
                coefficients[t][independent[k]] = fitted[t][k] + moved[k];
            }
        }
    }

    private void drawScores() {
        Map<BitSet, ConditionalNormal> byPattern = new HashMap<>();
        for (int i = 0; i < scores.length; i++) {
            int person = i;
            int[] missing = intervals(i, false);
            if (missing.length == 0) {
                continue;
            }
            int[] given = intervals(i, true);
            BitSet pattern = new BitSet();
            Arrays.stream(given).forEach(pattern::set);
            double[] residuals =
                    Arrays.stream(given).mapToDouble(t -> residual(person, t)).toArray();
            double[] means = Arrays.stream(missing)
                    .mapToDouble(t -> mean(covariates(person), t))
                    .toArray();
            double[] drawn = byPattern
                    .computeIfAbsent(pattern, any -> ConditionalNormal.of(covariance, given, missing))
                    .draw(means, residuals, draws);
            for (int k = 0; k < missing.length; k++) {
                scores[i][missing[k]] = drawn[k];
            }
        }
    }

    private int[] intervals(int person, boolean observed) {
        return IntStream.range(0, arm.intervals)
                .filter(t -> arm.observed[person][t] == observed)
                .toArray();
    }

    int people() {
        return scores.length;
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
        return Sums.dot(x, coefficients[interval]);
    }

    /** A score, observed or drawn, less its mean. */
    double residual(int person, int interval) {
        return scores[person][interval] - mean(covariates(person), interval);
    }

    /** The last interval with an observed score; -1 when there is none. */
    int lastObserved(int person) {
        int[] observed = intervals(person, true);
        return observed.length == 0 ? -1 : observed[observed.length - 1];
    }

    void set(int person, int interval, double score) {
        scores[person][interval] = score;
    }

    /** Puts the scores into the columns of the whole table. */
    void writeTo(double[][] columns) {
        for (int i = 0; i < scores.length; i++) {
            for (int t = 0; t < arm.intervals; t++) {
                columns[t][arm.rows[i]] = scores[i][t];
            }
        }
    }
}
