package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MixedModelFit} says about its fixed effects: coefficients, least-squares means by arm and interval,
 * differences between arms, any linear combination, joint tests.
 *
 * <p>Special cases: a failed fit gives its reason everywhere; a combination of columns that the data do not identify is
 * {@link NotEstimable#ALIASED}; a variance that is not positive gives the value alone ({@link NotEstimable#ZERO_VARIANCE}).
 */
public final class MixedModelInference {

    private final PatternSums sums;
    private final double[] coefficients;
    private final @Nullable CombinationInference inference;
    private final double confidence;
    private final @Nullable NotEstimable failure;

    private MixedModelInference(
            PatternSums sums,
            double[] coefficients,
            @Nullable CombinationInference inference,
            double confidence,
            @Nullable NotEstimable failure) {
        this.sums = sums;
        this.coefficients = coefficients;
        this.inference = inference;
        this.confidence = confidence;
        this.failure = failure;
    }

    static MixedModelInference of(
            PatternSums sums, double[] coefficients, CombinationInference inference, double confidence) {
        return new MixedModelInference(sums, coefficients, inference, confidence, null);
    }

    static MixedModelInference failed(PatternSums sums, NotEstimable reason) {
        return new MixedModelInference(sums, new double[0], null, Distributions.DEFAULT_CONFIDENCE, reason);
    }

    /** The names of the columns, in the design's order. */
    public List<String> columnNames() {
        return sums.design().columnNames();
    }

    /**
     * One coefficient; {@link NotEstimable#ALIASED} for a column that was left out.
     *
     * @throws IllegalArgumentException if the design has no such column
     */
    public Estimate coefficient(String column) {
        int position = columnNames().indexOf(column);
        if (position < 0) {
            throw new IllegalArgumentException("design has no column " + column);
        }
        double[] weights = new double[columnNames().size()];
        weights[position] = 1;
        for (int dropped : sums.effects().dropped()) {
            if (dropped == position) {
                return Estimate.notEstimable(failure == null ? NotEstimable.ALIASED : failure);
            }
        }
        return estimate(sums.effects().keptPart(sums.design().working(weights)));
    }

    /**
     * A combination of the coefficients.
     *
     * @param weights one for each column
     * @throws IllegalArgumentException if the number of weights is not that of the columns
     */
    public Estimate combination(double[] weights) {
        Checks.sameLength("weights", weights.length, "columns", columnNames().size());
        return workingCombination(sums.design().working(weights));
    }

    private Estimate workingCombination(double[] working) {
        return sums.effects().estimable(working)
                ? estimate(sums.effects().keptPart(working))
                : Estimate.notEstimable(failure == null ? NotEstimable.ALIASED : failure);
    }

    private Estimate estimate(double[] l) {
        CombinationInference by = inference;
        if (failure != null || by == null) {
            return Estimate.notEstimable(failure == null ? NotEstimable.NO_CONVERGENCE : failure);
        }
        double value = Sums.dot(l, coefficients);
        Optional<NotEstimable> reason = by.failure();
        if (reason.isPresent()) {
            return Estimate.valueOnly(value, reason.get());
        }
        double variance = Matrices.quadratic(by.covariance(), l);
        double df = variance > 0 ? by.degreesOfFreedom(l) : 0;
        return variance > 0 && variance < Double.POSITIVE_INFINITY && df > 0
                ? Estimate.student(value, Math.sqrt(variance), df, confidence)
                : Estimate.valueOnly(value, NotEstimable.ZERO_VARIANCE);
    }

    /**
     * An arm's least-squares mean at an interval: covariates at their mean over the rows in the model.
     *
     * @param treated which arm
     * @param interval its name
     * @param weights how the levels of a factor are averaged
     * @throws IllegalArgumentException if there is no such interval
     */
    public Estimate leastSquaresMean(boolean treated, String interval, Design.LevelWeights weights) {
        double[] one = new double[sums.design().intervals().size()];
        double[] none = new double[one.length];
        one[position(interval)] = 1;
        return ofMeans(treated ? one : none, treated ? none : one, weights);
    }

    /**
     * A combination of the least-squares means.
     *
     * @param treatment weight of the treatment arm's mean at each interval
     * @param control weight of the control arm's mean at each interval
     * @param levels how the levels of a factor are averaged; without effect where the weights sum to zero
     * @throws IllegalArgumentException if the number of weights is not that of the intervals
     */
    public Estimate ofMeans(double[] treatment, double[] control, Design.LevelWeights levels) {
        return workingCombination(sums.design().working(row(treatment, control, levels)));
    }

    private double[] row(double[] treatment, double[] control, Design.LevelWeights levels) {
        RepeatedDesign design = sums.design();
        Checks.sameLength(
                "treatment", treatment.length, "intervals", design.intervals().size());
        Checks.sameLength(
                "control", control.length, "intervals", design.intervals().size());
        double[] means = sums.rowMeans();
        double[] row = new double[columnNames().size()];
        for (int a = 0; a < treatment.length; a++) {
            addRow(treatment[a], design.leastSquaresRow(true, a, means, levels), row);
            addRow(control[a], design.leastSquaresRow(false, a, means, levels), row);
        }
        return row;
    }

    private static void addRow(double weight, double[] from, double[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += weight * from[j];
        }
    }

    /**
     * Treatment minus control at an interval.
     *
     * @throws IllegalArgumentException if there is no such interval
     */
    public Estimate difference(String interval) {
        return meanDifference(List.of(interval));
    }

    /**
     * The mean of the differences at several intervals, each alike.
     *
     * @throws IllegalArgumentException if there is no such interval
     */
    public Estimate meanDifference(List<String> intervals) {
        double[] weights = new double[sums.design().intervals().size()];
        for (String interval : intervals) {
            weights[position(interval)] += 1.0 / intervals.size();
        }
        return difference(weights);
    }

    /**
     * Maintenance: the difference at the later interval minus the difference at the earlier one.
     *
     * @throws IllegalArgumentException if there is no such interval
     */
    public Estimate maintenance(String earlier, String later) {
        double[] weights = new double[sums.design().intervals().size()];
        weights[position(later)] += 1;
        weights[position(earlier)] -= 1;
        return difference(weights);
    }

    private Estimate difference(double[] weights) {
        return ofMeans(weights, Matrices.times(-1, weights), Design.LevelWeights.EQUAL);
    }

    /**
     * F test that the arms do not differ at any of these intervals.
     *
     * @throws IllegalArgumentException if there is no such interval
     */
    public JointTest jointDifference(List<String> intervals) {
        return joint(differences(intervals));
    }

    /**
     * F test that the difference is the same at all of these intervals: arm by interval.
     *
     * @throws IllegalArgumentException if there is no such interval
     */
    public JointTest jointChange(List<String> intervals) {
        List<double[]> rows = differences(intervals);
        return joint(rows.stream()
                .skip(1)
                .map(row -> {
                    double[] change = row.clone();
                    addRow(-1, rows.get(0), change);
                    return change;
                })
                .toList());
    }

    private List<double[]> differences(List<String> intervals) {
        List<double[]> rows = new ArrayList<>();
        for (String interval : intervals) {
            double[] weights = new double[sums.design().intervals().size()];
            weights[position(interval)] = 1;
            rows.add(row(weights, Matrices.times(-1, weights), Design.LevelWeights.EQUAL));
        }
        return rows;
    }

    /**
     * F test that several combinations of the coefficients are zero.
     *
     * @param combinations one weight for each column in each
     * @throws IllegalArgumentException if a number of weights is not that of the columns
     */
    public JointTest joint(List<double[]> combinations) {
        CombinationInference by = inference;
        if (failure != null || by == null) {
            return JointTest.notEstimable(failure == null ? NotEstimable.NO_CONVERGENCE : failure);
        }
        if (by.failure().isPresent()) {
            return JointTest.notEstimable(by.failure().get());
        }
        double[][] rows = new double[combinations.size()][];
        double[] values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double[] weights = combinations.get(i);
            Checks.sameLength(
                    "weights", weights.length, "columns", columnNames().size());
            double[] working = sums.design().working(weights);
            if (!sums.effects().estimable(working)) {
                return JointTest.notEstimable(NotEstimable.ALIASED);
            }
            rows[i] = sums.effects().keptPart(working);
            values[i] = Sums.dot(rows[i], coefficients);
        }
        return by.joint(values, rows);
    }

    private int position(String interval) {
        int position = sums.design().intervals().indexOf(interval);
        if (position < 0) {
            throw new IllegalArgumentException("no interval " + interval);
        }
        return position;
    }
}
