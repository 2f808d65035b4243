package org.equipoise.harmonize;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.equipoise.definition.Crosswalk;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.OutcomeSource.OfArea;
import org.equipoise.definition.OutcomeSource.OfMetric;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Period;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.OutcomeSeries;
import org.equipoise.harmonize.HarmonizedParticipant.Placement;
import org.equipoise.harmonize.HarmonizedParticipant.Score;
import org.equipoise.harmonize.HarmonizedParticipant.ScoreSource;
import org.equipoise.harmonize.HarmonizedParticipant.ScoredAssessment;
import org.equipoise.harmonize.IntervalTable.Window;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.Finding;
import org.equipoise.staging.StagingStore.SourcedFinding;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is staged of a participant comparable. The same facts and definitions always give the same
 * result. Holds no state between calls; for any number of threads.
 */
public final class Harmonizer {
    /** Names of participant facts that the program itself understands. */
    public static final String ARM = "arm";

    /** The anchor of a withdrawal from treatment that a coordinator told. */
    public static final String LEFT_TREATMENT_ON = "left_treatment_on";

    static final String NOT_SCHEDULED = "not_scheduled";

    /** A site's total may be rounded this far. */
    private static final double TOTAL_TOLERANCE = 0.005;

    private final DefinitionBundle definitions;
    private final Study study;
    private final IntervalTable intervals;
    private final Map<InstrumentCode, Scoring> scorings = new HashMap<>();
    private final Map<SiteCode, AtSite> sites = new HashMap<>();
    private final AtSite unmapped;
    private final Map<OfScale, Integer> scaleIndex = new HashMap<>();
    private final List<Asked> outcomes = new ArrayList<>();
    private final EmbeddedForms embedded;

    public Harmonizer(DefinitionBundle definitions) {
        this.definitions = definitions;
        study = definitions.study();
        intervals = IntervalTable.of(study);
        definitions.instruments().forEach((code, instrument) -> scorings.put(code, new Scoring(instrument)));
        definitions
                .instruments()
                .forEach((code, instrument) -> instrument
                        .scales()
                        .forEach(scale ->
                                scaleIndex.put(new OfScale(code, scale.code()), scaleIndex(instrument, scale))));
        embedded = new EmbeddedForms(definitions.instruments().values());
        definitions.mappings().forEach((site, mapping) -> sites.put(site, AtSite.of(study, mapping, embedded)));
        unmapped = AtSite.unmapped(study);
        study.outcomes().forEach(outcome -> outcomes.add(asked(outcome)));
    }

    /**
     * An outcome, with all of it that is the same for every participant.
     *
     * @param place its own place among the outcomes
     * @param about place among the outcomes of the one that a rule or an area asks; -1 for others
     * @param rule null unless the outcome is one
     * @param crosswalks those that lead to its metric
     * @param periods it is asked over
     */
    private record Asked(
            int place,
            Outcome outcome,
            int about,
            @Nullable RuleOutcomes rule,
            List<Crosswalk> crosswalks,
            List<Period> periods) {}

    private Asked asked(Outcome outcome) {
        int about = -1;
        RuleOutcomes rules = null;
        List<Crosswalk> crosswalks = List.of();
        if (outcome.source() instanceof OfRule rule) {
            about = placeOf(rule.outcome());
            rules = new RuleOutcomes(study, outcome, rule);
        } else if (outcome.source() instanceof OfArea area) {
            about = placeOf(area.outcome());
        } else if (outcome.source() instanceof OfMetric metric) {
            crosswalks = metric.crosswalks().stream()
                    .map(code -> Objects.requireNonNull(definitions.crosswalks().get(code)))
                    .toList();
        }
        return new Asked(
                outcomes.size(),
                outcome,
                about,
                rules,
                crosswalks,
                outcome.periods().stream().map(study.followUp()::period).toList());
    }

    private int placeOf(OutcomeCode outcome) {
        return study.outcomes().indexOf(study.outcome(outcome));
    }

    private static int scaleIndex(Instrument instrument, Instrument.Scale scale) {
        return instrument.scales().indexOf(scale);
    }

