package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.equipoise.pipeline.Answer;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;
import org.equipoise.submission.SubmissionLedger;
import org.springframework.stereotype.Component;

/** Answers held submissions in the ledger. */
@Component
class HeldAnswer implements Answer {
    private final Installation installation;
    private final SubmissionLedger ledger;
    private final Archive archive;
    private final Clock clock;

    HeldAnswer(Installation installation, SubmissionLedger ledger, Archive archive, Clock clock) {
        this.installation = installation;
        this.ledger = ledger;
        this.archive = archive;
        this.clock = clock;
    }

    @Override
    public void accept(String site, Path file, boolean confirm) {
        String sha256;
        try {
            sha256 = archive.store(file).sha256();
        } catch (IOException e) {
            throw new RunRefused(1, file + " cannot be read. Give the program the right to read it.");
        }
        List<Submission> same = ledger.findAll(installation.bundle().study().code()).stream()
                .filter(submission ->
                        submission.site().equals(site) && submission.sha256().equals(sha256))
                .toList();
        Submission waiting = same.stream()
                .filter(submission -> confirm ? waitsForConfirmation(submission) : mayBeReinstated(submission))
                .max(Comparator.comparingLong(Submission::id))
                .orElseThrow(() -> new RunRefused(
                        1,
                        confirm
                                ? "No submission of this file is held for missing participants. equipoise status shows what is held."
                                : "This file was never superseded or held, so there is nothing to go back to."));
        ledger.confirm(waiting.id(), confirm ? waiting.asOf() : clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private static boolean waitsForConfirmation(Submission submission) {
        return submission.status() == Status.HELD && submission.holdReason() == HoldReason.DROPS_PARTICIPANTS;
    }

    private static boolean mayBeReinstated(Submission submission) {
        return submission.status() == Status.SUPERSEDED
                || (submission.status() == Status.HELD && submission.holdReason() != HoldReason.DROPS_PARTICIPANTS);
    }
}
