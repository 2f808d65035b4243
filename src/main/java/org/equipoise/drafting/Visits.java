package org.equipoise.drafting;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.equipoise.definition.Study.Interval;

/** Tells which interval a site's name of a visit is planned as: by its words, and by the days between. */
final class Visits {
    static final String UNSCHEDULED = "unscheduled";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final double DAYS_PER_MONTH = 30.4375;
    private static final int FEWEST_DAYS = 3;

    private final List<Interval> intervals;

    Visits(List<Interval> intervals) {
        this.intervals = intervals;
    }

    /** An interval, and how sure it is. */
    record Planned(String interval, int certainty, String reason) {}

    /**
     * The interval of a visit.
     *
     * @param name the site's
     * @param months between time zero and the visit, in the middle of all participants; empty if there are no days
     */
    Planned plan(String name, OptionalInt months) {
        OptionalInt said = said(name);
        if (said.isPresent()) {
            Interval nearest = nearest(said.getAsInt());
            boolean exact = nearest.month() == said.getAsInt();
            boolean agrees = months.isEmpty() || nearest(months.getAsInt()).equals(nearest);
            if (exact) {
                return new Planned(
                        nearest.code().value(),
                        agrees ? 95 : 50,
                        agrees ? "its words" : "its words, but the days between say another");
            }
        }
        if (months.isPresent()) {
            Interval nearest = nearest(months.getAsInt());
            int off = Math.abs(nearest.month() - months.getAsInt());
            return new Planned(
                    nearest.code().value(),
                    off <= 2 ? 85 : 50,
                    "half the visits are " + months.getAsInt() + " months or more after time zero");
        }
        return new Planned(UNSCHEDULED, 0, "neither words nor days tell");
    }

    private static OptionalInt said(String name) {
        String words = name.replaceAll("(?i)_?arm_?\\d+", "");
        Matcher number = NUMBER.matcher(words);
        if (Words.names("baseline", words)) {
            return OptionalInt.of(0);
        }
        if (!number.find()) {
            return OptionalInt.empty();
        }
        int count = Integer.parseInt(number.group());
        if (Words.names("year", words)) {
            return OptionalInt.of(12 * count);
        }
        return Words.names("month", words) ? OptionalInt.of(count) : OptionalInt.empty();
    }

    private Interval nearest(int months) {
        return intervals.stream()
                .min(Comparator.comparingInt(interval -> Math.abs(interval.month() - months)))
                .orElseThrow();
    }

    /** The months in the middle of these pairs of days, if there are some. */
    static OptionalInt monthsBetween(List<LocalDate[]> pairs) {
        if (pairs.size() < FEWEST_DAYS) {
            return OptionalInt.empty();
        }
        List<Long> days = new ArrayList<>();
        pairs.forEach(pair -> days.add(ChronoUnit.DAYS.between(pair[0], pair[1])));
        Collections.sort(days);
        return OptionalInt.of((int) Math.round(days.get(days.size() / 2) / DAYS_PER_MONTH));
    }

    /** The day, if the text is one. */
    static Optional<LocalDate> day(String text, String format) {
        try {
            return format.startsWith("excel")
                    ? Optional.of(LocalDate.of(1899, 12, 30).plusDays(Long.parseLong(text)))
                    : Optional.of(LocalDate.parse(text, DateTimeFormatter.ofPattern(format, Locale.ENGLISH)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
