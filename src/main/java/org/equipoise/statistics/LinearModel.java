package org.equipoise.statistics;

/**
 * Linear regression of an outcome on the arm and covariates: the analysis of covariance.
 *
 * <p>Formula: b minimises sum w (y - x'b)^2; covariance s^2 (X'WX)^-1 with s^2 = sum w e^2/(n - rank); t with n - rank
 * df. Least-squares means and contrasts are combinations l'b.
 *
 * <p>Shapes: one outcome for each row of the design; nothing is modified. Units: those of the outcome. Missing values:
 * rows that lack one are left out by the caller.
 *
 * <p>Special cases: a column that is a combination of earlier ones: {@link NotEstimable#ALIASED} for it and for every
 * contrast that needs it; no residual degree of freedom: values without uncertainty
 * ({@link NotEstimable#NO_RESIDUAL_DEGREES_OF_FREEDOM}); residuals that are only rounding:
 * {@link NotEstimable#ZERO_VARIANCE}; no rows: {@link NotEstimable#EMPTY_ARM}.
 *
 * <p>Agrees with R 4.2 {@code lm}, emmeans 1.8 {@code emmeans(m, ~ arm, weights = "equal"|"proportional")} and sandwich
 * 3.0 {@code vcovHC}, relative 1e-8.
 *
 * <p>Reference: Searle, Speed and Milliken (1980), The American Statistician 34, 216-221,
 * doi:10.1080/00031305.1980.10483031.
 */
public final class LinearModel {

    private static final LinearModel DEFAULTS = new LinearModel(Distributions.DEFAULT_CONFIDENCE);

    private final double confidence;

    private LinearModel(double confidence) {
        this.confidence = confidence;
    }

    /** With 95 % intervals. */
    public static LinearModel withDefaults() {
        return DEFAULTS;
    }

    /**
     * The same with another level of the intervals.
     *
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public LinearModel withConfidence(double level) {
        return new LinearModel(Checks.confidence(level));
    }

    /**
     * Fits the model.
     *
     * @param outcome one value for each row of the design, finite
     * @param design the explanatory columns
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a value is not finite; the message names the index
     */
    public LinearFit fit(double[] outcome, Design design) {
        return on(design).fit(outcome);
    }

    /** The model on a design that several outcomes are fitted to, as many filled-in tables are. */
    public OnDesign on(Design design) {
        return new OnDesign(design, confidence);
    }

    /** A design, decomposed once. */
    public static final class OnDesign {

        private final Design design;
        private final QrDecomposition qr;
        private final double[][] independent;
        private final double confidence;

        private OnDesign(Design design, double confidence) {
            this.design = design;
            this.confidence = confidence;
            double[][] matrix = design.matrix();
            qr = QrDecomposition.of(matrix, design.columnNames().size());
            independent = Matrices.columns(matrix, qr.independent());
        }

        /**
         * Fits one outcome.
         *
         * @param outcome one value for each row of the design, finite
         * @throws IllegalArgumentException if the lengths differ
         * @throws IllegalArgumentException if a value is not finite; the message names the index
         */
        public LinearFit fit(double[] outcome) {
            Checks.sameLength("outcome", outcome.length, "design", design.rows());
            Checks.finite("outcome", outcome);
            return new LinearFit(outcome.clone(), design, qr, independent, confidence);
        }
    }
}
