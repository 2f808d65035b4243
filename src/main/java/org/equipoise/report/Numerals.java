package org.equipoise.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as journals print them, whatever the machine's language: a true minus, no minus before nothing. */
final class Numerals {
    /** What stands where there is no number. */
    static final String NONE = "\u2013";

    private Numerals() {}

    /** {@code −4.0}. */
    static String number(double value, int decimals) {
        String text = fixed(value, decimals);
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero ? text.replace("-", "") : text.replace('-', '\u2212');
    }

    /** With so many decimals, as {@code %.1f} has them: a page has some ten thousand, and formats are read anew for each. */
    static String fixed(double value, int decimals) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .setScale(decimals, RoundingMode.HALF_UP)
                        .toPlainString()
                : Double.toString(value);
    }

    static String number(@Nullable Double value, int decimals) {
        return value == null ? NONE : number(value.doubleValue(), decimals);
    }

    /** {@code −4.0 (−7.3 to −0.6)}; without the brackets where there is no interval. */
    static String interval(@Nullable Double value, @Nullable Double low, @Nullable Double high, int decimals) {
        if (value == null) {
            return NONE;
        }
        return low == null || high == null
                ? number(value, decimals)
                : number(value, decimals) + " (" + number(low, decimals) + " to " + number(high, decimals) + ")";
    }

    /** {@code −7.3 to −0.6}. */
    static String limits(@Nullable Double low, @Nullable Double high, int decimals) {
        return low == null || high == null ? NONE : number(low, decimals) + " to " + number(high, decimals);
    }

    /** {@code 0.023}, {@code <0.001}. */
    static String p(@Nullable Double p) {
        if (p == null) {
            return NONE;
        }
        return p < 0.001 ? "<0.001" : p > 0.999 ? ">0.999" : number(p.doubleValue(), 3);
    }

    /** {@code 1,240}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 43}. */
    static String whole(@Nullable Double count) {
        return count == null ? NONE : count(Math.round(count));
    }
}
