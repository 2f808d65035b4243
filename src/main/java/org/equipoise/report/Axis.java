package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where values lie on paper, and which of them are marked.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param logarithmic whether equal ratios are equally far apart
 * @param ticks the marked values
 */
record Axis(double low, double high, double from, double to, boolean logarithmic, List<Double> ticks) {
    private static final int ABOUT_TICKS = 5;
    private static final double[] STEPS = {1, 2, 5, 10};

    Axis {
        ticks = List.copyOf(ticks);
    }

    /** An axis of equal steps of 1, 2 or 5 times a power of ten, which begins and ends at a marked value. */
    static Axis linear(double smallest, double largest, double from, double to) {
        double span = largest > smallest ? largest - smallest : Math.max(1, Math.abs(largest));
        double step = step(span / ABOUT_TICKS);
        long first = (long) Math.floor(smallest / step + 1e-9);
        long last = Math.max(first + 1, (long) Math.ceil(largest / step - 1e-9));
        List<Double> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            ticks.add(i * step);
        }
        return new Axis(first * step, last * step, from, to, false, ticks);
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return DoubleStream.of(STEPS)
                .map(factor -> factor * power)
                .filter(step -> step >= least * (1 - 1e-9))
                .findFirst()
                .orElse(10 * power);
    }

    /** An axis of ratios, all above 0, marked at 1, 2 and 5 times powers of ten; at powers alone where it spans many. */
    static Axis ratio(double smallest, double largest, double from, double to) {
        double low = Math.min(smallest, 0.8);
        double high = Math.max(largest, 1.25);
        boolean wide = high / low > 100;
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
            for (double factor : wide ? new double[] {1} : new double[] {1, 2, 5}) {
                double tick = factor * Math.pow(10, power);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return new Axis(low, high, from, to, true, ticks);
    }

    double at(double value) {
        double share = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return from + share * (to - from);
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** A tick with as many decimals as the ticks need to differ. */
    String label(double tick) {
        double finest = logarithmic ? tick : ticks.get(1) - ticks.get(0);
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(finest) + 1e-9));
        return Numerals.number(tick, decimals);
    }
}
