package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How much of the two-sided error a look at accumulating data may spend, and the boundary that spends it (Lan-DeMets).
 *
 * <p>Formula: spent by information fraction t: O'Brien-Fleming type 4 - 4 Phi(z(a/4)/sqrt(t)); Pocock type a ln(1 + (e -
 * 1) t). The boundary c(k) of look k solves P(|Z(j)| &lt; c(j) for j &lt; k, |Z(k)| &gt;= c(k)) = spent(t(k)) - spent(t(k -
 * 1)), with the joint normal distribution of the looks integrated look by look (Brownian motion Z sqrt(t)).
 *
 * <p>Special cases: a look so early that nothing can be spent in double precision has no boundary
 * ({@link NotEstimable#LEVEL_NOT_ATTAINABLE}): it can never reject.
 *
 * <p>Agrees with R 4.2, mvtnorm {@code pmvnorm} solved for the boundaries, relative 1e-6.
 *
 * <p>Reference: Lan and DeMets (1983), Biometrika 70, 659-663, doi:10.1093/biomet/70.3.659; Armitage, McPherson and Rowe
 * (1969), Journal of the Royal Statistical Society A 132, 235-244, doi:10.2307/2343787.
 */
public enum AlphaSpending {
    /** Little early, nearly everything at the end. */
    OBRIEN_FLEMING {
        @Override
        double function(double t, double alpha) {
            return 4 * Distributions.normalUpper(Distributions.normalQuantile(alpha / 4) / Math.sqrt(t));
        }
    },
    /** Much the same at each look. */
    POCOCK {
        @Override
        double function(double t, double alpha) {
            return alpha * Math.log1p(Math.expm1(1) * t);
        }
    };

    /**
     * One look.
     *
     * @param information fraction of the planned information
     * @param spent error spent up to and with this look
     * @param boundary |z| from which the look rejects
     * @param nominalP the two-sided p that belongs to the boundary
     */
    public record Look(double information, double spent, Quantity boundary, Quantity nominalP) {}

    /** Less than this cannot be told from nothing. */
    private static final double SMALLEST_SPENDING = 1e-14;

    /** Standard deviations beyond which a path is not followed. */
    private static final double REACH = 9;

    abstract double function(double t, double alpha);

    /**
     * The error spent by an information fraction.
     *
     * @param information in (0, 1]
     * @param alpha two-sided error of all looks together
     * @throws IllegalArgumentException if the information lies outside (0, 1], or alpha outside (0, 1)
     */
    public double spent(double information, double alpha) {
        Checks.fraction("alpha", alpha);
        if (!(information > 0 && information <= 1)) {
            throw new IllegalArgumentException("information lies outside (0, 1]");
        }
        return Math.min(alpha, function(information, alpha));
    }

    /**
     * The boundaries of a series of looks.
     *
     * @param information fractions in (0, 1], increasing
     * @param alpha two-sided error of all looks together
     * @throws IllegalArgumentException if a fraction lies outside (0, 1] or does not increase; the message names the index
     * @throws IllegalArgumentException if alpha lies outside (0, 1)
     */
    public List<Look> boundaries(double[] information, double alpha) {
        List<Look> looks = new ArrayList<>();
        Paths paths = Paths.start();
        double before = 0;
        double spentBefore = 0;
        for (int k = 0; k < information.length; k++) {
            double t = information[k];
            if (!(t > before)) {
                throw new IllegalArgumentException("information[" + k + "] does not increase");
            }
            double spent = spent(t, alpha);
            double share = spent - spentBefore;
            double reach = REACH * Math.sqrt(t);
            boolean possible = share > SMALLEST_SPENDING;
            Paths at = paths.after(t - before);
            double c = possible ? Roots.brent(x -> at.beyond(x) - share, 0, reach, 1e-13) : reach;
            Quantity boundary =
                    possible ? Quantity.of(c / Math.sqrt(t)) : Quantity.notEstimable(NotEstimable.LEVEL_NOT_ATTAINABLE);
            looks.add(new Look(t, spent, boundary, boundary.map(Distributions::normalTwoSided)));
            paths = at.within(c);
            before = t;
            spentBefore = spent;
        }
        return List.copyOf(looks);
    }

    /**
     * The density of Z sqrt(t) over paths that have not crossed: on Gauss-Legendre nodes inside the last boundary, and one
     * normal step further.
     */
    private static final class Paths {

        private final double[] nodes;
        private final double[] masses;
        private final double step;

        private Paths(double[] nodes, double[] masses, double step) {
            this.nodes = nodes;
            this.masses = masses;
            this.step = step;
        }

        static Paths start() {
            return new Paths(new double[] {0}, new double[] {1}, 0);
        }

        /** The same paths, a time further on. */
        Paths after(double time) {
            return new Paths(nodes, masses, Math.sqrt(time));
        }

        /** P(|path| &gt;= c). */
        double beyond(double c) {
            return Sums.of(
                    nodes.length,
                    i -> masses[i]
                            * (Distributions.normalUpper((c - nodes[i]) / step)
                                    + Distributions.normalUpper((c + nodes[i]) / step)));
        }

        /** The paths inside -c..c, as masses on new nodes no further apart than the step allows. */
        Paths within(double c) {
            int panels = (int) Math.ceil(2 * c / step) + 1;
            double width = 2 * c / panels;
            List<Double> where = new ArrayList<>();
            List<Double> mass = new ArrayList<>();
            DoubleUnaryOperator density = this::density;
            for (int panel = 0; panel < panels; panel++) {
                double from = -c + panel * width;
                GaussLegendre.forEachNode(from, from + width, (node, weight) -> {
                    where.add(node);
                    mass.add(weight * density.applyAsDouble(node));
                });
            }
            return new Paths(
                    where.stream().mapToDouble(Double::doubleValue).toArray(),
                    mass.stream().mapToDouble(Double::doubleValue).toArray(),
                    0);
        }

        private double density(double x) {
            return Sums.of(nodes.length, i -> masses[i] * normalDensity((x - nodes[i]) / step) / step);
        }

        private static double normalDensity(double z) {
            return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        }
    }
}
