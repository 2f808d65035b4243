package org.equipoise.cli;

import org.equipoise.pipeline.Freezing;
import org.equipoise.pipeline.Pinned;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code equipoise freeze NAME}. */
@Command(
        name = "freeze",
        description =
                "Gives a snapshot a name and keeps it, with its definitions and results, to be computed again exactly.",
        mixinStandardHelpOptions = true)
final class FreezeCommand extends HomeCommand {
    @Parameters(
            paramLabel = "NAME",
            description = "Letters, digits, dots, hyphens, underscores. status lists the names.")
    private String name = "";

    @Option(names = "--snapshot", paramLabel = "N", description = "Number of the snapshot (default: the latest).")
    private @Nullable Long snapshot;

    @Override
    public Integer call() {
        try (Session session = Session.open(options())) {
            Pinned pinned = session.get(Freezing.class).freeze(name, snapshot);
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(pinned));
                return ExitCode.OK;
            }
            out().println("Snapshot " + pinned.snapshotId() + " is kept as " + pinned.name() + ", with its definitions"
                    + (pinned.runId() == null
                            ? "; it has not been compared by them"
                            : " and the results of run " + pinned.runId())
                    + ".");
            out().println("Compute it again: " + options().asTyped() + " compare --frozen " + pinned.name());
            return ExitCode.OK;
        }
    }
}
