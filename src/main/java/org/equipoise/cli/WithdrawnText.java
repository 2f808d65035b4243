package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.stream.Collectors;
import org.equipoise.pipeline.Withdrawing.Done;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.staging.Withdrawals.Kind;

/** A withdrawal, for the coordinator at the terminal. It names no participant. */
final class WithdrawnText {
    private WithdrawnText() {}

    /** The kind as the command line has it. */
    static String name(Kind kind) {
        return kind.label().replace('_', '-');
    }

    static void print(Request request, Done done, boolean only, GlobalOptions options, PrintWriter out) {
        if (done.before()) {
            out.println("They had been erased before; nothing was left to do.");
            return;
        }
        if (only) {
            out.println("Nothing is changed by this. The withdrawal would do the following.");
        }
        switch (request.kind()) {
            case TREATMENT ->
                out.println("Withdrawn from treatment at " + request.site() + " on " + request.day()
                        + ". Their data go on.");
            case FOLLOW_UP ->
                out.println("Withdrawn from follow-up at " + request.site() + " on " + request.day()
                        + ". What was known up to that day stays, and nothing after it, whatever later files say.");
            case CONSENT -> printErased(request, done, out);
        }
        if (!only) {
            out.println("The next night publishes it: " + options.asTyped() + " nightly");
        }
    }

    private static void printErased(Request request, Done done, PrintWriter out) {
        out.println("Erased from " + request.site() + ":");
        out.println("- every row read of them, what was found in these, and whose it was");
        out.println("- " + counted(done.rows(), "row") + " in the archived copies of " + counted(done.files(), "file")
                + ", with the answers to these; the files themselves where they lay in the inbox");
        if (done.removed() > 0) {
            out.println(
                    "  of these files, " + done.removed() + " could never be used, so that rows cannot be told apart:"
                            + " nothing of them is archived any more");
        }
        out.println("- their rows in " + listed("snapshot", done.snapshots()) + ", redacted now"
                + (done.frozen().isEmpty() ? "" : "; frozen: " + String.join(", ", done.frozen())));
        if (!done.releases().isEmpty()) {
            out.println("- the data sets of " + listed("release", done.releases())
                    + ", redacted now; results with groups' numbers stay. Ask whoever has copies to delete them.");
        }
        out.println("A later file cannot bring them back. Their files are read again in the next night.");
        out.println("Backups cannot be reached. Delete them, or withdraw again after restoring one:");
        if (done.backups().isEmpty()) {
            out.println("- none in this home; whatever was written elsewhere with backup");
        }
        done.backups().forEach(backup -> out.println("- " + backup));
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String listed(String what, Collection<Long> numbers) {
        return numbers.isEmpty()
                ? "no " + what
                : what
                        + (numbers.size() == 1 ? " " : "s ")
                        + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
