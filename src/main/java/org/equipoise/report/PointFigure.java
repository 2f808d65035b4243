package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Values of each arm with their intervals: over months, joined by lines; or by period, apart.
 *
 * @param unit of the values
 * @param below what runs from left to right
 * @param marks the places named below
 * @param joined whether lines join the values of an arm
 * @param fromZero whether the axis of values begins at 0
 */
record PointFigure(
        String title,
        String unit,
        String below,
        List<Mark> marks,
        List<Series> series,
        boolean joined,
        boolean fromZero) {
    PointFigure {
        marks = List.copyOf(marks);
        series = List.copyOf(series);
    }

    /** A place named below the figure. */
    record Mark(double x, String label) {}

    private static final double WIDTH = 460;
    private static final double HEIGHT = 290;
    private static final double LEFT = 44;
    private static final double RIGHT = WIDTH - 14;
    private static final double TOP = 40;
    private static final double BOTTOM = HEIGHT - 42;
    private static final double APART = 3;
    private static final double LETTER = 6.2;
    private static final double ROOM = 5;
    private static final double YEAR = 12;

    boolean isEmpty() {
        return series.stream().allMatch(arm -> arm.points().isEmpty());
    }

    String render(String id) {
        Svg svg = new Svg(WIDTH, HEIGHT, id, title, description());
        double smallest = values().min().orElse(0);
        double largest = values().max().orElse(1);
        Axis up = Axis.linear(fromZero ? Math.min(0, smallest) : smallest, largest, BOTTOM, TOP);
        Axis across = across();
        drawAxes(svg, up, across);
        Series.legend(svg, series, RIGHT, 12);
        for (Series arm : series) {
            draw(svg, arm, up, across);
        }
        return svg.render();
    }

    private Axis across() {
        double first = marks.get(0).x();
        double last = marks.get(marks.size() - 1).x();
        double margin = joined ? (last - first) * 0.015 : 0.5;
        double room = last > first || !joined ? margin : 1;
        return new Axis(first - room, last + room, LEFT, RIGHT, false, List.of());
    }

    private DoubleStream values() {
        return series.stream()
                .flatMap(arm -> arm.points().stream())
                .flatMapToDouble(point -> DoubleStream.of(point.lowest(), point.highest()));
    }

    private String description() {
        return below + " from left to right, " + unit + " upwards; "
                + String.join(" and ", series.stream().map(Series::name).toList())
                + ", each with 95 % intervals. The numbers are in the table that follows.";
    }

    private void drawAxes(Svg svg, Axis up, Axis across) {
        svg.text("unit", Svg.Anchor.START, 0, 27, unit);
        for (double tick : up.ticks()) {
            svg.line("grid", LEFT, up.at(tick), RIGHT, up.at(tick));
            svg.text("tick", Svg.Anchor.END, LEFT - 6, up.at(tick) + 4, up.label(tick));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        marks.forEach(mark -> svg.line("axis", across.at(mark.x()), BOTTOM, across.at(mark.x()), BOTTOM + 4));
        named(across)
                .forEach(mark -> svg.text("tick", Svg.Anchor.MIDDLE, across.at(mark.x()), BOTTOM + 17, mark.label()));
        svg.text("unit", Svg.Anchor.MIDDLE, (LEFT + RIGHT) / 2, HEIGHT - 6, below);
    }

    /** The marks whose names have room: whole years before the months between them. */
    private List<Mark> named(Axis across) {
        List<Mark> named = new ArrayList<>();
        Stream.concat(
                        marks.stream().filter(mark -> mark.x() % YEAR == 0),
                        marks.stream().filter(mark -> mark.x() % YEAR != 0))
                .filter(mark -> named.stream()
                        .allMatch(other -> Math.abs(across.at(other.x()) - across.at(mark.x()))
                                >= (other.label().length() + mark.label().length()) * LETTER / 2 + ROOM))
                .forEach(named::add);
        return named;
    }

    private void draw(Svg svg, Series arm, Axis up, Axis across) {
        double aside = (arm.treatment() ? -1 : 1) * (joined ? APART : 3 * APART);
        StringBuilder line = new StringBuilder();
        for (Series.Point point : arm.points()) {
            double x = across.at(point.x()) + aside;
            line.append(line.isEmpty() ? "M" : "L")
                    .append(Svg.length(x))
                    .append(' ')
                    .append(Svg.length(up.at(point.value())));
            if (point.low() != null && point.high() != null) {
                svg.line("whisker " + arm.style(), x, up.at(point.low()), x, up.at(point.high()));
            }
        }
        if (joined && arm.points().size() > 1) {
            svg.path("stroke " + arm.style(), line.toString());
        }
        arm.points().forEach(point -> arm.mark(svg, "mark", across.at(point.x()) + aside, up.at(point.value())));
    }
}
