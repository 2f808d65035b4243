package org.equipoise.harmonize;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.Looks;
import org.equipoise.definition.OutcomeSource;
import org.equipoise.definition.OutcomeSource.Included;
import org.equipoise.definition.OutcomeSource.Measure;
import org.equipoise.definition.OutcomeSource.Occurrence;
import org.equipoise.definition.OutcomeSource.OfCare;
import org.equipoise.definition.OutcomeSource.OfCosts;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.OutcomeSource.OfSpells;
import org.equipoise.definition.OutcomeSource.Threshold;
import org.equipoise.definition.RepeatedModels;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Arm;
import org.equipoise.definition.Study.Baseline;
import org.equipoise.definition.Study.Comparisons;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Kind;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Role;
import org.equipoise.definition.Study.Tier;
import org.equipoise.definition.Study.WindowCap;
import org.equipoise.definition.UnitCosts;
import org.equipoise.definition.UnitCosts.Unit;
import org.equipoise.definition.UnitCosts.UnitCost;
import org.equipoise.definition.UnitCosts.Use;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.EventKind;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.SpellKind;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** A study of attempts, admissions and medication over two years, and one person in it. */
final class EventStudy {
    static final Study STUDY = study();
    private static final ParticipantKey KEY = new ParticipantKey(new UUID(0, 1));

    private final List<SourcedFact> facts = new ArrayList<>();
    private final List<Sourced<StagedEvent>> events = new ArrayList<>();
    private final List<Sourced<StagedSpell>> spells = new ArrayList<>();
    private final List<Sourced<ObservedSpan>> observed = new ArrayList<>();
    private final List<Sourced<CareEpisode>> care = new ArrayList<>();

    @Nullable
    private LocalDate cutOff;

    @Nullable
    private LocalDate leftTreatment;

    @Nullable
    private LocalDate leftFollowUp;

    private EventStudy() {}

    private static Study study() {
        List<Occurrence> attempts =
                List.of(new Occurrence("attempt", Optional.empty()), new Occurrence("death", Optional.of("suicide")));
        return new Study(
                new StudyCode("events"),
                "Events",
                Conduct.COMPLETED,
                List.of(
                        new Arm(new ArmCode("MBT"), "MBT", Role.TREATMENT),
                        new Arm(new ArmCode("TAU"), "TAU", Role.CONTROL)),
                "randomised_on",
                new Baseline(90, Optional.empty()),
                List.of(
                        new Interval(new IntervalCode("baseline"), "Baseline", 0),
                        new Interval(new IntervalCode("m12"), "12 months", 12)),
                List.of(new WindowCap(12, 42)),
                List.of(),
                new FollowUp(
                        List.of(
                                new Kind("attempt", "Attempt", List.of()),
                                new Kind("death", "Death", List.of("suicide", "other")),
                                new Kind("withdrawal", "Withdrawal", List.of())),
                        List.of(
                                new Kind("admission", "Admission", List.of()),
                                new Kind("medication", "Medication", List.of("a", "b", "c"))),
                        List.of(period("m0-12", 0, 12), period("m12-24", 12, 24), period("m0-24", 0, 24)),
                        0.9,
                        31,
                        List.of(12)),
                List.of(
                        outcome("ANY", OutcomeType.BINARY, new OfEvents(attempts), "m0-12", "m12-24"),
                        outcome("TIMES", OutcomeType.COUNT, new OfEvents(attempts), "m0-12", "m12-24"),
                        outcome("FIRST", OutcomeType.TIME_TO_EVENT, new OfEvents(attempts), "m0-24"),
                        outcome("BY_SUICIDE", OutcomeType.BINARY, suicide(), "m0-12", "m12-24"),
                        outcome("SUICIDES", OutcomeType.COUNT, suicide(), "m0-12", "m12-24"),
                        outcome("SUICIDE", OutcomeType.TIME_TO_EVENT, suicide(), "m0-24"),
                        outcome("LEFT", OutcomeType.BINARY, withdrawal(), "m0-12", "m12-24"),
                        outcome("STAYED", OutcomeType.TIME_TO_EVENT, withdrawal(), "m0-24"),
                        outcome("FREE", OutcomeType.BINARY, Direction.HIGHER_IS_BETTER, free(), "m0-12", "m12-24"),
                        outcome("FEW", OutcomeType.BINARY, few(), "m12-24"),
                        outcome("SESSIONS", OutcomeType.COUNT, new OfCare(List.of()), "m0-12", "m12-24"),
                        outcome("GROUP", OutcomeType.COUNT, new OfCare(List.of("group")), "m0-12", "m12-24"),
                        outcome("COST", OutcomeType.COST, costs(false), "m0-12", "m12-24"),
                        outcome("COST_A_YEAR", OutcomeType.COST, costs(true), "m0-12", "m12-24"),
                        outcome("HOSPITAL", OutcomeType.BINARY, inHospital(), "m0-12", "m12-24"),
                        outcome("STAYS", OutcomeType.COUNT, inHospital(), "m0-12", "m12-24"),
                        outcome("DAYS", OutcomeType.DURATION, spells("admission", 1), "m0-12", "m12-24"),
                        outcome("DRUG", OutcomeType.DURATION, spells("medication", 1), "m0-12", "m12-24"),
                        outcome("THREE", OutcomeType.DURATION, spells("medication", 3), "m0-12", "m12-24")),
                new Comparisons(
                        List.of(), List.of(), RepeatedModels.NONE, List.of(), Looks.NONE, List.of(), Optional.empty()),
                Study.USUAL_LEAST_COUNT);
    }

