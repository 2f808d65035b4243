package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.equipoise.database.DatabaseRoles;
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

    void print(NightSummary summary, boolean seeded) {
        if (seeded) {
            out.println("The home is new: the sample sites' exports were put into its inboxes.");
        }
        if (summary.nothingNew()) {
            out.printf(
                    Locale.ROOT,
                    "Nothing changed: snapshot %d stands as it was (%d participants, content %s).%n",
                    summary.snapshotId(),
                    summary.participants(),
                    shortened(summary.contentHash()));
        } else {
            out.printf(
                    Locale.ROOT,
                    "Run %d: snapshot %d holds %d participants, %d of them new or changed (content %s).%n",
                    summary.runId(),
                    summary.snapshotId(),
                    summary.participants(),
                    summary.changed(),
                    shortened(summary.contentHash()));
        }
        printSubmissions(summary.submissions());
        printProblems(summary);
        if (!summary.nothingNew()) {
            summary.headline().ifPresent(headline -> {
                out.println();
                out.println(headline.text().stripTrailing());
            });
        }
        printPlaces(summary);
    }

    private static String shortened(String hash) {
        return hash.substring(0, 12);
    }

    private void printProblems(NightSummary summary) {
        for (String failed : summary.failed()) {
            out.println();
            out.println(failed + " could not be read through for a reason of ours; it is read again next night. "
                    + "The log says why: " + options.home().log());
        }
        for (Problem problem : summary.problems()) {
            out.println();
            out.println(Lines.of(problem));
        }
    }

    private void printPlaces(NightSummary summary) {
        String program = options.asTyped();
        out.println();
        out.println("Feedback to sites: " + options.home().outbox("<site>").resolve("<submission>")
                + " (receipt.html, findings.csv, returned.csv), and beside each file in its inbox");
        summary.report().ifPresent(page -> out.println("Results:           " + page));
        out.println(
                "Warehouse:         " + program + " sql \"select outcome_code, interval_code, arm_code, count(value), "
                        + "avg(value) from warehouse.outcome_value group by 1, 2, 3 order by 1, 2, 3\"");
        out.println("                   from psql, R or Python: " + program + " database start, then " + program
                + " database url (role " + DatabaseRoles.READER + ", read-only)");
    }

    private void printSubmissions(List<Submission> submissions) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%4s %-12s %-36s %-10s %9s %9s %9s %9s %10s%n",
                "id",
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
                    "%4d %-12s %-36s %-10s %9d %9d %9d %9d %10d%n",
                    submission.id(),
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