    /** Harmonizes one participant. */
    public HarmonizedParticipant harmonize(StagedParticipant staged) {
        return new Participant(staged).harmonize();
    }

    /** What there is to tell about one participant, without the outcomes and the hash that a check does not need. */
    public List<SourcedFinding> findFindings(StagedParticipant staged) {
        Participant participant = new Participant(staged);
        participant.merge().forEach(participant::place);
        return participant.findings;
    }

    /** The work on one participant. */
    private final class Participant {
        private final StagedParticipant staged;
        private final List<SourcedFinding> findings = new ArrayList<>();
        private final NavigableMap<String, LocalDate> anchors = new TreeMap<>();
        private final NavigableMap<String, String> factors = new TreeMap<>();
        private final @Nullable ArmCode arm;
        private final @Nullable LocalDate timeZero;
        /** The last day on which a baseline can have been taken; null when the study or their dates name none. */
        private final @Nullable LocalDate lastBaseline;

        private final AtSite site;
        private final @Nullable Course course;
        private final @Nullable String[] whyWithout =
                new String[intervals.windows().size()];

        Participant(StagedParticipant told) {
            Map<String, SourcedFact> facts = latestFacts(told);
            facts.forEach((name, sourced) -> {
                LocalDate date = sourced.fact().date();
                String text = sourced.fact().text();
                if (date != null) {
                    anchors.put(name, date);
                } else if (study.factors().contains(name) && text != null) {
                    factors.put(name, text);
                }
            });
            site = sites.getOrDefault(told.site(), unmapped);
            staged = upToWithdrawal(told);
            timeZero = anchors.get(study.timeZero());
            lastBaseline = study.baseline().notAfter().map(anchors::get).orElse(null);
            course = timeZero == null ? null : Course.of(staged, anchors, timeZero, site.sent());
            arm = armOf(facts.get(ARM));
            if (arm == null) {
                participantFinding(FindingCode.HRM_003, "an arm of the study", ARM);
            }
            if (site.isDated() && timeZero == null) {
                participantFinding(FindingCode.HRM_004, "a date", study.timeZero());
            }
            if (course != null) {
                course.overlaps().forEach(this::overlapFinding);
            }
        }

        /** Notes what a coordinator told; of a withdrawal from follow-up, leaves what was known up to its day. */
        private StagedParticipant upToWithdrawal(StagedParticipant told) {
            if (told.leftTreatment() != null) {
                anchors.put(LEFT_TREATMENT_ON, told.leftTreatment());
            }
            LocalDate left = told.leftFollowUp();
            if (left == null) {
                return told;
            }
            LocalDate sites = anchors.getOrDefault(Course.WITHDREW_ON, left);
            LocalDate day = sites.isBefore(left) ? sites : left;
            anchors.put(Course.WITHDREW_ON, day);
            anchors.entrySet()
                    .removeIf(anchor ->
                            anchor.getValue().isAfter(day) && !anchor.getKey().equals(study.timeZero()));
            LocalDate zero = anchors.get(study.timeZero());
            return new FollowUpEnd(day, visit -> zero == null ? Optional.empty() : planned(zero, visit)).cut(told);
        }

        private Optional<LocalDate> planned(LocalDate zero, IntervalCode visit) {
            return intervals.windows().stream()
                    .filter(window -> window.interval().code().equals(visit))
                    .findFirst()
                    .map(window -> zero.plusDays(window.target()));
        }

        private void overlapFinding(Course.Overlap overlap) {
            findings.add(new SourcedFinding(
                    new Finding(
                            FindingCode.HRM_007,
                            new Place(null, overlap.line(), null, staged.recordId(), null, null, overlap.kind()),
                            "a period from " + overlap.askedFrom() + " on",
                            "a period from " + overlap.from() + " on",
                            1,
                            staged.key()),
                    overlap.submission()));
        }

