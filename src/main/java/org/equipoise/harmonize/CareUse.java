package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.equipoise.definition.OutcomeSource.Included;
import org.equipoise.definition.OutcomeSource.Measure;
import org.equipoise.definition.OutcomeSource.OfCosts;
import org.equipoise.definition.OutcomeSource.OfSpells;
import org.equipoise.definition.UnitCosts.Unit;
import org.equipoise.definition.UnitCosts.Use;
import org.equipoise.harmonize.DaySpans.Span;
import org.equipoise.harmonize.HarmonizedParticipant.CountedDays;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedSpell;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.StagedSpell;
import org.equipoise.vocabulary.SpellKind;
import org.jspecify.annotations.Nullable;

/**
 * How much care one participant used on given days, and what it cost: the sum over uses of units times the cost of one.
 *
 * <p>Sessions are spread evenly over the days of their episode and counted in whole ones, so that periods that follow
 * each other share them out without loss: up to the d-th of n days there are floor(sessions d/n + 1/2). Those of an
 * episode that goes on lie on its first day.
 */
final class CareUse {
    static final String SESSIONS_UNKNOWN = "sessions_unknown";
    static final String NO_UNIT_COST = "no_unit_cost";

    private CareUse() {}

    /**
     * What it cost.
     *
     * @param reason why it cannot be said; null when it can
     */
    record Cost(double amount, @Nullable String reason) {}

    /** Days in the state, among those given. Where a site tells days in a span and not which, each has its share. */
    static double days(Course course, OfSpells source, DaySpans among) {
        Map<String, List<Span>> byClass = new HashMap<>();
        double shares = 0;
        for (PlacedSpell placed : course.countedSpells(source.kind().value())) {
            StagedSpell spell = placed.sourced().value();
            if (!(source.details().isEmpty() || source.details().contains(String.valueOf(spell.detail())))) {
                continue;
            }
            CountedDays counted = placed.counted();
            if (counted == null) {
                byClass.computeIfAbsent(String.valueOf(spell.detail()), detail -> new ArrayList<>())
                        .add(course.span(spell));
            } else if (source.atOnce() == 1) {
                Span span = course.span(counted);
                int inside = among.clipped(span.from(), span.to()).length();
                shares += Math.min(inside, counted.days() * inside / span.length());
            }
        }
        List<DaySpans> classes = byClass.values().stream()
                .map(DaySpans::union)
                .map(spans -> spans.and(among))
                .toList();
        return Math.min(among.length(), atOnce(classes, source.atOnce()) + shares);
    }

    /** How many days lie in so many of the sets at once. */
    private static int atOnce(List<DaySpans> classes, int wanted) {
        Set<Integer> edges = new TreeSet<>();
        classes.forEach(spans -> spans.spans().forEach(span -> {
            edges.add(span.from());
            edges.add(span.to());
        }));
        int days = 0;
        Integer last = null;
        for (Integer edge : edges) {
            if (last != null) {
                int from = last;
                long going = classes.stream().filter(spans -> spans.holds(from)).count();
                days += going >= wanted ? edge - from : 0;
            }
            last = edge;
        }
        return days;
    }

    /**
     * Sessions of these modalities on the days given; of all where none is named.
     *
     * @return empty if an episode on those days does not say how many it had
     */
    static OptionalInt sessions(Course course, List<String> modalities, DaySpans among) {
        int sum = 0;
        for (Sourced<CareEpisode> sourced : course.care()) {
            CareEpisode episode = sourced.value();
            Span span = course.span(episode);
            if (!(modalities.isEmpty() || modalities.contains(episode.modality()))
                    || among.clipped(span.from(), span.to()).isEmpty()) {
                continue;
            }
            Integer sessions = episode.sessions();
            if (sessions == null) {
                return OptionalInt.empty();
            }
            for (Span part : among.clipped(span.from(), span.to()).spans()) {
                sum += until(part.to() - span.from(), sessions, span.length())
                        - until(part.from() - span.from(), sessions, span.length());
            }
        }
        return OptionalInt.of(sum);
    }

    private static int until(int day, int sessions, int length) {
        return (int) Math.floor((double) sessions * day / length + 0.5);
    }

    /** What the included care cost on the days given. A use without a unit cost leaves the whole without one. */
    static Cost cost(Course course, OfCosts source, DaySpans among) {
        double sum = 0;
        for (Included included : source.includes()) {
            if (included.unit() == Unit.SESSION
                    && sessions(course, List.of(included.use().kind()), among).isEmpty()) {
                return new Cost(0, SESSIONS_UNKNOWN);
            }
            OptionalDouble part = cost(course, source, included, among);
            if (part.isEmpty()) {
                return new Cost(0, NO_UNIT_COST);
            }
            sum += part.getAsDouble();
        }
        return new Cost(source.annual() ? sum / Measure.YEARS.of(among.length()) : sum, null);
    }

    private static OptionalDouble cost(Course course, OfCosts source, Included included, DaySpans among) {
        double sum = 0;
        for (Map.Entry<String, Double> used : used(course, included, among).entrySet()) {
            Optional<String> detail = Optional.of(used.getKey()).filter(text -> !text.isEmpty());
            Optional<Double> unit =
                    source.table().find(included.unit(), included.use().kind(), detail);
            if (used.getValue() > 0 && unit.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += used.getValue() * unit.orElse(0.0);
        }
        return OptionalDouble.of(sum);
    }

    /** Units used, by detail; under the empty text those without one. */
    private static Map<String, Double> used(Course course, Included included, DaySpans among) {
        return switch (included.unit()) {
            case TIME -> times(course, included.use(), among);
            case DAY -> days(course, included.use(), among);
            case SESSION ->
                Map.of("", (double)
                        sessions(course, List.of(included.use().kind()), among).orElse(0));
        };
    }

    private static Map<String, Double> times(Course course, Use use, DaySpans among) {
        Map<String, Double> times = new TreeMap<>();
        for (PlacedEvent placed : course.countedEvents(use.kind())) {
            var event = placed.sourced().value();
            Integer day = placed.day();
            if (day != null && among.holds(day) && isOf(use, event.detail())) {
                times.merge(Objects.requireNonNullElse(event.detail(), ""), (double) placed.counted(), Double::sum);
            }
        }
        return times;
    }

    private static Map<String, Double> days(Course course, Use use, DaySpans among) {
        Map<String, Double> days = new TreeMap<>();
        course.countedSpells(use.kind()).stream()
                .map(placed -> placed.sourced().value().detail())
                .filter(detail -> isOf(use, detail))
                .distinct()
                .forEach(detail -> days.put(
                        Objects.requireNonNullElse(detail, ""),
                        days(
                                course,
                                new OfSpells(
                                        new SpellKind(use.kind()), List.of(String.valueOf(detail)), 1, Measure.DAYS),
                                among)));
        return days;
    }

    private static boolean isOf(Use use, @Nullable String detail) {
        return use.detail().isEmpty() || use.detail().get().equals(detail);
    }
}
