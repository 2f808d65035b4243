package org.equipoise.report;

import java.util.List;
import java.util.stream.Collectors;

/** Text made safe for a page, and the few elements the report is made of. */
final class Html {
    private static final String ARM_ENDS = ", ";

    private Html() {}

    static String text(String raw) {
        StringBuilder safe = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            safe.append(
                    switch (c) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '"' -> "&quot;";
                        case '\'' -> "&#39;";
                        default -> String.valueOf(c);
                    });
        }
        return safe.toString();
    }

    /** A cell that also carries its column's name, for phones, where each cell is a line of its own. */
    static String cell(String column, String content) {
        return "<td data-column=\"" + text(column) + "\">" + text(content) + "</td>";
    }

    /** The head of a table. Columns named {@code arm, what} stand below their arm, where it has several beside each other. */
    static String head(List<String> columns) {
        StringBuilder arms = new StringBuilder();
        StringBuilder names = new StringBuilder();
        boolean grouped = false;
        for (int i = 0; i < columns.size(); ) {
            int span = span(columns, i);
            grouped |= span > 1;
            arms.append(
                    span > 1
                            ? "<th scope=\"colgroup\" colspan=\"" + span + "\">" + text(arm(columns.get(i))) + "</th>"
                            : "<td></td>");
            for (int j = i; j < i + span; j++) {
                String name = columns.get(j);
                names.append("<th scope=\"col\">")
                        .append(text(span > 1 ? name.substring(arm(name).length() + ARM_ENDS.length()) : name))
                        .append("</th>");
            }
            i += span;
        }
        return "<thead>" + (grouped ? "<tr class=\"arms\">" + arms + "</tr>" : "") + "<tr>" + names + "</tr></thead>\n";
    }

    private static int span(List<String> columns, int from) {
        String arm = arm(columns.get(from));
        int to = from + 1;
        while (!arm.isEmpty() && to < columns.size() && arm(columns.get(to)).equals(arm)) {
            to++;
        }
        return to - from;
    }

    private static String arm(String column) {
        int end = column.indexOf(ARM_ENDS);
        return end < 0 ? "" : column.substring(0, end);
    }

    static String rowHead(String content) {
        return "<th scope=\"row\">" + text(content) + "</th>";
    }

    /** Small print. */
    static String notes(List<String> lines) {
        return lines.stream()
                .map(line -> "<p>" + text(line) + "</p>\n")
                .collect(Collectors.joining("", "<div class=\"notes\">\n", "</div>\n"));
    }
}
