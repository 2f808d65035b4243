package org.equipoise.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.Instrument.Band;
import org.equipoise.definition.Instrument.Change;
import org.equipoise.definition.Instrument.CutOff;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.OutcomeSource.Category;
import org.equipoise.definition.OutcomeSource.Criterion;
import org.equipoise.definition.OutcomeSource.Included;
import org.equipoise.definition.OutcomeSource.Measure;
import org.equipoise.definition.OutcomeSource.Occurrence;
import org.equipoise.definition.OutcomeSource.OfArea;
import org.equipoise.definition.OutcomeSource.OfCare;
import org.equipoise.definition.OutcomeSource.OfCosts;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.OutcomeSource.OfMetric;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.OutcomeSource.OfSpells;
import org.equipoise.definition.OutcomeSource.OfStandardized;
import org.equipoise.definition.OutcomeSource.ReliableChange;
import org.equipoise.definition.OutcomeSource.Test;
import org.equipoise.definition.OutcomeSource.Threshold;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Kind;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Tier;
import org.equipoise.definition.UnitCosts.Unit;
import org.equipoise.definition.UnitCosts.Use;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.CrosswalkCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.vocabulary.SpellKind;
import org.jspecify.annotations.Nullable;

/** Reads the outcomes of a study, each with its one source and the places it is asked at. */
final class OutcomeReader {

    /** Where an outcome's values come from, by the key that says so. */
    private enum Key {
        INSTRUMENT,
        METRIC,
        STANDARDIZED,
        EVENTS,
        SPELL,
        AREA,
        CARE,
        COST,
        RULE;

        boolean gives(OutcomeType type) {
            return switch (type) {
                case CONTINUOUS -> this == INSTRUMENT || this == METRIC || this == STANDARDIZED;
                case BINARY -> this == EVENTS || this == RULE;
                case COUNT -> this == EVENTS || this == CARE;
                case TIME_TO_EVENT -> this == EVENTS;
                case DURATION -> this == SPELL || this == AREA;
                case COST -> this == COST;
            };
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOverPeriods() {
            return this == EVENTS || this == SPELL || this == AREA || this == CARE || this == COST;
        }
    }

    private final Part root;
    private final InstrumentShelf instruments;
    private final CrosswalkShelf crosswalks;
    private final UnitCostsShelf costs;
    private final List<Integer> months;
    private final FollowUp followUp;
    private final List<String> intervals;
    private final List<String> periods;
    private final Map<String, Kind> events = new LinkedHashMap<>();
    private final Map<String, Kind> spells = new LinkedHashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Set<String> parameters = new HashSet<>();

    OutcomeReader(
            Part root,
            InstrumentShelf instruments,
            CrosswalkShelf crosswalks,
            UnitCostsShelf costs,
            List<Interval> intervals,
            FollowUp followUp) {
        this.root = root;
        this.instruments = instruments;
        this.crosswalks = crosswalks;
        this.costs = costs;
        months = intervals.stream().map(Interval::month).sorted().toList();
        this.followUp = followUp;
        this.intervals = intervals.stream().map(Interval::code).map(Code::value).toList();
        periods = followUp.periods().stream().map(Period::code).map(Code::value).toList();
        followUp.events().forEach(kind -> events.put(kind.code(), kind));
        followUp.spells().forEach(kind -> spells.put(kind.code(), kind));
    }

    List<Outcome> read() {
        Uniqueness codes = new Uniqueness("The outcome");
        for (Part part : root.at("outcomes").elements()) {
            codes.see(part.at("code"));
            outcomes.add(readOutcome(part));
        }
        return outcomes;
    }

