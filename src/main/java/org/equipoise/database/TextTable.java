package org.equipoise.database;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An aligned table. Widths come from the first rows, so that a long answer is not kept in memory. */
final class TextTable implements QueryOutput {
    private static final int ROWS_MEASURED = 1_000;

    private final Appendable out;
    private final List<List<@Nullable String>> waiting = new ArrayList<>();
    private List<Column> columns = List.of();
    private int[] widths = {};
    private boolean headed;
    private long rows;

    TextTable(Appendable out) {
        this.out = out;
    }

    @Override
    public void columns(List<Column> given) {
        columns = given;
        widths = given.stream().mapToInt(column -> width(column.name())).toArray();
    }

    @Override
    public void row(List<@Nullable String> values) {
        rows++;
        if (headed) {
            line(values);
            return;
        }
        waiting.add(values);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], width(shown(values.get(i))));
        }
        if (waiting.size() == ROWS_MEASURED) {
            head();
        }
    }

    @Override
    public void end() {
        if (!headed) {
            head();
        }
        QueryFormat.append(out, "(" + rows + (rows == 1 ? " row)\n" : " rows)\n"));
    }

    private void head() {
        headed = true;
        line(columns.stream().map(Column::name).toList());
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
        }
        QueryFormat.append(out, rule.append('\n'));
        waiting.forEach(this::line);
        waiting.clear();
    }

    private void line(List<? extends @Nullable String> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String value = shown(values.get(i));
            String padding = " ".repeat(Math.max(0, widths[i] - width(value)));
            line.append(i == 0 ? "" : " | ");
            line.append(columns.get(i).isNumber() ? padding + value : value + padding);
        }
        QueryFormat.append(out, line.toString().stripTrailing() + "\n");
    }

    /** A line break inside a value would break the table; a control character could steer the terminal. */
    private static String shown(@Nullable String value) {
        return value == null ? "" : value.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}", "?");
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
