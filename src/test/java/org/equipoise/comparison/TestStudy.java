package org.equipoise.comparison;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.definition.Looks;
import org.equipoise.definition.Moderator;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.RepeatedModels;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.AdjustedModel;
import org.equipoise.definition.Study.Arm;
import org.equipoise.definition.Study.Baseline;
import org.equipoise.definition.Study.Comparisons;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Role;
import org.equipoise.definition.Study.Tier;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;

/** A small study of MBT against TAU: one outcome, a baseline and one follow-up. */
public final class TestStudy {
    public static final Interval BASELINE = new Interval(new IntervalCode("baseline"), "Baseline", 0);
    public static final Interval M12 = new Interval(new IntervalCode("m12"), "12 months", 12);

    public static final Outcome SEVERITY = outcome("SEVERITY", Direction.LOWER_IS_BETTER, Tier.PRIMARY);

    private TestStudy() {}

    public static Study completed() {
        return of(Conduct.COMPLETED, "MBT", "TAU");
    }

    public static Study of(Conduct conduct, String treatment, String control) {
        return of(conduct, treatment, control, List.of(SEVERITY));
    }

    public static Study of(Conduct conduct, String treatment, String control, List<Outcome> outcomes) {
        return of(conduct, treatment, control, List.of(BASELINE, M12), outcomes);
    }

    /** The same over other intervals, with the plan's mixed model. */
    static Study of(
            Conduct conduct, String treatment, String control, List<Interval> intervals, List<Outcome> outcomes) {
        return of(conduct, treatment, control, intervals, outcomes, RepeatedModels.planned(intervals));
    }

    static Study of(
            Conduct conduct,
            String treatment,
            String control,
            List<Interval> intervals,
            List<Outcome> outcomes,
            RepeatedModels repeated) {
        return new Study(
                new StudyCode("small"),
                "A small study",
                conduct,
                List.of(
                        new Arm(new ArmCode(treatment), "Treatment", Role.TREATMENT),
                        new Arm(new ArmCode(control), "Treatment as usual", Role.CONTROL)),
                "randomised_on",
                new Baseline(90, Optional.empty()),
                intervals,
                List.of(),
                List.of("sex"),
                FollowUp.NONE,
                outcomes,
                new Comparisons(
                        List.of(Endpoint.VALUE, Endpoint.CHANGE),
                        List.of(new AdjustedModel("baseline", List.of()), new AdjustedModel("strata", List.of("sex"))),
                        repeated,
                        List.of(),
                        Looks.NONE,
                        List.of(),
                        Optional.empty()),
                Study.USUAL_LEAST_COUNT);
    }

    /** The same study but for what is given. */
    static Study with(
            Study study, List<String> factors, FollowUp followUp, List<Outcome> outcomes, Comparisons comparisons) {
        return new Study(
                study.code(),
                study.name(),
                study.conduct(),
                study.arms(),
                study.timeZero(),
                study.baseline(),
                study.intervals(),
                study.windowCaps(),
                factors,
                followUp,
                outcomes,
                comparisons,
                Study.USUAL_LEAST_COUNT);
    }

    /** The same study with periods and looks. */
    static Study with(Study study, FollowUp followUp, Looks looks) {
        Comparisons before = study.comparisons();
        return with(
                study,
                study.factors(),
                followUp,
                study.outcomes(),
                new Comparisons(
                        before.endpoints(),
                        before.ancova(),
                        before.repeated(),
                        before.sensitivity(),
                        looks,
                        before.moderators(),
                        before.unrandomised()));
    }

    /** The same study with what its sites' effects are held against. */
    public static Study with(Study study, List<Moderator> moderators) {
        Comparisons before = study.comparisons();
        return with(
                study,
                study.factors(),
                study.followUp(),
                study.outcomes(),
                new Comparisons(
                        before.endpoints(),
                        before.ancova(),
                        before.repeated(),
                        before.sensitivity(),
                        before.looks(),
                        moderators,
                        before.unrandomised()));
    }

    /** The same row with the day follow-up counts from, and the day of each value. */
    static OutcomeRow dated(OutcomeRow row, LocalDate timeZero, @Nullable Integer... days) {
        return new OutcomeRow(
                row.site(),
                row.arm(),
                row.factorsJson(),
                row.values(),
                row.reasons(),
                row.endings(),
                row.exposures(),
                row.cluster(),
                timeZero,
                days);
    }

    public static Outcome outcome(String code, Direction direction, Tier tier) {
        return outcome(code, direction, tier, List.of(BASELINE, M12));
    }

    static Outcome outcome(String code, Direction direction, Tier tier, List<Interval> intervals) {
        return new Outcome(
                new OutcomeCode(code),
                "Name of " + code,
                OutcomeType.CONTINUOUS,
                direction,
                tier,
                "points",
                new OfScale(new InstrumentCode("ZAN-BPD"), new ScaleCode("total")),
                intervals.stream().map(Interval::code).toList(),
                List.of(),
                intervals.stream()
                        .skip(1)
                        .map(interval -> interval.code().value())
                        .toList(),
                false,
                Optional.empty());
    }

    static OutcomeRow row(
            String site, @Nullable String arm, String factors, @Nullable Double baseline, @Nullable Double m12) {
        return row(site, arm, factors, new Double[] {baseline, m12}, "no_record");
    }

    static OutcomeRow row(
            String site, @Nullable String arm, String factors, @Nullable Double[] values, String missingReason) {
        @Nullable String[] reasons = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            reasons[i] = values[i] == null ? missingReason : null;
        }
        return new OutcomeRow(
                site,
                arm,
                factors,
                values,
                reasons,
                new Short[values.length],
                new Double[values.length],
                null,
                null,
                new Integer[values.length]);
    }

    /** The answers to the question about an interval and a scope. */
    static List<Estimate> answers(Study study, List<OutcomeRow> rows, Interval interval, String scope) {
        Question question = ComparisonPlan.of(study, Map.of("lindholm", true, "northgate", true)).questions().stream()
                .filter(candidate ->
                        candidate.place().code().equals(interval.code().value())
                                && candidate.scope().code().equals(scope))
                .findFirst()
                .orElseThrow();
        return new Comparer(study)
                .compare(question, AnalysisSet.of(study, study.outcomes().get(0), rows));
    }
}
