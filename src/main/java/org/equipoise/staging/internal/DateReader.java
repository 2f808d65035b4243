package org.equipoise.staging.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.equipoise.definition.SiteMapping.DateKind;
import org.equipoise.definition.SiteMapping.DateRule;
import org.equipoise.vocabulary.FindingCode;
import org.jspecify.annotations.Nullable;

/** Turns a cell's text into a date by one rule, and tells what is wrong when it cannot. For one thread. */
final class DateReader {
    /** Dates repeat from row to row; a few thousand remembered ones spare most of the parsing. */
    private static final int REMEMBERED = 20_000;

    private static final LocalDate EXCEL_1900 = LocalDate.of(1899, 12, 30);
    private static final LocalDate EXCEL_1904 = LocalDate.of(1904, 1, 1);
    private static final LocalDate SPSS = LocalDate.of(1582, 10, 14);
    private static final LocalDate SAS = LocalDate.of(1960, 1, 1);
    private static final long SECONDS_A_DAY = 86_400;

    private final DateRule rule;
    private final @Nullable LocalDate latest;
    private final DateTimeFormatter strict;
    private final DateTimeFormatter lenient;
    private final Optional<DigitDates> digits;
    private final Optional<PartialDates> partial;
    private final Map<String, Result> known = new HashMap<>();

    /**
     * @param latest dates after this are impossible; null for no such limit
     */
    DateReader(DateRule rule, @Nullable LocalDate latest) {
        this.rule = rule;
        this.latest = latest;
        String pattern = rule.kind() == DateKind.PATTERN ? rule.pattern().replace('y', 'u') : "uuuu-MM-dd";
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        strict = formatter.withResolverStyle(ResolverStyle.STRICT);
        lenient = formatter.withResolverStyle(ResolverStyle.LENIENT);
        digits = rule.kind() == DateKind.PATTERN ? DigitDates.of(rule.pattern()) : Optional.empty();
        partial = rule.kind() == DateKind.PATTERN
                ? rule.unknown().map(unknown -> new PartialDates(rule.pattern(), unknown))
                : Optional.empty();
    }

    /** How reading went. */
    enum Verdict {
        DATE,
        /** Only the month or the year is known. */
        PARTIAL,
        /** A text that stands for no date. */
        DUMMY,
        NOT_A_DATE,
        /** Written as a date, but no such day, too early, or in the future. */
        IMPOSSIBLE;

        boolean isWrong() {
            return this == NOT_A_DATE || this == IMPOSSIBLE;
        }
    }

    /**
     * What a text came to.
     *
     * @param date the day; null unless the verdict is {@link Verdict#DATE}
     * @param span days it can have been; null if it is none
     */
    record Result(
            Verdict verdict,
            @Nullable LocalDate date,
            @Nullable Span span) {

        static Result of(LocalDate date) {
            return new Result(Verdict.DATE, date, new Span(date, date));
        }

        static Result without(Verdict verdict) {
            return new Result(verdict, null, null);
        }

        /** What is wrong with it for somebody who needs the day. */
        Optional<FindingCode> problem() {
            return switch (verdict) {
                case DATE, DUMMY -> Optional.empty();
                case PARTIAL -> Optional.of(FindingCode.STG_036);
                case NOT_A_DATE -> Optional.of(FindingCode.STG_030);
                case IMPOSSIBLE -> Optional.of(FindingCode.STG_031);
            };
        }
    }

    /** What the text is expected to look like, in words. */
    String expected() {
        String form = switch (rule.kind()) {
            case PATTERN -> "a date written as " + rule.pattern();
            case EXCEL_1900, EXCEL_1904 -> "Excel's number of a day";
            case SPSS -> "SPSS's number of seconds";
            case SAS -> "SAS's number of a day";
        };
        return form + (partial.isPresent() ? ", or known in part" : "") + ", from " + rule.earliest()
                + (latest == null ? "" : " to " + latest);
    }

    Result read(String text) {
        LocalDate plain = digits.isPresent() ? digits.get().find(text) : null;
        if (plain != null && !rule.dummies().contains(text)) {
            return within(plain);
        }
        Result result = known.get(text);
        if (result == null) {
            result = parse(text);
            if (known.size() < REMEMBERED) {
                known.put(text, result);
            }
        }
        return result;
    }

    private Result parse(String text) {
        if (rule.dummies().contains(text)) {
            return Result.without(Verdict.DUMMY);
        }
        LocalDate date;
        try {
            date = rule.kind() == DateKind.PATTERN ? strict.parse(text, LocalDate::from) : bySerial(text);
        } catch (NumberFormatException | ArithmeticException e) {
            return Result.without(Verdict.NOT_A_DATE);
        } catch (DateTimeException e) {
            return partial.flatMap(dates -> dates.read(text))
                    .map(this::known)
                    .orElseGet(() -> Result.without(isWrittenAsDate(text) ? Verdict.IMPOSSIBLE : Verdict.NOT_A_DATE));
        }
        return within(date);
    }

    private Result within(LocalDate date) {
        boolean possible = !date.isBefore(rule.earliest()) && (latest == null || !date.isAfter(latest));
        return possible ? Result.of(date) : Result.without(Verdict.IMPOSSIBLE);
    }

    /** A date known in part, within what is possible. */
    private Result known(Span span) {
        LocalDate from = span.from().isBefore(rule.earliest()) ? rule.earliest() : span.from();
        LocalDate to = latest != null && span.to().isAfter(latest) ? latest : span.to();
        return to.isBefore(from)
                ? Result.without(Verdict.IMPOSSIBLE)
                : new Result(Verdict.PARTIAL, null, new Span(from, to));
    }

    private LocalDate bySerial(String text) {
        double serial = Double.parseDouble(text);
        if (Double.isNaN(serial)) {
            throw new NumberFormatException();
        }
        long whole = (long) Math.floor(serial);
        return switch (rule.kind()) {
            case EXCEL_1900 -> EXCEL_1900.plusDays(whole);
            case EXCEL_1904 -> EXCEL_1904.plusDays(whole);
            case SPSS -> SPSS.plusDays(Math.floorDiv(whole, SECONDS_A_DAY));
            case SAS -> SAS.plusDays(whole);
            case PATTERN -> throw new IllegalStateException("A pattern is not a serial");
        };
    }

    private boolean isWrittenAsDate(String text) {
        try {
            lenient.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
