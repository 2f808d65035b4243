package org.equipoise.statistics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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

    /** Why an iteration's result must not be used, or the coefficients with their covariances. */
    Coefficients coefficients(IterativelyReweighted fit, RegressionFamily family, double confidence) {
        if (fit.diverged()) {
            return Coefficients.failed(columns, NotEstimable.SEPARATION);
        }
        if (!fit.converged()) {
            return Coefficients.failed(columns, NotEstimable.NO_CONVERGENCE);
        }
        return Coefficients.of(columns, independent, fit.coefficients(), covariances(fit, family), confidence);
    }

    private Map<Coefficients.Covariance, double[][]> covariances(IterativelyReweighted fit, RegressionFamily family) {
        double[] predictor = fit.predictor();
        double[][] model = Matrices.inverse(information(predictor, family));
        double[][] hc0 = Matrices.sandwich(model, scores(predictor, family));
        Map<Coefficients.Covariance, double[][]> covariances = new EnumMap<>(Coefficients.Covariance.class);
        covariances.put(Coefficients.Covariance.MODEL, model);
        covariances.put(Coefficients.Covariance.HC0, hc0);
        if (n() > rank()) {
            covariances.put(Coefficients.Covariance.HC1, Matrices.scaled(hc0, (double) n() / (n() - rank())));
        }
        return covariances;
    }

    /** X'WX, W = slope^2/variance. */
    private double[][] information(double[] predictor, RegressionFamily family) {
        double[] weights = new double[n()];
        for (int i = 0; i < weights.length; i++) {
            double slope = family.slope(predictor[i]);
            weights[i] = slope * slope / family.variance(predictor[i]);
        }
        return Matrices.weightedCross(matrix, weights);
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
