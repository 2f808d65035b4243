package org.equipoise.harmonize;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.equipoise.harmonize.DaySpans.Span;
import org.equipoise.harmonize.HarmonizedParticipant.CountedDays;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedSpell;
import org.equipoise.harmonize.HarmonizedParticipant.RecordPlacement;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one participant from time zero on, in days: until when they were followed, when a kind of event
 * would have been known, and where each dated record belongs. The day of death, of withdrawal, of the last contact and
 * of the export are the last at risk.
 *
 * <p>An event whose day is open lies on the middle day of its span, the earlier of two. Of the same event told by
 * several submissions, the one that tells of most counts. Where recall periods overlap, {@link RecallPeriods} says what
 * counts.
 */
final class Course {
    static final String DEATH = "death";
    static final String DIED_ON = "died_on";
    /** The kind of event that follows from the day of withdrawal. */
    static final String WITHDRAWAL = "withdrawal";

    /** They had withdrawn before what is asked was over. */
    static final String WITHDRAWN = "withdrawn";

    static final String WITHDREW_ON = "withdrew_on";
    private static final String LAST_CONTACT_ON = "last_contact_on";

    private final StagedParticipant staged;
    private final Map<String, LocalDate> anchors;
    private final LocalDate zero;
    private final @Nullable LocalDate death;
    private final LocalDate lastRecord;
    private final Optional<Integer> died;
    private final Optional<Integer> withdrew;
    private final Optional<Integer> cutOff;
    private final int end;
    private final Map<String, DaySpans> observed = new HashMap<>();
    private final Map<Integer, Integer> monthDays = new HashMap<>();
    private final List<PlacedEvent> events;
    private final List<PlacedSpell> spells;
    private final Map<String, List<PlacedEvent>> countedEvents;
    private final Map<String, List<PlacedSpell>> countedSpells;
    private final List<Overlap> overlaps = new ArrayList<>();

    private final boolean careIsSent;
    private final boolean withdrawalsAreSent;

    /**
     * A number told for a recall period that reaches into an earlier assessment's, where it made a difference.
     *
     * @param askedFrom first day that had not been asked about
     * @param from first day of the period
     */
    record Overlap(long submission, int line, String kind, LocalDate askedFrom, LocalDate from) {}

    private Course(StagedParticipant staged, Map<String, LocalDate> anchors, LocalDate zero, SentHistory sent) {
        this.staged = staged;
        careIsSent = sent.sendsCare() || !staged.care().isEmpty();
        withdrawalsAreSent = sent.sendsWithdrawals() || anchors.containsKey(WITHDREW_ON);
        this.anchors = anchors;
        this.zero = zero;
        death = findDeath();
        lastRecord = lastRecord();
        died = Optional.ofNullable(death).map(this::day);
        withdrew = Optional.ofNullable(anchors.get(WITHDREW_ON)).map(this::day);
        cutOff = Optional.ofNullable(staged.cutOff()).map(this::day);
        end = 1
                + Stream.of(
                                died,
                                withdrew,
                                Optional.ofNullable(anchors.get(LAST_CONTACT_ON))
                                        .map(this::day),
                                cutOff)
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                        .orElseGet(() -> day(lastRecord));
        events = Told.inOrder(placeEvents(), PlacedEvent::naturalKey);
        spells = Told.inOrder(placeSpells(), PlacedSpell::naturalKey);
        countedEvents = counted(
                events,
                PlacedEvent::placement,
                placed -> placed.sourced().value().kind().value());
        countedSpells = counted(
                spells,
                PlacedSpell::placement,
                placed -> placed.sourced().value().kind().value());
    }

    /** What counts, by its kind. */
    private static <T> Map<String, List<T>> counted(
            List<T> placed, Function<T, RecordPlacement> placement, Function<T, String> kind) {
        Map<String, List<T>> counted = new HashMap<>();
        for (T one : placed) {
            if (placement.apply(one) == RecordPlacement.COUNTED) {
                counted.computeIfAbsent(kind.apply(one), of -> new ArrayList<>())
                        .add(one);
            }
        }
        return counted;
    }

    /**
     * The course of a participant whose time zero is known.
     *
     * @param sent what their site tells
     */
    static Course of(StagedParticipant staged, Map<String, LocalDate> anchors, LocalDate zero, SentHistory sent) {
        return new Course(staged, anchors, zero, sent);
    }

