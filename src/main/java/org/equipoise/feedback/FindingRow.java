package org.equipoise.feedback;

import java.util.Comparator;
import java.util.Locale;
import org.equipoise.staging.Finding;
import org.equipoise.staging.StagingStore.StoredFinding;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.Severity;
import org.jspecify.annotations.Nullable;

/**
 * A finding as it is told: one row of {@code findings.csv}, whose columns these are, in this order. Holds
 * participants' values, so it goes to the site and nowhere else.
 *
 * @param line line as a spreadsheet shows it, header = 1; 0 for the file as a whole
 * @param count how many rows it speaks for, when told once for many
 */
public record FindingRow(
        String code,
        Severity severity,
        String category,
        String file,
        int line,
        @Nullable String column,
        @Nullable String record,
        @Nullable String event,
        @Nullable String form,
        @Nullable String field,
        String expected,
        @Nullable String found,
        String message,
        String remedy,
        int count) {

    /** Category of problems of definition files. */
    static final String DEFINITION = "definition";

    /** By line; what concerns the whole file comes first, and before it the problems of definition files. */
    public static final Comparator<FindingRow> BY_LINE = Comparator.comparing(
                    (FindingRow row) -> !row.category.equals(DEFINITION))
            .thenComparingInt(FindingRow::line)
            .thenComparing(FindingRow::code)
            .thenComparing(row -> row.column == null ? "" : row.column);

    /** A finding of a file, as stored. */
    public static FindingRow of(String file, StoredFinding finding) {
        return new FindingRow(
                finding.code(),
                Severity.valueOf(finding.severity().toUpperCase(Locale.ROOT)),
                finding.category(),
                file,
                finding.line(),
                finding.column(),
                finding.record(),
                finding.event(),
                finding.form(),
                finding.field(),
                finding.expected(),
                finding.found(),
                finding.message(),
                finding.remedy(),
                finding.count());
    }

    /** A finding of a file, as made; harmonization leaves the file's name to the reader. */
    public static FindingRow of(String file, Finding finding) {
        return new FindingRow(
                finding.code().code(),
                finding.code().severity(),
                finding.code().category().label(),
                file,
                (int) finding.place().line(),
                finding.place().column(),
                finding.place().record(),
                finding.place().event(),
                finding.place().form(),
                finding.place().field(),
                finding.expected(),
                finding.found(),
                finding.code().message(),
                finding.code().remedy(),
                finding.count());
    }

    /** A problem of a definition file, which keeps the site's files from being read. */
    static FindingRow of(Problem problem) {
        return new FindingRow(
                problem.code(),
                problem.severity(),
                DEFINITION,
                problem.place().file() == null ? "" : problem.place().file(),
                (int) problem.place().line(),
                problem.place().column(),
                null,
                null,
                null,
                problem.place().field(),
                problem.expected(),
                problem.found(),
                problem.message(),
                problem.remedy(),
                1);
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }
}
