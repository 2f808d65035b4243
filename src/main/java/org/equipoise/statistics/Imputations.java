package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table filled in several times. Each filled-in table is analysed as if it were complete; {@link #pool} combines the
 * results.
 *
 * <p>Values can be shifted after the fact ({@link Completed#shifted}): the random numbers stay the same, so that a shift of
 * zero is the imputation itself and results change smoothly with the shift. A score moves by the shift; a binary value,
 * drawn with probability p, is 1 when its logistic threshold lies below the shift, which draws it with logit p + shift.
 */
public final class Imputations {

    /** One filled-in table. */
    public final class Completed {

        private final int imputation;

        private Completed(int imputation) {
            this.imputation = imputation;
        }

        /**
         * A column, filled in.
         *
         * @throws IllegalArgumentException if the table has none of that name
         */
        public double[] column(String name) {
            return shifted(name, 0, new boolean[data.rows()]);
        }

        /**
         * A column, filled in, with the imputed values of some people moved.
         *
         * @param name the column
         * @param delta how far: points of a score, log odds of a binary value
         * @param people whose imputed values move; observed values never do
         * @throws IllegalArgumentException if the table has no such column, or people are too few or too many
         */
        public double[] shifted(String name, double delta, boolean[] people) {
            Checks.sameLength("rows", data.rows(), "people", people.length);
            int column = data.incompleteIndex(name);
            if (column < 0) {
                return data.completeNamed(name);
            }
            Filled filled = tables.get(imputation);
            boolean[] observed = data.observed(column);
            double[] values = filled.values[column].clone();
            for (int i = 0; i < values.length; i++) {
                if (!observed[i] && people[i]) {
                    values[i] = filled.binary ? (filled.thresholds[column][i] < delta ? 1 : 0) : values[i] + delta;
                }
            }
            return values;
        }
    }

    /** The incomplete columns of one imputation; for binary values the threshold each was drawn by. */
    static final class Filled {

        private final double[][] values;
        private final double[][] thresholds;
        private final boolean binary;

        Filled(double[][] values, double[][] thresholds, boolean binary) {
            this.values = values;
            this.thresholds = thresholds;
            this.binary = binary;
        }
    }

    private final IncompleteData data;
    private final List<Filled> tables;
    private final @Nullable NotEstimable failure;

    private Imputations(IncompleteData data, List<Filled> tables, @Nullable NotEstimable failure) {
        this.data = data;
        this.tables = tables;
        this.failure = failure;
    }

    static Imputations of(IncompleteData data, List<Filled> tables) {
        return new Imputations(data, List.copyOf(tables), null);
    }

    static Imputations failed(IncompleteData data, NotEstimable reason) {
        return new Imputations(data, List.of(), reason);
    }

    /** Why nothing could be imputed; empty when it could. */
    public Optional<NotEstimable> failure() {
        return Optional.ofNullable(failure);
    }

    /** How often the table was filled in; 0 after a failure. */
    public int number() {
        return tables.size();
    }

    /**
     * One filled-in table.
     *
     * @param imputation from 0 to {@link #number} - 1
     */
    public Completed table(int imputation) {
        return new Completed(imputation);
    }

    /**
     * Analyses each filled-in table and combines the results by Rubin's rules. A ratio is pooled on its logarithm: the
     * analysis gives that.
     *
     * @param analysis of one table; its degrees of freedom are those of complete data
     * @return the pooled estimate; its reason is that of the imputation, or of the first analysis that failed
     */
    public RubinPooling pool(Function<Completed, Estimate> analysis) {
        if (failure != null) {
            return RubinPooling.notEstimable(0, failure);
        }
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < number(); i++) {
            estimates.add(analysis.apply(table(i)));
        }
        return RubinPooling.of(estimates);
    }
}
