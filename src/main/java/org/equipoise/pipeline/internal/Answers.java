package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.equipoise.definition.LoadedSite;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.feedback.Feedback;
import org.equipoise.feedback.FeedbackWriter;
import org.equipoise.pipeline.Installation;
import org.equipoise.staging.StagingStore;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Submission;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.StudyCode;
import org.springframework.stereotype.Component;

/** Writes feedback to the submissions whose standing changed since the last snapshot. */
@Component
class Answers {
    static final String PROGRAM = "java -jar equipoise.jar";

    private final Installation installation;
    private final SubmissionLedger ledger;
    private final StagingStore staging;
    private final Archive archive;
    private final NightState state;
    private final Workers workers;

    Answers(
            Installation installation,
            SubmissionLedger ledger,
            StagingStore staging,
            Archive archive,
            NightState state,
            Workers workers) {
        this.installation = installation;
        this.ledger = ledger;
        this.staging = staging;
        this.archive = archive;
        this.state = state;
        this.workers = workers;
    }

    /** Writes all of it; files are copied by several threads at once. */
    void write() {
        FeedbackWriter writer = new FeedbackWriter(installation.home().folder(), PROGRAM);
        StudyCode study = installation.bundle().study().code();
        List<Submission> all = ledger.findAll(study);
        Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
        for (long id : ledger.findDirty(study)) {
            Submission submission = ledger.get(id);
            Optional<SiteMapping> mapping =
                    installation.definitions().findSite(submission.site()).flatMap(LoadedSite::mapping);
            ZoneId zone = mapping.map(SiteMapping::zone).orElse(ZoneOffset.UTC);
            // Without the original there is no copy of it to return.
            Optional<Export> export = submission.archiveSha256() == null
                    ? Optional.empty()
                    : mapping.flatMap(known -> known.findVersion(submission.export(), submission.mappingVersion()));
            Feedback feedback = Feedback.of(submission, zone, ledger.staleRows(id), staging.findFindings(id));
            boolean latest = isLatestOfItsName(submission, all);
            if (underWay.size() == workers.ahead()) {
                underWay.remove().join();
            }
            underWay.add(CompletableFuture.runAsync(
                    () -> write(writer, feedback, export, submission, latest), workers.pool()));
        }
        underWay.forEach(CompletableFuture::join);
    }

    private void write(
            FeedbackWriter writer, Feedback feedback, Optional<Export> export, Submission submission, boolean latest) {
        try {
            Path folder = writer.write(feedback, export, () -> archive.open(submission));
            if (latest) {
                writer.mark(feedback, folder);
            }
        } catch (IOException e) {
            // one site's outbox must not stop the night of the others
            state.problem(new Problem(
                    FindingCode.SUB_011.code(),
                    FindingCode.SUB_011.severity(),
                    Place.file(submission.site() + "/" + submission.fileName()),
                    FindingCode.SUB_011.message(),
                    "an outbox that may be written",
                    null,
                    FindingCode.SUB_011.remedy()));
        }
    }

    /** Whether the file in the inbox is this submission and not a later one of the same name. */
    private static boolean isLatestOfItsName(Submission submission, List<Submission> all) {
        return all.stream()
                .noneMatch(other -> other.id() > submission.id()
                        && other.site().equals(submission.site())
                        && other.fileName().equals(submission.fileName()));
    }
}
