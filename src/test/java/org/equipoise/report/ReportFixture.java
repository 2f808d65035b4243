package org.equipoise.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.comparison.TestStudy;
import org.equipoise.definition.Moderator;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.definition.Study.Tier;
import org.equipoise.definition.Weighting;
import org.equipoise.report.Report.FindingLine;
import org.equipoise.report.Report.SiteLine;
import org.equipoise.report.Report.SubmissionLine;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.PeriodCode;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.warehouse.Attendance;
import org.equipoise.warehouse.CareUsed;
import org.equipoise.warehouse.Harmonization;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.jspecify.annotations.Nullable;

/** Reports of stored rows made up for tests: a small one, and one as large as reports become. */
final class ReportFixture {
    private static final List<String> ARMS = List.of("MBT", "TAU");
    private static final List<Interval> INTERVALS = IntStream.of(0, 3, 6, 9, 12, 18, 24, 30, 36, 42, 48, 60, 72, 84, 96)
            .mapToObj(month -> month == 0
                    ? TestStudy.BASELINE
                    : new Interval(new IntervalCode("m" + month), month + " months", month))
            .toList();
    private static final List<Period> PERIODS = List.of(period(0, 18), period(18, 36), period(36, 96), period(0, 96));

    private static Period period(int from, int to) {
        return new Period(new PeriodCode("m" + from + "-" + to), "Months " + from + " to " + to, from, to);
    }

    private ReportFixture() {}

    /** One outcome, two intervals, one site. */
    static Report small(long findings) {
        Study study = TestStudy.completed();
        return report(study, List.of("north"), findings);
    }

    /** Fifteen intervals up to eight years, six sites, 28 outcomes of all types, three of them harms. */
    static Report large() {
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(scored("FIRST", OutcomeType.CONTINUOUS, Tier.PRIMARY));
        IntStream.range(0, 5).forEach(i -> outcomes.add(scored("SECOND_" + i, OutcomeType.CONTINUOUS, Tier.SECONDARY)));
        outcomes.add(scored("REMISSION", OutcomeType.BINARY, Tier.SECONDARY));
        outcomes.add(counted("ATTEMPT", OutcomeType.BINARY, Tier.SECONDARY));
        outcomes.add(counted("ATTEMPTS", OutcomeType.COUNT, Tier.SECONDARY));
        outcomes.add(counted("HOSPITAL_DAYS", OutcomeType.DURATION, Tier.SECONDARY));
        outcomes.add(counted("FIRST_ATTEMPT", OutcomeType.TIME_TO_EVENT, Tier.SECONDARY));
        outcomes.add(harm(counted("ANY_EVENT", OutcomeType.BINARY, Tier.EXPLORATORY)));
        outcomes.add(harm(counted("EVENTS", OutcomeType.COUNT, Tier.EXPLORATORY)));
        outcomes.add(harm(counted("DEATH", OutcomeType.TIME_TO_EVENT, Tier.EXPLORATORY)));
        IntStream.range(0, 14)
                .forEach(i -> outcomes.add(scored("THIRD_" + i, OutcomeType.CONTINUOUS, Tier.EXPLORATORY)));
        Study base = TestStudy.of(Conduct.COMPLETED, "MBT", "TAU", outcomes);
        Study study = new Study(
                base.code(),
                base.name(),
                base.conduct(),
                base.arms(),
                base.timeZero(),
                base.baseline(),
                INTERVALS,
                base.windowCaps(),
                base.factors(),
                new FollowUp(List.of(), List.of(), PERIODS, 0.9, 31, List.of(18, 36, 96)),
                outcomes,
                base.comparisons(),
                Study.USUAL_LEAST_COUNT);
        return report(study, List.of("aarhus", "bergen", "chur", "delft", "exeter", "freiburg-im-breisgau"), 4321);
    }

    private static Outcome scored(String code, OutcomeType type, Tier tier) {
        return scored(code, type, tier, INTERVALS);
    }