    private Outcome readOutcome(Part part) {
        OutcomeType type = part.at("type").choice(OutcomeType.class, OutcomeType.CONTINUOUS);
        Direction direction = part.at("direction").choice(Direction.class, Direction.LOWER_IS_BETTER);
        Key key = readKey(part, type);
        OutcomeSource source = readSource(part, key);
        boolean overPeriods = key.isOverPeriods() || isRuleOverPeriods(source);
        List<String> asked = readPlaces(part, key, overPeriods);
        checkAskedThere(part, source, asked);
        if (source instanceof OfScale) {
            checkScale(part, direction);
        }
        if (source instanceof OfMetric) {
            checkMetric(part, direction);
        }
        if (source instanceof OfArea area) {
            checkReach(part, area, asked);
        }
        if (source instanceof OfStandardized) {
            part.at("standardized")
                    .elements()
                    .forEach(scale ->
                            findScale(scale).ifPresent(found -> checkDirection(part, direction, found.direction())));
        }
        return new Outcome(
                part.at("code").code(OutcomeCode::new),
                part.at("name").text(),
                type,
                direction,
                part.at("tier").choice(Tier.class, Tier.EXPLORATORY),
                part.at("unit").text(),
                source,
                overPeriods ? List.of() : asked.stream().map(IntervalCode::new).toList(),
                overPeriods ? asked.stream().map(PeriodCode::new).toList() : List.of(),
                readConfirmatory(part, asked),
                part.at("harm").isTrue(),
                readBaseline(part, type, source),
                readParameterCode(part));
    }

    /** The score that is named, or else the one that a rule is about. */
    private Optional<OutcomeCode> readBaseline(Part part, OutcomeType type, OutcomeSource source) {
        Part named = part.at("baseline");
        if (type != OutcomeType.BINARY) {
            tellOutOfPlace(named, "baseline", "only a binary outcome takes another one's");
            return Optional.empty();
        }
        if (!named.isPresent()) {
            return source instanceof OfRule rule
                    ? find(rule.outcome().value())
                            .flatMap(asked -> asked.type() == OutcomeType.CONTINUOUS
                                    ? Optional.of(asked.code())
                                    : asked.baseline())
                    : Optional.empty();
        }
        Optional<Outcome> score = find(named.text())
                .filter(found -> found.type() == OutcomeType.CONTINUOUS)
                .filter(found -> !(found.source() instanceof OfStandardized));
        if (score.isEmpty()) {
            named.tell(
                    DefinitionProblem.OUTCOME_UNKNOWN,
                    "a continuous outcome above this one",
                    named.text(),
                    named.text());
        }
        return score.map(Outcome::code);
    }

    private Optional<Outcome> find(String code) {
        return outcomes.stream()
                .filter(outcome -> outcome.code().value().equals(code))
                .findFirst();
    }

    private String readParameterCode(Part part) {
        OutcomeCode code = part.at("code").code(OutcomeCode::new);
        Part given = part.at("paramcd");
        String paramcd = given.findText().orElseGet(() -> ParameterCode.of(code));
        if (!parameters.add(paramcd)) {
            (given.isPresent() ? given : part.at("code"))
                    .tell(
                            DefinitionProblem.PARAMETER_TWICE,
                            "a code that no other outcome has",
                            paramcd,
                            code,
                            paramcd);
        }
        return paramcd;
    }

    /** The one key that names the source. What is missing or too much is told. */
    private static Key readKey(Part part, OutcomeType type) {
        List<Key> fit = Stream.of(Key.values()).filter(key -> key.gives(type)).toList();
        List<Key> given = Stream.of(Key.values())
                .filter(key -> part.at(key.key()).isPresent())
                .toList();
        if (given.size() != 1 || !fit.contains(given.get(0))) {
            part.tell(
                    DefinitionProblem.SOURCE_UNFIT,
                    "one of " + String.join(", ", fit.stream().map(Key::key).toList()) + " for a "
                            + type.name().toLowerCase(Locale.ROOT) + " outcome",
                    given.isEmpty()
                            ? "none"
                            : String.join(", ", given.stream().map(Key::key).toList()),
                    part.at("code").text());
            return fit.get(0);
        }
        return given.get(0);
    }