        private static Map<String, SourcedFact> latestFacts(StagedParticipant staged) {
            Map<String, SourcedFact> latest = new LinkedHashMap<>();
            for (SourcedFact fact : staged.facts()) {
                latest.merge(fact.fact().fact(), fact, (a, b) -> b.rank() >= a.rank() ? b : a);
            }
            return latest;
        }

        private @Nullable ArmCode armOf(@Nullable SourcedFact fact) {
            String text = fact == null ? null : fact.fact().text();
            return study.arms().stream()
                    .map(Study.Arm::code)
                    .filter(code -> code.value().equals(text))
                    .findFirst()
                    .orElse(null);
        }

        /** A finding about the participant as a whole, told at the first row that speaks of them. */
        private void participantFinding(FindingCode code, String expected, String field) {
            long submission;
            int line;
            // The latest file, and in it the first line: what is staged comes in no particular order.
            Optional<SourcedFragment> fragment = staged.fragments().stream()
                    .min(Comparator.comparingInt(SourcedFragment::rank)
                            .reversed()
                            .thenComparingInt(sourced -> sourced.fragment().firstLine()));
            Optional<SourcedFact> fact = staged.facts().stream()
                    .min(Comparator.comparingInt(SourcedFact::rank)
                            .reversed()
                            .thenComparingInt(sourced -> sourced.fact().line()));
            if (fact.isPresent()) {
                submission = fact.get().submission();
                line = fact.get().fact().line();
            } else if (fragment.isPresent()) {
                submission = fragment.get().submission();
                line = fragment.get().fragment().firstLine();
            } else {
                return;
            }
            findings.add(new SourcedFinding(
                    new Finding(
                            code,
                            new Place(null, line, null, staged.recordId(), null, null, field),
                            expected,
                            null,
                            1,
                            staged.key()),
                    submission));
        }

        HarmonizedParticipant harmonize() {
            List<ScoredAssessment> assessments = new ArrayList<>();
            for (Merged merged : merge()) {
                assessments.add(place(merged));
            }
            assessments.sort(Harmonizer::compare);
            List<OutcomeSeries> series = new ArrayList<>(outcomes.size());
            boolean[] chosen = new boolean[assessments.size()];
            for (Asked asked : outcomes) {
                series.add(seriesOf(asked, assessments, chosen, series));
            }
            setAside(assessments, chosen);
            HarmonizedParticipant unhashed = new HarmonizedParticipant(
                    staged.key(),
                    staged.site(),
                    arm,
                    timeZero,
                    anchors,
                    factors,
                    assessments,
                    series,
                    course == null ? Course.unplacedEvents(staged) : course.events(),
                    course == null ? Course.unplacedSpells(staged) : course.spells(),
                    Told.inOrder(staged.observed(), sourced -> sourced.value().naturalKey()),
                    Told.inOrder(staged.care(), sourced -> sourced.value().toString()),
                    CareBy.of(staged.care()),
                    findings,
                    new byte[0]);
            return unhashed.withContentHash(ContentHash.of(study.code(), staged.recordId(), unhashed));
        }

        private List<Merged> merge() {
            Map<Merged.Occasion, Merged> occasions = new LinkedHashMap<>();
            List<SourcedFragment> inOrder = new ArrayList<>(staged.fragments());
            inOrder.sort(Harmonizer::latestLast);
            for (SourcedFragment sourced : inOrder) {
                merge(occasions, sourced, false);
            }
            for (SourcedFragment shortForm : embedded.in(inOrder)) {
                merge(occasions, shortForm, true);
            }
            return List.copyOf(occasions.values());
        }

        private static void merge(Map<Merged.Occasion, Merged> occasions, SourcedFragment sourced, boolean embedded) {
            Merged.Occasion occasion = Merged.Occasion.of(sourced.fragment());
            Merged merged = occasions.get(occasion);
            if (merged == null) {
                merged = new Merged(sourced, embedded);
                occasions.put(occasion, merged);
            }
            merged.add(sourced);
        }

