package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.equipoise.pipeline.Foreseen;
import org.equipoise.pipeline.Foreseen.OutcomeChange;
import org.equipoise.pipeline.Foreseen.Reading;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.HoldReason;

/** What a night would change, as a person reads it. */
final class ForeseenText {
    private ForeseenText() {}

    static void print(Foreseen foreseen, PrintWriter out) {
        out.println("A dry run: everything is as it was. The next night would");
        out.println(
                foreseen.readings().isEmpty() ? "- take in no file and read none again" : "- take in or read again:");
        for (Reading reading : foreseen.readings()) {
            Submission before = reading.before();
            out.printf(
                    Locale.ROOT,
                    "    %4s %-12s %-36s %s, %s then%n",
                    before == null ? "new" : before.id(),
                    reading.after().site(),
                    reading.after().fileName(),
                    before == null ? "in the inbox now" : standing(before) + " now",
                    standing(reading.after()));
        }
        out.printf(
                Locale.ROOT,
                "- harmonize %d participants: %d would be new, %d changed, %d gone%n",
                foreseen.participants(),
                foreseen.added(),
                foreseen.changed(),
                foreseen.removed());
        printOutcomes(foreseen, out);
        foreseen.problems().forEach(problem -> out.println("- tell: " + Lines.of(problem)));
    }

    private static String standing(Submission submission) {
        HoldReason why = submission.holdReason();
        return submission.status().label() + (why == null ? "" : " (" + why.label() + ")") + " with "
                + submission.counts().accepted() + " of " + submission.counts().received() + " rows";
    }

    private static void printOutcomes(Foreseen foreseen, PrintWriter out) {
        if (foreseen.outcomes().isEmpty()) {
            out.println("- leave every outcome value as it is");
            return;
        }
        out.println("- publish these outcome values otherwise:");
        out.printf(Locale.ROOT, "    %-12s %-24s %9s %9s %9s%n", "site", "outcome", "appear", "change", "vanish");
        for (OutcomeChange change : foreseen.outcomes()) {
            out.printf(
                    Locale.ROOT,
                    "    %-12s %-24s %9d %9d %9d%n",
                    change.site(),
                    change.outcome(),
                    change.appeared(),
                    change.changed(),
                    change.vanished());
        }
    }
}
