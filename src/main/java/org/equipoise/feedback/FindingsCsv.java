package org.equipoise.feedback;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Findings as a table. UTF-8 without a byte order mark, so that the first header is {@code code} to every
 * program. A spreadsheet would run a cell that begins like a formula; such cells get an apostrophe in front,
 * unless they are numbers.
 */
final class FindingsCsv {
    private static final CSVFormat FORMAT =
            CSVFormat.Builder.create().setRecordSeparator('\n').get();
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.,]\\d+)?([eE][+-]?\\d+)?");
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private FindingsCsv() {}

    /** Writes the header and a row for each finding. */
    static void write(List<FindingRow> findings, Appendable out) throws IOException {
        CSVPrinter csv = new CSVPrinter(out, FORMAT);
        csv.printRecord(
                "code",
                "severity",
                "category",
                "file",
                "line",
                "column",
                "record",
                "event",
                "form",
                "field",
                "expected",
                "found",
                "message",
                "remedy",
                "count");
        for (FindingRow row : findings) {
            csv.printRecord(
                    row.code(),
                    row.severity().label(),
                    row.category(),
                    guarded(row.file()),
                    row.line(),
                    guarded(row.column()),
                    guarded(row.record()),
                    guarded(row.event()),
                    guarded(row.form()),
                    guarded(row.field()),
                    guarded(row.expected()),
                    guarded(row.found()),
                    row.message(),
                    row.remedy(),
                    row.count());
        }
    }

    private static @Nullable String guarded(@Nullable String text) {
        boolean formula = text != null
                && !text.isEmpty()
                && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return formula ? "'" + text : text;
    }
}
