package org.equipoise.vocabulary;

import org.jspecify.annotations.Nullable;

/**
 * Where a problem is, as the person who mends it looks for it. Any part may be unknown.
 *
 * @param file name of the file, without folders that only this machine has
 * @param line line as a spreadsheet shows it, header = 1; 0 for the file as a whole
 * @param column header of the column
 * @param record the site's own id of the participant; never logged
 * @param event the site's own name of the visit
 * @param form the questionnaire or form
 * @param field the field within the form
 */
public record Place(
        @Nullable String file,
        long line,
        @Nullable String column,
        @Nullable String record,
        @Nullable String event,
        @Nullable String form,
        @Nullable String field) {

    /** The file as a whole. */
    public static Place file(String file) {
        return new Place(file, 0, null, null, null, null, null);
    }

    /** A line of a file. */
    public static Place line(String file, long line) {
        return new Place(file, line, null, null, null, null, null);
    }

    /** A column of a file, at a line (the header's is 1). */
    public static Place column(String file, long line, String column) {
        return new Place(file, line, column, null, null, null, null);
    }

    /** In words, without what belongs to a participant: fit for a log. */
    @Override
    public String toString() {
        StringBuilder words = new StringBuilder(file == null ? "" : file);
        if (line > 0) {
            words.append(words.isEmpty() ? "line " : " line ").append(line);
        }
        if (column != null) {
            words.append(words.isEmpty() ? "column " : ", column ").append(column);
        }
        return words.toString();
    }
}