    private OutcomeSource readSource(Part part, Key key) {
        return switch (key) {
            case INSTRUMENT -> readScale(part);
            case METRIC ->
                new OfMetric(
                        readScales(part.at("metric").at("scales")),
                        part.at("metric").at("crosswalks").elements().stream()
                                .map(code -> code.code(CrosswalkCode::new))
                                .toList());
            case STANDARDIZED -> new OfStandardized(readScales(part.at("standardized")));
            case EVENTS ->
                new OfEvents(part.at("events").elements().stream()
                        .map(this::readOccurrence)
                        .toList());
            case SPELL -> readSpells(part.at("spell"));
            case AREA -> readArea(part);
            case CARE ->
                new OfCare(part.at("care").at("modalities").elements().stream()
                        .map(Part::text)
                        .toList());
            case COST -> readCosts(part.at("cost"));
            case RULE -> readRule(part.at("rule"));
        };
    }

    private static List<OfScale> readScales(Part part) {
        return part.elements().stream().map(OutcomeReader::readScale).toList();
    }

    private static OfScale readScale(Part part) {
        return new OfScale(
                part.at("instrument").code(InstrumentCode::new),
                part.at("scale").code(ScaleCode::new));
    }

    private Occurrence readOccurrence(Part part) {
        Part kind = part.at("kind");
        Map<String, Kind> known = new LinkedHashMap<>(events);
        known.putAll(spells);
        checkKind(kind, known);
        part.at("detail").findText().ifPresent(detail -> checkDetail(known.get(kind.text()), part.at("detail")));
        return new Occurrence(kind.text(), part.at("detail").findText());
    }

    private OfSpells readSpells(Part part) {
        Part kind = part.at("kind");
        checkKind(kind, spells);
        List<Part> details = part.at("details").elements();
        details.forEach(detail -> checkDetail(spells.get(kind.text()), detail));
        return new OfSpells(
                kind.code(SpellKind::new),
                details.stream().map(Part::text).toList(),
                part.at("at_once").integer(1),
                part.at("measure").choice(Measure.class, Measure.DAYS));
    }

    private OfArea readArea(Part outcome) {
        Part area = outcome.at("area");
        findAsked(
                area,
                asked -> !asked.isOverPeriods() && asked.direction() == Direction.HIGHER_IS_BETTER,
                "an outcome above this one at planned points, of which more is better, and nothing standardized");
        if (outcome.at("direction").choice(Direction.class, Direction.HIGHER_IS_BETTER) != Direction.HIGHER_IS_BETTER) {
            outcome.at("direction")
                    .tell(
                            DefinitionProblem.AREA_TURNED,
                            "higher_is_better",
                            outcome.at("direction").text(),
                            outcome.at("code").text());
        }
        return new OfArea(
                area.at("outcome").code(OutcomeCode::new),
                area.at("measure").choice(Measure.class, Measure.YEARS),
                area.at("longest_gap").integer(1));
    }

    private void checkReach(Part outcome, OfArea area, List<String> asked) {
        followUp.periods().stream()
                .filter(period -> asked.contains(period.code().value()))
                .filter(period -> !area.reaches(months, period))
                .forEach(period -> outcome.at("area")
                        .at("longest_gap")
                        .tell(
                                DefinitionProblem.AREA_UNREACHED,
                                "intervals at most that far apart, from month " + period.fromMonth() + " to "
                                        + period.toMonth(),
                                "intervals at months " + months,
                                outcome.at("code").text(),
                                period.code(),
                                area.longestGap()));
    }

    private OfCosts readCosts(Part part) {
        Optional<UnitCosts> table = costs.find(part.at("table"));
        return new OfCosts(
                table.orElse(new UnitCosts("", "", "", 0, false, List.of())),
                part.at("includes").elements().stream()
                        .map(use -> readIncluded(use, table))
                        .toList(),
                !part.at("per").text().equals("period"));
    }

