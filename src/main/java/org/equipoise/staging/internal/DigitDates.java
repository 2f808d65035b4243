package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates of a pattern whose year has four digits, month and day two, as nearly all do, without a formatter:
 * exports hold them by the million. What it does not read need not be wrong.
 */
final class DigitDates {
    private static final Pattern READABLE =
            Pattern.compile("(?=.*yyyy)(?=.*MM)(?=.*dd)(yyyy|MM|dd|[^A-Za-z'\\[\\]{}#]){3,}");

    private final String pattern;
    private final int year;
    private final int month;
    private final int day;

    private DigitDates(String pattern) {
        this.pattern = pattern;
        year = pattern.indexOf("yyyy");
        month = pattern.indexOf("MM");
        day = pattern.indexOf("dd");
    }

    /** For a pattern, if it is of this kind. */
    static Optional<DigitDates> of(String pattern) {
        boolean once = pattern.replaceAll("[^yMd]", "").length() == 8;
        return once && READABLE.matcher(pattern).matches() ? Optional.of(new DigitDates(pattern)) : Optional.empty();
    }

    /** The day; null if it is better left to a formatter. */
    @Nullable
    LocalDate find(String text) {
        if (text.length() != pattern.length()) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char wanted = pattern.charAt(i);
            boolean digit = wanted == 'y' || wanted == 'M' || wanted == 'd';
            boolean fits = digit ? text.charAt(i) >= '0' && text.charAt(i) <= '9' : text.charAt(i) == wanted;
            if (!fits) {
                return null;
            }
        }
        int y = number(text, year, 4);
        int m = number(text, month, 2);
        int d = number(text, day, 2);
        boolean exists = m >= 1
                && m <= 12
                && d >= 1
                && (d <= 28 || d <= YearMonth.of(y, m).lengthOfMonth());
        return exists ? LocalDate.of(y, m, d) : null;
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
