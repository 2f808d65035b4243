package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.equipoise.pipeline.NightSummary;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.Status;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.Severity;

/** A night as a person reads it. */
final class NightText {
    private final PrintWriter out;
    private final GlobalOptions options;

    NightText(PrintWriter out, GlobalOptions options) {
        this.out = out;
        this.options = options;
    }

    static boolean isRefusedOrHeld(Submission submission) {
        return submission.status() == Status.REJECTED || submission.status() == Status.HELD;
    }

    static boolean counts(Submission submission) {
        return submission.status() == Status.EFFECTIVE;
    }

    static boolean isError(Problem problem) {
        return problem.severity() == Severity.ERROR;
    }

    void print(NightSummary summary, boolean seeded, Session session) {
        if (seeded) {
            out.println("The home is new: the sample sites' exports were put into its inboxes.");
        }
        if (summary.nothingNew()) {
            out.printf(
                    Locale.ROOT,
                    "Nothing changed: snapshot %d stands as it was (content %s...).%n",
                    summary.snapshotId(),
                    summary.contentHash().substring(0, 12));
        } else {
            out.printf(
                    Locale.ROOT,
                    "Run %d published snapshot %d: %d participants, %d of them changed (content %s...).%n",
                    summary.runId(),
                    summary.snapshotId(),
                    summary.participants(),
                    summary.changed(),
                    summary.contentHash().substring(0, 12));
        }
        printSubmissions(summary.submissions());
        for (String failed : summary.failed()) {
            out.println("  " + failed + " could not be read through for a reason of ours; it is read again next night."
                    + " The log says why: " + options.home().log());
        }
        for (Problem problem : summary.problems()) {
            out.println("  " + Lines.of(problem));
        }
    }

    private void printSubmissions(List<Submission> submissions) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%-12s %-38s %-10s %9s %9s %9s %9s %10s%n",
                "site",
                "file",
                "status",
                "received",
                "accepted",
                "rejected",
                "duplicate",
                "superseded");
        for (Submission submission : submissions) {
            out.printf(
                    Locale.ROOT,
                    "%-12s %-38s %-10s %9d %9d %9d %9d %10d%n",
                    submission.site(),
                    submission.fileName(),
                    submission.status().label(),
                    submission.counts().received(),
                    submission.counts().accepted(),
                    submission.counts().rejected(),
                    submission.counts().duplicate(),
                    submission.counts().superseded());
        }
    }
}
