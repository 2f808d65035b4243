package org.equipoise.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A linear model with a random intercept for each cluster: participant, therapist, therapy group or site.
 *
 * <p>Formula: V = between J + within I inside a cluster, fitted by REML ({@link IntraclassCorrelation#reml}); with W = V^-1,
 * Phi = (X'WX)^-1 and b = Phi X'Wy. Satterthwaite's df use the observed information of the two variances, Kenward-Roger
 * the expected one ({@link MixedModel.DegreesOfFreedom#KENWARD_ROGER}, as pbkrtest) or the observed one
 * ({@link MixedModel.DegreesOfFreedom#KENWARD_ROGER_LINEAR}, as SAS); V is linear in the variances, so that both are the
 * linear form.
 *
 * <p>Shapes: one value and one cluster for each row of the design. Units: those of the value. Missing values: left out by
 * the caller.
 *
 * <p>Special cases: those of {@link IntraclassCorrelation#reml} for the whole fit; a column that is a combination of
 * earlier ones, and contrasts that need it: {@link NotEstimable#ALIASED}. A variance between clusters of zero lies at the
 * boundary: the model is then the linear one, with rows minus columns df whatever was asked for.
 *
 * <p>Agrees with R 4.2, lme4 1.1, lmerTest 3.1 and pbkrtest 0.5: estimates and standard errors relative 1e-5,
 * log-likelihood 1e-8, degrees of freedom 1e-4.
 *
 * <p>Reference: Laird and Ware (1982), Biometrics 38, 963-974, doi:10.2307/2529876; Halekoh and Hojsgaard (2014), Journal
 * of Statistical Software 59(9), doi:10.18637/jss.v059.i09.
 */
public final class RandomInterceptModel {

    private static final int BETWEEN = 0;
    private static final int WITHIN = 1;

    private final Design design;
    private final QrDecomposition qr;
    private final IntraclassCorrelation.Components components;
    private final @Nullable Moments moments;

    private RandomInterceptModel(
            Design design, QrDecomposition qr, IntraclassCorrelation.Components components, @Nullable Moments moments) {
        this.design = design;
        this.qr = qr;
        this.components = components;
        this.moments = moments;
    }

    /**
     * Fits the model by REML.
     *
     * @param values one for each row of the design, finite
     * @param design fixed effects
     * @param clusters the cluster of each row
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public static RandomInterceptModel fit(double[] values, Design design, List<String> clusters) {
        IntraclassCorrelation.Components components = IntraclassCorrelation.reml(values, design, clusters);
        QrDecomposition qr =
                QrDecomposition.of(design.matrix(), design.columnNames().size());
        boolean fitted = components.between().isEstimable();
        return new RandomInterceptModel(
                design, qr, components, fitted ? new Moments(values, qr, clusters, components) : null);
    }

    /** Why there is no fit; empty when there is one. */
    public Optional<NotEstimable> failure() {
        return components.between().reason();
    }

    /** Variances between and within clusters, and the correlation they mean. */
    public IntraclassCorrelation.Components components() {
        return components;
    }

    /** The restricted log-likelihood with all its constants but log|X'X|. */
    public Quantity logLikelihood() {
        return moments == null ? components.between() : Quantity.of(moments.logLikelihood);
    }

    /**
     * One coefficient.
     *
     * @throws IllegalArgumentException if the design has no such column
     */
    public Estimate coefficient(String column, MixedModel.DegreesOfFreedom df) {
        double[] weights = new double[design.columnNames().size()];
        weights[design.indexOf(column)] = 1;
        return combination(weights, df);
    }

    /**
     * A combination of the coefficients.
     *
     * @param weights one for each column of the design
     * @throws IllegalArgumentException if the number of weights is not that of the columns
     */
    public Estimate combination(double[] weights, MixedModel.DegreesOfFreedom df) {
        Checks.sameLength(
                "weights", weights.length, "columns", design.columnNames().size());
        Moments fitted = moments;
        if (fitted == null) {
            return Estimate.notEstimable(failure().orElse(NotEstimable.NO_CONVERGENCE));
        }
        if (!qr.estimable(weights)) {
            return Estimate.notEstimable(NotEstimable.ALIASED);
        }
        double[] l = qr.inBasis(weights);
        CombinationInference inference = fitted.inference(df);
        double variance = Matrices.quadratic(inference.covariance(), l);
        return variance > 0
                ? Estimate.student(
                        Sums.dot(l, fitted.coefficients),
                        Math.sqrt(variance),
                        inference.degreesOfFreedom(l),
                        Distributions.DEFAULT_CONFIDENCE)
                : Estimate.valueOnly(Sums.dot(l, fitted.coefficients), NotEstimable.ZERO_VARIANCE);
    }

    /**
     * F test that several combinations of the coefficients are zero.
     *
     * @param combinations one weight for each column of the design in each
     * @throws IllegalArgumentException if a number of weights is not that of the columns
     */
    public JointTest joint(List<double[]> combinations, MixedModel.DegreesOfFreedom df) {
        for (double[] weights : combinations) {
            Checks.sameLength(
                    "weights", weights.length, "columns", design.columnNames().size());
        }
        Moments fitted = moments;
        if (fitted == null) {
            return JointTest.notEstimable(failure().orElse(NotEstimable.NO_CONVERGENCE));
        }
        if (!combinations.stream().allMatch(qr::estimable)) {
            return JointTest.notEstimable(NotEstimable.ALIASED);
        }
        double[][] rows = combinations.stream().map(qr::inBasis).toArray(double[][]::new);
        double[] values = Matrices.times(rows, fitted.coefficients);
        return fitted.inference(df).joint(values, rows);
    }

    /** The fitted model in an orthonormal basis of its columns. */
    private static final class Moments {

        private final double between;
        private final double within;
        private final Map<String, List<Integer>> clusters;
        /** W X, and then J W X. */
        private final double[][][] derivatives;

        private final double[][] phi;
        private final double[] coefficients;
        private final double[] residuals;
        private final double[][] weighted;
        private final double logLikelihood;

        private Moments(
                double[] values,
                QrDecomposition qr,
                List<String> clusters,
                IntraclassCorrelation.Components components) {
            this.between = components.between().value();
            this.within = components.within().value();
            this.clusters = Groups.rows(clusters);
            double[][] x = qr.basis();
            this.weighted = weighted(x);
            double[][] information = Matrices.product(Matrices.transposed(x), weighted);
            Cholesky root = Cholesky.of(information);
            this.phi = root.inverse();
            // residuals of plain least squares first, so that large values do not cost digits
            double[] plain = Matrices.times(Matrices.transposed(x), values);
            double[] left = minus(values, Matrices.times(x, plain));
            double[] update = root.solve(Matrices.times(Matrices.transposed(weighted), left));
            this.coefficients = minus(plain, Matrices.times(-1, update));
            this.residuals = minus(left, Matrices.times(x, update));
            this.derivatives = new double[][][] {clusterSums(weighted), weighted};
            double squares = Sums.dot(residuals, column(weighted(columnOf(residuals))));
            double[][] inverseRoot = qr.inverseRoot();
            double scale = Sums.of(qr.rank(), k -> -2 * Math.log(Math.abs(inverseRoot[k][k])));
            this.logLikelihood = -0.5
                    * ((values.length - qr.rank()) * Math.log(2 * Math.PI)
                            + logDeterminant(values.length)
                            + root.logDeterminant()
                            + scale
                            + squares);
        }

        private static double[] minus(double[] a, double[] b) {
            double[] difference = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                difference[i] = a[i] - b[i];
            }
            return difference;
        }

        private static double[][] columnOf(double[] values) {
            return Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
        }

        private static double[] column(double[][] matrix) {
            return Arrays.stream(matrix).mapToDouble(row -> row[0]).toArray();
        }

        /** 1 + n lambda of a cluster. */
        private double inflation(int size) {
            return 1 + size * between / within;
        }

        private double logDeterminant(int rows) {
            double[] parts = clusters.values().stream()
                    .mapToDouble(members -> Math.log(inflation(members.size())))
                    .toArray();
            return rows * Math.log(within) + Sums.of(parts);
        }

        /** J M: the sum over the cluster in each of its rows. */
        private double[][] clusterSums(double[][] matrix) {
            double[][] sums = new double[matrix.length][];
            for (List<Integer> members : clusters.values()) {
                double[] sum = new double[matrix[members.get(0)].length];
                for (int row : members) {
                    for (int k = 0; k < sum.length; k++) {
                        sum[k] += matrix[row][k];
                    }
                }
                for (int row : members) {
                    sums[row] = sum.clone();
                }
            }
            return sums;
        }

        /** W M = [M - lambda/(1 + n lambda) J M]/within. */
        private double[][] weighted(double[][] matrix) {
            double[][] product = clusterSums(matrix);
            for (List<Integer> members : clusters.values()) {
                double share = between / within / inflation(members.size());
                for (int row : members) {
                    for (int k = 0; k < product[row].length; k++) {
                        product[row][k] = (matrix[row][k] - share * product[row][k]) / within;
                    }
                }
            }
            return product;
        }

        private CombinationInference inference(MixedModel.DegreesOfFreedom df) {
            return switch (df) {
                case SATTERTHWAITE -> new ModelBased(moments(true), between > 0);
                case RESIDUAL -> new ModelBased(moments(true), false);
                case KENWARD_ROGER -> kenwardRoger(moments(false));
                case KENWARD_ROGER_LINEAR -> kenwardRoger(moments(true));
            };
        }

        private CombinationInference kenwardRoger(FittedMoments moments) {
            if (between == 0) {
                return new ModelBased(moments, false);
            }
            double[][] total = new double[phi.length][phi.length];
            for (int i = BETWEEN; i <= WITHIN; i++) {
                for (int j = BETWEEN; j <= WITHIN; j++) {
                    Matrices.add(secondMoment(i, j), moments.parameterCovariance()[i][j], total);
                }
            }
            return new KenwardRoger(moments, total);
        }

        /** Q(i, j). */
        private double[][] secondMoment(int i, int j) {
            return Matrices.product(Matrices.transposed(derivatives[i]), weighted(derivatives[j]));
        }

        /** S(i). */
        private double[][] sensitivity(int i) {
            return Matrices.product(Matrices.transposed(weighted), derivatives[i]);
        }

        private FittedMoments moments(boolean observed) {
            double[][][] sensitivities = {sensitivity(BETWEEN), sensitivity(WITHIN)};
            double[][] information = new double[2][2];
            double[][] weightedResiduals = weighted(columnOf(residuals));
            double[][][] working = {clusterSums(weightedResiduals), weightedResiduals};
            for (int i = BETWEEN; i <= WITHIN; i++) {
                for (int j = BETWEEN; j <= WITHIN; j++) {
                    double expected = trace(i, j)
                            - 2 * trace(phi, secondMoment(i, j))
                            + trace(Matrices.product(phi, sensitivities[i]), Matrices.product(phi, sensitivities[j]));
                    double average = projected(working[i], working[j]);
                    information[i][j] = observed ? average - expected / 2 : expected / 2;
                }
            }
            return new FittedMoments(
                    coefficients, phi, sensitivities, inverse(information), residuals.length - coefficients.length);
        }

        /** u'P v. */
        private double projected(double[][] u, double[][] v) {
            double[] before = Matrices.times(Matrices.transposed(weighted), column(u));
            double[] after = Matrices.times(Matrices.transposed(weighted), column(v));
            return Sums.dot(column(u), column(weighted(v))) - Sums.dot(before, Matrices.times(phi, after));
        }

        /** tr(A B). */
        private static double trace(double[][] a, double[][] b) {
            double[][] transposed = Matrices.transposed(b);
            return Sums.of(a.length, i -> Sums.dot(a[i], transposed[i]));
        }

        /** tr(W V(i) W V(j)). */
        private double trace(int i, int j) {
            double sum = 0;
            for (List<Integer> members : clusters.values()) {
                int n = members.size();
                double shrunk = 1 / (within * inflation(n));
                double common = i + j == 2 * BETWEEN ? n * (double) n : i + j == 2 * WITHIN ? 1 : n;
                double rest = i + j == 2 * WITHIN ? (n - 1) / (within * within) : 0;
                sum += common * shrunk * shrunk + rest;
            }
            return sum;
        }

        /** The inverse of the information; at the boundary that of the variance within alone. */
        private double[][] inverse(double[][] information) {
            return between > 0
                    ? Matrices.inverse(information)
                    : new double[][] {{0, 0}, {0, 1 / information[WITHIN][WITHIN]}};
        }
    }
}
