package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * People with columns that are complete (baseline, age, site) and columns in which values are missing (the outcome by
 * interval, in the order of time). The input of {@link ChainedEquations} and {@link ReferenceBasedImputation}.
 *
 * <p>Immutable: each addition returns a new table. A value that was not observed is ignored, whatever stands there.
 */
public final class IncompleteData {

    /** A named column; complete when everything was observed. */
    private static final class Column {

        private final String name;
        private final double[] values;
        private final boolean[] observed;

        Column(String name, double[] values, boolean[] observed) {
            this.name = name;
            this.values = values;
            this.observed = observed;
        }
    }

    private final int rows;
    private final List<Column> complete;
    private final List<Column> incomplete;

    private IncompleteData(int rows, List<Column> complete, List<Column> incomplete) {
        this.rows = rows;
        this.complete = List.copyOf(complete);
        this.incomplete = List.copyOf(incomplete);
    }

    /** A table of so many people and no columns yet. */
    public static IncompleteData ofRows(int rows) {
        return new IncompleteData(rows, List.of(), List.of());
    }

    /**
     * Adds a column without missing values, which helps to predict the others.
     *
     * @param name not used before
     * @param values one for each person, finite
     * @throws IllegalArgumentException if the number of values is not that of the people, or the name is taken
     * @throws IllegalArgumentException if a value is not finite; the message names the column and index
     */
    public IncompleteData withComplete(String name, double[] values) {
        Checks.sameLength("rows", rows, name, values.length);
        Checks.finite(name, values);
        boolean[] observed = new boolean[rows];
        Arrays.fill(observed, true);
        return new IncompleteData(rows, with(complete, new Column(name, values.clone(), observed)), incomplete);
    }

    /**
     * Adds a factor without missing values, as one 0/1 column {@code name=level} for each level but the first.
     *
     * @param name what its columns' names begin with, not used before
     * @param levels the level of each person
     * @throws IllegalArgumentException if the number of values is not that of the people, or the name is taken
     */
    public IncompleteData withFactor(String name, List<String> levels) {
        Checks.sameLength("rows", rows, name, levels.size());
        TreeSet<String> known = new TreeSet<>(levels);
        known.pollFirst();
        IncompleteData table = this;
        for (String level : known) {
            table = table.withComplete(name + "=" + level, Design.indicator(levels, level));
        }
        return table;
    }

    /**
     * Adds a column in which values may be missing, later in time than those added before.
     *
     * @param name not used before
     * @param values one for each person, finite where observed
     * @param observed for each person whether the value was observed
     * @throws IllegalArgumentException if the lengths differ, or the name is taken
     * @throws IllegalArgumentException if an observed value is not finite; the message names the column and index
     */
    public IncompleteData withIncomplete(String name, double[] values, boolean[] observed) {
        Checks.sameLength("rows", rows, name, values.length);
        Checks.sameLength("rows", rows, "observed", observed.length);
        double[] known = new double[rows];
        for (int i = 0; i < rows; i++) {
            known[i] = observed[i] ? values[i] : 0;
        }
        Checks.finite(name, known);
        return new IncompleteData(rows, complete, with(incomplete, new Column(name, known, observed.clone())));
    }

    private List<Column> with(List<Column> columns, Column column) {
        boolean taken = complete.stream().anyMatch(known -> known.name.equals(column.name))
                || incomplete.stream().anyMatch(known -> known.name.equals(column.name));
        if (taken) {
            throw new IllegalArgumentException("table already has a column " + column.name);
        }
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        return more;
    }

    /** The people. */
    public int rows() {
        return rows;
    }

    int completeColumns() {
        return complete.size();
    }

    int incompleteColumns() {
        return incomplete.size();
    }

    double[] completeValues(int column) {
        return complete.get(column).values;
    }

    double[] incompleteValues(int column) {
        return incomplete.get(column).values;
    }

    boolean[] observed(int column) {
        return incomplete.get(column).observed;
    }

    /** The name of an incomplete column. */
    String name(int column) {
        return incomplete.get(column).name;
    }

    /**
     * The values of a complete column.
     *
     * @throws IllegalArgumentException if no complete column has the name
     */
    double[] completeNamed(String name) {
        return complete.stream()
                .filter(column -> column.name.equals(name))
                .map(column -> column.values.clone())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("table has no column " + name));
    }

    /** The position of an incomplete column; -1 when none has the name. */
    int incompleteIndex(String name) {
        for (int j = 0; j < incomplete.size(); j++) {
            if (incomplete.get(j).name.equals(name)) {
                return j;
            }
        }
        return -1;
    }
}
