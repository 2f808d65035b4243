package org.equipoise.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * How a mistake of one kind comes into the rows of a participant.
 *
 * @param column the column that is changed, or empty if nothing is
 * @param suits whether the mistake can be made at this row; the row is the first of its span
 * @param span how many rows, from that one on, are concerned
 * @param repeats whether the rows are written a second time, and the mistake made in the repeat
 * @param change what becomes of the cell
 */
record Slip(Mistake.Kind kind, String column, Suits suits, Span span, boolean repeats, Change change) {

    /** Whether a mistake can be made at a row. */
    interface Suits {
        boolean at(List<String[]> rows, int row);
    }

    /** How many rows belong together. */
    interface Span {
        int from(List<String[]> rows, int row);
    }

    /** What becomes of a cell. */
    interface Change {
        String of(List<String[]> rows, int row, String cell);
    }

    /** A wrong cell. */
    static Slip change(Mistake.Kind kind, String column, Suits suits, Span span, Change change) {
        return new Slip(kind, column, suits, span, false, change);
    }

    /** A wrong cell in one row, where the cell is filled as told. */
    static Slip cell(
            Mistake.Kind kind,
            List<String> header,
            String column,
            Predicate<String> suits,
            UnaryOperator<String> change) {
        int place = header.indexOf(column);
        return change(
                kind,
                column,
                (rows, row) -> suits.test(rows.get(row)[place]),
                (rows, row) -> 1,
                (rows, row, cell) -> change.apply(cell));
    }

    /** One row written twice, where the cell is filled as told. */
    static Slip twice(List<String> header, String column, Predicate<String> suits) {
        int place = header.indexOf(column);
        return repeat(
                Mistake.Kind.DUPLICATE_SAME,
                "",
                (rows, row) -> suits.test(rows.get(row)[place]),
                (rows, row) -> 1,
                (rows, row, cell) -> cell);
    }

    /** Lines written twice, the second time with this change. */
    static Slip repeat(Mistake.Kind kind, String column, Suits suits, Span span, Change change) {
        return new Slip(kind, column, suits, span, true, change);
    }

    /** The rows where the mistake can be made. */
    List<Integer> places(List<String[]> rows) {
        List<Integer> places = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (suits.at(rows, row)) {
                places.add(row);
            }
        }
        return places;
    }

    /**
     * Makes the mistake.
     *
     * @return index of the first row that is wrong afterwards
     */
    int make(List<String[]> rows, int row, List<String> header) {
        int cell = header.indexOf(column);
        int length = span.from(rows, row);
        List<String[]> concerned = new ArrayList<>();
        for (int i = row; i < row + length; i++) {
            String[] values = rows.get(i).clone();
            if (cell >= 0) {
                values[cell] = change.of(rows, i, values[cell]);
            }
            concerned.add(values);
        }
        if (repeats) {
            rows.addAll(row + length, concerned);
            return row + length;
        }
        for (int i = 0; i < length; i++) {
            rows.set(row + i, concerned.get(i));
        }
        return row;
    }
}
