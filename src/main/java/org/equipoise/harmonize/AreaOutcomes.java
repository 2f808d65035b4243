package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.equipoise.definition.OutcomeSource.OfArea;
import org.equipoise.definition.Study.Period;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.IntervalTable.Window;

/**
 * The area under one participant's values over periods: years of life weighted by a utility (QALY), months in remission.
 *
 * <p>Formula: the sum over neighbours of (v1 + v2) / 2 · (t2 - t1), in the unit of time that the outcome says; the trapezoid
 * rule. A value lies on its own day, or on its interval's target where it has none. At a period's edges the line between
 * the neighbours is cut. Of a state, 0 or 1, this is half the gap to a neighbour that differs.
 *
 * <p>Death is a value of 0 on its day, and everything after it is 0; a value told for that day or later is passed over.
 *
 * <p>Missing values: a period has a value only if all of it is known. Known is what lies between neighbours whose planned
 * points are no further apart than the longest gap, or between the last value and a death no later than the longest gap
 * after its planned point. Beyond such neighbours a value holds up to the month mark it was planned for, and no
 * further: the visit of month 18 may have come some days before the mark. Where a site does not plan points that close from
 * the period's beginning to its end, the reason is {@code not_scheduled}, for the dead too.
 *
 * <p>Periods that follow each other add up to the period that spans them.
 *
 * <p>Reference: Glick, Doshi, Sonnad and Polsky (2014), Economic Evaluation in Clinical Trials, 2nd ed.; Drummond et al.
 * (2015), Methods for the Economic Evaluation of Health Care Programmes, 4th ed.; Manca, Hawkins and Sculpher (2005),
 * Health Econ 14, 487-496, doi:10.1002/hec.944.
 */
final class AreaOutcomes {
    /** Later than any period ends. */
    private static final int EVER = Integer.MAX_VALUE;

    private final OfArea area;
    private final Course course;
    private final List<Line> curve = new ArrayList<>();
    private final List<Integer> planned;

    /**
     * The curve of one participant.
     *
     * @param windows the study's intervals
     * @param asked cells of the outcome the area lies under, in their order
     */
    AreaOutcomes(OfArea area, Course course, List<Window> windows, List<Cell> asked) {
        this.area = area;
        this.course = course;
        planned = IntStream.range(0, windows.size())
                .filter(w -> !Harmonizer.NOT_SCHEDULED.equals(asked.get(w).reason()))
                .mapToObj(w -> windows.get(w).interval().month())
                .toList();
        draw(points(windows, asked));
    }

    /** A value on a day, planned for a month. */
    private record Point(int day, double value, int month) {}

    /** A straight part of the curve. */
    private record Line(int from, int to, double first, double last) {
        static Line level(int from, int to, double value) {
            return new Line(from, to, value, value);
        }

        double at(int day) {
            return first == last ? first : first + (last - first) * (day - from) / (to - from);
        }

        int daysIn(int start, int end) {
            return Math.max(0, Math.min(to, end) - Math.max(from, start));
        }

        double areaIn(int start, int end) {
            int days = daysIn(start, end);
            return days == 0 ? 0 : days * (at(Math.max(from, start)) + at(Math.min(to, end))) / 2;
        }
    }

    /** The area over each of these periods; where a site's plan does not reach, not even of the dead: only they would be known of. */
    List<Cell> cells(List<Period> periods) {
        return periods.stream()
                .map(period -> area.reaches(planned, period)
                        ? cell(course.monthDay(period.fromMonth()), course.monthDay(period.toMonth()))
                        : Cell.missing(Harmonizer.NOT_SCHEDULED))
                .toList();
    }

    private Cell cell(int from, int to) {
        int known = curve.stream().mapToInt(line -> line.daysIn(from, to)).sum();
        if (known == to - from) {
            double days =
                    curve.stream().mapToDouble(line -> line.areaIn(from, to)).sum();
            return Cell.measured(area.measure().of(days), known);
        }
        int alive = course.died().filter(day -> day < to).map(day -> day + 1).orElse(to);
        return Cell.missing(course.whyUncovered(known == 0, alive));
    }

    private List<Point> points(List<Window> windows, List<Cell> asked) {
        int end = course.died().orElse(EVER);
        List<Point> points = new ArrayList<>();
        for (int w = 0; w < windows.size(); w++) {
            Double value = asked.get(w).value();
            Integer told = asked.get(w).day();
            int day = told == null ? windows.get(w).target() : told;
            if (value != null && day < end) {
                points.add(new Point(day, value, windows.get(w).interval().month()));
            }
        }
        return points;
    }

    private void draw(List<Point> points) {
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            int mark = course.monthDay(point.month());
            if (i == 0 || isTooFar(points.get(i - 1), point)) {
                addLevel(mark, point.day(), point.value());
            }
            if (i + 1 < points.size() && !isTooFar(point, points.get(i + 1))) {
                Point next = points.get(i + 1);
                curve.add(new Line(point.day(), next.day(), point.value(), next.value()));
            } else if (i + 1 == points.size() && diesSoonAfter(point)) {
                curve.add(new Line(point.day(), course.died().orElseThrow(), point.value(), 0));
            } else {
                addLevel(point.day(), mark, point.value());
            }
        }
        course.died().ifPresent(day -> addLevel(day, EVER, 0));
    }

    private void addLevel(int from, int to, double value) {
        if (from < to) {
            curve.add(Line.level(from, to, value));
        }
    }

    private boolean isTooFar(Point point, Point next) {
        return next.month() - point.month() > area.longestGap();
    }

    private boolean diesSoonAfter(Point last) {
        return course.died()
                .filter(day -> day <= course.monthDay(last.month() + area.longestGap()))
                .isPresent();
    }
}
