package org.equipoise.statistics;

/**
 * A covariance matrix over the intervals as a function of its parameters, with first and second derivatives.
 *
 * <p>Formula: sigma(a, b) = exp(s(a) + s(b)) c(a, b; t); parameters are s, then t. Entries are numbered by pair:
 * a (a + 1)/2 + b for a &gt;= b.
 */
final class CovarianceFunction {

    /** Receives d2 sigma(pair)/d theta(i) d theta(j), once for i &gt; j. */
    interface SecondDerivative {
        void accept(int pair, int i, int j, double value);
    }

    private final int size;
    private final boolean heterogeneous;
    private final CovarianceKernel kernel;

    CovarianceFunction(int size, boolean heterogeneous, CovarianceKernel kernel) {
        this.size = size;
        this.heterogeneous = heterogeneous;
        this.kernel = kernel;
    }

    static int pair(int a, int b) {
        return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a;
    }

    int size() {
        return size;
    }

    int pairs() {
        return size * (size + 1) / 2;
    }

    private int deviations() {
        return heterogeneous ? size : 1;
    }

    int parameters() {
        return deviations() + kernel.parameters();
    }

    private double[] kernelPart(double[] theta) {
        double[] t = new double[kernel.parameters()];
        System.arraycopy(theta, deviations(), t, 0, t.length);
        return t;
    }

    /** exp(s(a) + s(b)). */
    private double scale(int a, int b, double[] theta) {
        return heterogeneous ? Math.exp(theta[a] + theta[b]) : Math.exp(2 * theta[0]);
    }

    /** d(s(a) + s(b))/ds(h). */
    private int count(int a, int b, int h) {
        return heterogeneous ? (a == h ? 1 : 0) + (b == h ? 1 : 0) : 2;
    }

    double[][] matrix(double[] theta) {
        double[] t = kernelPart(theta);
        double[][] sigma = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                sigma[a][b] = scale(a, b, theta) * kernel.value(a, b, t);
                sigma[b][a] = sigma[a][b];
            }
        }
        return sigma;
    }

    /** d sigma(pair)/d theta(h): a row for each pair. */
    double[][] jacobian(double[] theta) {
        double[] t = kernelPart(theta);
        int d = deviations();
        double[][] jacobian = new double[pairs()][parameters()];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                double[] row = jacobian[pair(a, b)];
                double scale = scale(a, b, theta);
                double sigma = scale * kernel.value(a, b, t);
                double[] gradient = kernel.gradient(a, b, t);
                for (int h = 0; h < d; h++) {
                    row[h] = count(a, b, h) * sigma;
                }
                for (int k = 0; k < t.length; k++) {
                    row[d + k] = scale * gradient[k];
                }
            }
        }
        return jacobian;
    }

    void second(double[] theta, SecondDerivative receiver) {
        double[] t = kernelPart(theta);
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                second(a, b, theta, t, receiver);
            }
        }
    }

    private void second(int a, int b, double[] theta, double[] t, SecondDerivative receiver) {
        int d = deviations();
        int pair = pair(a, b);
        double scale = scale(a, b, theta);
        double sigma = scale * kernel.value(a, b, t);
        double[] gradient = kernel.gradient(a, b, t);
        double[][] hessian = kernel.hessian(a, b, t);
        for (int h = 0; h < d; h++) {
            int n = count(a, b, h);
            for (int g = 0; g <= h && n > 0; g++) {
                receiver.accept(pair, h, g, n * count(a, b, g) * sigma);
            }
            for (int k = 0; k < t.length && n > 0; k++) {
                receiver.accept(pair, d + k, h, n * scale * gradient[k]);
            }
        }
        for (int k = 0; k < t.length; k++) {
            for (int l = 0; l <= k; l++) {
                if (hessian[k][l] != 0) {
                    receiver.accept(pair, d + k, d + l, scale * hessian[k][l]);
                }
            }
        }
    }

    /**
     * Parameters near a matrix of moments: its variances, and correlations shrunk until the structure is positive
     * definite.
     */
    double[] start(double[][] moments) {
        for (double share = 1; ; share = share > 0.1 ? share * 0.8 : 0) {
            double[][] correlations = correlations(moments, share);
            if (Cholesky.of(correlations).positiveDefinite()) {
                double[] theta = start(moments, kernel.start(correlations));
                if (share == 0 || Cholesky.of(matrix(theta)).positiveDefinite()) {
                    return theta;
                }
            }
        }
    }

    private double[][] correlations(double[][] moments, double share) {
        double[][] correlations = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double product = moments[a][a] * moments[b][b];
                double correlation = product > 0 ? moments[a][b] / Math.sqrt(product) : 0;
                correlations[a][b] = a == b ? 1 : share * correlation;
            }
        }
        return correlations;
    }

    private double[] start(double[][] moments, double[] t) {
        double[] theta = new double[parameters()];
        System.arraycopy(t, 0, theta, deviations(), t.length);
        double mean = Sums.of(size, a -> moments[a][a]) / size;
        for (int h = 0; h < deviations(); h++) {
            double variance = heterogeneous ? moments[h][h] / kernel.value(h, h, t) : mean;
            theta[h] = Math.log(variance) / 2;
        }
        return theta;
    }
}
