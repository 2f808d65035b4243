package org.equipoise.drafting;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the dates of a column seem to be written. One form for the whole column: a first or second number above 12
 * anywhere in it decides between day and month; where none is, the form is said to be ambiguous.
 *
 * @param unknown what stands for a day or month nobody knows; empty when nothing does
 */
record DateGuess(String format, int certainty, String reason, String unknown) {
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})([ T]\\d{1,2}:\\d{2}.*)?");
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,2}|[A-Z]{2})([-./])(\\d{1,2}|[A-Z]{2})\\2(\\d{4}|\\d{2})");
    private static final Pattern NAMED = Pattern.compile("(\\d{1,2})([- ])([A-Za-z]{3})\\2(\\d{4})");
    private static final int FIRST_SERIAL = 20_000;
    private static final int LAST_SERIAL = 60_000;
    private static final double NEARLY_ALL = 0.9;

    /** The form of these texts, if nearly all of them are dates of one form. */
    static Optional<DateGuess> of(Collection<String> texts) {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        return iso(texts).or(() -> numbers(texts)).or(() -> named(texts)).or(() -> serial(texts));
    }

    private static Optional<DateGuess> iso(Collection<String> texts) {
        long days = texts.stream().filter(text -> isMatch(ISO, text, 4, false)).count();
        long moments =
                texts.stream().filter(text -> isMatch(ISO, text, 4, true)).count();
        if (days >= NEARLY_ALL * texts.size()) {
            return Optional.of(new DateGuess("yyyy-MM-dd", 99, "year first", ""));
        }
        return moments >= NEARLY_ALL * texts.size()
                ? Optional.of(new DateGuess("yyyy-MM-dd HH:mm:ss", 70, "year first, with a time of day", ""))
                : Optional.empty();
    }

    private static boolean isMatch(Pattern pattern, String text, int group, boolean present) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() && (matcher.group(group) != null) == present;
    }

    private static Optional<DateGuess> numbers(Collection<String> texts) {
        int matched = 0;
        int firstMost = 0;
        int secondMost = 0;
        boolean padded = true;
        boolean longYear = true;
        String separator = "";
        String unknown = "";
        for (String text : texts) {
            Matcher matcher = NUMBERS.matcher(text);
            if (!matcher.matches()) {
                continue;
            }
            matched++;
            separator = matcher.group(2);
            longYear &= matcher.group(4).length() == 4;
            padded &= matcher.group(1).length() == 2 && matcher.group(3).length() == 2;
            if (isNumber(matcher.group(1))) {
                firstMost = Math.max(firstMost, Integer.parseInt(matcher.group(1)));
            } else {
                unknown = matcher.group(1);
            }
            if (isNumber(matcher.group(3))) {
                secondMost = Math.max(secondMost, Integer.parseInt(matcher.group(3)));
            }
        }
        if (matched < NEARLY_ALL * texts.size()) {
            return Optional.empty();
        }
        boolean monthFirst = secondMost > 12 && firstMost <= 12;
        boolean both = firstMost > 12 && secondMost > 12;
        boolean neither = firstMost <= 12 && secondMost <= 12;
        String day = padded ? "dd" : "d";
        String month = padded ? "MM" : "M";
        String format = (monthFirst ? month + separator + day : day + separator + month)
                + separator
                + (longYear ? "yyyy" : "yy");
        if (both) {
            return Optional.of(new DateGuess(format, 20, "both the first and the second number exceed 12", unknown));
        }
        if (neither) {
            return Optional.of(new DateGuess(
                    format, 50, "ambiguous: no number exceeds 12, so day and month cannot be told apart", unknown));
        }
        return Optional.of(new DateGuess(
                format,
                98,
                (monthFirst ? "the second" : "the first") + " number exceeds 12, so it is the day",
                unknown));
    }

    private static boolean isNumber(String text) {
        return Character.isDigit(text.charAt(0));
    }

    private static Optional<DateGuess> named(Collection<String> texts) {
        long named = texts.stream().filter(NAMED.asMatchPredicate()).count();
        boolean dash = texts.stream().anyMatch(text -> text.contains("-"));
        return named >= NEARLY_ALL * texts.size()
                ? Optional.of(new DateGuess(dash ? "dd-MMM-yyyy" : "dd MMM yyyy", 80, "the month has a name", ""))
                : Optional.empty();
    }

    private static Optional<DateGuess> serial(Collection<String> texts) {
        long serials = texts.stream()
                .filter(text -> text.matches("\\d{5}"))
                .mapToInt(Integer::parseInt)
                .filter(number -> number >= FIRST_SERIAL && number <= LAST_SERIAL)
                .count();
        return serials >= NEARLY_ALL * texts.size()
                ? Optional.of(
                        new DateGuess("excel-1900", 60, "five digits, as Excel counts days; 1904 files count else", ""))
                : Optional.empty();
    }
}
