package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Interval;
import org.equipoise.vocabulary.IntervalCode;

/**
 * The study's intervals as windows of days from time zero: half-open, never overlapping, one table for
 * all sites. A window reaches half the way to each neighbour, and no further than the study's cap for
 * its month; the middle day between two targets belongs to the later one. A month is 30.4375 days.
 */
public final class IntervalTable {
    private static final double DAYS_A_MONTH = 30.4375;

    /**
     * An interval's days.
     *
     * @param from first day of the window
     * @param to day after its last
     */
    public record Window(Interval interval, int target, int from, int to) {
        boolean holds(int day) {
            return day >= from && day < to;
        }
    }

    private final List<Window> windows;

    private final Map<IntervalCode, Integer> positions = new HashMap<>();

    private IntervalTable(List<Window> windows) {
        this.windows = List.copyOf(windows);
        for (int i = 0; i < windows.size(); i++) {
            positions.put(windows.get(i).interval().code(), i);
        }
    }

    /** The table of a study. */
    public static IntervalTable of(Study study) {
        List<Interval> intervals = study.intervals();
        List<Window> windows = new ArrayList<>();
        windows.add(new Window(intervals.get(0), 0, -study.baseline().daysBefore(), 1));
        for (int i = 1; i < intervals.size(); i++) {
            Interval interval = intervals.get(i);
            int target = day(interval);
            int cap = capOf(interval, study);
            int from = Math.max(target - cap, middle(day(intervals.get(i - 1)), target));
            int to = i + 1 == intervals.size()
                    ? target + cap + 1
                    : Math.min(target + cap + 1, middle(target, day(intervals.get(i + 1))));
            windows.add(new Window(interval, target, from, to));
        }
        return new IntervalTable(windows);
    }

    private static int day(Interval interval) {
        return (int) Math.round(interval.month() * DAYS_A_MONTH);
    }

    private static int middle(int target, int next) {
        return Math.floorDiv(target + next + 1, 2);
    }

    private static int capOf(Interval interval, Study study) {
        return study.windowCaps().stream()
                .filter(cap -> interval.month() <= cap.toMonth())
                .findFirst()
                .orElseThrow()
                .days();
    }

    /** All windows, by rising day. */
    public List<Window> windows() {
        return windows;
    }

    /** The window that holds a day, if any does. */
    public Optional<Window> find(int day) {
        for (Window window : windows) {
            if (window.holds(day)) {
                return Optional.of(window);
            }
        }
        return Optional.empty();
    }

    /**
     * Where in {@link #windows} an interval stands.
     *
     * @throws NoSuchElementException if the study has no such interval
     */
    int indexOf(IntervalCode interval) {
        Integer position = positions.get(interval);
        if (position == null) {
            throw new NoSuchElementException("no interval " + interval);
        }
        return position;
    }
}