    private static OfEvents suicide() {
        return new OfEvents(List.of(new Occurrence("death", Optional.of("suicide"))));
    }

    private static OfEvents withdrawal() {
        return new OfEvents(List.of(new Occurrence("withdrawal", Optional.empty())));
    }

    private static OfRule free() {
        return new OfRule(new OutcomeCode("ANY"), new Threshold(OutcomeSource.Test.BELOW, 1), "first");
    }

    private static OfRule few() {
        return new OfRule(new OutcomeCode("TIMES"), new Threshold(OutcomeSource.Test.BELOW, 3), "second");
    }

    /** Of the drugs, c has no cost; of the care, only individual therapy is included. */
    private static OfCosts costs(boolean annual) {
        return new OfCosts(
                new UnitCosts(
                        "prices",
                        "Prices",
                        "EUR",
                        2024,
                        true,
                        List.of(
                                cost("admission", null, Unit.DAY, 500),
                                cost("attempt", null, Unit.TIME, 250),
                                cost("medication", "a", Unit.DAY, 3),
                                cost("medication", "b", Unit.DAY, 1),
                                cost("individual", null, Unit.SESSION, 100))),
                List.of(
                        included("admission", Unit.DAY),
                        included("attempt", Unit.TIME),
                        included("medication", Unit.DAY),
                        included("individual", Unit.SESSION)),
                annual);
    }

    private static UnitCost cost(String kind, @Nullable String detail, Unit per, double cost) {
        return new UnitCost(new Use(kind, Optional.ofNullable(detail)), per, cost, "made up");
    }

    private static Included included(String kind, Unit unit) {
        return new Included(unit, new Use(kind, Optional.empty()));
    }

    private static OfEvents inHospital() {
        return new OfEvents(List.of(new Occurrence("admission", Optional.empty())));
    }

    private static OfSpells spells(String kind, int atOnce) {
        return new OfSpells(new SpellKind(kind), List.of(), atOnce, Measure.DAYS);
    }

    private static Period period(String code, int from, int to) {
        return new Period(new PeriodCode(code), code, from, to);
    }

    private static Outcome outcome(String code, OutcomeType type, OutcomeSource source, String... periods) {
        return outcome(code, type, Direction.LOWER_IS_BETTER, source, periods);
    }

    private static Outcome outcome(
            String code, OutcomeType type, Direction direction, OutcomeSource source, String... periods) {
        return new Outcome(
                new OutcomeCode(code),
                code,
                type,
                direction,
                Tier.PRIMARY,
                "people",
                source,
                List.of(),
                Arrays.stream(periods).map(PeriodCode::new).toList(),
                List.of(periods),
                false,
                Optional.empty());
    }