        private ScoredAssessment place(Merged merged) {
            AssessmentFragment first = merged.first.fragment();
            List<Score> scores = score(merged, first);
            LocalDate date = merged.date;
            IntervalCode nominal = first.visit();
            Integer day = null;
            Placement placement;
            IntervalCode interval = null;
            if (date != null && timeZero != null) {
                day = (int) ChronoUnit.DAYS.between(timeZero, date);
                Optional<Window> window = intervals.find(day);
                if (window.isPresent() && isBeforeTreatment(window.get(), date)) {
                    interval = window.get().interval().code();
                }
                placement = interval == null ? Placement.UNSCHEDULED : Placement.INTERVAL;
                if (nominal != null && !nominal.equals(interval)) {
                    assessmentFinding(
                            FindingCode.HRM_002,
                            merged,
                            "a date in the window of " + nominal,
                            "a date " + day + " days from time zero");
                } else if (nominal == null && day < intervals.windows().get(0).from()) {
                    assessmentFinding(
                            FindingCode.HRM_006,
                            merged,
                            "a date at most " + -intervals.windows().get(0).from() + " days before time zero",
                            "a date " + -day + " days before it");
                }
            } else if (nominal != null) {
                interval = nominal;
                placement = Placement.INTERVAL;
            } else {
                placement = Placement.NO_TIME_ZERO;
            }
            LocalDate died = anchors.get(Course.DIED_ON);
            if (date != null && died != null && date.isAfter(died)) {
                assessmentFinding(FindingCode.HRM_005, merged, "a date not after " + died, date.toString());
            }
            return new ScoredAssessment(
                    first.instrument(),
                    placement,
                    interval,
                    nominal,
                    date,
                    day,
                    merged.first.submission(),
                    first.firstLine(),
                    merged.first.stale(),
                    merged.values,
                    merged.reasons,
                    scores);
        }

        /** A baseline must not lie after the date the study names, such as the first session. */
        private boolean isBeforeTreatment(Window window, LocalDate date) {
            return window.interval().month() > 0 || lastBaseline == null || !date.isAfter(lastBaseline);
        }

        private List<Score> score(Merged merged, AssessmentFragment first) {
            Scoring scoring = Objects.requireNonNull(scorings.get(first.instrument()));
            List<Score> byItems = scoring.score(merged.values, merged.reasons);
            if (!merged.embedded && merged.totals.isEmpty()) {
                return byItems;
            }
            List<Score> scores = new ArrayList<>(byItems);
            if (merged.embedded) {
                scores.replaceAll(score -> new Score(
                        score.scale(), score.value(), score.reason(), score.answered(), ScoreSource.EMBEDDED));
            }
            for (Merged.SourcedTotal sourced : merged.totals) {
                AssessmentFragment.Total total = sourced.total();
                for (int i = 0; i < scores.size(); i++) {
                    Score score = scores.get(i);
                    if (!score.scale().equals(total.scale())) {
                        continue;
                    }
                    if (total.use() == TotalUse.SCORE) {
                        scores.set(i, new Score(score.scale(), total.value(), null, 0, ScoreSource.SITE));
                    } else if (isComplete(score, scoring, i) && differs(score, total)) {
                        assessmentFinding(
                                FindingCode.HRM_001,
                                merged,
                                total.line(),
                                sourced.submission(),
                                "the total " + plain(Objects.requireNonNull(score.value())) + ", as the items give",
                                plain(total.value()));
                    }
                }
            }
            return scores;
        }

        /** A finding about an assessment as a whole, told at its first row. */
        private void assessmentFinding(FindingCode code, Merged merged, String expected, String found) {
            assessmentFinding(
                    code, merged, merged.first.fragment().firstLine(), merged.first.submission(), expected, found);
        }

        private void assessmentFinding(
                FindingCode code, Merged merged, int line, long submission, String expected, String found) {
            AssessmentFragment first = merged.first.fragment();
            findings.add(new SourcedFinding(
                    new Finding(
                            code,
                            new Place(
                                    null,
                                    line,
                                    null,
                                    staged.recordId(),
                                    first.event() == null ? String.valueOf(merged.date) : first.event(),
                                    first.instrument().value(),
                                    null),
                            expected,
                            found,
                            1,
                            staged.key()),
                    submission));
        }

