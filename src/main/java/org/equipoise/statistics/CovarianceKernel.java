package org.equipoise.statistics;

/** The part c(a, b) of a covariance sd(a) sd(b) c(a, b), a &gt;= b, as a function of its own parameters. */
interface CovarianceKernel {

    /** Number of parameters. */
    int parameters();

    /** c(a, b). */
    double value(int a, int b, double[] parameters);

    /** dc(a, b)/dt(k) for every k. */
    double[] gradient(int a, int b, double[] parameters);

    /** d2c(a, b)/dt(k)dt(l). */
    double[][] hessian(int a, int b, double[] parameters);

    /** Parameters that come near a matrix of correlations. */
    double[] start(double[][] correlations);
}
