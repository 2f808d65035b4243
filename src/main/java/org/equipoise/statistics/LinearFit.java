package org.equipoise.statistics;

import java.util.List;

/** A fitted {@link LinearModel}: coefficients, spread, least-squares means, contrasts, robust standard errors. */
public final class LinearFit {

    /** Covariances that allow the residual variance to differ between rows (MacKinnon and White 1985). */
    public enum Robust {
        /** sum e^2 x x': White's, doi:10.2307/1912934. */
        HC0,
        /** HC0 times n/(n - rank). */
        HC1,
        /** e/(1 - leverage) in place of e, doi:10.1016/0304-4076(85)90158-7. */
        HC3
    }

    /**
     * The least-squares means and their difference.
     *
     * @param treatment mean of the treatment arm
     * @param control mean of the control arm
     * @param difference treatment minus control
     */
    public record ArmMeans(Estimate treatment, Estimate control, Estimate difference) {}

    /**
     * Residual mean square, relative to that of the outcome, that is rounding: R warns of a perfect fit below 1e-30, which
     * rounding passes now and then.
     */
    private static final double PERFECT_FIT = 1e-26;

    private final Design design;
    private final double confidence;
    private final double[] outcome;
    private final QrDecomposition qr;
    private final double[] coefficients;
    private final double[] residuals;

    /** Of an outcome on the independent columns of a decomposed design. */
    LinearFit(double[] outcome, Design design, QrDecomposition qr, double[][] independent, double confidence) {
        this.design = design;
        this.confidence = confidence;
        this.outcome = outcome;
        this.qr = qr;
        this.coefficients = qr.solve(outcome);
        this.residuals = new double[outcome.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = outcome[i] - Sums.dot(independent[i], coefficients);
        }
    }

    /** Rows in the model. */
    public int n() {
        return outcome.length;
    }

    /** Independent columns. */
    public int rank() {
        return qr.rank();
    }

    /** n - rank. */
    public int residualDegreesOfFreedom() {
        return n() - rank();
    }

    /** Residual standard deviation. */
    public Quantity sigma() {
        return residualDegreesOfFreedom() == 0
                ? Quantity.notEstimable(NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM)
                : Quantity.of(Math.sqrt(residualVariance()));
    }

    /** Share of the outcome's variance about its mean that the model explains. */
    public Quantity rSquared() {
        double total = n() == 0 ? 0 : Sums.squaredDeviations(outcome, Sums.mean(outcome));
        return total <= 0
                ? Quantity.notEstimable(NotEstimable.ZERO_VARIANCE)
                : Quantity.of(1 - Sums.dot(residuals, residuals) / total);
    }

    /** The coefficients, in the order of the design's columns. */
    public List<Estimate> coefficients() {
        return design.columnNames().stream().map(this::coefficient).toList();
    }

    /**
     * One coefficient.
     *
     * @throws IllegalArgumentException if the design has no such column
     */
    public Estimate coefficient(String column) {
        return contrast(unit(column));
    }

    /**
     * The adjusted difference, treatment minus control.
     *
     * @throws IllegalArgumentException if the design has no arm
     */
    public Estimate treatment() {
        return coefficient(Design.TREATMENT);
    }

    /**
     * The least-squares means of the arms and their difference.
     *
     * @param weights how the levels of a factor are averaged
     * @throws IllegalArgumentException if the design has no arm
     */
    public ArmMeans leastSquaresMeans(Design.LevelWeights weights) {
        return new ArmMeans(
                contrast(design.leastSquaresRow(true, weights)),
                contrast(design.leastSquaresRow(false, weights)),
                treatment());
    }