        /** @param before the series of the outcomes before this one */
        private OutcomeSeries seriesOf(
                Asked asked, List<ScoredAssessment> assessments, boolean[] chosen, List<OutcomeSeries> before) {
            Outcome outcome = asked.outcome();
            OfScale ownScale = site.findOwnScale(asked.place());
            if (ownScale != null) {
                return new OutcomeSeries(outcome.code(), false, scored(ownScale, assessments, chosen), null);
            }
            if (outcome.source() instanceof OfMetric metric) {
                return new OutcomeSeries(
                        outcome.code(), false, onMetric(metric, asked.crosswalks(), assessments, chosen), null);
            }
            if (asked.rule() != null) {
                return new OutcomeSeries(
                        outcome.code(),
                        outcome.isOverPeriods(),
                        asked.rule().cells(before.get(asked.about()).cells(), course),
                        asked.rule().version());
            }
            return new OutcomeSeries(outcome.code(), true, overPeriods(asked, before), null);
        }

        private List<Cell> overPeriods(Asked asked, List<OutcomeSeries> before) {
            Course known = course;
            if (known != null && asked.outcome().source() instanceof OfArea area) {
                return new AreaOutcomes(
                                area,
                                known,
                                intervals.windows(),
                                before.get(asked.about()).cells())
                        .cells(asked.periods());
            }
            if (known != null && !site.leavesUntold(asked.place())) {
                return new PeriodOutcomes(study.followUp(), known).cells(asked.outcome(), asked.periods());
            }
            return Collections.nCopies(
                    asked.periods().size(),
                    Cell.missing(known == null ? "no_time_zero" : PeriodOutcomes.DETAIL_NOT_TOLD));
        }

        /** At each interval the first way that gives a value; without one, the reason that says most. */
        private List<Cell> onMetric(
                OfMetric metric, List<Crosswalk> crosswalks, List<ScoredAssessment> assessments, boolean[] chosen) {
            List<Cell> best = List.of();
            for (OfScale source : metric.direct()) {
                best = firstOf(best, scored(source, assessments, chosen));
            }
            for (Crosswalk crosswalk : crosswalks) {
                List<Cell> cells = scored(crosswalk.source(), assessments, chosen);
                for (int w = 0; w < cells.size(); w++) {
                    cells.set(w, convert(cells.get(w), crosswalk, assessments));
                }
                best = firstOf(best, cells);
            }
            return best;
        }

        private static List<Cell> firstOf(List<Cell> best, List<Cell> next) {
            if (best.isEmpty()) {
                return next;
            }
            List<Cell> both = new ArrayList<>(best);
            for (int w = 0; w < both.size(); w++) {
                Cell cell = both.get(w);
                boolean saysLess =
                        cell.value() == null && (next.get(w).value() != null || NOT_SCHEDULED.equals(cell.reason()));
                if (saysLess) {
                    both.set(w, next.get(w));
                }
            }
            return both;
        }

        private Cell convert(Cell cell, Crosswalk crosswalk, List<ScoredAssessment> assessments) {
            Double measured = cell.value();
            if (measured == null) {
                return cell;
            }
            OfScale source = crosswalk.source();
            int scale = Objects.requireNonNull(scaleIndex.get(source));
            Score score = assessments.get(cell.assessment()).scores().get(scale);
            Scoring scoring = Objects.requireNonNull(scorings.get(source.instrument()));
            boolean complete = score.source() == ScoreSource.SITE || isComplete(score, scoring, scale);
            Conversion.Converted converted = Conversion.convert(crosswalk, measured, complete);
            Double there = converted.value();
            return there == null
                    ? Cell.missing(Objects.requireNonNull(converted.reason()))
                    : cell.converted(there, converted.se(), crosswalk.edition());
        }

