package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table as journals set it: a caption, rules above, below and under the head. */
final class Table {
    private final String style;
    /** More sites than this do not fit beside each other: each row becomes a list. */
    private static final int BESIDE_EACH_OTHER = 8;

    private final String caption;
    private final List<String> columns;
    private final List<StringBuilder> groups = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param style class for the style sheet
     * @param columns the first names the rows
     */
    Table(String style, String caption, List<String> columns) {
        this.style = style;
        this.caption = caption;
        this.columns = List.copyOf(columns);
    }

    /**
     * An empty table with a column for each site after the first.
     *
     * @param style class for the style sheet
     * @param columns the first names the rows, and there may be one for all sites
     * @param sites how many there are
     */
    static Table ofSites(String style, String caption, List<String> columns, int sites) {
        return new Table(sites > BESIDE_EACH_OTHER ? style + " many" : style, caption, columns);
    }

    /** Begins a group of rows under a heading of its own. */
    Table group(String title, String note) {
        groups.add(new StringBuilder("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"" + columns.size() + "\">"
                + Html.text(title) + " <span>" + Html.text(note) + "</span></th></tr>\n"));
        return this;
    }

    /** Adds a row. */
    Table row(List<String> cells) {
        return row("", cells);
    }

    /** Adds a row of a class for the style sheet. */
    Table row(String kind, List<String> cells) {
        if (groups.isEmpty()) {
            groups.add(new StringBuilder());
        }
        StringBuilder row = groups.get(groups.size() - 1);
        row.append(kind.isEmpty() ? "<tr>" : "<tr class=\"" + kind + "\">").append(Html.rowHead(cells.get(0)));
        for (int i = 1; i < cells.size(); i++) {
            row.append(Html.cell(columns.get(i), cells.get(i)));
        }
        row.append("</tr>\n");
        return this;
    }

    String render() {
        return "<table class=\"" + style + "\">\n<caption>" + Html.text(caption) + "</caption>\n" + Html.head(columns)
                + groups.stream().collect(Collectors.joining("</tbody>\n<tbody>\n", "<tbody>\n", "</tbody>\n"))
                + "</table>\n";
    }
}
