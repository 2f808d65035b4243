package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The fixed effects of a mixed model for repeated measures: arm, baseline, site and covariates of a participant, each
 * constant over the follow-up or with an effect of its own at every interval.
 *
 * <p>Columns in R's order: {@value Design#INTERCEPT}, the main effects in the order they were added, then the
 * interactions with the interval. Names: {@value Design#TREATMENT}, {@code interval=NAME} for each interval but the
 * first, a covariate under its own name, {@code factor=LEVEL} for each level but the first, {@code TERM:interval=NAME}.
 * Immutable: each addition returns a new design. Missing values: replaced by the caller, a baseline by the mean over both
 * arms ({@link #withMean}).
 */
public final class RepeatedDesign {

    /** Whether a participant's variable acts alike at every interval. */
    public enum Effect {
        /** One coefficient for the whole follow-up. */
        CONSTANT,
        /** A coefficient at each interval; brings in the intervals' own effects. */
        BY_INTERVAL
    }

    /** A column: which variable of the participant, at which interval; {@link #EVERY} for all of them. */
    record Column(String name, int variable, int interval) {}

    /** A variable of the participant: centred and scaled for the arithmetic where it is numeric. */
    private record Variable(String name, double centre, double scale, int levels) {}

    /** One term: its codes (arm, factor) or numbers, and where its variables begin. */
    private record Term(int variable, int[] codes, double[] numbers, Effect effect, int width) {}

    static final int EVERY = -1;

    private static final String INTERVAL = "interval=";

    private final int participants;
    private final List<String> intervals;
    private final List<Variable> variables;
    private final List<Term> terms;
    private final boolean byInterval;
    /** After how many main effects' variables the intervals' own effects stand. */
    private final int intervalsAfter;

    private RepeatedDesign(
            int participants,
            List<String> intervals,
            List<Variable> variables,
            List<Term> terms,
            boolean byInterval,
            int intervalsAfter) {
        this.participants = participants;
        this.intervals = List.copyOf(intervals);
        this.variables = List.copyOf(variables);
        this.terms = List.copyOf(terms);
        this.byInterval = byInterval;
        this.intervalsAfter = intervalsAfter;
    }

    /** The intercept alone. */
    public static RepeatedDesign of(int participants, List<String> intervals) {
        return new RepeatedDesign(
                participants, intervals, List.of(new Variable(Design.INTERCEPT, 0, 1, 0)), List.of(), false, 0);
    }

    /**
     * The plan's model: arm by interval, baseline by interval, site.
     *
     * @param treated for each participant whether it belongs to the treatment arm
     * @param baseline for each participant; see {@link #withMean} for those who have none
     * @param sites the site of each participant
     * @throws IllegalArgumentException if the lengths differ, or a baseline is not finite
     */
    public static RepeatedDesign planned(
            List<String> intervals, boolean[] treated, double[] baseline, List<String> sites) {
        return of(treated.length, intervals)
                .withArms(treated, Effect.BY_INTERVAL)
                .withCovariate("baseline", baseline, Effect.BY_INTERVAL)
                .withFactor("site", sites, Effect.CONSTANT);
    }

    /**
     * The values with the mean of the known ones where none is known: the plan's rule for missing baselines.
     *
     * @param values entries that are not known may hold anything
     * @param known which are known
     * @throws IllegalArgumentException if the lengths differ, or a known value is not finite
     */
    public static double[] withMean(double[] values, boolean[] known) {
        Checks.sameLength("values", values.length, "known", known.length);
        double[] filled = values.clone();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            sum += known[i] ? values[i] : 0;
            count += known[i] ? 1 : 0;
        }
        double mean = count == 0 ? 0 : sum / count;
        for (int i = 0; i < values.length; i++) {
            filled[i] = known[i] ? values[i] : mean;
        }
        Checks.finite("values", filled);
        return filled;
    }

    /** Adds the intervals' own effects. */
    public RepeatedDesign withIntervals() {
        return byInterval
                ? this
                : new RepeatedDesign(participants, intervals, variables, terms, true, variables.size());
    }

    /**
     * Adds the arm: 1 for treatment, 0 for control.
     *
     * @throws IllegalArgumentException if the number of participants differs
     */
    public RepeatedDesign withArms(boolean[] treated, Effect effect) {
        int[] codes = new int[treated.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = treated[i] ? 1 : 0;
        }
        return with(codes, new double[0], effect, List.of(new Variable(Design.TREATMENT, 0, 1, 0)));
    }

    /**
     * Adds a numeric covariate.
     *
     * @throws IllegalArgumentException if the number of participants differs, or the name is taken
     * @throws IllegalArgumentException if a value is not finite; the message names the covariate and index
     */
    public RepeatedDesign withCovariate(String name, double[] values, Effect effect) {
        Checks.finite(name, values);
        Summary summary = Summary.of(values);
        double spread = summary.standardDeviation();
        // a covariate that is constant, up to rounding, stays what it is: a multiple of the intercept
        boolean varies = spread > 1e-12 * Math.abs(summary.mean());
        Variable variable = new Variable(name, varies ? summary.mean() : 0, varies ? spread : 1, 0);
        return with(new int[0], values.clone(), effect, List.of(variable));
    }

    /**
     * Adds a factor. A factor with a single level adds no column.
     *
     * @throws IllegalArgumentException if the number of participants differs, or the name is taken
     */
    public RepeatedDesign withFactor(String name, List<String> levels, Effect effect) {
        List<String> known = new ArrayList<>(new TreeSet<>(levels));
        int[] codes = levels.stream().mapToInt(known::indexOf).toArray();
        List<Variable> added = known.stream()
                .skip(1)
                .map(level -> new Variable(name + "=" + level, 0, 1, known.size()))
                .toList();
        return with(codes, new double[0], effect, added);
    }

    private RepeatedDesign with(int[] codes, double[] numbers, Effect effect, List<Variable> added) {
        Checks.sameLength("design", participants, "term", codes.length + numbers.length);
        List<Variable> all = new ArrayList<>(variables);
        for (Variable variable : added) {
            if (variables.stream().anyMatch(old -> old.name.equals(variable.name))) {
                throw new IllegalArgumentException("design already has a column " + variable.name);
            }
            all.add(variable);
        }
        List<Term> more = new ArrayList<>(terms);
        more.add(new Term(variables.size(), codes, numbers, effect, added.size()));
        boolean needs = effect == Effect.BY_INTERVAL && !byInterval;
        // as in R's arm * visit: the intervals' effects follow the first term that needs them
        return new RepeatedDesign(
                participants, intervals, all, more, byInterval || needs, needs ? all.size() : intervalsAfter);
    }

    int participants() {
        return participants;
    }

    List<String> intervals() {
        return intervals;
    }

    /** Number of variables of a participant, the constant among them. */
    int variables() {
        return variables.size();
    }

    /** The columns' names, in order. */
    public List<String> columnNames() {
        return columns().stream().map(Column::name).toList();
    }

    List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int k = 0; k < variables.size(); k++) {
            columns.add(new Column(variables.get(k).name, k, EVERY));
            if (byInterval && k == intervalsAfter - 1) {
                addIntervals(columns, 0, "");
            }
        }
        for (Term term : terms) {
            for (int k = 0; term.effect == Effect.BY_INTERVAL && k < term.width; k++) {
                addIntervals(columns, term.variable + k, variables.get(term.variable + k).name + ":");
            }
        }
        return columns;
    }

    private void addIntervals(List<Column> columns, int variable, String prefix) {
        for (int a = 1; a < intervals.size(); a++) {
            columns.add(new Column(prefix + INTERVAL + intervals.get(a), variable, a));
        }
    }

    /** The variables of a participant that are not zero: positions and values; returns how many. */
    int fill(int participant, int[] position, double[] value) {
        position[0] = 0;
        value[0] = 1;
        int count = 1;
        for (Term term : terms) {
            if (term.numbers.length > 0) {
                Variable variable = variables.get(term.variable);
                position[count] = term.variable;
                value[count++] = (term.numbers[participant] - variable.centre) / variable.scale;
            } else if (term.codes[participant] > 0) {
                position[count] = term.variable + term.codes[participant] - 1;
                value[count++] = 1;
            }
        }
        return count;
    }

    /** Who is treated; nobody where the design has no arms. */
    boolean[] treated() {
        boolean[] treated = new boolean[participants];
        for (Term term : terms) {
            if (term.width == 1 && variables.get(term.variable).name.equals(Design.TREATMENT)) {
                for (int i = 0; i < participants; i++) {
                    treated[i] = term.codes[i] == 1;
                }
            }
        }
        return treated;
    }

    /** Whether the design compares arms. */
    public boolean hasArms() {
        return variables.stream().anyMatch(variable -> variable.name.equals(Design.TREATMENT));
    }

    /**
     * What weights of the named columns become when covariates are centred and scaled: the same combination.
     *
     * @param weights one for each column
     */
    double[] working(double[] weights) {
        List<Column> columns = columns();
        double[] working = weights.clone();
        for (int j = 0; j < working.length; j++) {
            Column column = columns.get(j);
            Variable variable = variables.get(column.variable);
            double constant = weights[constantBeside(columns, column)];
            working[j] = (weights[j] - variable.centre * (variable.centre == 0 ? 0 : constant)) / variable.scale;
        }
        return working;
    }

    /** The column of the constant at the same interval. */
    private static int constantBeside(List<Column> columns, Column column) {
        for (int k = 0; k < columns.size(); k++) {
            if (columns.get(k).variable == 0 && columns.get(k).interval == column.interval) {
                return k;
            }
        }
        throw new IllegalStateException("an interaction without its interval");
    }

    /** log of the factor by which a column was divided. */
    double logScale(int column) {
        return Math.log(variables.get(columns().get(column).variable).scale);
    }

    /**
     * The row of weights that gives an arm's least-squares mean at an interval.
     *
     * @param treated which arm; ignored where the design has none
     * @param interval its position
     * @param means mean of each variable over the rows in the model, on the working scale
     * @param weights how the levels of a factor are averaged
     */
    double[] leastSquaresRow(boolean treated, int interval, double[] means, Design.LevelWeights weights) {
        return columns().stream()
                .mapToDouble(column -> column.interval == EVERY || column.interval == interval
                        ? at(column.variable, treated, means, weights)
                        : 0)
                .toArray();
    }

    private double at(int k, boolean treated, double[] means, Design.LevelWeights weights) {
        Variable variable = variables.get(k);
        if (variable.name.equals(Design.TREATMENT)) {
            return treated ? 1 : 0;
        }
        boolean equal = weights == Design.LevelWeights.EQUAL && variable.levels > 0;
        return equal ? 1.0 / variable.levels : variable.centre + variable.scale * means[k];
    }
}
