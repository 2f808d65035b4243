package org.equipoise.pipeline.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.definition.Study;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Rendering;
import org.equipoise.report.Headline;
import org.equipoise.report.Report;
import org.equipoise.report.ReportWriter;
import org.equipoise.staging.StagingStore;
import org.equipoise.submission.Submission;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes the page of a run's results, and finds the page of the current ones. */
@Component
class Reports implements Rendering {
    private final Installation installation;
    private final WarehouseStore warehouse;
    private final ComparisonStore comparisons;
    private final SubmissionLedger ledger;
    private final StagingStore staging;
    private final Clock clock;
    private final TransactionTemplate atOneMoment;

    Reports(
            Installation installation,
            WarehouseStore warehouse,
            ComparisonStore comparisons,
            SubmissionLedger ledger,
            StagingStore staging,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.installation = installation;
        this.warehouse = warehouse;
        this.comparisons = comparisons;
        this.ledger = ledger;
        this.staging = staging;
        this.clock = clock;
        this.atOneMoment = new TransactionTemplate(transactions);
        atOneMoment.setReadOnly(true);
        atOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    public Optional<Rendered> renderCurrent() {
        return atOneMoment.execute(status -> comparisons
                .findCurrent(installation.bundle().study().code())
                .map(result -> new Rendered(
                        write(result.runId()),
                        result.runId(),
                        result.definitionHash().equals(installation.bundle().sha256()))));
    }

    /** Writes the page of a run, with the study's current results. */
    Path write(long run) {
        Study study = installation.bundle().study();
        Result result = comparisons.findCurrent(study.code()).orElseThrow();
        Snapshot snapshot = warehouse.find(result.snapshotId()).orElseThrow();
        return new ReportWriter(installation.home().folder())
                .write(new Report(
                        run,
                        clock.instant(),
                        study,
                        snapshot,
                        result,
                        comparisons.read(result, Report.quantities()),
                        warehouse.attendance(snapshot),
                        warehouse.harmonization(study.code()),
                        warehouse.careUsed(study.code()),
                        sites(study.code()),
                        ledger.findAll(study.code()).stream().map(Reports::line).toList(),
                        staging.countOpenFindings(study.code()).stream()
                                .map(open -> new Report.FindingLine(open.site(), open.code(), open.count()))
                                .toList()));
    }

    private List<Report.SiteLine> sites(StudyCode study) {
        return installation.bundle().mappings().values().stream()
                .flatMap(mapping -> mapping
                        .findMembership(study)
                        .map(member -> new Report.SiteLine(
                                mapping.site().value(), mapping.name(), member.randomised(), member.comparator()))
                        .stream())
                .sorted(Comparator.comparing(Report.SiteLine::code))
                .toList();
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

    /** The main current results; none before there are any. */
    Optional<Headline> headline() {
        Study study = installation.bundle().study();
        return comparisons
                .findCurrent(study.code())
                .map(result -> Headline.of(study, comparisons.readOverSites(result, Report.quantities())));
    }

    /** The page of the current results, if it lies in this home. */
    Optional<Path> findCurrent() {
        return comparisons
                .findCurrent(installation.bundle().study().code())
                .map(result -> installation.home().report(result.runId()).resolve("index.html"))
                .filter(Files::exists);
    }
}
