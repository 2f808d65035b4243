package org.equipoise.cli;

import org.equipoise.pipeline.Compared;
import org.equipoise.pipeline.Comparing;
import org.equipoise.pipeline.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code equipoise compare}. */
@Command(
        name = "compare",
        description = "Computes the comparisons anew from a published snapshot, by the study file as it is.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Results of the latest snapshot become the current ones. Those of an older one lie beside them, under a run of",
            "their own, and never do. No declared look is taken: that is for a night."
        })
final class CompareCommand extends HomeCommand {
    @ArgGroup
    private Which which = new Which();

    /** One of the two; neither means the latest. */
    static final class Which {
        @Option(names = "--snapshot", paramLabel = "N", description = "Number of the snapshot (default: the latest).")
        private @Nullable Long snapshot;

        @Option(
                names = "--frozen",
                paramLabel = "NAME",
                description =
                        "Name it was frozen under; it is compared by the definitions it was made with, and so is a"
                                + " frozen one that is named by its number.")
        private @Nullable String frozen;

        Compared compare(Comparing comparing, boolean dryRun, Progress progress) {
            return frozen == null
                    ? comparing.compare(snapshot, dryRun, progress)
                    : comparing.compareFrozen(frozen, dryRun, progress);
        }
    }

    @Option(
            names = "--dry-run",
            description = "Tells what would be computed and what would differ, and leaves everything as it is.")
    private boolean dryRun;

    @Override
    public Integer call() {
        try (Session session = Session.open(options())) {
            Compared compared = which.compare(session.get(Comparing.class), dryRun, progress());
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(compared));
            } else {
                ComparedText.print(compared, options(), out());
            }
            return ExitCode.OK;
        }
    }
}
