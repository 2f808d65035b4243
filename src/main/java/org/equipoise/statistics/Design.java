package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The explanatory side of a regression: an intercept, the arm, numeric covariates, factors.
 *
 * <p>Columns in the order they were added: {@value #INTERCEPT}; {@value #TREATMENT}, 1 for treatment and 0 for control;
 * a covariate under its own name; a factor as one 0/1 column {@code name=level} for each level but the first. Levels
 * are ordered by their characters. Immutable: each addition returns a new design. Rows with a missing value are left
 * out by the caller, in the outcome and here alike.
 */
public final class Design {

    /** Name of the constant column. */
    public static final String INTERCEPT = "intercept";

    /** Name of the arm's column. */
    public static final String TREATMENT = "treatment";

    /** How much each level of a factor counts in a least-squares mean. */
    public enum LevelWeights {
        /** Every level of a factor alike. */
        EQUAL,
        /** Every level by its share of the rows in the model. */
        PROPORTIONAL
    }

    /** A named column, its values, and what it contributes to a least-squares mean. */
    private static final class Column {

        private final String name;
        private final double[] values;
        private final int levels;

        Column(String name, double[] values, int levels) {
            this.name = name;
            this.values = values;
            this.levels = levels;
        }

        double at(LevelWeights weights) {
            boolean equal = weights == LevelWeights.EQUAL && levels > 0;
            return equal ? 1.0 / levels : Sums.mean(values);
        }
    }

    private final int rows;
    private final List<Column> columns;

    private Design(int rows, List<Column> columns) {
        this.rows = rows;
        this.columns = List.copyOf(columns);
    }

    /**
     * A design with the arm: intercept and treatment.
     *
     * @param treated for each row whether it belongs to the treatment arm
     */
    public static Design ofArms(boolean[] treated) {
        double[] indicator = new double[treated.length];
        for (int i = 0; i < treated.length; i++) {
            indicator[i] = treated[i] ? 1 : 0;
        }
        return ofIntercept(treated.length).with(new Column(TREATMENT, indicator, 0));
    }

    /** A design without an arm: the intercept of so many rows. */
    public static Design ofIntercept(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return new Design(rows, List.of(new Column(INTERCEPT, ones, 0)));
    }

    /**
     * Adds a numeric covariate.
     *
     * @param name its column's name, not used before
     * @param values one for each row, finite
     * @throws IllegalArgumentException if the number of values is not that of the rows, or the name is taken
     * @throws IllegalArgumentException if a value is not finite; the message names the covariate and index
     */
    public Design withCovariate(String name, double[] values) {
        Checks.sameLength("design", rows, name, values.length);
        Checks.finite(name, values);
        return with(new Column(name, values.clone(), 0));
    }

    /**
     * Adds a factor. A factor with a single level adds no column.
     *
     * @param name what its columns' names begin with, not used before
     * @param levels the level of each row
     * @throws IllegalArgumentException if the number of values is not that of the rows, or the name is taken
     */
    public Design withFactor(String name, List<String> levels) {
        Checks.sameLength("design", rows, name, levels.size());
        TreeSet<String> known = new TreeSet<>(levels);
        Design design = this;
        known.pollFirst();
        for (String level : known) {
            design = design.with(new Column(name + "=" + level, indicator(levels, level), known.size() + 1));
        }
        return design;
    }

    static double[] indicator(List<String> levels, String level) {
        double[] values = new double[levels.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = levels.get(i).equals(level) ? 1 : 0;
        }
        return values;
    }

    private Design with(Column column) {
        if (columnNames().contains(column.name)) {
            throw new IllegalArgumentException("design already has a column " + column.name);
        }
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        return new Design(rows, more);
    }

    /** The rows. */
    public int rows() {
        return rows;
    }

    /** The columns' names, in order. */
    public List<String> columnNames() {
        return columns.stream().map(column -> column.name).toList();
    }

    /**
     * The position of a column.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public int indexOf(String column) {
        int index = columnNames().indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("design has no column " + column);
        }
        return index;
    }

    /** Whether the design compares arms. */
    public boolean hasArms() {
        return columnNames().contains(TREATMENT);
    }

    /**
     * The row of coefficients' weights that gives an arm's least-squares mean: covariates at their mean over the rows,
     * factors averaged over their levels.
     *
     * @param treated which arm
     * @param weights how the levels of a factor are averaged
     * @throws IllegalArgumentException if the design has no arm
     */
    public double[] leastSquaresRow(boolean treated, LevelWeights weights) {
        double[] row =
                columns.stream().mapToDouble(column -> column.at(weights)).toArray();
        row[indexOf(TREATMENT)] = treated ? 1 : 0;
        return row;
    }

    /** The matrix, row by row. */
    double[][] matrix() {
        double[][] matrix = new double[rows][columns.size()];
        for (int j = 0; j < columns.size(); j++) {
            double[] values = columns.get(j).values;
            for (int i = 0; i < rows; i++) {
                matrix[i][j] = values[i];
            }
        }
        return matrix;
    }

    /** The matrix with everyone in one arm. */
    double[][] matrixWithArm(boolean treated) {
        double[][] matrix = matrix();
        int arm = indexOf(TREATMENT);
        for (double[] row : matrix) {
            row[arm] = treated ? 1 : 0;
        }
        return matrix;
    }
}
