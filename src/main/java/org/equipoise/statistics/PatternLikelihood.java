package org.equipoise.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The (restricted) likelihood of a mixed model for repeated measures from {@link PatternSums}, with derivatives.
 *
 * <p>Formula: with W = V^-1, Phi = (X'WX)^-1, b = Phi X'Wy, e = y - Xb, minus twice the log-likelihood is
 * N log(2 pi) + log|V| + e'We, and for REML (N - p) log(2 pi) + log|V| + log|X'WX| + e'We. With P = W - W X Phi X'W and E(s)
 * the derivative of V for one of its variances or covariances s, the gradient is tr(P E(s)) - e'W E(s) W e, the Hessian
 * -tr(P E(s) P E(t)) + 2 e'W E(s) P E(t) W e, and the average information e'W E(s) P E(t) W e (for ML tr(W ..) in place of
 * tr(P ..)). Derivatives for the parameters follow by the chain rule.
 *
 * <p>Reference: Gilmour, Thompson and Cullis (1995), Biometrics 51, 1440-1450, doi:10.2307/2533274; Lindstrom and Bates
 * (1988), Journal of the American Statistical Association 83, 1014-1022, doi:10.1080/01621459.1988.10478693.
 */
final class PatternLikelihood {

    /** Diagonal of the root of a correlation matrix below which it counts as singular. */
    private static final double SINGULAR = 1e-7;

    private final PatternSums sums;
    private final FixedEffects effects;
    private final CovarianceFunction structure;
    private final int groups;
    private final boolean restricted;
    private final double constant;

    PatternLikelihood(PatternSums sums, CovarianceFunction structure, int groups, boolean restricted) {
        this.sums = sums;
        this.effects = sums.effects();
        this.structure = structure;
        this.groups = groups;
        this.restricted = restricted;
        int n = sums.measures().observations();
        this.constant = (restricted ? n - effects.size() : n) * Math.log(2 * Math.PI) + scaling();
    }

    /** What centring and scaling of covariates does to log|X'WX|. */
    private double scaling() {
        double[] logs = Arrays.stream(effects.kept())
                .mapToDouble(sums.design()::logScale)
                .toArray();
        return restricted ? 2 * Sums.of(logs) : 0;
    }

    int parameters() {
        return groups * structure.parameters();
    }

    int groups() {
        return groups;
    }

    /** Parameters from the first fit's residuals. */
    double[] start() {
        double[] start = new double[parameters()];
        for (int g = 0; g < groups; g++) {
            double[] own = structure.start(sums.moments(g));
            System.arraycopy(own, 0, start, g * own.length, own.length);
        }
        return start;
    }

    private double[] own(double[] theta, int group) {
        int k = structure.parameters();
        return Arrays.copyOfRange(theta, group * k, (group + 1) * k);
    }

    /** The covariance over the observed intervals. */
    double[][] covariance(double[] theta, int group) {
        return structure.matrix(own(theta, group));
    }

    /** Whether the pairs of intervals that people share determine every parameter. */
    boolean identified(double[] theta) {
        for (int g = 0; g < groups; g++) {
            int[][] shared = sums.shared(g);
            double[][] jacobian = structure.jacobian(own(theta, g));
            double[][] sigma = covariance(theta, g);
            double[] seen = new double[structure.pairs()];
            for (int a = 0; a < shared.length; a++) {
                for (int b = 0; b <= a; b++) {
                    // on the scale of correlations, so that spread does not decide
                    seen[CovarianceFunction.pair(a, b)] = shared[a][b] > 0 ? 1 / (sigma[a][a] * sigma[b][b]) : 0;
                }
            }
            double[][] cross = Matrices.weightedCross(jacobian, seen);
            if (!definite(cross)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a symmetric matrix is positive definite by more than rounding. */
    static boolean definite(double[][] symmetric) {
        int n = symmetric.length;
        double[][] unit = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                unit[i][j] = symmetric[i][j] / Math.sqrt(symmetric[i][i] * symmetric[j][j]);
            }
        }
        double[][] root = Cholesky.of(unit).root();
        for (int i = 0; i < n; i++) {
            if (!(root[i][i] > SINGULAR)) {
                return false;
            }
        }
        return true;
    }

    /** The likelihood at given parameters. */
    final class Point {

        final double[] theta;
        final double minusTwiceLogLikelihood;
        /** Phi. */
        final double[][] phi;
        /** What is added to the first fit's coefficients. */
        final double[] update;
        /** V^-1 of each pattern. */
        final double[][][] weights;

        private Point(
                double[] theta, double minusTwiceLogLikelihood, double[][] phi, double[] update, double[][][] weights) {
            this.theta = theta;
            this.minusTwiceLogLikelihood = minusTwiceLogLikelihood;
            this.phi = phi;
            this.update = update;
            this.weights = weights;
        }

        double[] coefficients() {
            double[] coefficients = sums.firstFit().clone();
            for (int j = 0; j < coefficients.length; j++) {
                coefficients[j] += update[j];
            }
            return coefficients;
        }
    }

    /** The point at these parameters; empty where a covariance is not positive definite. */
    Optional<Point> at(double[] theta) {
        List<PatternSums.Pattern> patterns = sums.patterns();
        double[][][] sigma = new double[groups][][];
        for (int g = 0; g < groups; g++) {
            sigma[g] = covariance(theta, g);
            if (!definite(sigma[g])) {
                return Optional.empty();
            }
        }
        double[][][] weights = new double[patterns.size()][][];
        double[][] information = effects.zero();
        double[] products = new double[effects.size()];
        double logDeterminants = 0;
        double squares = 0;
        for (int r = 0; r < weights.length; r++) {
            PatternSums.Pattern pattern = patterns.get(r);
            Cholesky root = Cholesky.of(part(sigma[pattern.group], pattern.intervals));
            weights[r] = root.inverse();
            logDeterminants += pattern.participants * root.logDeterminant();
            effects.addLower(pattern, weights[r], information);
            effects.addProducts(pattern, weights[r], pattern.uy, products);
            squares += product(weights[r], pattern.yy);
        }
        FixedEffects.mirror(information);
        Cholesky root = Cholesky.of(information);
        if (!root.positiveDefinite()) {
            return Optional.empty();
        }
        double[] update = root.solve(products);
        double value = constant + logDeterminants + squares - Sums.dot(update, products);
        value += restricted ? root.logDeterminant() : 0;
        return Double.isFinite(value)
                ? Optional.of(new Point(theta.clone(), value, root.inverse(), update, weights))
                : Optional.empty();
    }

    static double[][] part(double[][] matrix, int[] rows) {
        double[][] part = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                part[i][j] = matrix[rows[i]][rows[j]];
            }
        }
        return part;
    }

    /** tr(A B) for symmetric matrices. */
    private static double product(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += a[i][j] * b[i][j];
            }
        }
        return sum;
    }

    /** First derivatives, and both informations as far as they need no matrix between columns for each parameter. */
    final class Slope {

        /** Of minus twice the log-likelihood, for the parameters. */
        final double[] gradient;
        /** For the parameters. */
        final double[][] averageInformation;
        /** For the pairs of each group. */
        private final double[][] pairGradient;
        /** The Hessian without tr(Phi S Phi S) and the chain rule's second part, for the parameters. */
        private final double[][] partialHessian;

        private final double[][][] jacobians;

        private Slope(Point point) {
            int pairs = structure.pairs();
            pairGradient = new double[groups][pairs];
            jacobians = new double[groups][][];
            double[][][] average = new double[groups][pairs][pairs];
            double[][][] hessian = new double[groups][pairs][pairs];
            double[][][] scores = new double[groups][pairs][effects.size()];
            double[][] coefficients = effects.byInterval(point.update);
            for (int r = 0; r < point.weights.length; r++) {
                PatternSums.Pattern pattern = sums.patterns().get(r);
                int g = pattern.group;
                addPattern(pattern, point, r, coefficients, average[g], hessian[g], scores[g]);
            }
            gradient = new double[parameters()];
            averageInformation = new double[parameters()][parameters()];
            partialHessian = new double[parameters()][parameters()];
            double[][] projected = new double[parameters()][effects.size()];
            for (int g = 0; g < groups; g++) {
                jacobians[g] = structure.jacobian(own(point.theta, g));
                int at = g * structure.parameters();
                addTransformed(pairGradient[g], jacobians[g], gradient, at);
                addTransformed(average[g], jacobians[g], averageInformation, at);
                addTransformed(hessian[g], jacobians[g], partialHessian, at);
                addRows(scores[g], jacobians[g], projected, at);
            }
            subtractProjection(projected, point.phi);
        }

        private void addPattern(
                PatternSums.Pattern pattern,
                Point point,
                int r,
                double[][] coefficients,
                double[][] average,
                double[][] hessian,
                double[][] scores) {
            double[][] w = point.weights[r];
            double[][] left = leftOver(pattern, coefficients);
            double[][] errors = twice(w, errors(pattern, coefficients, left));
            double[][] means =
                    restricted ? twice(w, effects.inner(pattern, point.phi)) : new double[w.length][w.length];
            double[][] slope = combined(w, -pattern.participants, means, 1, errors, 1);
            double[][] bend = combined(w, -pattern.participants, means, 2, errors, 2);
            addGradient(pattern, slope, pairGradient[pattern.group]);
            addSecondOrder(pattern, w, errors, average);
            addSecondOrder(pattern, w, bend, hessian);
            addScores(pattern, w, left, scores);
        }

        /** Takes v'Phi v from the average information, and twice as much from the Hessian. */
        private void subtractProjection(double[][] scores, double[][] phi) {
            for (int h = 0; h < scores.length; h++) {
                double[] projected = Matrices.times(phi, scores[h]);
                for (int g = 0; g < scores.length; g++) {
                    double product = Matrices.dot(projected, scores[g]);
                    averageInformation[h][g] -= product;
                    partialHessian[h][g] -= 2 * product;
                }
            }
        }
    }

    Slope slope(Point point) {
        return new Slope(point);
    }

    /** sum u e' of a pattern. */
    private double[][] leftOver(PatternSums.Pattern pattern, double[][] coefficients) {
        int k = pattern.intervals.length;
        double[][] left = new double[pattern.uy.length][];
        for (int v = 0; v < left.length; v++) {
            left[v] = pattern.uy[v].clone();
            for (int u = 0; u < left.length; u++) {
                double uu = pattern.uu[v][u];
                for (int a = 0; a < k && uu != 0; a++) {
                    left[v][a] -= uu * coefficients[u][pattern.intervals[a]];
                }
            }
        }
        return left;
    }

    /** sum e e' of a pattern. */
    private static double[][] errors(PatternSums.Pattern pattern, double[][] coefficients, double[][] left) {
        int k = pattern.intervals.length;
        double[][] errors = new double[k][k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                double sum = pattern.yy[a][b];
                for (int v = 0; v < left.length; v++) {
                    sum -= coefficients[v][pattern.intervals[a]] * pattern.uy[v][b]
                            + coefficients[v][pattern.intervals[b]] * left[v][a];
                }
                errors[a][b] = sum;
            }
        }
        return errors;
    }

    /** W M W. */
    private static double[][] twice(double[][] w, double[][] middle) {
        return Matrices.product(Matrices.product(w, middle), w);
    }

    private static double[][] combined(double[][] a, double ofA, double[][] b, double ofB, double[][] c, double ofC) {
        double[][] sum = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum[i][j] = ofA * a[i][j] + ofB * b[i][j] + ofC * c[i][j];
            }
        }
        return sum;
    }

    /** Minus tr(E(s) M) for every pair of the pattern's intervals. */
    private static void addGradient(PatternSums.Pattern pattern, double[][] m, double[] gradient) {
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j <= i; j++) {
                int s = CovarianceFunction.pair(pattern.intervals[i], pattern.intervals[j]);
                gradient[s] -= i == j ? m[i][i] : m[i][j] + m[j][i];
            }
        }
    }

    /** tr(E(s) W E(t) B) for every two pairs of the pattern's intervals. */
    private static void addSecondOrder(PatternSums.Pattern pattern, double[][] w, double[][] b, double[][] target) {
        int k = w.length;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double[] row = target[CovarianceFunction.pair(pattern.intervals[i], pattern.intervals[j])];
                double half = i == j ? 0.5 : 1;
                for (int c = 0; c < k; c++) {
                    for (int d = 0; d <= c; d++) {
                        double sum = w[j][c] * b[d][i] + w[j][d] * b[c][i] + w[i][c] * b[d][j] + w[i][d] * b[c][j];
                        int t = CovarianceFunction.pair(pattern.intervals[c], pattern.intervals[d]);
                        row[t] += half * (c == d ? 0.5 : 1) * sum;
                    }
                }
            }
        }
    }

    /** X'W E(s) W e for every pair. */
    private void addScores(PatternSums.Pattern pattern, double[][] w, double[][] left, double[][] scores) {
        double[][] spread = effects.spread(pattern, w);
        double[][] weighted = Matrices.product(left, w);
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j <= i; j++) {
                double[] row = scores[CovarianceFunction.pair(pattern.intervals[i], pattern.intervals[j])];
                double half = i == j ? 0.5 : 1;
                for (int column = 0; column < row.length; column++) {
                    double[] sum = spread[effects.span(column)];
                    double[] products = weighted[effects.variable(column)];
                    row[column] += half * (sum[i] * products[j] + sum[j] * products[i]);
                }
            }
        }
    }

    /** target += J'x. */
    private static void addTransformed(double[] x, double[][] jacobian, double[] target, int at) {
        for (int s = 0; s < x.length; s++) {
            for (int h = 0; h < jacobian[s].length; h++) {
                target[at + h] += jacobian[s][h] * x[s];
            }
        }
    }

    /** target += J'X. */
    private static void addRows(double[][] x, double[][] jacobian, double[][] target, int at) {
        for (int s = 0; s < x.length; s++) {
            for (int h = 0; h < jacobian[s].length; h++) {
                double weight = jacobian[s][h];
                for (int j = 0; j < x[s].length && weight != 0; j++) {
                    target[at + h][j] += weight * x[s][j];
                }
            }
        }
    }

    /** target += J'MJ. */
    private static void addTransformed(double[][] m, double[][] jacobian, double[][] target, int at) {
        double[][] half = Matrices.product(m, jacobian);
        for (int s = 0; s < m.length; s++) {
            for (int h = 0; h < jacobian[s].length; h++) {
                double weight = jacobian[s][h];
                for (int g = 0; g < half[s].length && weight != 0; g++) {
                    target[at + h][at + g] += weight * half[s][g];
                }
            }
        }
    }

    /** The Hessian of minus twice the log-likelihood, and S(h) = X'W dV/d theta(h) W X for every parameter. */
    record Curvature(double[][] hessian, double[][][] sensitivities) {}

    Curvature curvature(Point point, Slope slope) {
        double[][][] sensitivities = sensitivities(point, slope);
        double[][] hessian = Matrices.scaled(slope.partialHessian, 1);
        for (int g = 0; g < groups; g++) {
            double[] gradient = slope.pairGradient[g];
            int at = g * structure.parameters();
            structure.second(own(point.theta, g), (pair, i, j, value) -> {
                hessian[at + i][at + j] += gradient[pair] * value;
                hessian[at + j][at + i] += i == j ? 0 : gradient[pair] * value;
            });
        }
        if (restricted) {
            subtractTraces(sensitivities, point.phi, hessian);
        }
        return new Curvature(hessian, sensitivities);
    }

    /** Takes tr(Phi S(h) Phi S(g)). */
    private static void subtractTraces(double[][][] sensitivities, double[][] phi, double[][] hessian) {
        double[][][] scaled = new double[sensitivities.length][][];
        for (int h = 0; h < scaled.length; h++) {
            scaled[h] = Matrices.product(phi, sensitivities[h]);
            double[][] transposed = Matrices.transposed(scaled[h]);
            for (int g = 0; g <= h; g++) {
                double trace = 0;
                for (int i = 0; i < phi.length; i++) {
                    trace += Matrices.dot(transposed[i], scaled[g][i]);
                }
                hessian[h][g] -= trace;
                hessian[g][h] -= g == h ? 0 : trace;
            }
        }
    }

    private double[][][] sensitivities(Point point, Slope slope) {
        double[][][] sensitivities = new double[parameters()][effects.size()][effects.size()];
        for (int r = 0; r < point.weights.length; r++) {
            PatternSums.Pattern pattern = sums.patterns().get(r);
            double[][] jacobian = slope.jacobians[pattern.group];
            int at = pattern.group * structure.parameters();
            for (int h = 0; h < structure.parameters(); h++) {
                double[][] derivative = derivative(pattern, jacobian, h);
                effects.addLower(pattern, twice(point.weights[r], derivative), sensitivities[at + h]);
            }
        }
        for (double[][] sensitivity : sensitivities) {
            FixedEffects.mirror(sensitivity);
        }
        return sensitivities;
    }

    /** dV/d theta(h) of a pattern. */
    private static double[][] derivative(PatternSums.Pattern pattern, double[][] jacobian, int h) {
        int k = pattern.intervals.length;
        double[][] derivative = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                derivative[i][j] = jacobian[CovarianceFunction.pair(pattern.intervals[i], pattern.intervals[j])][h];
            }
        }
        return derivative;
    }

    /** sum over i, j of C(i, j) Q(i, j), Q(i, j) = X'W dV/d theta(i) W dV/d theta(j) W X. */
    double[][] secondMoment(Point point, double[][] c) {
        double[][] total = effects.zero();
        for (int r = 0; r < point.weights.length; r++) {
            PatternSums.Pattern pattern = sums.patterns().get(r);
            int k = structure.parameters();
            double[][] jacobian = structure.jacobian(own(point.theta, pattern.group));
            double[][] middle = new double[pattern.intervals.length][pattern.intervals.length];
            int at = pattern.group * k;
            double[][][] derivatives = new double[k][][];
            for (int h = 0; h < k; h++) {
                derivatives[h] = derivative(pattern, jacobian, h);
            }
            for (int h = 0; h < k; h++) {
                double[][] mixed = new double[middle.length][middle.length];
                for (int g = 0; g < k; g++) {
                    Matrices.add(derivatives[g], c[at + h][at + g], mixed);
                }
                double[][] product = Matrices.product(Matrices.product(derivatives[h], point.weights[r]), mixed);
                middle = combined(middle, 1, product, 0.5, Matrices.transposed(product), 0.5);
            }
            effects.addLower(pattern, twice(point.weights[r], middle), total);
        }
        FixedEffects.mirror(total);
        return total;
    }

    /** sum over i, j of C(i, j) R(i, j), R(i, j) = X'W d2V/d theta(i) d theta(j) W X. */
    double[][] secondDerivative(Point point, double[][] c) {
        double[][] total = effects.zero();
        double[][] weighted = new double[groups][structure.pairs()];
        for (int g = 0; g < groups; g++) {
            double[] own = weighted[g];
            int at = g * structure.parameters();
            structure.second(
                    own(point.theta, g),
                    (pair, i, j, value) -> own[pair] += (i == j ? 1 : 2) * c[at + i][at + j] * value);
        }
        for (int r = 0; r < point.weights.length; r++) {
            PatternSums.Pattern pattern = sums.patterns().get(r);
            double[][] column = new double[structure.pairs()][1];
            for (int s = 0; s < column.length; s++) {
                column[s][0] = weighted[pattern.group][s];
            }
            effects.addLower(pattern, twice(point.weights[r], derivative(pattern, column, 0)), total);
        }
        FixedEffects.mirror(total);
        return total;
    }
}