    /** What is an event is counted by time, a state by day, and anything else is care, counted by session. */
    private Included readIncluded(Part part, Optional<UnitCosts> table) {
        Part kind = part.at("kind");
        Optional<String> detail = part.at("detail").findText();
        Unit unit =
                events.containsKey(kind.text()) ? Unit.TIME : spells.containsKey(kind.text()) ? Unit.DAY : Unit.SESSION;
        detail.ifPresent(text -> {
            if (unit == Unit.SESSION) {
                tellOutOfPlace(part.at("detail"), "detail", "care has none");
            } else {
                checkDetail(events.getOrDefault(kind.text(), spells.get(kind.text())), part.at("detail"));
            }
        });
        table.filter(found -> !found.knows(unit, kind.text()))
                .ifPresent(found -> kind.tell(
                        DefinitionProblem.UNIT_COST_MISSING,
                        "the cost of a " + unit.word() + " in " + found.code(),
                        null,
                        kind.text(),
                        unit.word()));
        return new Included(unit, new Use(kind.text(), detail));
    }

    private OfRule readRule(Part part) {
        Optional<Outcome> asked = findAsked(
                part,
                outcome -> outcome.type() != OutcomeType.TIME_TO_EVENT,
                "an outcome above this one, no time to an event, and nothing standardized");
        Criterion criterion = part.at("category").isPresent() ? readReliable(part, asked) : readThreshold(part, asked);
        return new OfRule(
                part.at("outcome").code(OutcomeCode::new),
                criterion,
                part.at("version").text());
    }

    /** The outcome that a rule or an area is about: one with numbers that mean the same at all sites, further up. */
    private Optional<Outcome> findAsked(Part source, Predicate<Outcome> fits, String expected) {
        Part of = source.at("outcome");
        Optional<Outcome> found =
                find(of.text()).filter(fits).filter(outcome -> !(outcome.source() instanceof OfStandardized));
        if (found.isEmpty() && of.isPresent()) {
            of.tell(DefinitionProblem.OUTCOME_UNKNOWN, expected, of.text(), of.text());
        }
        return found;
    }

    private static Criterion readThreshold(Part rule, Optional<Outcome> asked) {
        Stream.of("change", "cut_off").forEach(key -> tellOutOfPlace(rule.at(key), key, "the rule has no category"));
        Stream.of("test", "limit")
                .filter(key -> !rule.at(key).isPresent())
                .forEach(key -> tellNeeded(rule, key, "the rule has no category"));
        Test test = rule.at("test").choice(Test.class, Test.ABOVE);
        if (test.needsBaseline() && asked.filter(Outcome::isOverPeriods).isPresent()) {
            rule.at("test")
                    .tell(
                            DefinitionProblem.KEY_OUT_OF_PLACE,
                            "above or below",
                            rule.at("test").text(),
                            "test: " + rule.at("test").text(),
                            "periods have no baseline");
        }
        return new Threshold(test, rule.at("limit").number(0));
    }

    private Criterion readReliable(Part rule, Optional<Outcome> asked) {
        Stream.of("test", "limit").forEach(key -> tellOutOfPlace(rule.at(key), key, "the rule has a category"));
        Category category = rule.at("category").choice(Category.class, Category.UNCHANGED);
        if (category == Category.RECOVERED && !rule.at("cut_off").isPresent()) {
            tellNeeded(rule, "cut_off", "who has recovered has crossed it");
        }
        if (category == Category.UNCHANGED || category == Category.DETERIORATED) {
            tellOutOfPlace(rule.at("cut_off"), "cut_off", "the category does not ask who crossed it");
        }
        Optional<Scale> scale = asked.map(Outcome::source)
                .filter(OfScale.class::isInstance)
                .map(OfScale.class::cast)
                .flatMap(source -> Optional.ofNullable(
                                instruments.sound().get(source.instrument().value()))
                        .flatMap(instrument -> instrument.findScale(source.scale())));
        rule.at("cut_off")
                .findNumber()
                .ifPresent(cutOff -> scale.ifPresent(found -> checkCutOff(rule.at("cut_off"), cutOff, found)));
        return new ReliableChange(
                category, readChange(rule, asked, scale), rule.at("cut_off").findNumber());
    }

