package org.equipoise.definition;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.equipoise.definition.SiteMapping.DateColumn;
import org.equipoise.definition.SiteMapping.DateKind;
import org.equipoise.definition.SiteMapping.DateRule;

/** Reads how the dates of an export are written: once for the export, and where a column differs. */
final class DateRules {
    private static final String ISO = "yyyy-MM-dd";
    private static final LocalDate EARLIEST = LocalDate.of(1985, 1, 1);
    private static final Map<String, DateKind> SERIALS = Map.of(
            "excel-1900", DateKind.EXCEL_1900,
            "excel-1904", DateKind.EXCEL_1904,
            "spss", DateKind.SPSS,
            "sas", DateKind.SAS);
    /** A moment whose year, month and day cannot be taken for each other. */
    private static final LocalDateTime PROBE = LocalDateTime.of(2023, 11, 27, 16, 5, 9);

    private final LocalDate earliest;
    private final Set<String> dummies;
    private final Optional<String> unknown;
    private final DateRule usual;

    /**
     * @param dates the export's {@code dates}
     */
    DateRules(Part dates) {
        earliest = dates.at("earliest").findDay().orElse(EARLIEST);
        dummies = dates.at("dummies").texts();
        unknown = dates.at("unknown").findText();
        usual = rule(dates.at("format"), rule(DateKind.PATTERN, ISO));
    }

    /** The rule for dates whose column says nothing else. */
    DateRule usual() {
        return usual;
    }

    /** The rule that a {@code format} makes, or the export's usual one if there is none. */
    DateRule rule(Part format) {
        return rule(format, usual);
    }

    /** A column's name alone, or {@code column} and {@code format}. */
    Optional<DateColumn> findColumn(Part part) {
        Optional<String> column = part.isObject() ? part.at("column").findText() : part.findText();
        return column.map(name -> new DateColumn(name, rule(part.at("format"))));
    }

    private DateRule rule(Part format, DateRule otherwise) {
        if (format.findText().isEmpty()) {
            return otherwise;
        }
        DateKind serial = SERIALS.get(format.text());
        if (serial != null) {
            return rule(serial, "");
        }
        if (!tellsADay(format.text())) {
            format.tell(
                    DefinitionProblem.BAD_DATE_FORMAT,
                    "a pattern such as yyyy-MM-dd, or excel-1900, excel-1904, spss or sas",
                    format.text(),
                    format.text());
        }
        return rule(DateKind.PATTERN, format.text());
    }

    private DateRule rule(DateKind kind, String pattern) {
        return new DateRule(kind, pattern, earliest, dummies, unknown);
    }

    /** A pattern is right if a day that it writes can be read back as the same day. */
    private static boolean tellsADay(String pattern) {
        try {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            return LocalDate.parse(formatter.format(PROBE), formatter).equals(PROBE.toLocalDate());
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }
}
