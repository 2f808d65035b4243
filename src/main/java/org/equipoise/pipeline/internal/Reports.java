package org.equipoise.pipeline.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.HeadlineRow;
import org.equipoise.definition.Study;
import org.equipoise.pipeline.Installation;
import org.equipoise.report.Report;
import org.equipoise.report.ReportWriter;
import org.equipoise.staging.StagingStore;
import org.equipoise.submission.Submission;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.warehouse.WarehouseStore;
import org.springframework.stereotype.Component;

/** Writes the page of a run's results, and finds the page of the current ones. */
@Component
class Reports {
    private final Installation installation;
    private final WarehouseStore warehouse;
    private final ComparisonStore comparisons;
    private final SubmissionLedger ledger;
    private final StagingStore staging;
    private final Clock clock;

    Reports(
            Installation installation,
            WarehouseStore warehouse,
            ComparisonStore comparisons,
            SubmissionLedger ledger,
            StagingStore staging,
            Clock clock) {
        this.installation = installation;
        this.warehouse = warehouse;
        this.comparisons = comparisons;
        this.ledger = ledger;
        this.staging = staging;
        this.clock = clock;
    }

    Path write(long run) {
        Study study = installation.bundle().study();
        Result result = comparisons.findCurrent(study.code()).orElseThrow();
        List<Submission> submissions = ledger.findAll(study.code());
        return new ReportWriter(installation.home().folder())
                .write(new Report(
                        run,
                        clock.instant(),
                        study,
                        warehouse.findCurrent(study.code()).orElseThrow(),
                        result,
                        comparisons.headline(study, result),
                        submissions.stream().map(Reports::line).toList(),
                        staging.countOpenFindings(study.code())));
    }

    private static Report.SubmissionLine line(Submission submission) {
        Submission.Counts counts = submission.counts();
        return new Report.SubmissionLine(
                submission.site(),
                submission.fileName(),
                submission.status().label(),
                counts.received(),
                counts.accepted(),
                counts.rejected(),
                counts.duplicate(),
                counts.superseded());
    }

    /** The main rows of the current results; none before there are any. */
    List<HeadlineRow> headline() {
        Study study = installation.bundle().study();
        return comparisons
                .findCurrent(study.code())
                .map(result -> comparisons.headline(study, result))
                .orElse(List.of());
    }

    /** The page of the current results, if it lies in this home. */
    Optional<Path> findCurrent() {
        return comparisons
                .findCurrent(installation.bundle().study().code())
                .map(result -> installation.home().report(result.runId()).resolve("index.html"))
                .filter(Files::exists);
    }
}