    /** The change of this basis; without one, the only one the scale has. */
    private static Change readChange(Part rule, Optional<Outcome> asked, Optional<Scale> scale) {
        List<Change> changes = scale.map(Scale::changes).orElse(List.of());
        Part basis = rule.at("change");
        List<Change> fit = changes.stream()
                .filter(change -> !basis.isPresent() || change.basis().equals(basis.text()))
                .toList();
        if (fit.size() == 1) {
            return fit.get(0);
        }
        asked.ifPresent(outcome -> (basis.isPresent() ? basis : rule)
                .tell(
                        DefinitionProblem.CHANGE_UNKNOWN,
                        changes.isEmpty()
                                ? "a scale with a reliable change"
                                : "change: one of "
                                        + String.join(
                                                "; ",
                                                changes.stream()
                                                        .map(Change::basis)
                                                        .toList()),
                        basis.findText().orElse(null),
                        outcome.code()));
        return new Change(0, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), "");
    }

    private static void checkCutOff(Part place, double cutOff, Scale scale) {
        List<Double> known = Stream.concat(
                        scale.cutOffs().stream().map(CutOff::from),
                        scale.bands().stream().map(Band::from).filter(from -> from > scale.min()))
                .distinct()
                .sorted()
                .toList();
        if (!known.contains(cutOff)) {
            place.tell(
                    DefinitionProblem.CUT_OFF_UNKNOWN,
                    known.isEmpty() ? "a scale with cut-offs" : "one of " + inWords(known),
                    place.text(),
                    scale.code());
        }
    }

    private static String inWords(List<Double> numbers) {
        return numbers.stream()
                .map(number ->
                        number == Math.rint(number) ? String.valueOf(number.longValue()) : String.valueOf(number))
                .collect(Collectors.joining(", "));
    }

    private static void tellOutOfPlace(Part part, String key, String why) {
        if (part.isPresent()) {
            part.tell(DefinitionProblem.KEY_OUT_OF_PLACE, "no " + key, null, key, why);
        }
    }

    private static void tellNeeded(Part part, String key, String why) {
        part.tell(DefinitionProblem.KEY_NEEDED_HERE, "the key " + key, null, key, why);
    }

    private static void checkKind(Part kind, Map<String, Kind> known) {
        if (kind.isPresent() && !known.containsKey(kind.text())) {
            kind.tell(
                    DefinitionProblem.KIND_UNKNOWN,
                    StudyTerms.choices(known.keySet(), kind.text()),
                    kind.text(),
                    kind.text());
        }
    }

    private static void checkDetail(@Nullable Kind kind, Part detail) {
        if (kind != null && !kind.details().contains(detail.text())) {
            detail.tell(
                    DefinitionProblem.DETAIL_UNKNOWN,
                    StudyTerms.choices(kind.details(), detail.text()),
                    detail.text(),
                    kind.code(),
                    detail.text());
        }
    }

    private boolean isRuleOverPeriods(OutcomeSource source) {
        return source instanceof OfRule rule
                && outcomes.stream()
                        .filter(outcome -> outcome.code().equals(rule.outcome()))
                        .anyMatch(Outcome::isOverPeriods);
    }

    /** A rule over periods is asked where its outcome is. Planned points have every score, asked for or not. */
    private void checkAskedThere(Part part, OutcomeSource source, List<String> asked) {
        if (!(source instanceof OfRule rule) || !isRuleOverPeriods(source)) {
            return;
        }
        List<String> known = outcomes.stream()
                .filter(outcome -> outcome.code().equals(rule.outcome()))
                .flatMap(outcome -> outcome.periods().stream())
                .map(Code::value)
                .toList();
        part.at("periods").elements().stream()
                .filter(period -> asked.contains(period.text()) && !known.contains(period.text()))
                .forEach(period -> tellNotAsked(period, known, rule.outcome().value()));
    }

