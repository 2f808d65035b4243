package org.equipoise.report;

import java.util.List;
import org.equipoise.warehouse.Attendance;

/**
 * Who was seen at each interval and who was not, one panel an arm: bars of people, told apart by pattern. People for whom
 * the interval is not due or not planned are in no bar.
 *
 * @param arms one panel each
 */
record AttritionFigure(String title, List<Panel> arms) {
    AttritionFigure {
        arms = List.copyOf(arms);
    }

    /**
     * One arm.
     *
     * @param labels of the intervals
     * @param people at each of them
     */
    record Panel(String arm, List<String> labels, List<Attendance> people) {
        Panel {
            labels = List.copyOf(labels);
            people = List.copyOf(people);
        }

        int most() {
            return people.stream().mapToInt(AttritionFigure::drawn).max().orElse(0);
        }
    }

    private static final double WIDTH = 460;
    private static final double LEFT = 34;
    private static final double PANEL = 130;
    private static final double TOP = 34;
    private static final List<String> KEY = List.of("observed", "missing", "withdrawn", "dead");

    private static int drawn(Attendance at) {
        return at.due() + at.dead();
    }

    boolean isEmpty() {
        return arms.stream().allMatch(panel -> panel.most() == 0);
    }

    String render(String id) {
        Svg svg = new Svg(WIDTH, TOP + arms.size() * (PANEL + 30) + 16, id, title, description());
        svg.pattern("missing", 5, "<path class=\"hatch\" d=\"M-1 1L1 -1M0 5L5 0M4 6L6 4\"/>");
        svg.pattern("withdrawn", 4, "<circle class=\"dot\" cx=\"2\" cy=\"2\" r=\".8\"/>");
        legend(svg);
        int most = arms.stream().mapToInt(Panel::most).max().orElse(1);
        double top = TOP;
        for (Panel panel : arms) {
            draw(svg, panel, Axis.linear(0, most, top + PANEL, top + 18), top);
            top += PANEL + 30;
        }
        svg.text("unit", Svg.Anchor.MIDDLE, (LEFT + WIDTH) / 2, top + 10, "Months since time zero");
        return svg.render();
    }

    private static String description() {
        return "Bars of people by interval, one panel an arm: observed, missing, withdrawn and dead from bottom to top. "
                + "The numbers are in the table that follows.";
    }

    private static void legend(Svg svg) {
        double x = LEFT;
        for (String state : KEY) {
            bar(svg, state, x, 6, 14, 11);
            svg.text("name", Svg.Anchor.START, x + 19, 16, state);
            x += 40 + 6.6 * state.length();
        }
    }

    private static void bar(Svg svg, String state, double x, double y, double wide, double high) {
        if (state.equals("missing") || state.equals("withdrawn")) {
            svg.patterned("mark bar", state, x, y, wide, high);
        } else {
            svg.rectangle("mark bar " + state, x, y, wide, high);
        }
    }

    private static void draw(Svg svg, Panel panel, Axis up, double top) {
        svg.text("row pooled", Svg.Anchor.START, LEFT, top + 10, panel.arm());
        for (double tick : up.ticks()) {
            svg.line("grid", LEFT, up.at(tick), WIDTH, up.at(tick));
            svg.text("tick", Svg.Anchor.END, LEFT - 5, up.at(tick) + 4, up.label(tick));
        }
        double step = (WIDTH - LEFT) / panel.people().size();
        for (int i = 0; i < panel.people().size(); i++) {
            double x = LEFT + step * i;
            Attendance at = panel.people().get(i);
            int below = 0;
            below = stack(svg, "observed", at.observed(), below, x + step * 0.15, step * 0.7, up);
            below = stack(svg, "missing", at.missing(), below, x + step * 0.15, step * 0.7, up);
            below = stack(svg, "withdrawn", at.withdrawn(), below, x + step * 0.15, step * 0.7, up);
            stack(svg, "dead", at.dead(), below, x + step * 0.15, step * 0.7, up);
            svg.text(
                    "tick",
                    Svg.Anchor.MIDDLE,
                    x + step / 2,
                    up.from() + 15,
                    panel.labels().get(i));
        }
        svg.line("axis", LEFT, up.from(), WIDTH, up.from());
    }

    private static int stack(Svg svg, String state, int people, int below, double x, double wide, Axis up) {
        if (people > 0) {
            double high = up.at(below) - up.at(below + people);
            bar(svg, state, x, up.at(below + people), wide, high);
        }
        return below + people;
    }
}