    /** Someone randomised on a day. */
    static EventStudy from(String zero) {
        return new EventStudy().fact("randomised_on", zero);
    }

    static EventStudy withoutTimeZero() {
        return new EventStudy();
    }

    EventStudy fact(String name, String date) {
        facts.add(new SourcedFact(new ParticipantFact(KEY, name, null, LocalDate.parse(date), 2, name), 1, 1));
        return this;
    }

    EventStudy exportedOn(String date) {
        cutOff = LocalDate.parse(date);
        return this;
    }

    /** A coordinator told that they withdrew from treatment. */
    EventStudy leftTreatment(String date) {
        leftTreatment = LocalDate.parse(date);
        return this;
    }

    /** A coordinator told that they withdrew from follow-up. */
    EventStudy leftFollowUp(String date) {
        leftFollowUp = LocalDate.parse(date);
        return this;
    }

    EventStudy observed(String kind, String from, String to) {
        observed.add(sourced(
                new ObservedSpan(KEY, kind, LocalDate.parse(from), LocalDate.parse(to), ObservedSpan.Source.NOTES, 2)));
        return this;
    }

    EventStudy event(String kind, @Nullable String detail, String from, String to, int count) {
        return event(kind, detail, LocalDate.parse(from), LocalDate.parse(to), count, 1);
    }

    EventStudy event(String kind, @Nullable String detail, LocalDate from, LocalDate to, int count, int submission) {
        events.add(new Sourced<>(
                new StagedEvent(KEY, new EventKind(kind), detail, from, to, count, 2), submission, submission, false));
        return this;
    }

    /** Asked at the end of a span how often it happened in it. */
    EventStudy asked(String kind, @Nullable String detail, LocalDate from, LocalDate to, int count) {
        recalled(kind, from, to);
        return event(kind, detail, from, to, count, 1);
    }

    EventStudy asked(String kind, @Nullable String detail, String from, String to, int count) {
        return asked(kind, detail, LocalDate.parse(from), LocalDate.parse(to), count);
    }

    /** Asked at the end of a span how many days of it were spent in a state. */
    EventStudy askedDays(String kind, String from, String to, int days) {
        recalled(kind, LocalDate.parse(from), LocalDate.parse(to));
        return days == 0 ? this : spell(kind, null, from, to, days);
    }

    private void recalled(String kind, LocalDate from, LocalDate to) {
        observed.add(sourced(new ObservedSpan(KEY, kind, from, to, ObservedSpan.Source.RECALL, 2)));
    }

    EventStudy spell(String kind, @Nullable String detail, String from, @Nullable String to, @Nullable Integer days) {
        spells.add(sourced(new StagedSpell(
                KEY,
                new SpellKind(kind),
                detail,
                LocalDate.parse(from),
                to == null ? null : LocalDate.parse(to),
                days,
                2)));
        return this;
    }

    EventStudy care(String modality, String from, @Nullable String to, @Nullable Integer sessions) {
        care.add(sourced(new CareEpisode(
                KEY,
                modality,
                null,
                null,
                LocalDate.parse(from),
                to == null ? null : LocalDate.parse(to),
                sessions,
                2)));
        return this;
    }

    private static <T> Sourced<T> sourced(T value) {
        return new Sourced<>(value, 1, 1, false);
    }

    StagedParticipant staged() {
        return new StagedParticipant(
                KEY,
                "R1",
                new SiteCode("here"),
                List.of(),
                facts,
                events,
                spells,
                observed,
                care,
                cutOff,
                leftTreatment,
                leftFollowUp);
    }

    HarmonizedParticipant harmonized() {
        return new Harmonizer(new DefinitionBundle(STUDY, Map.of(), Map.of(), Map.of(), new TreeMap<>(), ""))
                .harmonize(staged());
    }

    /** The outcome's cell in its period. */
    Cell cell(String outcome, String period) {
        OutcomeCode code = new OutcomeCode(outcome);
        int position = STUDY.outcome(code).periods().indexOf(new PeriodCode(period));
        return harmonized().series().stream()
                .filter(series -> series.outcome().equals(code))
                .findFirst()
                .orElseThrow()
                .cells()
                .get(position);
    }
}
