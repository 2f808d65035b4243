package org.equipoise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.pipeline.DryRun;
import org.equipoise.pipeline.Foreseen;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.Mornings;
import org.equipoise.pipeline.Night;
import org.equipoise.pipeline.NightSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code equipoise nightly}. */
@Command(
        name = "nightly",
        description = "Receives, stages, harmonizes, publishes, compares and reports.",
        mixinStandardHelpOptions = true)
final class NightlyCommand extends HomeCommand {
    @Option(
            names = "--snapshot-only",
            description = "Ends with the published snapshot, without comparisons and report.")
    private boolean snapshotOnly;

    @Option(
            names = "--dry-run",
            description = "Tells in numbers what the next night would change, and leaves everything as it is.")
    private boolean dryRun;

    private boolean seeded;

    @Override
    public Integer call() throws IOException {
        return dryRun ? foresee() : run();
    }

    private int foresee() {
        try (Session session = Session.open(options())) {
            Foreseen foreseen = session.get(DryRun.class).run(progress());
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(foreseen));
            } else {
                ForeseenText.print(foreseen, out());
            }
            return ExitCode.OK;
        }
    }

    private int run() throws IOException {
        try (Session session = Session.open(options(), this::prepared)) {
            NightSummary summary = session.get(Night.class).run(snapshotOnly, progress());
            session.get(Mornings.class).tell(summary);
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(summary));
            } else {
                new NightText(out(), options()).print(summary, seeded);
            }
            return exitCode(summary);
        }
    }

    /** Only with sound definitions anything is put into a new home. */
    private LoadedDefinitions prepared() {
        LoadedDefinitions definitions = options().definitions();
        GlobalOptions.bundle(definitions);
        try {
            seeded = seed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return definitions;
    }

    /** A home that is new gets the samples, so that the first run has something to show. */
    private boolean seed() throws IOException {
        Home home = options().home();
        if (!options().isShippedStudy() || Files.exists(home.sites())) {
            return false;
        }
        return Samples.seed(options().jobs(), home);
    }

    static int exitCode(NightSummary summary) {
        if (summary.submissions().stream().anyMatch(NightText::isRefusedOrHeld)
                || summary.problems().stream().anyMatch(NightText::isError)) {
            return ExitCode.SUBMISSION_REJECTED_OR_HELD;
        }
        if (summary.submissions().stream()
                .anyMatch(submission ->
                        NightText.counts(submission) && submission.counts().rejected() > 0)) {
            return ExitCode.ROWS_REJECTED;
        }
        return summary.failed().isEmpty() ? ExitCode.OK : ExitCode.UNEXPECTED;
    }
}