    private static Outcome scored(String code, OutcomeType type, Tier tier, List<Interval> intervals) {
        return outcome(code, type, tier, intervals.stream().map(Interval::code).toList(), List.of());
    }

    private static Outcome counted(String code, OutcomeType type, Tier tier) {
        List<PeriodCode> periods = PERIODS.stream().map(Period::code).toList();
        return outcome(
                code, type, tier, List.of(), type == OutcomeType.TIME_TO_EVENT ? periods.subList(3, 4) : periods);
    }

    private static Outcome harm(Outcome outcome) {
        return new Outcome(
                outcome.code(),
                outcome.name(),
                outcome.type(),
                outcome.direction(),
                outcome.tier(),
                outcome.unit(),
                outcome.source(),
                outcome.intervals(),
                outcome.periods(),
                outcome.confirmatory(),
                true,
                Optional.empty());
    }

    private static Outcome outcome(
            String code, OutcomeType type, Tier tier, List<IntervalCode> intervals, List<PeriodCode> periods) {
        return new Outcome(
                new OutcomeCode(code),
                "Name of " + code,
                type,
                Direction.LOWER_IS_BETTER,
                tier,
                "points",
                new OfScale(new InstrumentCode("ZAN-BPD"), new ScaleCode("total")),
                intervals,
                periods,
                List.of(),
                false,
                Optional.empty());
    }

    /** Sites enough that they do not fit beside each other, and that their effects are held against their care. */
    static Report manySites() {
        Report report = moderated(12);
        StoredEstimate slope = moderated("slope", 0.24, -0.0034, 0.4834, 0.052, null);
        return with(
                report,
                Stream.concat(
                                report.estimates().stream(),
                                Stream.of(
                                        slope,
                                        moderated("k", 12.0, null, null, null, null),
                                        moderated("explained", 0.9379, null, null, null, null)))
                        .toList());
    }

    /** Fewer sites than the study asks for. */
    static Report fewSites() {
        Report report = moderated(3);
        return with(
                report,
                Stream.concat(
                                report.estimates().stream(),
                                Stream.of(moderated("slope", null, null, null, null, "too_few_sites")))
                        .toList());
    }

    private static Report moderated(int sites) {
        return report(
                TestStudy.with(
                        TestStudy.completed(),
                        List.of(new Moderator(
                                "care",
                                "Sessions a year under TAU",
                                TestStudy.SEVERITY.code(),
                                "m12",
                                new ArmCode("TAU"),
                                10))),
                IntStream.rangeClosed(1, sites).mapToObj(i -> "clinic-" + i).toList(),
                0);
    }

    private static StoredEstimate moderated(
            String quantity,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double p,
            @Nullable String reason) {
        When m12 = When.of(TestStudy.completed(), TestStudy.SEVERITY).get(1);
        return row(
                TestStudy.SEVERITY,
                m12,
                Scope.OVER_SITES,
                "",
                "meta_regression",
                "ancova:baseline:care",
                quantity,
                null,
                value,
                low,
                high,
                p,
                reason);
    }

    /** The large one with sites of another comparator, and sites without randomisation whose arms are weighted. */
    static Report others() {
        Report large = large();
        Study before = large.study();
        Study study = new Study(
                before.code(),
                before.name(),
                before.conduct(),
                before.arms(),
                before.timeZero(),
                before.baseline(),
                before.intervals(),
                before.windowCaps(),
                before.factors(),
                before.followUp(),
                before.outcomes(),
                new Study.Comparisons(
                        before.comparisons().endpoints(),
                        before.comparisons().ancova(),
                        before.comparisons().repeated(),
                        before.comparisons().sensitivity(),
                        before.comparisons().looks(),
                        before.comparisons().moderators(),
                        Optional.of(new Weighting(List.of("age", "sex"), Weighting.Target.OVERLAP))),
                Study.USUAL_LEAST_COUNT);
        List<StoredEstimate> estimates = new ArrayList<>(large.estimates());
        for (Outcome outcome : study.outcomes()) {
            for (When when : When.of(study, outcome)) {
                estimates.addAll(estimates(outcome, when, "ALL:structured clinical management", 80));
                estimates.addAll(weighted(outcome, when));
            }
        }
        return new Report(
                large.runId(),
                large.writtenAt(),
                study,
                large.snapshot(),
                large.result(),
                estimates,
                large.attendance(),
                large.harmonization(),
                large.care(),
                large.sites(),
                large.submissions(),
                large.findings());
    }