        private List<Cell> scored(OfScale source, List<ScoredAssessment> assessments, boolean[] chosen) {
            int scale = Objects.requireNonNull(scaleIndex.get(source));
            List<Window> windows = intervals.windows();
            int begin = beginOf(source.instrument(), assessments);
            int[] best = new int[windows.size()];
            int[] empty = new int[windows.size()];
            Arrays.fill(best, -1);
            Arrays.fill(empty, -1);
            for (int i = begin; i < assessments.size(); i++) {
                ScoredAssessment assessment = assessments.get(i);
                if (!assessment.instrument().equals(source.instrument())) {
                    break;
                }
                IntervalCode interval = assessment.interval();
                if (interval == null) {
                    continue;
                }
                int w = intervals.indexOf(interval);
                if (assessment.scores().get(scale).value() == null) {
                    empty[w] = i;
                } else if (best[w] < 0 || isNearer(assessment, assessments.get(best[w]), windows.get(w))) {
                    best[w] = i;
                }
            }
            boolean isCollected = site.collects(source.instrument());
            List<Cell> cells = new ArrayList<>(windows.size());
            for (int w = 0; w < best.length; w++) {
                if (best[w] >= 0) {
                    chosen[best[w]] = true;
                    ScoredAssessment assessment = assessments.get(best[w]);
                    double value = Objects.requireNonNull(
                            assessment.scores().get(scale).value());
                    cells.add(Cell.scored(value, assessment.day(), best[w]));
                } else if (empty[w] >= 0) {
                    Score score = assessments.get(empty[w]).scores().get(scale);
                    cells.add(Cell.missing(Objects.requireNonNull(score.reason())));
                } else {
                    cells.add(Cell.missing(isCollected && site.plans(w) ? whyWithout(w) : NOT_SCHEDULED));
                }
            }
            return cells;
        }

        /** Why nothing is there at an interval for which something was planned. */
        private String whyWithout(int interval) {
            String known = whyWithout[interval];
            if (known == null) {
                known = whyWithout(intervals.windows().get(interval));
                whyWithout[interval] = known;
            }
            return known;
        }

        private String whyWithout(Window window) {
            LocalDate zero = timeZero;
            if (zero == null) {
                return site.isDated() ? "no_time_zero" : "no_record";
            }
            LocalDate target = zero.plusDays(window.target());
            if (isReached(Course.DIED_ON, target)) {
                return "dead";
            }
            if (isReached(Course.WITHDREW_ON, target)) {
                return "withdrawn";
            }
            LocalDate cutOff = staged.cutOff();
            return cutOff != null && cutOff.isBefore(zero.plusDays(window.to() - 1)) ? "not_due" : "no_record";
        }

        private boolean isReached(String anchor, LocalDate target) {
            LocalDate date = anchors.get(anchor);
            return date != null && !date.isAfter(target);
        }
    }

    /** Fragments of one occasion put together; what was taken later wins, answer by answer. */
    private static final class Merged {
        /** By visit where the site names one, else by date. */
        private record Occasion(
                InstrumentCode instrument,
                @Nullable IntervalCode visit,
                @Nullable LocalDate date) {
            static Occasion of(AssessmentFragment fragment) {
                return new Occasion(
                        fragment.instrument(), fragment.visit(), fragment.visit() == null ? fragment.date() : null);
            }

            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Occasion occasion
                        && Objects.equals(date, occasion.date)
                        && Objects.equals(visit, occasion.visit)
                        && instrument.equals(occasion.instrument);
            }

            @Override
            public int hashCode() {
                return 31 * (31 * instrument.hashCode() + Objects.hashCode(visit)) + Objects.hashCode(date);
            }
        }

        /** A total and the submission whose file it was read from. */
        private record SourcedTotal(AssessmentFragment.Total total, long submission) {}

        final SourcedFragment first;
        /** Whether it is a short form out of a long one. */
        final boolean embedded;

        final short[] values;
        final byte[] reasons;
        final List<SourcedTotal> totals = new ArrayList<>();

        @Nullable
        LocalDate date;

        Merged(SourcedFragment first, boolean embedded) {
            this.first = first;
            this.embedded = embedded;
            values = new short[first.fragment().values().length];
            reasons = new byte[values.length];
            Arrays.fill(reasons, MissingReason.ABSENT.code());
        }

