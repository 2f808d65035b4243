package org.equipoise.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.definition.Study.AdjustedModel;
import org.equipoise.definition.Study.Arm;
import org.equipoise.definition.Study.Baseline;
import org.equipoise.definition.Study.Comparisons;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Kind;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Role;
import org.equipoise.definition.Study.WindowCap;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.vocabulary.StudyCode;

/** Reads a study and checks it against itself and the instruments. */
final class StudyReader {
    private final Part root;
    private final InstrumentShelf instruments;
    private final CrosswalkShelf crosswalks;
    private final UnitCostsShelf costs;

    private StudyReader(Part root, InstrumentShelf instruments, CrosswalkShelf crosswalks, UnitCostsShelf costs) {
        this.root = root;
        this.instruments = instruments;
        this.crosswalks = crosswalks;
        this.costs = costs;
    }

    static Study read(YamlFile file, InstrumentShelf instruments, CrosswalkShelf crosswalks, UnitCostsShelf costs) {
        return new StudyReader(Part.of(file), instruments, crosswalks, costs).read();
    }

    private Study read() {
        List<Arm> arms = readArms();
        List<Interval> intervals = readIntervals();
        List<String> factors = readFactors();
        FollowUp followUp = readFollowUp();
        List<Outcome> outcomes = new OutcomeReader(root, instruments, crosswalks, costs, intervals, followUp).read();
        return new Study(
                root.at("code").code(StudyCode::new),
                root.at("name").text(),
                root.at("conduct").choice(Conduct.class, Conduct.ONGOING),
                arms,
                root.at("time_zero").text(),
                new Baseline(
                        root.at("baseline").at("days_before").integer(0),
                        root.at("baseline").at("not_after").findText()),
                intervals,
                readCaps(intervals),
                factors,
                followUp,
                outcomes,
                readComparisons(factors, intervals, arms, outcomes),
                root.at("disclosure").at("least_count").integer(Study.USUAL_LEAST_COUNT));
    }

    private List<Arm> readArms() {
        Uniqueness codes = new Uniqueness("The arm");
        List<Arm> arms = new ArrayList<>();
        for (Part part : root.at("arms").elements()) {
            codes.see(part.at("code"));
            arms.add(new Arm(
                    part.at("code").code(ArmCode::new),
                    part.at("name").text(),
                    part.at("role").choice(Role.class, Role.CONTROL)));
        }
        long treatments =
                arms.stream().filter(arm -> arm.role() == Role.TREATMENT).count();
        if (treatments != 1 || arms.size() != 2) {
            root.at("arms")
                    .tell(
                            DefinitionProblem.ARM_ROLES,
                            "1 treatment, 1 control",
                            treatments + " treatment, " + (arms.size() - treatments) + " control");
        }
        return arms;
    }

    private List<Interval> readIntervals() {
        Uniqueness codes = new Uniqueness("The interval");
        List<Interval> intervals = new ArrayList<>();
        int last = -1;
        for (Part part : root.at("intervals").elements()) {
            codes.see(part.at("code"));
            OptionalInt month = part.at("month").findInt();
            if (month.isPresent()) {
                if (intervals.isEmpty() ? month.getAsInt() != 0 : month.getAsInt() <= last) {
                    part.at("month")
                            .tell(
                                    DefinitionProblem.INTERVAL_ORDER,
                                    intervals.isEmpty() ? "0" : "more than " + last,
                                    Integer.toString(month.getAsInt()));
                }
                last = month.getAsInt();
            }
            intervals.add(new Interval(
                    part.at("code").code(IntervalCode::new), part.at("name").text(), last));
        }
        return intervals;
    }

    private List<WindowCap> readCaps(List<Interval> intervals) {
        List<WindowCap> caps = new ArrayList<>();
        int last = -1;
        for (Part part : root.at("window_caps").elements()) {
            int month = part.at("to_month").integer(last + 1);
            if (month <= last) {
                part.at("to_month").tell(DefinitionProblem.CAP_ORDER, "more than " + last, Integer.toString(month));
            }
            last = month;
            caps.add(new WindowCap(month, part.at("days").integer(0)));
        }
        int end = intervals.isEmpty() ? 0 : intervals.get(intervals.size() - 1).month();
        if (last < end && !root.file().isMisshapen("/intervals")) {
            root.at("window_caps")
                    .tell(DefinitionProblem.CAP_ORDER, "a cap up to month " + end, Integer.toString(last));
        }
        return caps;
    }