    private static List<StoredEstimate> weighted(Outcome outcome, When when) {
        Rows rows = new Rows(outcome, when, Scope.OVER_SITES);
        if (when.toMonth() == 84) {
            return List.of(row(
                    outcome,
                    when,
                    Scope.OVER_SITES,
                    "",
                    "propensity_weighted",
                    "overlap",
                    "diff",
                    null,
                    null,
                    null,
                    null,
                    null,
                    "not_scheduled"));
        }
        boolean times = outcome.type() == OutcomeType.TIME_TO_EVENT;
        String effect = times ? "rmst_difference" : outcome.type() == OutcomeType.COUNT ? "rate_ratio" : "diff";
        String ofArm = times ? "rmst" : outcome.type() == OutcomeType.COUNT ? "rate" : "mean";
        Double at = times ? Double.valueOf(18) : null;
        for (String arm : ARMS) {
            rows.weighted(arm, "overlap", ofArm, at, "", arm.equals("MBT") ? 0.41 : 0.63);
            rows.weighted(arm, "overlap", "effective_n", null, "", 48.42);
        }
        rows.weighted("", "overlap", effect, at, "", 0.65);
        rows.weighted("", "unweighted", effect, at, "", 0.58);
        rows.weighted("", "unweighted", "standardised_difference", null, "age", -0.88);
        rows.weighted("", "overlap", "standardised_difference", null, "age", 0.004);
        return rows.rows;
    }

    /** A study that runs, with a harm: no number of any arm is stored. */
    static Report running() {
        Outcome harm = harm(scored(
                "WORSE",
                OutcomeType.BINARY,
                Tier.EXPLORATORY,
                TestStudy.completed().intervals()));
        Study study = TestStudy.of(Conduct.ONGOING, "MBT", "TAU", List.of(TestStudy.SEVERITY, harm));
        return with(
                report(study, List.of("north"), 0),
                Stream.concat(
                                withheld(study, TestStudy.SEVERITY, "welch_t", "diff", SCORES),
                                withheld(study, harm, "binary_two_arm", "rd", RISKS))
                        .toList());
    }

    private static final Map<String, Double> SCORES = Map.of("n", 70.0, "missing", 10.0, "mean", 14.3, "sd", 6.5);
    private static final Map<String, Double> RISKS = Map.of("n", 60.0, "missing", 20.0, "events", 9.0, "p", 0.15);

    private static Stream<StoredEstimate> withheld(
            Study study, Outcome outcome, String method, String quantity, Map<String, Double> everyone) {
        return When.of(study, outcome).stream()
                .flatMap(when -> Stream.concat(
                        Stream.of(row(
                                outcome,
                                when,
                                Scope.OVER_SITES,
                                "",
                                method,
                                "value",
                                quantity,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "withheld_until_look")),
                        everyone.entrySet().stream()
                                .map(number -> row(
                                        outcome,
                                        when,
                                        Scope.OVER_SITES,
                                        "",
                                        "pooled_arms",
                                        "value",
                                        number.getKey(),
                                        null,
                                        number.getValue(),
                                        null,
                                        null,
                                        null,
                                        null))));
    }

    /** The same with other estimates. */
    static Report with(Report report, List<StoredEstimate> estimates) {
        return new Report(
                report.runId(),
                report.writtenAt(),
                report.study(),
                report.snapshot(),
                report.result(),
                estimates,
                report.attendance(),
                report.harmonization(),
                report.care(),
                report.sites(),
                report.submissions(),
                report.findings());
    }