    /**
     * A combination of the coefficients.
     *
     * @param weights one for each column of the design
     * @throws IllegalArgumentException if the number of weights is not that of the columns
     */
    public Estimate contrast(double[] weights) {
        Checks.sameLength(
                "weights", weights.length, "columns", design.columnNames().size());
        if (n() == 0) {
            return Estimate.notEstimable(NotEstimable.EMPTY_ARM);
        }
        if (!qr.estimable(weights)) {
            return Estimate.notEstimable(NotEstimable.ALIASED);
        }
        double[] l = qr.independentPart(weights);
        double value = Sums.dot(l, coefficients);
        if (residualDegreesOfFreedom() == 0) {
            return Estimate.valueOnly(value, NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM);
        }
        if (perfectFit()) {
            return Estimate.valueOnly(value, NotEstimable.ZERO_VARIANCE);
        }
        double standardError = Math.sqrt(residualVariance()) * length(qr.inBasis(weights));
        return Estimate.student(value, standardError, residualDegreesOfFreedom(), confidence);
    }

    /**
     * One coefficient with a standard error that allows unequal residual variances; t with n - rank df.
     *
     * @param column the coefficient's column
     * @param robust which correction
     * @throws IllegalArgumentException if the design has no such column
     */
    public Estimate robust(String column, Robust robust) {
        Estimate plain = coefficient(column);
        if (!plain.standardError().isEstimable()) {
            return plain;
        }
        double[][] basis = qr.basis();
        double[] score = scoreWeights(basis, unit(column));
        double variance = Sums.of(n(), i -> Sums.square(score[i] * adjusted(i, basis[i], robust)));
        double scale = robust == Robust.HC1 ? (double) n() / residualDegreesOfFreedom() : 1;
        return variance > 0 && Double.isFinite(variance)
                ? Estimate.student(
                        plain.value().value(), Math.sqrt(scale * variance), residualDegreesOfFreedom(), confidence)
                : Estimate.valueOnly(plain.value().value(), NotEstimable.ZERO_VARIANCE);
    }

    /**
     * A combination of the coefficients with a cluster-robust standard error and its own degrees of freedom.
     *
     * @param weights one for each column of the design
     * @param clusters the cluster of each row
     * @param correction which small-sample correction
     * @throws IllegalArgumentException if the number of weights is not that of the columns
     * @throws IllegalArgumentException if the number of clusters' names is not that of the rows
     */
    public Estimate clustered(double[] weights, List<String> clusters, ClusterRobust correction) {
        Checks.sameLength("clusters", clusters.size(), "rows", n());
        Estimate plain = contrast(weights);
        if (!plain.standardError().isEstimable()) {
            return plain;
        }
        return correction.infer(
                qr.basis(),
                residuals,
                Groups.rows(clusters),
                qr.inBasis(weights),
                plain.value().value(),
                confidence);
    }

    /**
     * One coefficient with a cluster-robust standard error: see {@link #clustered(double[], List, ClusterRobust)}.
     *
     * @throws IllegalArgumentException if the design has no such column
     * @throws IllegalArgumentException if the number of clusters' names is not that of the rows
     */
    public Estimate clustered(String column, List<String> clusters, ClusterRobust correction) {
        return clustered(unit(column), clusters, correction);
    }

    /** A residual as a correction has it; the leverage is the square of the row of the basis. */
    private double adjusted(int row, double[] inBasis, Robust robust) {
        return robust == Robust.HC3 ? residuals[row] / (1 - Sums.dot(inBasis, inBasis)) : residuals[row];
    }

    private double residualVariance() {
        return Sums.dot(residuals, residuals) / residualDegreesOfFreedom();
    }

    private boolean perfectFit() {
        double size = Sums.dot(outcome, outcome) / n();
        return residualVariance() <= PERFECT_FIT * size;
    }

    /** What each residual contributes to l'b: Q R^-T l, so that l'(X'X)^-1 X'e is its product with e. */
    private double[] scoreWeights(double[][] basis, double[] weights) {
        return Matrices.times(basis, qr.inBasis(weights));
    }

    private double[] unit(String column) {
        double[] weights = new double[design.columnNames().size()];
        weights[design.indexOf(column)] = 1;
        return weights;
    }

    private static double length(double[] vector) {
        return Math.sqrt(Sums.dot(vector, vector));
    }
}
