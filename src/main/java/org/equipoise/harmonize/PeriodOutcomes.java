package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.definition.OutcomeSource.Included;
import org.equipoise.definition.OutcomeSource.Occurrence;
import org.equipoise.definition.OutcomeSource.OfCare;
import org.equipoise.definition.OutcomeSource.OfCosts;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.OutcomeSource.OfSpells;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.UnitCosts.Unit;
import org.equipoise.harmonize.DaySpans.Span;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.CountedDays;
import org.equipoise.harmonize.HarmonizedParticipant.Ending;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedSpell;
import org.equipoise.staging.StagedSpell;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of one participant over the study's periods. A period runs from the day of one month mark up to the day
 * before another and ends with death. Whether something happened, and how long a state lasted, is known of those
 * ascertained for the study's share of it; how often, of whoever was ascertained at all. Events count inside the time at
 * risk only. Of an outcome that asks whether somebody withdrew the period ends with the withdrawal too.
 *
 * <p>An outcome that asks for one sort of event alone, such as one cause of death, is not known of those to whom something
 * happened of which the sort is not told.
 */
final class PeriodOutcomes {
    /** It happened, or the site tells that it does, but not what the outcome asks of it. */
    static final String DETAIL_NOT_TOLD = "detail_not_told";

    private final FollowUp followUp;
    private final Course course;

    PeriodOutcomes(FollowUp followUp, Course course) {
        this.followUp = followUp;
        this.course = course;
    }

    /** Something that happened on a day. */
    private record Happening(int day, int count) {}

    /** The days of a period that the participant lived in. */
    private record Stretch(int from, int to) {
        int length() {
            return to - from;
        }

        boolean holds(int day) {
            return day >= from && day < to;
        }
    }

    /**
     * The outcome in each of its periods.
     *
     * @param periods of the outcome
     */
    List<Cell> cells(Outcome outcome, List<Period> periods) {
        Optional<Integer> left = asksOfWithdrawal(outcome) ? course.withdrew() : Optional.empty();
        List<Cell> cells = new ArrayList<>(periods.size());
        for (Period period : periods) {
            cells.add(cell(outcome, period, left));
        }
        return cells;
    }

    /** @param left day from which on the outcome is not asked any more, if there is one */
    private Cell cell(Outcome outcome, Period period, Optional<Integer> left) {
        int from = course.monthDay(period.fromMonth());
        int to = course.monthDay(period.toMonth());
        Optional<Integer> died = course.died();
        if (died.isPresent() && died.get() < from) {
            return Cell.missing("dead");
        }
        if (left.isPresent() && left.get() < from) {
            return Cell.missing(Course.WITHDRAWN);
        }
        Stretch stretch = new Stretch(from, Math.min(dayAfter(died, to), dayAfter(left, to)));
        if (outcome.source() instanceof OfSpells spells) {
            return duration(spells, stretch);
        }
        if (outcome.source() instanceof OfCare care) {
            return sessions(care, stretch);
        }
        if (outcome.source() instanceof OfCosts costs) {
            return cost(costs, stretch);
        }
        OfEvents events = (OfEvents) outcome.source();
        return switch (outcome.type()) {
            case BINARY -> binary(events, stretch);
            case COUNT -> count(events, stretch);
            case TIME_TO_EVENT -> time(events, stretch);
            case CONTINUOUS, DURATION, COST ->
                throw new IllegalArgumentException(
                        "an outcome of type " + outcome.type() + " does not come from events");
        };
    }

    /** The day that follows this one, or {@code to} if that is earlier or there is none. */
    private static int dayAfter(Optional<Integer> last, int to) {
        return last.isPresent() ? Math.min(last.get() + 1, to) : to;
    }

