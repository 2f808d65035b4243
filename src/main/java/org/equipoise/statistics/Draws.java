package org.equipoise.statistics;

import java.util.SplittableRandom;

/**
 * Random numbers for posterior draws. One stream belongs to one imputation of one group, seeded by the seed and these two
 * alone, so that results depend neither on the number of threads nor on what the other groups hold.
 */
interface Draws {

    /** A number in (0, 1), never an end of it. */
    double uniform();

    /** A standard normal number. */
    default double normal() {
        return Distributions.normalQuantile(uniform());
    }

    /** A whole number from 0 to bound - 1. */
    default int index(int bound) {
        return (int) (uniform() * bound);
    }

    /**
     * A chi-square number, as twice a gamma number (Marsaglia and Tsang 2000, doi:10.1145/358407.358414); for fewer than two
     * degrees of freedom from two more, times a power of a uniform number.
     */
    default double chiSquare(double degreesOfFreedom) {
        if (degreesOfFreedom < 2) {
            return chiSquare(degreesOfFreedom + 2) * Math.pow(uniform(), 2 / degreesOfFreedom);
        }
        double d = degreesOfFreedom / 2 - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = normal();
            double v = Math.pow(1 + c * z, 3);
            if (v > 0 && Math.log(uniform()) < z * z / 2 + d - d * v + d * Math.log(v)) {
                return 2 * d * v;
            }
        }
    }

    /** So many standard normal numbers. */
    default double[] normals(int number) {
        double[] numbers = new double[number];
        for (int i = 0; i < number; i++) {
            numbers[i] = normal();
        }
        return numbers;
    }

    /** The stream of one imputation of one group. */
    static Draws of(long seed, int imputation, String group) {
        long start = Bootstrap.scrambled(seed + Bootstrap.scrambled(imputation)) + group.hashCode();
        SplittableRandom random = new SplittableRandom(Bootstrap.scrambled(start));
        return () -> ((random.nextLong() >>> 11) + 0.5) * 0x1.0p-53;
    }
}