    private static Report report(Study study, List<String> sites, long findings) {
        List<StoredEstimate> estimates = new ArrayList<>();
        for (Outcome outcome : study.outcomes()) {
            for (When when : When.of(study, outcome)) {
                estimates.addAll(estimates(outcome, when, Scope.OVER_SITES, 20 * sites.size()));
                sites.forEach(site -> estimates.addAll(estimates(outcome, when, site, 12 + 3 * sites.indexOf(site))));
            }
        }
        return new Report(
                12,
                Instant.parse("2026-11-02T01:30:00Z"),
                study,
                new Snapshot(4, 12, study.code(), "c0ffee", "deed", "0.1.0", 1240, 3, false),
                new Result(11, 4, study.code(), "deed", "0.1.0", 5321),
                estimates,
                attendance(study, sites),
                harmonization(study, sites),
                care(study, sites),
                sites.stream()
                        .map(site -> new SiteLine(site, "Clinic of " + site, true, "TAU"))
                        .toList(),
                sites.stream()
                        .map(site -> new SubmissionLine(
                                site,
                                "a <b> & 'c'_" + site + "_export_2026-09-30.csv",
                                "effective",
                                1200,
                                1190,
                                7,
                                3,
                                0))
                        .toList(),
                findings == 0 ? List.of() : List.of(new FindingLine(sites.get(0), FindingCode.SUB_006, findings)));
    }

    private static List<StoredEstimate> estimates(Outcome outcome, When when, String site, int people) {
        return switch (outcome.type()) {
            case CONTINUOUS -> means(outcome, when, site, people, "ancova", "baseline");
            case DURATION, COST -> means(outcome, when, site, people, "linear_model", "site");
            case BINARY -> risks(outcome, when, site, people);
            case COUNT -> rates(outcome, when, site, people);
            case TIME_TO_EVENT -> hazards(outcome, when, site, people);
        };
    }

    /** Arms 22.5 and 24.2 at the baseline, 4 points apart later, all with intervals. */
    private static List<StoredEstimate> means(
            Outcome outcome, When when, String site, int people, String model, String variant) {
        Rows rows = new Rows(outcome, when, site);
        double month = when.toMonth();
        double margin = 25 / Math.sqrt(people);
        double treated = 22.54 - 8 * month / (month + 12);
        double control = 24.19 - 5 * month / (month + 12);
        for (String arm : ARMS) {
            double mean = arm.equals("MBT") ? treated : control;
            rows.add(arm, "descriptives", "value", "n", people / 2.0);
            rows.add(arm, "descriptives", "value", "mean", mean, mean - margin, mean + margin, null);
            rows.add(arm, "descriptives", "value", "sd", 11.74);
        }
        double difference = treated - control;
        rows.add(
                "", "welch_t", "value", "diff", difference, difference - 1.4 * margin, difference + 1.4 * margin, 0.01);
        rows.add("", "standardised_mean_difference", "value:noncentral_t", "hedges_g", -0.446, -0.9, 0.01, null);
        if (!when.isBaseline()) {
            rows.add("", model, variant, "contrast", -3.95436, -3.95436 - margin, -3.95436 + margin, 0.0000227);
            if (model.equals("ancova")) {
                rows.pooled("ancova:baseline", -3.9, -6.1, -1.7);
                rows.add("MBT", "jump_to_reference", "value", "imputed", people / 10.0);
                rows.add("TAU", "jump_to_reference", "value", "imputed", people / 12.0);
                rows.add("", "jump_to_reference", "value", "contrast", -2.9, -5.4, -0.4, 0.024);
                rows.add("", "tipping_point", "value:treatment", "shift", 5.12);
            }
        }
        return rows.rows;
    }

