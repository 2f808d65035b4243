package org.equipoise.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A linear regression and one draw from the posterior of its coefficients and residual spread under the usual flat prior:
 * see {@link ChainedEquations}.
 */
final class RegressionDraw {

    private final double[] estimate;
    private final double[] drawn;
    private final double sigma;

    private RegressionDraw(double[] estimate, double[] drawn, double sigma) {
        this.estimate = estimate;
        this.drawn = drawn;
        this.sigma = sigma;
    }

    /** Draws sigma* first, then the coefficients, from a matrix of independent columns with fewer of them than rows. */
    static RegressionDraw of(double[][] x, double[] y, Draws draws) {
        int p = x[0].length;
        QrDecomposition qr = QrDecomposition.of(x, p);
        double[] b = qr.solve(y);
        double squares = Sums.of(y.length, i -> Sums.square(y[i] - Sums.dot(x[i], b)));
        double sigma = Math.sqrt(squares / draws.chiSquare(y.length - p));
        double[] z = draws.normals(p);
        double[][] root = qr.inverseRoot();
        double[] drawn = b.clone();
        for (int k = 0; k < p; k++) {
            double step = Math.signum(root[k][k]) * z[k] * sigma;
            for (int j = 0; j <= k; j++) {
                drawn[j] += root[j][k] * step;
            }
        }
        return new RegressionDraw(b, drawn, sigma);
    }

    /** x'b* + sigma* z for each row. */
    double[] normal(double[][] rows, Draws draws) {
        return Arrays.stream(rows)
                .mapToDouble(row -> Sums.dot(row, drawn) + sigma * draws.normal())
                .toArray();
    }

    /** For each row the value of one of its donors. */
    double[] matched(double[][] x, double[] y, double[][] rows, int donors, Draws draws) {
        int[] order = shuffled(y.length, draws);
        double[] predicted =
                Arrays.stream(order).mapToDouble(i -> Sums.dot(x[i], estimate)).toArray();
        return Arrays.stream(rows)
                .mapToDouble(row -> y[order[nearest(predicted, Sums.dot(row, drawn), donors, draws)]])
                .toArray();
    }

    /** One of the positions whose predictions are nearest to the target; earlier positions win ties. */
    private static int nearest(double[] predicted, double target, int donors, Draws draws) {
        int wanted = Math.min(donors, predicted.length);
        int[] best = new int[wanted];
        int found = 0;
        for (int i = 0; i < predicted.length; i++) {
            double distance = Math.abs(predicted[i] - target);
            int place = found;
            while (place > 0 && distance < Math.abs(predicted[best[place - 1]] - target)) {
                place--;
            }
            if (place < wanted) {
                System.arraycopy(best, place, best, place + 1, Math.min(found, wanted - 1) - place);
                best[place] = i;
                found = Math.min(found + 1, wanted);
            }
        }
        return best[draws.index(wanted)];
    }

    /** The positions in random order (Fisher and Yates). */
    private static int[] shuffled(int n, Draws draws) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int other = draws.index(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
