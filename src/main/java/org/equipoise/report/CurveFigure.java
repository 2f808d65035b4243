package org.equipoise.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Shares of each arm that have had an event by each month, as steps, with the people at risk below.
 *
 * @param unit of the values
 * @param months the months named below, at which people at risk are told
 * @param atRisk by arm as in {@code series}, by month as in {@code months}; what is not known is told so
 */
record CurveFigure(String title, String unit, List<Double> months, List<Series> series, List<List<String>> atRisk) {
    CurveFigure {
        months = List.copyOf(months);
        series = List.copyOf(series);
        atRisk = atRisk.stream().map(List::copyOf).toList();
    }

    private static final double WIDTH = 460;
    private static final double LEFT = 56;
    private static final double RIGHT = WIDTH - 16;
    private static final double TOP = 40;
    private static final double BOTTOM = 240;
    private static final double LINE = 17;
    private static final int LONGEST_NAME = 7;

    boolean isEmpty() {
        return series.stream().allMatch(arm -> arm.points().isEmpty());
    }

    String render(String id) {
        double height = BOTTOM + 58 + LINE * series.size();
        Svg svg = new Svg(WIDTH, height, id, title, description());
        double largest = series.stream()
                .flatMap(arm -> arm.points().stream())
                .flatMapToDouble(point -> DoubleStream.of(point.value(), point.highest()))
                .max()
                .orElse(1);
        Axis up = Axis.linear(0, largest, BOTTOM, TOP);
        Axis across = new Axis(0, months.get(months.size() - 1), LEFT, RIGHT, false, months);
        drawAxes(svg, up, across);
        Series.legend(svg, series, RIGHT, 12);
        series.forEach(arm -> draw(svg, arm, up, across));
        drawAtRisk(svg, across);
        return svg.render();
    }

    private String description() {
        return "Months from left to right, " + unit + " upwards, as steps with 95 % intervals; people at risk below. "
                + "The numbers are in the table that follows.";
    }

    private void drawAxes(Svg svg, Axis up, Axis across) {
        svg.text("unit", Svg.Anchor.START, 0, 27, unit);
        for (double tick : up.ticks()) {
            svg.line("grid", LEFT, up.at(tick), RIGHT, up.at(tick));
            svg.text("tick", Svg.Anchor.END, LEFT - 6, up.at(tick) + 4, up.label(tick));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        for (double month : months) {
            svg.line("axis", across.at(month), BOTTOM, across.at(month), BOTTOM + 4);
            svg.text("tick", Svg.Anchor.MIDDLE, across.at(month), BOTTOM + 17, Numerals.number(month, 0));
        }
        svg.text("unit", Svg.Anchor.MIDDLE, (LEFT + RIGHT) / 2, BOTTOM + 34, "Months since time zero");
    }

    /** Steps hold their value until the next one; intervals are drawn at the months named below only. */
    private void draw(Svg svg, Series arm, Axis up, Axis across) {
        StringBuilder line = new StringBuilder("M" + Svg.length(across.at(0)) + " " + Svg.length(up.at(0)));
        for (Series.Point point : arm.points()) {
            line.append("H" + Svg.length(across.at(point.x())) + "V" + Svg.length(up.at(point.value())));
        }
        line.append("H" + Svg.length(across.to()));
        svg.path("stroke mark curve " + arm.style(), line.toString());
        double aside = arm.treatment() ? -2 : 2;
        for (Series.Point point : arm.points()) {
            if (months.contains(point.x()) && point.low() != null && point.high() != null) {
                double x = across.at(point.x()) + aside;
                svg.line("whisker " + arm.style(), x, up.at(point.low()), x, up.at(point.high()));
            }
        }
    }

    private void drawAtRisk(Svg svg, Axis across) {
        double y = BOTTOM + 54;
        svg.text("unit", Svg.Anchor.START, 0, BOTTOM + 34, "At risk");
        for (int arm = 0; arm < series.size(); arm++) {
            svg.text("name", Svg.Anchor.START, 0, y, cut(series.get(arm).name()));
            for (int i = 0; i < months.size(); i++) {
                svg.text(
                        "tick",
                        Svg.Anchor.MIDDLE,
                        across.at(months.get(i)),
                        y,
                        atRisk.get(arm).get(i));
            }
            y += LINE;
        }
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "\u2026";
    }
}
