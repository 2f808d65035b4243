package org.equipoise.staging.internal;

import java.util.OptionalInt;
import org.equipoise.vocabulary.FindingCode;

/** A column that says how often or how many. For one thread. */
final class CountColumn {
    private static final int MOST = 100_000;

    private final HistoryForm form;
    private final Column column;
    private final NumberReader numbers;

    CountColumn(HistoryForm form, Column column) {
        this.form = form;
        this.column = column;
        numbers = form.numbers();
    }

    Column column() {
        return column;
    }

    /**
     * The number; empty if there is none or what there is was refused.
     *
     * @param most greatest possible
     */
    OptionalInt read(RowReading row, long most) {
        String text = row.text(column);
        if (text.isEmpty() || form.isMissing(text)) {
            return OptionalInt.empty();
        }
        double number = numbers.read(text);
        if (number >= 0 && number <= most && number == Math.rint(number)) {
            return OptionalInt.of((int) number);
        }
        row.tell(
                Double.isNaN(number) ? FindingCode.STG_032 : FindingCode.STG_039,
                column,
                form.code(),
                "a whole number from 0" + (most < MOST ? " to " + most : ""),
                text);
        return OptionalInt.empty();
    }

    OptionalInt read(RowReading row) {
        return read(row, MOST);
    }
}
