package org.equipoise.report;

import java.util.Locale;

/**
 * An SVG drawing that stands inside a page: sized by the page, named for those who hear it, coloured by the page's
 * style sheet. Lengths are in the drawing's own units, which are pixels at full size.
 */
final class Svg {
    /** Where a text stands relative to its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder body = new StringBuilder();
    private final double width;
    private final double height;
    private final String id;
    private final String title;
    private final String description;

    /**
     * An empty drawing.
     *
     * @param id unique on the page
     * @param title what it is
     * @param description what it shows, for those who do not see it
     */
    Svg(double width, double height, String id, String title, String description) {
        this.width = width;
        this.height = height;
        this.id = id;
        this.title = title;
        this.description = description;
    }

    /** The name of something inside the drawing that others refer to. */
    String idOf(String part) {
        return id + "-" + part;
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        body.append("<line class=\"" + style + "\" x1=\"" + length(x1) + "\" y1=\"" + length(y1) + "\" x2=\""
                + length(x2) + "\" y2=\"" + length(y2) + "\"/>\n");
        return this;
    }

    Svg path(String style, String data) {
        body.append("<path class=\"" + style + "\" d=\"" + data + "\"/>\n");
        return this;
    }

    Svg circle(String style, double x, double y, double radius) {
        body.append("<circle class=\"" + style + "\" cx=\"" + length(x) + "\" cy=\"" + length(y) + "\" r=\""
                + length(radius) + "\"/>\n");
        return this;
    }

    /** A rectangle by its upper left corner. */
    Svg rectangle(String style, double x, double y, double wide, double high) {
        body.append("<rect class=\"" + style + "\" x=\"" + length(x) + "\" y=\"" + length(y) + "\" width=\""
                + length(wide) + "\" height=\"" + length(high) + "\"/>\n");
        return this;
    }

    /** A rectangle filled with a pattern of this drawing. */
    Svg patterned(String style, String pattern, double x, double y, double wide, double high) {
        body.append("<rect class=\"" + style + "\" fill=\"url(#" + idOf(pattern) + ")\" x=\"" + length(x) + "\" y=\""
                + length(y) + "\" width=\"" + length(wide) + "\" height=\"" + length(high) + "\"/>\n");
        return this;
    }

    /** A pattern of lines or dots, repeated every {@code step} units. */
    Svg pattern(String name, double step, String content) {
        body.append("<pattern id=\"" + idOf(name) + "\" patternUnits=\"userSpaceOnUse\" width=\"" + length(step)
                + "\" height=\"" + length(step) + "\">" + content + "</pattern>\n");
        return this;
    }

    Svg text(String style, Anchor anchor, double x, double y, String text) {
        body.append(
                "<text class=\"" + style + "\" text-anchor=\"" + anchor.name().toLowerCase(Locale.ROOT) + "\" x=\""
                        + length(x) + "\" y=\"" + length(y) + "\">" + Html.text(text) + "</text>\n");
        return this;
    }

    String render() {
        return "<svg role=\"img\" aria-labelledby=\"" + idOf("title") + " " + idOf("desc") + "\" viewBox=\"0 0 "
                + length(width) + " " + length(height) + "\" width=\"" + length(width) + "\" height=\""
                + length(height) + "\">\n<title id=\"" + idOf("title") + "\">" + Html.text(title) + "</title>\n"
                + "<desc id=\"" + idOf("desc") + "\">" + Html.text(description) + "</desc>\n" + body + "</svg>\n";
    }

    /** A length with one decimal, and none where it is whole. */
    static String length(double value) {
        String text = Numerals.fixed(value, 1);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
