package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Equipercentile link of one scale to another, from people who have both (single-group design).
 *
 * <p>Formula: a score x counts as the y with the same percentile rank. P(x) = F(x - 1) + f(x)/2; y = (P - G(u - 1))/g(u)
 * + u - 1/2, u the smallest whole y with G(u) &gt; P; f, g are shares of people, F, G their sums. Before that, each
 * distribution is smoothed: log f is a polynomial in the score that keeps as many moments as asked for (maximum
 * likelihood, Poisson). The link is cut to the range of y.
 *
 * <p>Standard errors: the standard deviation over people drawn with replacement, both scores of a person together,
 * smoothed and linked anew each time. Replicate r depends on the seed and r alone.
 *
 * <p>Shapes: x and y have a whole score for each person. Missing values: people who lack one are left out by the caller.
 *
 * <p>Special cases: fewer people than asked for: {@link NotEstimable#TOO_FEW_VALUES}; a scale on which people have no
 * more different scores than moments: {@link NotEstimable#ZERO_VARIANCE}; a smoothing that does not settle: {@link
 * NotEstimable#NO_CONVERGENCE}. If that befalls a replicate, the link stands and its standard errors do not.
 *
 * <p>Agrees with R 4.2 {@code glm(family = poisson)} and the formulas above on a case of 300 people, relative 1e-8.
 *
 * <p>Reference: Kolen and Brennan (2014), Test Equating, Scaling, and Linking, 3rd ed., chapters 2, 3 and 7,
 * doi:10.1007/978-1-4939-0317-7; Holland and Thayer (1987), ETS Research Report 87-31,
 * doi:10.1002/j.2330-8516.1987.tb00235.x.
 */
public final class EquipercentileLink {

    /** Least and greatest score of a scale of whole numbers. */
    public record Scores(int least, int greatest) {
        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException if the least is not below the greatest
         */
        public Scores {
            if (least >= greatest) {
                throw new IllegalArgumentException("the least score is not below the greatest");
            }
        }

        int size() {
            return greatest - least + 1;
        }
    }

    /** One score of the first scale with what it counts as on the second. */
    public record Row(int score, double linked, Quantity standardError) {}

    /**
     * The link.
     *
     * @param rows one for each possible score; empty when not estimable
     * @param people whom it rests on
     * @param reason why there is none; empty when there is one
     */
    public record Result(List<Row> rows, int people, Optional<NotEstimable> reason) {
        public Result {
            rows = List.copyOf(rows);
        }
    }

    private final Scores from;
    private final Scores to;
    private final int moments;
    private final int minimum;
    private final int replicates;
    private final long seed;

    private EquipercentileLink(Scores from, Scores to, int moments, int minimum, int replicates, long seed) {
        this.from = from;
        this.to = to;
        this.moments = moments;
        this.minimum = minimum;
        this.replicates = replicates;
        this.seed = seed;
    }

    /** With three moments kept, at least 200 people, 1,000 replicates. */
    public static EquipercentileLink between(Scores from, Scores to, long seed) {
        return new EquipercentileLink(from, to, 3, 200, 1_000, seed);
    }

    /**
     * The same with another number of moments that smoothing keeps; 0 for none, and no smoothing.
     *
     * @throws IllegalArgumentException if below 0 or above 8
     */
    public EquipercentileLink withMoments(int number) {
        if (number < 0 || number > 8) {
            throw new IllegalArgumentException("moments lie outside 0 to 8");
        }
        return new EquipercentileLink(from, to, number, minimum, replicates, seed);
    }

    /** The same with another number of people that it must rest on. */
    public EquipercentileLink withMinimum(int people) {
        return new EquipercentileLink(from, to, moments, people, replicates, seed);
    }

    /**
     * The same with another number of replicates.
     *
     * @throws IllegalArgumentException if below 2
     */
    public EquipercentileLink withReplicates(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("replicates are fewer than 2");
        }
        return new EquipercentileLink(from, to, moments, minimum, number, seed);
    }

    /**
     * Links.
     *
     * @param x scores on the first scale, one a person
     * @param y scores of the same people on the second
     * @throws IllegalArgumentException if the lengths differ
     * @throws IllegalArgumentException if a score lies outside its scale; the message names the array and index
     */
    public Result link(int[] x, int[] y) {
        Checks.sameLength("x", x.length, "y", y.length);
        checkInside("x", x, from);
        checkInside("y", y, to);
        if (x.length == 0 || x.length < minimum) {
            return new Result(List.of(), x.length, Optional.of(NotEstimable.TOO_FEW_VALUES));
        }
        if (different(x) <= moments || different(y) <= moments) {
            return new Result(List.of(), x.length, Optional.of(NotEstimable.ZERO_VARIANCE));
        }
        Optional<double[]> linked = linked(x, y);
        if (linked.isEmpty()) {
            return new Result(List.of(), x.length, Optional.of(NotEstimable.NO_CONVERGENCE));
        }
        List<Quantity> errors = standardErrors(x, y);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            rows.add(new Row(from.least() + i, linked.get()[i], errors.get(i)));
        }
        return new Result(rows, x.length, Optional.empty());
    }

    private static void checkInside(String name, int[] scores, Scores scale) {
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < scale.least() || scores[i] > scale.greatest()) {
                throw new IllegalArgumentException(name + "[" + i + "] lies outside its scale");
            }
        }
    }

    private static long different(int[] scores) {
        return Arrays.stream(scores).distinct().count();
    }

    /** What each score of the first scale counts as; empty when a smoothing does not settle. */
    private Optional<double[]> linked(int[] x, int[] y) {
        Optional<double[]> f = smoothed(counts(x, from));
        Optional<double[]> g = smoothed(counts(y, to));
        if (f.isEmpty() || g.isEmpty()) {
            return Optional.empty();
        }
        double[] linked = new double[from.size()];
        double below = 0;
        for (int i = 0; i < linked.length; i++) {
            double rank = below + f.get()[i] / 2;
            linked[i] = Math.min(to.greatest(), Math.max(to.least(), to.least() + atRank(rank, g.get())));
            below += f.get()[i];
        }
        return Optional.of(linked);
    }

    private static double[] counts(int[] scores, Scores scale) {
        double[] counts = new double[scale.size()];
        for (int score : scores) {
            counts[score - scale.least()]++;
        }
        return counts;
    }

    /** (P - G(u - 1))/g(u) + u - 1/2, u counted from the least score. */
    private static double atRank(double rank, double[] shares) {
        double below = 0;
        for (int u = 0; u < shares.length; u++) {
            if (below + shares[u] > rank) {
                return (rank - below) / shares[u] + u - 0.5;
            }
            below += shares[u];
        }
        return shares.length - 0.5;
    }

    /** Shares of people, smoothed. */
    private Optional<double[]> smoothed(double[] counts) {
        double people = Arrays.stream(counts).sum();
        if (moments == 0) {
            return Optional.of(
                    Arrays.stream(counts).map(count -> count / people).toArray());
        }
        IterativelyReweighted fit = IterativelyReweighted.fit(
                powers(counts.length), counts, new double[counts.length], RegressionFamily.POISSON);
        if (!fit.converged()) {
            return Optional.empty();
        }
        double[] fitted = Arrays.stream(fit.predictor()).map(Math::exp).toArray();
        double sum = Arrays.stream(fitted).sum();
        return Optional.of(Arrays.stream(fitted).map(count -> count / sum).toArray());
    }

    /** Legendre polynomials of the scores moved to -1 to 1: the same fit as powers, without their near collinearity. */
    private double[][] powers(int size) {
        double[][] matrix = new double[size][moments + 1];
        for (int i = 0; i < size; i++) {
            double t = 2.0 * i / (size - 1) - 1;
            double before = 0;
            double here = 1;
            for (int k = 0; k <= moments; k++) {
                matrix[i][k] = here;
                double next = ((2 * k + 1) * t * here - k * before) / (k + 1);
                before = here;
                here = next;
            }
        }
        return matrix;
    }

    private List<Quantity> standardErrors(int[] x, int[] y) {
        List<Optional<double[]>> drawn = IntStream.range(0, replicates)
                .parallel()
                .mapToObj(replicate -> replicate(x, y, replicate))
                .toList();
        if (drawn.stream().anyMatch(Optional::isEmpty)) {
            return Collections.nCopies(from.size(), Quantity.notEstimable(NotEstimable.NO_CONVERGENCE));
        }
        return IntStream.range(0, from.size())
                .mapToObj(i -> Summary.of(drawn.stream()
                        .mapToDouble(link -> link.orElseThrow()[i])
                        .toArray()))
                .map(summary -> Quantity.of(summary.standardDeviation()))
                .toList();
    }

    private Optional<double[]> replicate(int[] x, int[] y, int replicate) {
        SplittableRandom random = Bootstrap.generator(seed, replicate);
        int[] drawnX = new int[x.length];
        int[] drawnY = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            int person = random.nextInt(x.length);
            drawnX[i] = x[person];
            drawnY[i] = y[person];
        }
        return linked(drawnX, drawnY);
    }
}
