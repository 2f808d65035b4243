package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of days, as half-open spans that neither overlap nor touch, in rising order. Immutable. */
record DaySpans(List<Span> spans) {
    static final DaySpans NONE = new DaySpans(List.of());

    DaySpans {
        spans = List.copyOf(spans);
    }

    /** Days from the first up to the day before {@code to}. */
    record Span(int from, int to) {
        boolean holds(int day) {
            return day >= from && day < to;
        }

        int length() {
            return to - from;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Span span && from == span.from && to == span.to;
        }

        @Override
        public int hashCode() {
            return 31 * from + to;
        }
    }

    static DaySpans of(int from, int to) {
        return to <= from ? NONE : new DaySpans(List.of(new Span(from, to)));
    }

    /** The days that are in any of the spans; an empty span holds none. */
    static DaySpans union(List<Span> spans) {
        return joined(spans, 0);
    }

    private static DaySpans joined(List<Span> spans, int gap) {
        if (spans.isEmpty()) {
            return NONE;
        }
        List<Span> sorted = new ArrayList<>(spans);
        sorted.removeIf(span -> span.length() <= 0);
        sorted.sort(Comparator.comparingInt(Span::from));
        List<Span> joined = new ArrayList<>();
        for (Span span : sorted) {
            Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && span.from() - last.to() <= gap) {
                joined.set(joined.size() - 1, new Span(last.from(), Math.max(last.to(), span.to())));
            } else {
                joined.add(span);
            }
        }
        return new DaySpans(joined);
    }

    /** The same with gaps up to so many days closed. */
    DaySpans bridged(int gap) {
        return joined(spans, gap);
    }

    DaySpans clipped(int from, int to) {
        return and(of(from, to));
    }

    /** The days in both: of spans in order, apart from each other, what is common is in order and apart too. */
    DaySpans and(DaySpans other) {
        if (isEmpty() || other.isEmpty()) {
            return NONE;
        }
        List<Span> common = new ArrayList<>();
        for (Span one : spans) {
            for (Span two : other.spans) {
                int from = Math.max(one.from(), two.from());
                int to = Math.min(one.to(), two.to());
                if (from < to) {
                    common.add(new Span(from, to));
                }
            }
        }
        return new DaySpans(common);
    }

    /** The days of this one that are not in the other. */
    DaySpans without(DaySpans other) {
        List<Span> left = new ArrayList<>();
        for (Span span : spans) {
            int from = span.from();
            for (Span gone : other.clipped(span.from(), span.to()).spans) {
                left.add(new Span(from, gone.from()));
                from = gone.to();
            }
            left.add(new Span(from, span.to()));
        }
        return union(left);
    }

    boolean holds(int day) {
        for (Span span : spans) {
            if (span.holds(day)) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /** How many days it holds. */
    int length() {
        int length = 0;
        for (Span span : spans) {
            length += span.length();
        }
        return length;
    }
}