    private static void tellNotAsked(Part place, List<String> known, String outcome) {
        place.tell(
                DefinitionProblem.NOT_ASKED_THERE,
                StudyTerms.choices(known, place.text()),
                place.text(),
                outcome,
                place.text());
    }

    /** Periods must be named; without intervals, an outcome of planned points is asked at all of them. */
    private List<String> readPlaces(Part part, Key key, boolean overPeriods) {
        String which = overPeriods ? "periods" : "intervals";
        String other = overPeriods ? "intervals" : "periods";
        Part named = part.at(which);
        tellOutOfPlace(part.at(other), other, "the source is " + key.key());
        if (overPeriods && named.elements().isEmpty()) {
            part.tell(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    "the periods it is asked over",
                    null,
                    "periods",
                    "the source is " + key.key());
        }
        if (!named.isPresent() && !overPeriods) {
            return intervals;
        }
        List<String> known = overPeriods ? periods : intervals;
        List<String> asked = new ArrayList<>();
        for (Part place : named.elements()) {
            if (known.contains(place.text())) {
                asked.add(place.text());
            } else {
                place.tell(
                        overPeriods ? DefinitionProblem.PERIOD_UNKNOWN : DefinitionProblem.INTERVAL_UNKNOWN,
                        StudyTerms.choices(known, place.text()),
                        place.text(),
                        place.text());
            }
        }
        return asked;
    }

    /** Without a list, whatever it is asked at but the baseline. */
    private List<String> readConfirmatory(Part part, List<String> asked) {
        Part named = part.at("confirmatory");
        for (Part place : named.elements()) {
            if (!asked.contains(place.text())) {
                tellNotAsked(place, asked, part.at("code").text());
            }
        }
        if (named.isPresent()) {
            return named.elements().stream().map(Part::text).toList();
        }
        String baseline = intervals.isEmpty() ? "" : intervals.get(0);
        return asked.stream().filter(place -> !place.equals(baseline)).toList();
    }

    private void checkScale(Part part, Direction direction) {
        if (!part.at("scale").isPresent()) {
            part.tell(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    "the scale of the instrument",
                    null,
                    "scale",
                    "an instrument may have several");
            return;
        }
        findScale(part).ifPresent(scale -> checkDirection(part, direction, scale.direction()));
    }

    private Optional<Scale> findScale(Part part) {
        return instruments
                .find(part.at("instrument"))
                .flatMap(instrument -> instruments.findScale(instrument, part.at("scale")));
    }

    private static void checkDirection(Part part, Direction direction, Direction ofScale) {
        if (ofScale != direction) {
            part.at("direction")
                    .tell(
                            DefinitionProblem.DIRECTION_DIFFERS,
                            ofScale.name().toLowerCase(Locale.ROOT) + ", as the scale has it",
                            part.at("direction").text(),
                            part.at("code").text());
        }
    }

    /** Every way leads to the metric, with its direction. A crosswalk that would need another one after it does not. */
    private void checkMetric(Part part, Direction direction) {
        Part metric = part.at("metric");
        String name = metric.at("name").text();
        for (Part scale : metric.at("scales").elements()) {
            findScale(scale).ifPresent(found -> {
                checkDirection(part, direction, found.direction());
                checkLeads(
                        scale,
                        name,
                        scale.at("instrument").text() + "/" + scale.at("scale").text());
            });
        }
        for (Part code : metric.at("crosswalks").elements()) {
            crosswalks.find(code).ifPresent(found -> {
                checkDirection(part, direction, found.target().direction());
                checkLeads(code, name, found.target().metric());
            });
        }
        if (metric.at("scales").elements().isEmpty()
                && metric.at("crosswalks").elements().isEmpty()) {
            metric.tell(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    "scales or crosswalks",
                    null,
                    "crosswalks",
                    "nothing leads to it");
        }
    }

    private static void checkLeads(Part place, String metric, String reached) {
        if (!reached.equals(metric)) {
            place.tell(DefinitionProblem.METRIC_MISSED, metric, reached, metric);
        }
    }
}
