package org.equipoise.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.comparison.TestStudy;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Tier;
import org.equipoise.report.Report.FindingLine;
import org.equipoise.report.Report.SiteLine;
import org.equipoise.report.Report.SubmissionLine;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.warehouse.Attendance;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.jspecify.annotations.Nullable;

/** Reports of stored rows made up for tests: a small one, and one as large as reports become. */
final class ReportFixture {
    private static final List<String> ARMS = List.of("MBT", "TAU");

    private ReportFixture() {}

    /** One outcome, two intervals, one site. */
    static Report small(long findings) {
        Study study = TestStudy.completed();
        return report(study, List.of("north"), findings);
    }

    /** Fifteen intervals up to eight years, six sites, one outcome more than two dozen. */
    static Report large() {
        List<Outcome> outcomes = new ArrayList<>(List.of(TestStudy.SEVERITY));
        IntStream.range(0, 9)
                .forEach(i ->
                        outcomes.add(TestStudy.outcome("SECOND_" + i, Direction.HIGHER_IS_BETTER, Tier.SECONDARY)));
        IntStream.range(0, 15)
                .forEach(i ->
                        outcomes.add(TestStudy.outcome("THIRD_" + i, Direction.LOWER_IS_BETTER, Tier.EXPLORATORY)));
        Study study = withMonths(
                TestStudy.of(Conduct.COMPLETED, "MBT", "TAU", outcomes),
                0,
                3,
                6,
                9,
                12,
                18,
                24,
                30,
                36,
                42,
                48,
                60,
                72,
                84,
                96);
        return report(study, List.of("aarhus", "bergen", "chur", "delft", "exeter", "freiburg-im-breisgau"), 4321);
    }

    /** A study that runs: no number of any arm is stored. */
    static Report running() {
        Study study = TestStudy.of(Conduct.ONGOING, "MBT", "TAU");
        Report full = report(study, List.of("north"), 0);
        return with(
                full,
                study.intervals().stream()
                        .map(interval -> row(
                                TestStudy.SEVERITY,
                                interval,
                                Scope.OVER_SITES,
                                "",
                                "welch_t",
                                "value",
                                "diff",
                                null,
                                null,
                                null,
                                null,
                                "withheld_until_look"))
                        .toList());
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
                report.sites(),
                report.submissions(),
                report.findings());
    }

    private static Study withMonths(Study study, int... months) {
        return new Study(
                study.code(),
                study.name(),
                study.conduct(),
                study.arms(),
                study.timeZero(),
                study.baseline(),
                IntStream.of(months)
                        .mapToObj(month -> month == 0
                                ? TestStudy.BASELINE
                                : new Interval(new IntervalCode("m" + month), month + " months", month))
                        .toList(),
                study.windowCaps(),
                study.factors(),
                study.outcomes(),
                study.comparisons());
    }

    private static Report report(Study study, List<String> sites, long findings) {
        List<StoredEstimate> estimates = new ArrayList<>();
        for (Outcome outcome : study.outcomes()) {
            for (Interval interval : study.intervals()) {
                estimates.addAll(estimates(outcome, interval, Scope.OVER_SITES, 20 * sites.size()));
                sites.forEach(
                        site -> estimates.addAll(estimates(outcome, interval, site, 12 + 3 * sites.indexOf(site))));
            }
        }
        return new Report(
                12,
                Instant.parse("2026-11-02T01:30:00Z"),
                study,
                new Snapshot(4, 12, study.code(), "c0ffee", "deed", "0.1.0", 1240, 3),
                new Result(11, 4, study.code(), "deed", "0.1.0", 5321),
                estimates,
                attendance(study, sites),
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

    /** The row set of one question: arms 22.5 and 24.2 at the baseline, 4 points apart later, all with intervals. */
    private static List<StoredEstimate> estimates(Outcome outcome, Interval interval, String site, int people) {
        double month = interval.month();
        double treated = 22.54 - 8 * month / (month + 12);
        double control = 24.19 - 5 * month / (month + 12);
        double margin = 25 / Math.sqrt(people);
        Stream<StoredEstimate> arms = ARMS.stream().flatMap(arm -> {
            double mean = arm.equals("MBT") ? treated : control;
            return Stream.of(
                    row(
                            outcome,
                            interval,
                            site,
                            arm,
                            "descriptives",
                            "value",
                            "n",
                            people / 2.0,
                            null,
                            null,
                            null,
                            null),
                    row(
                            outcome,
                            interval,
                            site,
                            arm,
                            "descriptives",
                            "value",
                            "mean",
                            mean,
                            mean - margin,
                            mean + margin,
                            null,
                            null),
                    row(outcome, interval, site, arm, "descriptives", "value", "sd", 11.74, null, null, null, null));
        });
        Stream<StoredEstimate> effects = Stream.of(
                row(
                        outcome,
                        interval,
                        site,
                        "",
                        "welch_t",
                        "value",
                        "diff",
                        treated - control,
                        treated - control - 1.4 * margin,
                        treated - control + 1.4 * margin,
                        0.0123,
                        null),
                row(
                        outcome,
                        interval,
                        site,
                        "",
                        "standardised_mean_difference",
                        "value:noncentral_t",
                        "hedges_g",
                        -0.446,
                        -0.9,
                        0.01,
                        null,
                        null));
        Stream<StoredEstimate> adjusted = interval.month() == 0
                ? Stream.empty()
                : Stream.of(row(
                        outcome,
                        interval,
                        site,
                        "",
                        "ancova",
                        "baseline",
                        "contrast",
                        -3.95436,
                        -3.95436 - margin,
                        -3.95436 + margin,
                        0.0000227,
                        null));
        return Stream.of(arms, effects, adjusted).flatMap(rows -> rows).toList();
    }

    static StoredEstimate row(
            Outcome outcome,
            Interval interval,
            String site,
            String arm,
            String method,
            String variant,
            String quantity,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double p,
            @Nullable String reason) {
        return new StoredEstimate(
                outcome.code().value(),
                interval.code().value(),
                site,
                arm,
                method,
                variant,
                quantity,
                null,
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
}