        void add(SourcedFragment sourced) {
            AssessmentFragment fragment = sourced.fragment();
            for (int i = 0; i < values.length; i++) {
                if (fragment.line(i) > 0) {
                    values[i] = fragment.values()[i];
                    reasons[i] = fragment.reasons()[i];
                }
            }
            for (AssessmentFragment.Total total : fragment.totals()) {
                totals.removeIf(earlier -> earlier.total().scale().equals(total.scale()));
                totals.add(new SourcedTotal(total, sourced.submission()));
            }
            if (fragment.date() != null) {
                date = fragment.date();
            }
        }
    }

    /** Forms of one row that ask the same come by name: the database gives them in no particular order. */
    private static int latestLast(SourcedFragment one, SourcedFragment other) {
        if (one.rank() != other.rank()) {
            return Integer.compare(one.rank(), other.rank());
        }
        int byLine =
                Integer.compare(one.fragment().firstLine(), other.fragment().firstLine());
        return byLine != 0
                ? byLine
                : one.fragment().form().compareTo(other.fragment().form());
    }

    /** By instrument, then by day, the undated first, then by the interval the site files them under. */
    private static int compare(ScoredAssessment one, ScoredAssessment other) {
        int byInstrument = one.instrument().value().compareTo(other.instrument().value());
        if (byInstrument != 0) {
            return byInstrument;
        }
        int byDate = compare(one.date(), other.date());
        return byDate != 0 ? byDate : nominal(one).compareTo(nominal(other));
    }

    private static int compare(@Nullable LocalDate one, @Nullable LocalDate other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        return one.compareTo(other);
    }

    private static String nominal(ScoredAssessment assessment) {
        return assessment.nominal() == null ? "" : assessment.nominal().value();
    }

    /** Whether the first lies nearer the target, or as near and earlier. Undated ones come last. */
    private static boolean isNearer(ScoredAssessment assessment, ScoredAssessment best, Window window) {
        Integer day = assessment.day();
        Integer bestDay = best.day();
        if (day == null || bestDay == null) {
            return day != null;
        }
        int distance = Math.abs(day - window.target());
        int bestDistance = Math.abs(bestDay - window.target());
        return distance < bestDistance || (distance == bestDistance && day < bestDay);
    }

    /** Where several assessments share an instrument's interval, those that give no outcome are unscheduled. */
    private static void setAside(List<ScoredAssessment> assessments, boolean[] chosen) {
        for (int i = 0; i < assessments.size(); i++) {
            ScoredAssessment a = assessments.get(i);
            if (a.placement() == Placement.INTERVAL && !chosen[i] && isReplaced(a, assessments, chosen)) {
                assessments.set(
                        i,
                        new ScoredAssessment(
                                a.instrument(),
                                Placement.UNSCHEDULED,
                                null,
                                a.nominal(),
                                a.date(),
                                a.day(),
                                a.submission(),
                                a.line(),
                                a.stale(),
                                a.values(),
                                a.reasons(),
                                a.scores()));
            }
        }
    }

    private static boolean isReplaced(ScoredAssessment a, List<ScoredAssessment> assessments, boolean[] chosen) {
        for (int j = 0; j < assessments.size(); j++) {
            if (chosen[j]
                    && assessments.get(j).instrument().equals(a.instrument())
                    && Objects.equals(assessments.get(j).interval(), a.interval())) {
                return true;
            }
        }
        return false;
    }

    /** Where the assessments with an instrument begin, in their order; their number if there is none. */
    private static int beginOf(InstrumentCode instrument, List<ScoredAssessment> assessments) {
        int low = 0;
        int high = assessments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (assessments.get(middle).instrument().value().compareTo(instrument.value()) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean isComplete(Score score, Scoring scoring, int scale) {
        return score.value() != null && score.answered() == scoring.items(scale);
    }

    private static boolean differs(Score score, AssessmentFragment.Total total) {
        return !(Math.abs(Objects.requireNonNull(score.value()) - total.value()) <= TOTAL_TOLERANCE);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
