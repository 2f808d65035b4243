package org.equipoise.statistics;

/** Refusals of arguments that no data set can produce. A message names the array and the index, never the value. */
final class Checks {

    private Checks() {}

    static void finite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] is not finite");
            }
        }
    }

    static void notNegative(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(name + "[" + i + "] is not a finite number of zero or more");
            }
        }
    }

    static void positive(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] > 0 && values[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(name + "[" + i + "] is not a finite number above zero");
            }
        }
    }

    static void sameLength(String first, int firstLength, String second, int secondLength) {
        if (firstLength != secondLength) {
            throw new IllegalArgumentException(
                    first + " has " + firstLength + " values, " + second + " has " + secondLength);
        }
    }

    static int atLeast(String name, int number, int least) {
        if (number < least) {
            throw new IllegalArgumentException(name + " are fewer than " + least);
        }
        return number;
    }

    static double confidence(double level) {
        return fraction("confidence", level);
    }

    static double fraction(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " lies outside (0, 1)");
        }
        return value;
    }
}
