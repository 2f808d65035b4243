package org.equipoise.statistics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What logistic, Poisson and negative binomial regression share: the fit on independent columns and its covariances. */
final class GeneralizedModel {

    private final List<String> columns;
    private final int[] independent;
    private final double[][] matrix;
    private final double[] response;
    private final double[] offset;

    GeneralizedModel(double[] response, double[] offset, Design design) {
        double[][] full = design.matrix();
        this.columns = design.columnNames();
        this.independent = QrDecomposition.of(full, columns.size()).independent();
        this.matrix = Matrices.columns(full, independent);
        this.response = response;
        this.offset = offset;
    }

    private GeneralizedModel(
            List<String> columns, int[] independent, double[][] matrix, double[] response, double[] offset) {
        this.columns = columns;
        this.independent = independent;
        this.matrix = matrix;
        this.response = response;
        this.offset = offset;
    }

    List<String> columns() {
        return columns;
    }

    int[] independent() {
        return independent.clone();
    }

    int n() {
        return response.length;
    }

    int rank() {
        return independent.length;
    }

    double[][] matrix() {
        return matrix;
    }

    IterativelyReweighted fit(RegressionFamily family) {
        return IterativelyReweighted.fit(matrix, response, offset, family);
    }

    IterativelyReweighted fit(RegressionFamily family, double[] start) {
        return IterativelyReweighted.fit(matrix, response, offset, family, start);
    }

    /**
     * Profile-likelihood inference on the arm's coefficient.
     *
     * @param estimate the arm's coefficient with a standard error; its reason is passed on
     * @param maximum of the log-likelihood
     * @param profile of a model without the arm, whose offset holds it: its maximum
     */
    ProfileInterval treatmentProfile(
            Estimate estimate, Quantity maximum, ToDoubleFunction<GeneralizedModel> profile, double confidence) {
        if (!estimate.standardError().isEstimable()) {
            return ProfileInterval.notEstimable(
                    estimate.standardError().reason().orElseThrow());
        }
        return ProfileInterval.of(
                value -> profile.applyAsDouble(withTreatmentHeld(value)),
                estimate.value().value(),
                maximum.value(),
                estimate.standardError().value(),
                confidence);
    }

    private GeneralizedModel withTreatmentHeld(double value) {
        int arm = columns.indexOf(Design.TREATMENT);
        int position = IntStream.range(0, independent.length)
                .filter(k -> independent[k] == arm)
                .findFirst()
                .orElseThrow();
        int[] others = IntStream.range(0, independent.length)
                .filter(k -> k != position)
                .toArray();
        double[] held = new double[n()];
        for (int i = 0; i < held.length; i++) {
            held[i] = offset[i] + value * matrix[i][position];
        }
        return new GeneralizedModel(
                columns,
                Arrays.stream(others).map(k -> independent[k]).toArray(),
                Matrices.columns(matrix, others),
                response,
                held);
    }

    /** Why an iteration's result must not be used, or the coefficients with their covariances. */
    Coefficients coefficients(IterativelyReweighted fit, RegressionFamily family, double confidence) {
        if (fit.diverged()) {
            return Coefficients.failed(columns, NotEstimable.SEPARATION);
        }
        if (!fit.converged()) {
            return Coefficients.failed(columns, NotEstimable.NO_CONVERGENCE);
        }
        return inverseInformation(fit.predictor(), family)
                .map(model -> Coefficients.of(
                        columns, independent, fit.coefficients(), covariances(model, fit, family), confidence))
                .orElseGet(() -> Coefficients.failed(columns, NotEstimable.SEPARATION));
    }

    private Map<Coefficients.Covariance, double[][]> covariances(
            double[][] model, IterativelyReweighted fit, RegressionFamily family) {
        double[] predictor = fit.predictor();
        double[][] hc0 = Matrices.sandwich(model, scores(predictor, family));
        Map<Coefficients.Covariance, double[][]> covariances = new EnumMap<>(Coefficients.Covariance.class);
        covariances.put(Coefficients.Covariance.MODEL, model);
        covariances.put(Coefficients.Covariance.HC0, hc0);
        if (n() > rank()) {
            covariances.put(Coefficients.Covariance.HC1, Matrices.scaled(hc0, (double) n() / (n() - rank())));
        }
        return covariances;
    }

    /**
     * (X'WX)^-1 = R^-1 R^-T with W = slope^2/variance and W^(1/2) X = Q R, so that columns of very different size do not
     * cost the digits that X'WX would lose. Empty when the weights leave a column dependent.
     */
    private Optional<double[][]> inverseInformation(double[] predictor, RegressionFamily family) {
        double[][] weighted = new double[n()][];
        for (int i = 0; i < weighted.length; i++) {
            double root = family.slope(predictor[i]) / Math.sqrt(family.variance(predictor[i]));
            weighted[i] = Arrays.stream(matrix[i]).map(value -> root * value).toArray();
        }
        QrDecomposition qr = QrDecomposition.of(weighted, rank());
        return qr.rank() < rank() ? Optional.empty() : Optional.of(Matrices.outer(qr.inverseRoot()));
    }

    /** Each row's x (y - mean) slope/variance. */
    private double[][] scores(double[] predictor, RegressionFamily family) {
        double[][] scores = new double[n()][rank()];
        for (int i = 0; i < scores.length; i++) {
            double residual = response[i] - family.mean(predictor[i]);
            double weight = residual * family.slope(predictor[i]) / family.variance(predictor[i]);
            for (int j = 0; j < rank(); j++) {
                scores[i][j] = weight * matrix[i][j];
            }
        }
        return scores;
    }
}