    private List<String> readFactors() {
        Uniqueness names = new Uniqueness("The factor");
        root.at("factors").elements().forEach(names::see);
        return root.at("factors").elements().stream().map(Part::text).toList();
    }

    private FollowUp readFollowUp() {
        Uniqueness kinds = new Uniqueness("The kind");
        List<Integer> horizons = new ArrayList<>();
        root.at("horizons").elements().forEach(part -> part.findInt().ifPresent(horizons::add));
        return new FollowUp(
                readKinds("event_kinds", kinds),
                readKinds("spell_kinds", kinds),
                readPeriods(),
                root.at("time_at_risk").at("coverage").number(FollowUp.NONE.coverage()),
                root.at("time_at_risk").at("bridged_days").integer(FollowUp.NONE.bridgedDays()),
                horizons);
    }

    private List<Kind> readKinds(String key, Uniqueness codes) {
        List<Kind> kinds = new ArrayList<>();
        for (Part part : root.at(key).elements()) {
            codes.see(part.at("code"));
            kinds.add(new Kind(
                    part.at("code").text(),
                    part.at("name").text(),
                    part.at("details").elements().stream().map(Part::text).toList()));
        }
        return kinds;
    }

    private List<Period> readPeriods() {
        Uniqueness codes = new Uniqueness("The period");
        List<Period> periods = new ArrayList<>();
        for (Part part : root.at("periods").elements()) {
            codes.see(part.at("code"));
            int from = part.at("from_month").integer(0);
            int to = part.at("to_month").integer(from + 1);
            if (to <= from) {
                part.at("to_month").tell(DefinitionProblem.PERIOD_ORDER, "more than " + from, Integer.toString(to));
            }
            periods.add(new Period(
                    part.at("code").code(PeriodCode::new), part.at("name").text(), from, Math.max(to, from + 1)));
        }
        return periods;
    }

    private Comparisons readComparisons(
            List<String> factors, List<Interval> intervals, List<Arm> arms, List<Outcome> outcomes) {
        Part part = root.at("comparisons");
        Uniqueness endpointNames = new Uniqueness("The endpoint");
        Uniqueness variants = new Uniqueness("The variant");
        List<Endpoint> endpoints = new ArrayList<>();
        for (Part endpoint : part.at("endpoints").elements()) {
            endpointNames.see(endpoint);
            endpoints.add(endpoint.choice(Endpoint.class, Endpoint.VALUE));
        }
        List<AdjustedModel> models = new ArrayList<>();
        for (Part model : part.at("ancova").elements()) {
            variants.see(model.at("variant"));
            models.add(new AdjustedModel(model.at("variant").text(), readModelFactors(model, factors)));
        }
        return new Comparisons(
                endpoints,
                models,
                new RepeatedModelsReader(part.at("mmrm"), intervals).read(model -> readModelFactors(model, factors)),
                new SensitivityReader(part.at("sensitivity"), outcomes).read(),
                new LooksReader(root.at("looks"), intervals, outcomes).read(),
                new ModeratorReader(part.at("moderators"), arms, outcomes).read(),
                readWeighting(part.at("unrandomised"), factors));
    }

    private Optional<Weighting> readWeighting(Part part, List<String> factors) {
        return part.isPresent()
                ? Optional.of(new Weighting(
                        readFactors(part, "confounders", factors),
                        part.at("target").choice(Weighting.Target.class, Weighting.Target.OVERLAP)))
                : Optional.empty();
    }

    private List<String> readModelFactors(Part model, List<String> factors) {
        return readFactors(model, "factors", factors);
    }

    private List<String> readFactors(Part model, String key, List<String> factors) {
        Uniqueness names = new Uniqueness("The factor");
        List<String> own = new ArrayList<>();
        for (Part factor : model.at(key).elements()) {
            names.see(factor);
            own.add(factor.text());
            if (!factors.contains(factor.text()) && !root.file().isMisshapen("/factors")) {
                factor.tell(
                        DefinitionProblem.FACTOR_UNKNOWN,
                        factors.isEmpty()
                                ? "no factor, since the study has none"
                                : "one of " + String.join(", ", factors),
                        factor.text(),
                        factor.text());
            }
        }
        return own;
    }
}
