package org.equipoise.simulation;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of one row, filled by column. What is not filled stays empty. */
final class Cells {
    private final List<String> header;
    private final DateTimeFormatter days;
    private final String[] cells;

    /**
     * @param days how the site writes dates
     */
    Cells(List<String> header, DateTimeFormatter days) {
        this.header = header;
        this.days = days;
        cells = new String[header.size()];
        Arrays.fill(cells, "");
    }

    Cells put(String column, String text) {
        int place = header.indexOf(column);
        if (place < 0) {
            throw new IllegalArgumentException("There is no column " + column);
        }
        cells[place] = text;
        return this;
    }

    Cells put(String column, long number) {
        return put(column, Long.toString(number));
    }

    /** Nothing where there is no day. */
    Cells put(String column, @Nullable LocalDate day) {
        return put(column, day == null ? "" : days.format(day));
    }

    String get(String column) {
        return cells[header.indexOf(column)];
    }

    String[] toRow() {
        return cells;
    }
}
