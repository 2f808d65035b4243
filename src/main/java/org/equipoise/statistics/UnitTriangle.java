package org.equipoise.statistics;

/** c = L L' for a lower triangle L with a unit diagonal; the parameters are its rows below the diagonal. */
final class UnitTriangle implements CovarianceKernel {

    private final int size;

    UnitTriangle(int size) {
        this.size = size;
    }

    @Override
    public int parameters() {
        return size * (size - 1) / 2;
    }

    /** Position of L(a, k), k &lt; a. */
    private static int position(int a, int k) {
        return a * (a - 1) / 2 + k;
    }

    private static double entry(int a, int k, double[] parameters) {
        return a == k ? 1 : parameters[position(a, k)];
    }

    @Override
    public double value(int a, int b, double[] parameters) {
        return Sums.of(b + 1, k -> entry(a, k, parameters) * entry(b, k, parameters));
    }

    @Override
    public double[] gradient(int a, int b, double[] parameters) {
        double[] gradient = new double[parameters.length];
        for (int k = 0; k <= b; k++) {
            if (k < a) {
                gradient[position(a, k)] += entry(b, k, parameters);
            }
            if (k < b) {
                gradient[position(b, k)] += entry(a, k, parameters);
            }
        }
        return gradient;
    }

    @Override
    public double[][] hessian(int a, int b, double[] parameters) {
        double[][] hessian = new double[parameters.length][parameters.length];
        for (int k = 0; k < b; k++) {
            hessian[position(a, k)][position(b, k)] += 1;
            hessian[position(b, k)][position(a, k)] += 1;
        }
        return hessian;
    }

    @Override
    public double[] start(double[][] correlations) {
        double[][] root = Cholesky.of(correlations).root();
        double[] parameters = new double[parameters()];
        for (int a = 0; a < size; a++) {
            for (int k = 0; k < a; k++) {
                parameters[position(a, k)] = root[a][k] / root[a][a];
            }
        }
        return parameters;
    }
}