    /** The events of a participant whose time zero is not known: none can be placed. */
    static List<PlacedEvent> unplacedEvents(StagedParticipant staged) {
        return Told.inOrder(
                staged.events().stream()
                        .map(sourced -> new PlacedEvent(sourced, RecordPlacement.NO_TIME_ZERO, null, 0))
                        .toList(),
                PlacedEvent::naturalKey);
    }

    /** The spells of a participant whose time zero is not known. */
    static List<PlacedSpell> unplacedSpells(StagedParticipant staged) {
        return Told.inOrder(
                staged.spells().stream()
                        .map(sourced -> new PlacedSpell(sourced, RecordPlacement.NO_TIME_ZERO, null, null))
                        .toList(),
                PlacedSpell::naturalKey);
    }

    private int day(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(zero, date);
    }

    /** The day of a month mark: the same day of a later month, or that month's last. */
    int monthDay(int month) {
        Integer known = monthDays.get(month);
        if (known == null) {
            known = day(zero.plusMonths(month));
            monthDays.put(month, known);
        }
        return known;
    }

    private @Nullable LocalDate findDeath() {
        LocalDate told = anchors.get(DIED_ON);
        return told != null
                ? told
                : staged.events().stream()
                        .map(Sourced::value)
                        .filter(event -> event.kind().value().equals(DEATH) && event.count() > 0)
                        .map(Course::middle)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    /** The last day that any record speaks of, and time zero at least. */
    private LocalDate lastRecord() {
        LocalDate last = zero;
        for (SourcedFragment sourced : staged.fragments()) {
            last = later(last, sourced.fragment().date());
        }
        for (Sourced<StagedEvent> sourced : staged.events()) {
            last = later(last, sourced.value().to());
        }
        for (Sourced<StagedSpell> sourced : staged.spells()) {
            LocalDate to = sourced.value().to();
            last = later(last, to == null ? sourced.value().from() : to);
        }
        for (Sourced<ObservedSpan> sourced : staged.observed()) {
            last = later(last, sourced.value().to());
        }
        for (Sourced<CareEpisode> sourced : staged.care()) {
            last = later(last, sourced.value().from());
        }
        for (LocalDate date : anchors.values()) {
            last = later(last, date);
        }
        return last;
    }

    private static LocalDate later(LocalDate last, @Nullable LocalDate date) {
        return date != null && date.isAfter(last) ? date : last;
    }

    private static LocalDate middle(StagedEvent event) {
        return event.from().plusDays(ChronoUnit.DAYS.between(event.from(), event.to()) / 2);
    }

    /** Day of death, if they died. */
    Optional<Integer> died() {
        return died;
    }

    /** Day of withdrawal, if they withdrew. */
    Optional<Integer> withdrew() {
        return withdrew;
    }

    /** Day of the site's latest export, where it is known. */
    Optional<Integer> cutOff() {
        return cutOff;
    }

    /**
     * Why a stretch is not known well enough.
     *
     * @param nothingKnown whether none of it is
     * @param to day after its last
     */
    String whyUncovered(boolean nothingKnown, int to) {
        if (isBefore(withdrew(), to)) {
            return WITHDRAWN;
        }
        if (isBefore(cutOff(), to)) {
            return "not_due";
        }
        return nothingKnown ? "not_ascertained" : "partly_ascertained";
    }

    private static boolean isBefore(Optional<Integer> day, int to) {
        return day.isPresent() && day.get() + 1 < to;
    }

    /** Days from time zero on, up to the end, in which a kind of event or spell would have been known. */
    DaySpans observed(String kind) {
        DaySpans known = observed.get(kind);
        if (known == null) {
            known = observe(kind);
            observed.put(kind, known);
        }
        return known;
    }

    private DaySpans observe(String kind) {
        List<Span> spans = new ArrayList<>(asked(kind, span -> true));
        if (kind.equals(DEATH)) {
            spans.add(new Span(0, day(lastRecord) + 1));
        }
        if (kind.equals(WITHDRAWAL) && withdrawalsAreSent) {
            spans.add(new Span(0, end));
        }
        return DaySpans.union(spans).clipped(0, end);
    }

    /** Days from time zero on, up to the end, on which a session attended would be known. */
    DaySpans careTime() {
        return careIsSent ? DaySpans.of(0, end) : DaySpans.NONE;
    }

    /** Every episode of care, as sent. */
    List<Sourced<CareEpisode>> care() {
        return staged.care();
    }

    /** The days of an episode; of one that goes on, its first. */
    Span span(CareEpisode episode) {
        LocalDate to = episode.to();
        int from = day(episode.from());
        return new Span(from, (to == null ? from : day(to)) + 1);
    }

    private List<PlacedEvent> placeEvents() {
        List<PlacedEvent> placed = new ArrayList<>(staged.events().size());
        Map<String, List<Sourced<StagedEvent>>> told = new TreeMap<>();
        Map<PlacedEvent.Act, Map<Integer, Integer>> counts = new HashMap<>();
        staged.events()
                .forEach(sourced -> counts.computeIfAbsent(PlacedEvent.Act.of(sourced.value()), act -> new HashMap<>())
                        .merge(sourced.rank(), sourced.value().count(), Integer::sum));
        boolean deathTold = false;
        for (Sourced<StagedEvent> sourced : staged.events()) {
            StagedEvent event = sourced.value();
            boolean isDeath = event.kind().value().equals(DEATH);
            boolean repeated = sourced.rank() != fullest(Objects.requireNonNull(counts.get(PlacedEvent.Act.of(event))))
                    || (isDeath && event.count() > 0 && deathTold);
            deathTold |= isDeath && event.count() > 0;
            int day = isDeath && death != null ? day(death) : day(middle(event));
            if (event.count() == 0) {
                placed.add(new PlacedEvent(sourced, RecordPlacement.NONE_STATED, day, 0));
            } else if (repeated) {
                placed.add(new PlacedEvent(sourced, RecordPlacement.REPEATED, day, 0));
            } else if (isDeath) {
                placed.add(placed(sourced, day, event.count()));
            } else {
                told.computeIfAbsent(event.kind().value(), kind -> new ArrayList<>())
                        .add(sourced);
            }
        }
        told.forEach((kind, acts) -> placed.addAll(placeActs(kind, acts)));
        return placed;
    }

    private PlacedEvent placed(Sourced<StagedEvent> sourced, int day, int counted) {
        RecordPlacement placement = placement(sourced.value().kind().value(), day, day + 1);
        return new PlacedEvent(sourced, placement, day, placement == RecordPlacement.COUNTED ? counted : 0);
    }

    private List<PlacedEvent> placeActs(String kind, List<Sourced<StagedEvent>> acts) {
        Set<Span> told = asked(kind, span -> true);
        RecallPeriods periods = RecallPeriods.ofActs(recalled(kind));
        List<RecallPeriods.Claim> claims = acts.stream()
                .map(sourced -> {
                    StagedEvent event = sourced.value();
                    Span span = new Span(day(event.from()), day(event.to()) + 1);
                    return new RecallPeriods.Claim(
                            event.detail(), span, event.count(), span.length() > 1 && told.contains(span));
                })
                .toList();
        List<RecallPeriods.Addition> additions = periods.additions(claims);
        List<PlacedEvent> placed = new ArrayList<>(acts.size());
        for (int i = 0; i < acts.size(); i++) {
            int counted = (int) additions.get(i).amount();
            Span on = additions.get(i).on();
            int day = on.from() + (on.length() - 1) / 2;
            placed.add(
                    counted > 0
                            ? placed(acts.get(i), day, counted)
                            : new PlacedEvent(acts.get(i), RecordPlacement.REPEATED, day, 0));
            note(periods, kind, acts.get(i), acts.get(i).value().line(), claims.get(i), additions.get(i));
        }
        return placed;
    }

    /** Notes a number that an overlap has lowered. */
    private void note(
            RecallPeriods periods,
            String kind,
            Sourced<?> sourced,
            int line,
            RecallPeriods.Claim claim,
            RecallPeriods.Addition addition) {
        if (claim.recalled() && addition.amount() < claim.amount()) {
            periods.findAskedUntil(claim.span())
                    .ifPresent(until -> overlaps.add(new Overlap(
                            sourced.submission(),
                            line,
                            kind,
                            zero.plusDays(until + 1L),
                            zero.plusDays(claim.span().from()))));
        }
    }

    /** The spans, with their day after the last, for which a kind was looked for. */
    private Set<Span> asked(String kind, Predicate<ObservedSpan> wanted) {
        Set<Span> spans = new HashSet<>();
        for (Sourced<ObservedSpan> sourced : staged.observed()) {
            ObservedSpan span = sourced.value();
            if (span.kind().equals(kind) && wanted.test(span)) {
                spans.add(new Span(day(span.from()), day(span.to()) + 1));
            }
        }
        return spans;
    }

    private List<Span> recalled(String kind) {
        return List.copyOf(asked(kind, span -> span.source() == ObservedSpan.Source.RECALL));
    }

    /** The submission that tells of most; of equal ones the latest taken. */
    private static int fullest(Map<Integer, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    private RecordPlacement placement(String kind, int from, int to) {
        if (to <= 0) {
            return RecordPlacement.BEFORE_TIME_ZERO;
        }
        if (from >= end) {
            return RecordPlacement.AFTER_FOLLOW_UP;
        }
        return observed(kind).clipped(from, to).isEmpty() ? RecordPlacement.NOT_OBSERVED : RecordPlacement.COUNTED;
    }

    private List<PlacedSpell> placeSpells() {
        Map<String, List<Sourced<StagedSpell>>> told = new TreeMap<>();
        staged.spells()
                .forEach(sourced -> told.computeIfAbsent(sourced.value().kind().value(), kind -> new ArrayList<>())
                        .add(sourced));
        List<PlacedSpell> placed = new ArrayList<>(staged.spells().size());
        told.forEach((kind, spells) -> placed.addAll(placeSpells(kind, spells)));
        return placed;
    }

    private List<PlacedSpell> placeSpells(String kind, List<Sourced<StagedSpell>> spells) {
        if (spells.stream().allMatch(sourced -> sourced.value().days() == null)) {
            return spells.stream()
                    .map(sourced -> placed(sourced, span(sourced.value()), null))
                    .toList();
        }
        RecallPeriods periods = RecallPeriods.ofDays(recalled(kind));
        List<RecallPeriods.Claim> claims = spells.stream()
                .map(sourced -> {
                    StagedSpell spell = sourced.value();
                    Integer days = spell.days();
                    Span span = span(spell);
                    return new RecallPeriods.Claim(
                            spell.detail(), span, days == null ? span.length() : days, days != null);
                })
                .toList();
        List<RecallPeriods.Addition> additions = periods.additions(claims);
        List<PlacedSpell> placed = new ArrayList<>(spells.size());
        for (int i = 0; i < spells.size(); i++) {
            placed.add(placed(spells.get(i), claims.get(i).span(), claims.get(i).recalled() ? additions.get(i) : null));
            note(periods, kind, spells.get(i), spells.get(i).value().line(), claims.get(i), additions.get(i));
        }
        return placed;
    }

    private PlacedSpell placed(Sourced<StagedSpell> sourced, Span span, RecallPeriods.@Nullable Addition addition) {
        String kind = sourced.value().kind().value();
        if (addition == null) {
            return new PlacedSpell(sourced, placement(kind, span.from(), span.to()), span.from(), null);
        }
        Span on = addition.on();
        CountedDays counted = new CountedDays(addition.amount(), zero.plusDays(on.from()), zero.plusDays(on.to() - 1L));
        boolean repeated = addition.amount() == 0;
        return new PlacedSpell(
                sourced,
                repeated ? RecordPlacement.REPEATED : placement(kind, on.from(), on.to()),
                span.from(),
                counted);
    }

    /** The days among which those of a recall period lie that count. */
    Span span(CountedDays counted) {
        return new Span(day(counted.from()), day(counted.to()) + 1);
    }

    /** The days of a spell; one that goes on ends with the follow-up. */
    Span span(StagedSpell spell) {
        LocalDate to = spell.to();
        int from = day(spell.from());
        return new Span(from, to == null ? Math.max(end, from) : day(to) + 1);
    }

    /** The day of a death or withdrawal that the participant's dates tell of, and no record of the event itself. */
    Optional<Integer> toldByDateAlone(String kind) {
        Optional<Integer> dated = switch (kind) {
            case DEATH -> died;
            case WITHDRAWAL -> withdrew;
            default -> Optional.empty();
        };
        return dated.isPresent() && isTold(kind) ? Optional.empty() : dated;
    }

    private boolean isTold(String kind) {
        return staged.events().stream()
                .anyMatch(sourced -> sourced.value().kind().value().equals(kind)
                        && sourced.value().count() > 0);
    }

    /** Every event, with where it belongs, in an order that depends on nothing but the events. */
    List<PlacedEvent> events() {
        return events;
    }

    /** Every spell, likewise. */
    List<PlacedSpell> spells() {
        return spells;
    }

    /** Events of a kind that count, in their order. */
    List<PlacedEvent> countedEvents(String kind) {
        return countedEvents.getOrDefault(kind, List.of());
    }

    /** Spells of a kind that count, in their order. */
    List<PlacedSpell> countedSpells(String kind) {
        return countedSpells.getOrDefault(kind, List.of());
    }

    /** Numbers of which a part was told by an assessment before. */
    List<Overlap> overlaps() {
        return overlaps;
    }
}
