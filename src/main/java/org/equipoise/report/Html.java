package org.equipoise.report;

import java.util.List;
import java.util.stream.Collectors;

/** Text made safe for a page, and the few elements the report is made of. */
final class Html {
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

    static String head(List<String> columns) {
        return columns.stream()
                .map(column -> "<th scope=\"col\">" + text(column) + "</th>")
                .collect(Collectors.joining("", "<thead><tr>", "</tr></thead>\n"));
    }

    static String rowHead(String content) {
        return "<th scope=\"row\">" + text(content) + "</th>";
    }
}