    private static List<StoredEstimate> risks(Outcome outcome, When when, String site, int people) {
        Rows rows = new Rows(outcome, when, site);
        for (String arm : ARMS) {
            double share = arm.equals("MBT") ? 0.25 : 0.5;
            rows.add(arm, "participants", "value", "missing", 3.0);
            rows.add(arm, "binary_two_arm", "value", "n", people / 2.0);
            rows.add(arm, "binary_two_arm", "value", "events", Math.rint(share * people / 2));
            rows.add(arm, "binary_two_arm", "value", "p", share, share - 0.12, share + 0.15, null);
        }
        rows.add("", "binary_two_arm", "value", "rd", -0.25, -0.42, -0.05, null);
        rows.add("", "binary_two_arm", "value", "rr", 0.5, 0.28, 0.88, null);
        rows.add("", "binary_two_arm", "value", "fisher_p", 0.0212, null, null, 0.0212);
        if (site.equals(Scope.OVER_SITES)) {
            rows.add("", "mantel_haenszel_by_site", "value", "rd", -0.24, -0.4, -0.08, 0.0043);
        }
        return rows.rows;
    }

    private static List<StoredEstimate> rates(Outcome outcome, When when, String site, int people) {
        Rows rows = new Rows(outcome, when, site);
        for (String arm : ARMS) {
            double rate = arm.equals("MBT") ? 0.12 : 0.48;
            rows.add(arm, "event_rate", "value", "n", people / 2.0);
            rows.add(arm, "event_rate", "value", "events", Math.rint(rate * people));
            rows.add(arm, "event_rate", "value", "person_years", people * 0.75);
            rows.add(arm, "event_rate", "value", "rate", rate, rate / 1.8, rate * 1.8, null);
        }
        rows.add("", "negative_binomial_rate_ratio", "site", "rate_ratio", 0.25, 0.25 / 2.9, 0.25 * 2.9, 0.0009);
        rows.add("", "poisson_rate_ratio", "value", "rate_ratio", 0.25, 0.1, 0.6, 0.002);
        rows.pooled("log_rate_ratio", -1.4, -2.1, -0.7);
        return rows.rows;
    }

    private static List<StoredEstimate> hazards(Outcome outcome, When when, String site, int people) {
        Rows rows = new Rows(outcome, when, site);
        boolean over = site.equals(Scope.OVER_SITES);
        for (String arm : ARMS) {
            double most = arm.equals("MBT") ? 0.3 : 0.7;
            rows.add(arm, "kaplan_meier", "value", "n", people / 2.0);
            rows.add(arm, "cumulative_incidence", "value", "events", Math.rint(most * people / 2));
            rows.add(arm, "cumulative_incidence", "value", "competing", 1.0);
            for (int month = 0; over && month <= 96; month += 3) {
                double share = most * (1 - Math.exp(-month / 24.0));
                rows.at(arm, month, "n_risk", Math.rint(people / 2.0 * (1 - share)), null, null);
                rows.at(arm, month, "cif", share, month == 0 ? null : share * 0.7, month == 0 ? null : share * 1.25);
            }
        }
        rows.add("", over ? "cox_ph_stratified_by_site" : "cox_ph", "site", "hr", 0.31, 0.17, 0.56, 0.0001);
        rows.add("", over ? "logrank_stratified_by_site" : "logrank", "value", "chisq", 16.4, null, null, 0.00005);
        return rows.rows;
    }

    /** Rows of one outcome at one time and site. */
    private static final class Rows {
        private final List<StoredEstimate> rows = new ArrayList<>();
        private final Outcome outcome;
        private final When when;
        private final String site;

        Rows(Outcome outcome, When when, String site) {
            this.outcome = outcome;
            this.when = when;
            this.site = site;
        }

        void add(String arm, String method, String variant, String quantity, Double value) {
            add(arm, method, variant, quantity, value, null, null, null);
        }

        void add(
                String arm,
                String method,
                String variant,
                String quantity,
                @Nullable Double value,
                @Nullable Double low,
                @Nullable Double high,
                @Nullable Double p) {
            rows.add(row(outcome, when, site, arm, method, variant, quantity, null, value, low, high, p, null));
        }

