package org.equipoise.harmonize;

import java.util.List;
import org.equipoise.definition.Crosswalk;
import org.equipoise.definition.Crosswalk.Line;
import org.equipoise.definition.Crosswalk.Link;
import org.equipoise.definition.Crosswalk.Point;
import org.equipoise.definition.Crosswalk.Table;
import org.jspecify.annotations.Nullable;

/**
 * Converts scores by a crosswalk.
 *
 * <p>Table: the row of the score; between two rows, where the crosswalk interpolates, target = t1 + (s - s1) (t2 - t1) /
 * (s2 - s1), and the standard error the same way if both rows have one. Line: s times / dividedBy + plus, not below its
 * least. A chain does one after the other and has no standard error of its own.
 *
 * <p>Never beyond the first or last source score; a score that cannot be converted has a reason instead.
 *
 * <p>Reference: Kolen and Brennan (2014), Test Equating, Scaling, and Linking, 3rd ed., doi:10.1007/978-1-4939-0317-7.
 */
public final class Conversion {
    /** The score lies before the first or after the last that the crosswalk takes. */
    public static final String OUTSIDE = "outside_crosswalk";

    /** The score lies between two published points of a crosswalk that does not interpolate. */
    public static final String BETWEEN = "between_points";

    /** An item is missing, and the crosswalk takes only complete scores. */
    public static final String INCOMPLETE = "incomplete_for_crosswalk";

    /**
     * A converted score.
     *
     * @param value null when there is none
     * @param se its standard error; null when not published
     * @param reason why there is no value; null when there is one
     */
    public record Converted(
            @Nullable Double value,
            @Nullable Double se,
            @Nullable String reason) {
        static Converted without(String reason) {
            return new Converted(null, null, reason);
        }
    }

    private Conversion() {}

    /**
     * Converts one score.
     *
     * @param score in the unit of the crosswalk's source scale
     * @param complete whether no item of it is missing
     */
    public static Converted convert(Crosswalk crosswalk, double score, boolean complete) {
        if (crosswalk.completeOnly() && !complete) {
            return Converted.without(INCOMPLETE);
        }
        Converted reached = new Converted(score, null, null);
        for (Link link : crosswalk.links()) {
            Double value = reached.value();
            if (value == null) {
                return reached;
            }
            reached = along(link, value);
        }
        return crosswalk.links().size() == 1 ? reached : new Converted(reached.value(), null, reached.reason());
    }

    private static Converted along(Link link, double score) {
        if (!link.taken().holds(score)) {
            return Converted.without(OUTSIDE);
        }
        if (link instanceof Line line) {
            return new Converted(
                    line.at(score), line.se().isPresent() ? line.se().getAsDouble() : null, null);
        }
        return inTable((Table) link, score);
    }

    private static Converted inTable(Table table, double score) {
        List<Point> points = table.points();
        int next = 0;
        while (points.get(next).source() < score) {
            next++;
        }
        Point above = points.get(next);
        if (above.source() == score) {
            return new Converted(
                    above.target(), above.se().isPresent() ? above.se().getAsDouble() : null, null);
        }
        if (!table.interpolated()) {
            return Converted.without(BETWEEN);
        }
        Point below = points.get(next - 1);
        double share = (score - below.source()) / (above.source() - below.source());
        Double se = below.se().isPresent() && above.se().isPresent()
                ? between(below.se().getAsDouble(), above.se().getAsDouble(), share)
                : null;
        return new Converted(between(below.target(), above.target(), share), se, null);
    }

    private static double between(double from, double to, double share) {
        return from + share * (to - from);
    }
}
