package org.equipoise.statistics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The coefficients of a model fitted by maximum likelihood, with normal inference from one of several covariances.
 *
 * <p>Values are on the scale of the linear predictor: log odds, log rates, log hazards. A column that is a combination
 * of earlier ones is {@link NotEstimable#ALIASED}; a fit that failed gives its reason for every coefficient.
 */
public final class Coefficients {

    /** Which covariance the inference uses. */
    public enum Covariance {
        /** Inverse information: the model is taken at its word. */
        MODEL,
        /** HC0, the sandwich: the variance may differ from the model's. */
        HC0,
        /** HC0 times n/(n - p). */
        HC1,
        /** Inverse joint observed information of coefficients and dispersion (negative binomial: SAS, Stata). */
        OBSERVED
    }

    private final List<String> columns;
    private final int[] independent;
    private final double[] values;
    private final Map<Covariance, double[][]> covariances;
    private final double confidence;
    private final @Nullable NotEstimable failure;

    private Coefficients(
            List<String> columns,
            int[] independent,
            double[] values,
            Map<Covariance, double[][]> covariances,
            double confidence,
            @Nullable NotEstimable failure) {
        this.columns = columns;
        this.independent = independent;
        this.values = values;
        this.covariances = covariances;
        this.confidence = confidence;
        this.failure = failure;
    }

    static Coefficients failed(List<String> columns, NotEstimable reason) {
        return new Coefficients(columns, new int[0], new double[0], Map.of(), Distributions.DEFAULT_CONFIDENCE, reason);
    }

    static Coefficients of(
            List<String> columns,
            int[] independent,
            double[] values,
            Map<Covariance, double[][]> covariances,
            double confidence) {
        return new Coefficients(columns, independent, values, new EnumMap<>(covariances), confidence, null);
    }

    /** Why the fit failed; empty when it did not. */
    public Optional<NotEstimable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The names of the columns, in the design's order. */
    public List<String> columns() {
        return columns;
    }

    /** All coefficients, in the design's order. */
    public List<Estimate> all(Covariance covariance) {
        return columns.stream().map(column -> get(column, covariance)).toList();
    }

    /**
     * One coefficient.
     *
     * @param column its name
     * @param covariance which covariance; {@link NotEstimable#NOT_APPLICABLE} where the model does not have it
     * @throws IllegalArgumentException if there is no such column
     */
    public Estimate get(String column, Covariance covariance) {
        int position = columns.indexOf(column);
        if (position < 0) {
            throw new IllegalArgumentException("no coefficient " + column);
        }
        if (failure != null) {
            return Estimate.notEstimable(failure);
        }
        int k = IntStream.range(0, independent.length)
                .filter(i -> independent[i] == position)
                .findFirst()
                .orElse(-1);
        return k < 0 ? Estimate.notEstimable(NotEstimable.ALIASED) : estimate(k, covariance);
    }

    /**
     * The arm's coefficient with the model's covariance.
     *
     * @throws IllegalArgumentException if the design has no arm
     */
    public Estimate treatment() {
        return treatment(Covariance.MODEL);
    }

    /**
     * The arm's coefficient.
     *
     * @throws IllegalArgumentException if the design has no arm
     */
    public Estimate treatment(Covariance covariance) {
        return get(Design.TREATMENT, covariance);
    }

    private Estimate estimate(int k, Covariance covariance) {
        double[][] matrix = covariances.get(covariance);
        if (matrix == null) {
            return Estimate.valueOnly(values[k], NotEstimable.NOT_APPLICABLE);
        }
        double variance = matrix[k][k];
        return Estimate.fromVariance(values[k], variance, confidence);
    }

    /** Values of the independent columns. */
    double[] independentValues() {
        return values.clone();
    }

    /** A covariance of the independent columns. */
    double[][] independentCovariance(Covariance covariance) {
        double[][] matrix = covariances.get(covariance);
        if (matrix == null) {
            throw new IllegalStateException("no covariance " + covariance);
        }
        return matrix;
    }
}
