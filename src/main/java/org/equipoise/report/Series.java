package org.equipoise.report;

import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.StoredEstimate;
import org.jspecify.annotations.Nullable;

/**
 * What one arm has in a figure. The treatment arm is drawn with filled circles and full lines, the control arm with open
 * squares and dashed lines, so that they differ without colour.
 *
 * @param name the arm
 * @param points by rising x
 */
record Series(String name, boolean treatment, List<Point> points) {
    Series {
        points = List.copyOf(points);
    }

    /** One value with its interval; the limits are null where there are none. */
    record Point(
            double x,
            double value,
            @Nullable Double low,
            @Nullable Double high) {
        /** A stored value with its interval; one without is not drawn: one person makes no mean of an arm. */
        static Optional<Point> of(double x, StoredEstimate row, double factor) {
            Double value = row.value();
            Double low = row.low();
            Double high = row.high();
            return value == null || low == null || high == null
                    ? Optional.empty()
                    : Optional.of(new Point(x, value * factor, low * factor, high * factor));
        }

        double lowest() {
            return low == null ? value : low;
        }

        double highest() {
            return high == null ? value : high;
        }
    }

    private static final double RADIUS = 3.6;
    private static final double SIDE = 6.4;

    String style() {
        return treatment ? "treatment" : "control";
    }

    /** The arm's sign, centred. */
    void mark(Svg svg, String role, double x, double y) {
        String style = role + " " + style();
        if (treatment) {
            svg.circle(style, x, y, RADIUS);
        } else {
            svg.rectangle(style, x - SIDE / 2, y - SIDE / 2, SIDE, SIDE);
        }
    }

    /** The signs and names of the arms in a row that ends at {@code right}. */
    static void legend(Svg svg, List<Series> series, double right, double y) {
        double x = right;
        for (int i = series.size() - 1; i >= 0; i--) {
            Series arm = series.get(i);
            x -= 6.6 * arm.name().length();
            svg.text("name", Svg.Anchor.START, x, y + 4, arm.name());
            svg.line("stroke " + arm.style(), x - 32, y, x - 6, y);
            arm.mark(svg, "key", x - 19, y);
            x -= 46;
        }
    }
}