    private static boolean asksOfWithdrawal(Outcome outcome) {
        if (outcome.source() instanceof OfEvents events) {
            for (Occurrence occurrence : events.anyOf()) {
                if (occurrence.kind().equals(Course.WITHDRAWAL)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Cell binary(OfEvents source, Stretch stretch) {
        DaySpans atRisk = atRisk(source, stretch);
        if (!isCovered(atRisk, stretch)) {
            return Cell.missing(whyUncovered(atRisk, stretch));
        }
        OptionalInt first = firstDay(happenings(source, stretch, true, PeriodOutcomes::isOf));
        return first.isEmpty() && firstUntold(source, stretch).isPresent()
                ? Cell.missing(DETAIL_NOT_TOLD)
                : Cell.happened(first, atRisk.length());
    }

    private Cell count(OfEvents source, Stretch stretch) {
        DaySpans atRisk = atRisk(source, stretch);
        if (atRisk.isEmpty()) {
            return Cell.missing(whyUncovered(atRisk, stretch));
        }
        if (firstUntold(source, stretch).isPresent()) {
            return Cell.missing(DETAIL_NOT_TOLD);
        }
        int sum = happenings(source, stretch, false, PeriodOutcomes::isOf).stream()
                .filter(happening -> atRisk.holds(happening.day()))
                .mapToInt(Happening::count)
                .sum();
        return Cell.measured(sum, atRisk.length());
    }

    /** Runs from the period's first day while events are known of, short gaps bridged, to the first event. */
    private Cell time(OfEvents source, Stretch stretch) {
        DaySpans atRisk = atRisk(source, stretch);
        int gap = followUp.bridgedDays();
        Optional<Span> run =
                atRisk.bridged(gap).spans().stream().findFirst().filter(span -> span.from() <= stretch.from() + gap);
        if (run.isEmpty()) {
            return Cell.missing(whyUncovered(atRisk, stretch));
        }
        int end = run.get().to();
        Stretch known = new Stretch(stretch.from(), end);
        OptionalInt first = firstDay(happenings(source, known, false, PeriodOutcomes::isOf));
        OptionalInt untold = firstUntold(source, known);
        if (untold.isPresent() && untold.getAsInt() < first.orElse(end)) {
            return Cell.missing(DETAIL_NOT_TOLD);
        }
        if (first.isPresent()) {
            return Cell.timed(first.getAsInt() + 1 - stretch.from(), first.getAsInt(), Ending.EVENT);
        }
        boolean dead = course.died().filter(day -> end == day + 1).isPresent();
        return Cell.timed(end - stretch.from(), end - 1, dead ? Ending.DEATH : Ending.CENSORED);
    }

    private Cell duration(OfSpells source, Stretch stretch) {
        DaySpans atRisk = course.observed(source.kind().value()).clipped(stretch.from(), stretch.to());
        if (!isCovered(atRisk, stretch)) {
            return Cell.missing(whyUncovered(atRisk, stretch));
        }
        return Cell.measured(source.measure().of(CareUse.days(course, source, atRisk)), atRisk.length());
    }

    /** Attendance is known while the participant is followed, at a site that sends care at all. */
    private Cell sessions(OfCare source, Stretch stretch) {
        DaySpans followed = course.careTime().clipped(stretch.from(), stretch.to());
        if (followed.isEmpty()) {
            return Cell.missing(whyUncovered(followed, stretch));
        }
        OptionalInt sessions = CareUse.sessions(course, source.modalities(), followed);
        return sessions.isEmpty()
                ? Cell.missing(CareUse.SESSIONS_UNKNOWN)
                : Cell.measured(sessions.getAsInt(), followed.length());
    }

    private Cell cost(OfCosts source, Stretch stretch) {
        DaySpans atRisk = DaySpans.of(stretch.from(), stretch.to());
        for (Included included : source.includes()) {
            atRisk = atRisk.and(
                    included.unit() == Unit.SESSION
                            ? course.careTime()
                            : course.observed(included.use().kind()));
        }
        if (!isCovered(atRisk, stretch)) {
            return Cell.missing(whyUncovered(atRisk, stretch));
        }
        CareUse.Cost cost = CareUse.cost(course, source, atRisk);
        return cost.reason() == null ? Cell.measured(cost.amount(), atRisk.length()) : Cell.missing(cost.reason());
    }

    /** Days on which everything the outcome looks for would have been known. */
    private DaySpans atRisk(OfEvents source, Stretch stretch) {
        DaySpans spans = DaySpans.of(stretch.from(), stretch.to());
        for (Occurrence occurrence : source.anyOf()) {
            spans = spans.and(course.observed(occurrence.kind()));
        }
        return spans;
    }

    private boolean isCovered(DaySpans atRisk, Stretch stretch) {
        return !atRisk.isEmpty() && atRisk.length() >= followUp.coverage() * stretch.length();
    }

    private String whyUncovered(DaySpans atRisk, Stretch stretch) {
        return course.whyUncovered(atRisk.isEmpty(), stretch.to());
    }

    private static OptionalInt firstDay(List<Happening> happenings) {
        OptionalInt first = OptionalInt.empty();
        for (Happening happening : happenings) {
            if (first.isEmpty() || happening.day() < first.getAsInt()) {
                first = OptionalInt.of(happening.day());
            }
        }
        return first;
    }

    /** When something happened that may have been what the outcome asks for, and asks for alone. */
    private OptionalInt firstUntold(OfEvents source, Stretch stretch) {
        for (Occurrence occurrence : source.anyOf()) {
            if (occurrence.detail().isEmpty()) {
                return OptionalInt.empty();
            }
        }
        return firstDay(happenings(source, stretch, false, (occurrence, detail) -> detail == null));
    }

    /** Whether what happened, by its detail, is what is looked for. */
    private interface Match {
        boolean holds(Occurrence occurrence, @Nullable String detail);
    }

    /**
     * What happened in a stretch.
     *
     * @param goingOn whether a spell that began before it and goes on in it has happened in it
     */
    private List<Happening> happenings(OfEvents source, Stretch stretch, boolean goingOn, Match match) {
        List<Happening> happenings = new ArrayList<>();
        for (Occurrence occurrence : source.anyOf()) {
            if (followUp.isSpell(occurrence.kind())) {
                addSpells(happenings, occurrence, stretch, goingOn, match);
            } else {
                addEvents(happenings, occurrence, stretch, match);
            }
        }
        return happenings;
    }

    private void addEvents(List<Happening> happenings, Occurrence occurrence, Stretch stretch, Match match) {
        for (PlacedEvent placed : course.countedEvents(occurrence.kind())) {
            Integer day = placed.day();
            if (day != null
                    && stretch.holds(day)
                    && match.holds(occurrence, placed.sourced().value().detail())) {
                happenings.add(new Happening(day, placed.counted()));
            }
        }
        Optional<Integer> dated = course.toldByDateAlone(occurrence.kind());
        if (dated.isPresent() && stretch.holds(dated.get()) && match.holds(occurrence, null)) {
            happenings.add(new Happening(dated.get(), 1));
        }
    }

    private void addSpells(
            List<Happening> happenings, Occurrence occurrence, Stretch stretch, boolean goingOn, Match match) {
        DaySpans atRisk = course.observed(occurrence.kind()).clipped(stretch.from(), stretch.to());
        for (PlacedSpell placed : course.countedSpells(occurrence.kind())) {
            StagedSpell spell = placed.sourced().value();
            if (!match.holds(occurrence, spell.detail())) {
                continue;
            }
            CountedDays counted = placed.counted();
            Span span = counted == null ? course.span(spell) : course.span(counted);
            if (counted != null) {
                int middle = span.from() + (span.length() - 1) / 2;
                if (atRisk.holds(middle)) {
                    happenings.add(new Happening(middle, 1));
                }
            } else if (atRisk.holds(span.from())) {
                happenings.add(new Happening(span.from(), 1));
            } else if (goingOn) {
                DaySpans inside = atRisk.clipped(span.from(), span.to());
                if (!inside.isEmpty()) {
                    happenings.add(new Happening(inside.spans().get(0).from(), 1));
                }
            }
        }
    }

    private static boolean isOf(Occurrence occurrence, @Nullable String detail) {
        return occurrence.detail().isEmpty() || occurrence.detail().get().equals(detail);
    }
}
