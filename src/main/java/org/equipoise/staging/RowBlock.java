package org.equipoise.staging;

import java.util.List;

/** Some rows of a file, as read, in order. */
public record RowBlock(List<Row> rows) {

    /**
     * One row as read.
     *
     * @param line line as a spreadsheet shows it, header = 1
     * @param cells its fields, in the order of the header
     */
    public record Row(int line, String[] cells) {}
}
