package org.equipoise.report;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Effects of the sites below each other, and of all together.
 *
 * @param effect what the numbers are: difference, risk ratio
 * @param lower who is favoured on the left
 * @param higher who is favoured on the right
 * @param ratio whether the effects are ratios, which have no effect at 1 and equal steps by factors
 */
record ForestFigure(String title, String effect, String lower, String higher, boolean ratio, List<Row> rows) {
    ForestFigure {
        rows = List.copyOf(rows);
    }

    /** Whose effect a row holds. */
    enum Who {
        SITE,
        /** All sites in one model. */
        POOLED,
        /** The sites' estimates combined afterwards. */
        COMBINED
    }

    /**
     * One row.
     *
     * @param people in both arms, which decides how large the square is
     * @param wording the numbers, or why there are none
     */
    record Row(
            String label,
            Who who,
            int people,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            String wording) {
        /** Whether there is something to draw. */
        boolean isDrawn() {
            return value != null;
        }
    }

    private static final double WIDTH = 460;
    private static final double LEFT = 106;
    private static final double RIGHT = 296;
    private static final double TOP = 32;
    private static final double ROW = 22;
    private static final int LONGEST_LABEL = 16;

    boolean isEmpty() {
        return rows.stream().noneMatch(Row::isDrawn);
    }

    String render(String id) {
        double bottom = TOP + ROW * rows.size();
        Svg svg = new Svg(WIDTH, bottom + 46, id, title, description());
        Axis axis = axis();
        double none = axis.at(ratio ? 1 : 0);
        svg.text("unit", Svg.Anchor.END, WIDTH, 12, effect + " (95 % CI)");
        svg.line("axis", none, TOP - 8, none, bottom);
        rows.stream()
                .filter(row -> row.who() == Who.POOLED && row.value() != null)
                .findFirst()
                .map(row -> axis.at(Objects.requireNonNull(row.value())))
                .ifPresent(x -> svg.line("guide", x, TOP - 8, x, bottom));
        double y = TOP + ROW / 2 - 4;
        for (Row row : rows) {
            if (row.who() == Who.POOLED) {
                svg.line("grid", 0, y - ROW / 2, WIDTH, y - ROW / 2);
            }
            draw(svg, row, axis, y);
            y += ROW;
        }
        drawAxis(svg, axis, bottom);
        return svg.render();
    }

    private String description() {
        return "Sites from top to bottom, then all sites; " + effect
                + " from left to right with 95 % intervals. The numbers are beside it.";
    }

    /**
     * Wide enough for every estimate and the pooled interval; limits further out than that again are cut, and end in an
     * arrow, so that one small site does not squeeze the others.
     */
    private Axis axis() {
        double least = ratio ? 1 : 0;
        double most = least;
        for (Row row : rows) {
            if (row.value() != null) {
                boolean pooled = row.who() != Who.SITE;
                least = Math.min(least, pooled && row.low() != null ? row.low() : row.value());
                most = Math.max(most, pooled && row.high() != null ? row.high() : row.value());
            }
        }
        double room = ratio ? Math.max(most / least, 2) : most - least;
        double outer = ratio ? least / room : least - room;
        double far = ratio ? most * room : most + room;
        double low = limits(Row::low).filter(limit -> limit >= outer).reduce(least, Math::min);
        double high = limits(Row::high).filter(limit -> limit <= far).reduce(most, Math::max);
        double start = limits(Row::low).anyMatch(limit -> limit < outer) ? outer : low;
        double end = limits(Row::high).anyMatch(limit -> limit > far) ? far : high;
        return ratio ? Axis.ratio(start, end, LEFT, RIGHT) : Axis.linear(start, end, LEFT, RIGHT);
    }

    private Stream<Double> limits(Function<Row, @Nullable Double> side) {
        return rows.stream().filter(Row::isDrawn).map(side).filter(Objects::nonNull);
    }

    private void draw(Svg svg, Row row, Axis axis, double y) {
        String weight = row.who() == Who.SITE ? "row" : "row pooled";
        svg.text(weight, Svg.Anchor.START, 0, y + 4, cut(row.label()));
        svg.text(weight, Svg.Anchor.END, WIDTH, y + 4, row.wording());
        if (row.value() == null) {
            return;
        }
        double x = axis.at(row.value());
        if (row.who() == Who.SITE) {
            whisker(svg, row, axis, y);
            double side = 4 + 7 * Math.sqrt((double) row.people() / Math.max(1, most()));
            svg.rectangle("mark site", x - side / 2, y - side / 2, side, side);
        } else {
            double from = axis.at(row.low() == null ? row.value() : Math.max(row.low(), axis.low()));
            double to = axis.at(row.high() == null ? row.value() : Math.min(row.high(), axis.high()));
            svg.path(
                    row.who() == Who.POOLED ? "mark diamond" : "mark diamond open",
                    "M" + Svg.length(from) + " " + Svg.length(y) + "L" + Svg.length(x) + " " + Svg.length(y - 6) + "L"
                            + Svg.length(to) + " " + Svg.length(y) + "L" + Svg.length(x) + " " + Svg.length(y + 6)
                            + "Z");
        }
    }

    private int most() {
        return rows.stream()
                .filter(row -> row.who() == Who.SITE)
                .mapToInt(Row::people)
                .max()
                .orElse(1);
    }

    private void whisker(Svg svg, Row row, Axis axis, double y) {
        if (row.low() == null || row.high() == null) {
            return;
        }
        double from = Math.max(axis.from(), axis.at(Math.max(row.low(), axis.low())));
        double to = axis.at(Math.min(row.high(), axis.high()));
        svg.line("whisker site", from, y, to, y);
        if (row.low() < axis.low()) {
            svg.path("arrow", arrow(from, y, 5));
        }
        if (row.high() > axis.high()) {
            svg.path("arrow", arrow(to, y, -5));
        }
    }

    private static String arrow(double x, double y, double back) {
        return "M" + Svg.length(x + back) + " " + Svg.length(y - 3.5) + "L" + Svg.length(x) + " " + Svg.length(y) + "L"
                + Svg.length(x + back) + " " + Svg.length(y + 3.5);
    }

    private void drawAxis(Svg svg, Axis axis, double bottom) {
        svg.line("axis", LEFT, bottom, RIGHT, bottom);
        for (double tick : axis.ticks()) {
            svg.line("axis", axis.at(tick), bottom, axis.at(tick), bottom + 4);
            svg.text("tick", Svg.Anchor.MIDDLE, axis.at(tick), bottom + 17, axis.label(tick));
        }
        svg.text("unit", Svg.Anchor.START, LEFT, bottom + 36, "\u2190 " + lower + " better");
        svg.text("unit", Svg.Anchor.END, RIGHT, bottom + 36, higher + " better \u2192");
    }

    private static String cut(String label) {
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "\u2026";
    }
}