        void weighted(String arm, String variant, String quantity, @Nullable Double at, String variable, double value) {
            StoredEstimate plain = row(
                    outcome,
                    when,
                    site,
                    arm,
                    "propensity_weighted",
                    variant,
                    quantity,
                    at,
                    value,
                    value - 0.2,
                    value + 0.3,
                    null,
                    null);
            rows.add(new StoredEstimate(
                    plain.outcome(),
                    plain.when(),
                    plain.site(),
                    plain.arm(),
                    plain.method(),
                    plain.variant(),
                    plain.quantity(),
                    plain.at(),
                    variable,
                    plain.value(),
                    plain.low(),
                    plain.high(),
                    null,
                    null,
                    null,
                    null,
                    plain.options(),
                    null));
        }

        void at(String arm, double month, String quantity, Double value, @Nullable Double low, @Nullable Double high) {
            rows.add(row(
                    outcome,
                    when,
                    site,
                    arm,
                    "cumulative_incidence",
                    "value",
                    quantity,
                    month,
                    value,
                    low,
                    high,
                    null,
                    null));
        }

        void pooled(String variant, double value, double low, double high) {
            if (site.equals(Scope.OVER_SITES)) {
                String method = "meta_hartung_knapp_floored";
                add("", method, variant, "estimate", value, low, high, 0.004);
                add("", method, variant, "prediction", value, low - 1, high + 1, null);
                add("", method, variant, "tau2", 0.31, 0.0, 2.5, null);
                add("", method, variant, "I2", 0.12, 0.0, 0.6, null);
            }
        }
    }

    static StoredEstimate row(
            Outcome outcome,
            When when,
            String site,
            String arm,
            String method,
            String variant,
            String quantity,
            @Nullable Double at,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double p,
            @Nullable String reason) {
        return new StoredEstimate(
                outcome.code().value(),
                when.code(),
                site,
                arm,
                method,
                variant,
                quantity,
                at,
                "",
                value,
                low,
                high,
                p,
                null,
                20,
                20,
                "{}",
                reason);
    }

    private static List<Attendance> attendance(Study study, List<String> sites) {
        List<Attendance> attendance = new ArrayList<>();
        for (Interval interval : study.intervals()) {
            int lost = interval.month() / 6;
            for (String arm : List.of("MBT", "TAU", Attendance.ALL)) {
                int share = arm.equals(Attendance.ALL) ? 2 : 1;
                for (String site : sites) {
                    attendance.add(attendance(site, arm, interval, share * 40, share * lost));
                }
                attendance.add(attendance(
                        Attendance.ALL, arm, interval, share * sites.size() * 40, share * sites.size() * lost));
            }
        }
        return attendance;
    }

    private static Attendance attendance(String site, String arm, Interval interval, int people, int lost) {
        int dead = lost / 8;
        int due = people - dead;
        int withdrawn = lost / 2;
        int missing = lost / 2;
        return new Attendance(
                site, arm, interval.code().value(), due, due - withdrawn - missing, missing, withdrawn, dead, 0);
    }

    private static List<Harmonization> harmonization(Study study, List<String> sites) {
        List<String> statuses = List.of("complete", "approximate", "undetermined", "impossible");
        List<Harmonization> rows = new ArrayList<>();
        for (String site : sites) {
            for (Outcome outcome : study.outcomes()) {
                String status = statuses.get(rows.size() % statuses.size());
                rows.add(new Harmonization(
                        site, outcome.code().value(), status, "items of the form; planned at 5 of 15", 1234, 0));
            }
        }
        return rows;
    }

    private static List<CareUsed> care(Study study, List<String> sites) {
        return study.followUp().periods().stream()
                .flatMap(period -> sites.stream()
                        .flatMap(site -> ARMS.stream()
                                .flatMap(arm -> Stream.of("antidepressant", "mood_stabiliser")
                                        .map(detail -> new CareUsed(
                                                site,
                                                arm,
                                                period.code().value(),
                                                "medication",
                                                detail,
                                                "days",
                                                40,
                                                12,
                                                210.5,
                                                61.25)))))
                .toList();
    }
}
