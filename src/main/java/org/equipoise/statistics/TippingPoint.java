package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * How far imputed values would have to differ from what the observed ones predict before a conclusion changes
 * (delta-adjusted tipping point).
 *
 * <p>Formula: imputed values are moved by delta, in the treatment arm alone or in both arms; each table is analysed and
 * the results are pooled (Rubin). The tipping point is the delta nearest to the first of the grid at which p crosses alpha,
 * found between two neighbours of the grid by bisection. Observed values never move.
 *
 * <p>Units: points of a score; log odds of a binary value, for which p is a step function of delta.
 *
 * <p>Special cases: the imputation failed, or an analysis did: its reason in the steps, no tipping point; p stays on its
 * side of alpha over the whole grid: {@link NotEstimable#NOT_REACHED}; a grid without the value 0 at its start tells
 * nothing about missing at random, so it is refused.
 *
 * <p>Agrees with R 4.2 {@code lm} and Rubin's rules on the same imputations, relative 1e-8.
 *
 * <p>Reference: Yan, Lee and Li (2009), Journal of Biopharmaceutical Statistics 19, 1085-1098,
 * doi:10.1080/10543400903243009; Cro, Morris, Kenward and Carpenter (2020), Statistics in Medicine 39, 2815-2842,
 * doi:10.1002/sim.8569.
 */
public final class TippingPoint {

    /** Whose imputed values move. */
    public enum Shifted {
        /** Those of the treatment arm only. */
        TREATMENT,
        /** Those of both arms alike. */
        BOTH
    }

    /**
     * The pooled result at one shift.
     *
     * @param delta the shift
     * @param pooled treatment minus control
     */
    public record Step(double delta, Estimate pooled) {}

    /**
     * What shifting gave.
     *
     * @param shifted whose values moved
     * @param alpha level that p is compared with
     * @param steps one for each delta of the grid, in its order
     * @param delta the tipping point
     */
    public record Result(Shifted shifted, double alpha, List<Step> steps, Quantity delta) {}

    /** Width of the final bracket, relative to the grid's step. */
    private static final double TOLERANCE = 1e-10;

    private static final TippingPoint DEFAULTS = new TippingPoint(Shifted.TREATMENT, 0.05);

    private final Shifted shifted;
    private final double alpha;

    private TippingPoint(Shifted shifted, double alpha) {
        this.shifted = shifted;
        this.alpha = alpha;
    }

    /** The treatment arm's values move; alpha is 0.05. */
    public static TippingPoint withDefaults() {
        return DEFAULTS;
    }

    /** The same with another choice of whose values move. */
    public TippingPoint with(Shifted choice) {
        return new TippingPoint(choice, alpha);
    }

    /**
     * The same with another level.
     *
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public TippingPoint withAlpha(double level) {
        return new TippingPoint(shifted, Checks.fraction("alpha", level));
    }

    /**
     * Searches a grid of shifts.
     *
     * @param imputations under missing at random
     * @param column the outcome's column
     * @param treated whether each person belongs to the treatment arm
     * @param analysis of a filled-in table with the shifted outcome beside it
     * @param deltas the grid: 0 first, then away from it, in the direction that is worse for treatment
     * @throws IllegalArgumentException if the grid is empty, does not begin with 0 or is not monotone
     */
    public Result find(
            Imputations imputations,
            String column,
            boolean[] treated,
            BiFunction<Imputations.Completed, double[], Estimate> analysis,
            double[] deltas) {
        requireMonotone(deltas);
        Search search = new Search(imputations, column, people(treated), analysis);
        List<Step> steps = new ArrayList<>();
        for (double delta : deltas) {
            steps.add(new Step(delta, search.pooled(delta)));
        }
        return new Result(shifted, alpha, List.copyOf(steps), tipping(steps, search));
    }

    private static void requireMonotone(double[] deltas) {
        if (deltas.length == 0 || deltas[0] != 0) {
            throw new IllegalArgumentException("deltas do not begin with 0");
        }
        for (int i = 1; i < deltas.length; i++) {
            boolean away = deltas[1] > 0 ? deltas[i] > deltas[i - 1] : deltas[i] < deltas[i - 1];
            if (!away || !Double.isFinite(deltas[i])) {
                throw new IllegalArgumentException("deltas[" + i + "] does not lead away from 0");
            }
        }
    }

    private boolean[] people(boolean[] treated) {
        boolean[] people = treated.clone();
        if (shifted == Shifted.BOTH) {
            Arrays.fill(people, true);
        }
        return people;
    }

    private Quantity tipping(List<Step> steps, Search search) {
        for (Step step : steps) {
            if (!step.pooled().p().isEstimable()) {
                return Quantity.notEstimable(step.pooled().p().reason().orElseThrow());
            }
        }
        boolean significant = significant(steps.get(0).pooled());
        for (int i = 1; i < steps.size(); i++) {
            if (significant(steps.get(i).pooled()) != significant) {
                return Quantity.of(
                        between(steps.get(i - 1).delta(), steps.get(i).delta(), significant, search));
            }
        }
        return Quantity.notEstimable(NotEstimable.NOT_REACHED);
    }

    /** The shift where the conclusion changes; bisection also finds the step of a binary outcome. */
    private double between(double from, double to, boolean significant, Search search) {
        double before = from;
        double after = to;
        while (Math.abs(after - before) > TOLERANCE * Math.abs(to - from)) {
            double middle = (before + after) / 2;
            if (significant(search.pooled(middle)) == significant) {
                before = middle;
            } else {
                after = middle;
            }
        }
        return after;
    }

    private boolean significant(Estimate estimate) {
        return estimate.p().isEstimable() && estimate.p().value() <= alpha;
    }

    /** The pooled analysis as a function of the shift. */
    private static final class Search {

        private final Imputations imputations;
        private final String column;
        private final boolean[] people;
        private final BiFunction<Imputations.Completed, double[], Estimate> analysis;

        Search(
                Imputations imputations,
                String column,
                boolean[] people,
                BiFunction<Imputations.Completed, double[], Estimate> analysis) {
            this.imputations = imputations;
            this.column = column;
            this.people = people;
            this.analysis = analysis;
        }

        Estimate pooled(double delta) {
            return imputations
                    .pool(table -> analysis.apply(table, table.shifted(column, delta, people)))
                    .pooled();
        }
    }
}
