package org.equipoise.cli;

import org.equipoise.pipeline.Compared;
import org.equipoise.pipeline.Comparing;
import org.jspecify.annotations.Nullable;
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
    @Option(names = "--snapshot", paramLabel = "N", description = "Number of the snapshot (default: the latest).")
    private @Nullable Long snapshot;

    @Option(
            names = "--dry-run",
            description = "Tells what would be computed and what would differ, and leaves everything as it is.")
    private boolean dryRun;

    @Override
    public Integer call() {
        try (Session session = Session.open(options())) {
            Compared compared = session.get(Comparing.class).compare(snapshot, dryRun, progress());
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(compared));
            } else {
                ComparedText.print(compared, options(), out());
            }
            return ExitCode.OK;
        }
    }
}
