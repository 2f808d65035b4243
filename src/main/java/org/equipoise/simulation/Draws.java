package org.equipoise.simulation;

import java.util.SplittableRandom;

/**
 * Random numbers that depend on a seed and on what they are for, never on what was drawn before them
 * elsewhere: whoever is made up first, second or alone is the same person.
 *
 * <p>Everything is built on {@code nextLong} of SplitMix64 and on {@link StrictMath}, whose bits are
 * the same on every machine. {@code SplittableRandom.nextGaussian} promises no algorithm and is left out.
 */
final class Draws {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final SplittableRandom random;
    private double spare = Double.NaN;

    private Draws(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The stream for one purpose, named by numbers: site, participant, topic, month. */
    static Draws of(long seed, long... purpose) {
        long mixed = seed;
        for (long part : purpose) {
            mixed = mix(mixed + GOLDEN_GAMMA * (part + 1));
        }
        return new Draws(mixed);
    }

    /** Finaliser of SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195). */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Uniform on [0, 1). */
    double uniform() {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    /** A whole number from 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Standard normal, by the polar method (Marsaglia and Bray 1964, doi:10.1137/1006063). */
    double normal() {
        if (!Double.isNaN(spare)) {
            double kept = spare;
            spare = Double.NaN;
            return kept;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * uniform() - 1;
            v = 2 * uniform() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * factor;
        return u * factor;
    }

    /** Exponential waiting time with this rate. */
    double waitingTime(double rate) {
        return -StrictMath.log(1 - uniform()) / rate;
    }
}
