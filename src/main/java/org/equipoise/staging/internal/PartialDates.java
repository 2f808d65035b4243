package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads dates of which only the month or the year is known: UK-05-2021, 05-2021, UK-UK-2021, 2021. */
final class PartialDates {
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern MONTH = Pattern.compile("0?[1-9]|1[0-2]");
    private static final char DAY_PART = 'd';
    private static final char MONTH_PART = 'M';

    private final List<Character> parts = new ArrayList<>();
    private final String unknown;

    /**
     * @param pattern how whole dates are written
     * @param unknown what stands for a day or month nobody knows
     */
    PartialDates(String pattern, String unknown) {
        for (String part : MARKS.split(pattern, -1)) {
            parts.add(part.charAt(0));
        }
        this.unknown = unknown;
    }

    /** The days it can have been; empty if the text is no date known in part. */
    Optional<Span> read(String text) {
        String[] texts = MARKS.split(text, -1);
        int leftOut = parts.size() - texts.length;
        String month = unknown;
        String year = "";
        int at = 0;
        for (char part : parts) {
            if ((part == DAY_PART && leftOut >= 1) || (part == MONTH_PART && leftOut >= 2)) {
                continue;
            }
            if (at == texts.length) {
                return Optional.empty();
            }
            String told = texts[at++];
            if (part == DAY_PART && !told.equalsIgnoreCase(unknown)) {
                return Optional.empty();
            }
            if (part == MONTH_PART) {
                month = told;
            } else if (part != DAY_PART) {
                year = told;
            }
        }
        return at == texts.length ? span(year, month) : Optional.empty();
    }

    private Optional<Span> span(String year, String month) {
        if (!YEAR.matcher(year).matches()) {
            return Optional.empty();
        }
        if (month.equalsIgnoreCase(unknown)) {
            LocalDate first = LocalDate.of(Integer.parseInt(year), 1, 1);
            return Optional.of(new Span(first, first.plusYears(1).minusDays(1)));
        }
        if (!MONTH.matcher(month).matches()) {
            return Optional.empty();
        }
        YearMonth known = YearMonth.of(Integer.parseInt(year), Integer.parseInt(month));
        return Optional.of(new Span(known.atDay(1), known.atEndOfMonth()));
    }
}
