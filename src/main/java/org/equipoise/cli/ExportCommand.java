package org.equipoise.cli;

import java.util.Locale;
import org.equipoise.pipeline.Releasing;
import org.equipoise.pipeline.Releasing.Kind;
import org.equipoise.pipeline.Releasing.Release;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code equipoise export}. */
@Command(
        name = "export",
        description =
                "Writes a release of the current snapshot: results that may leave the house, or data sets for analysts in it.",
        mixinStandardHelpOptions = true)
final class ExportCommand extends HomeCommand {
    private enum Of {
        results,
        analysis
    }

    @Option(
            names = "--kind",
            defaultValue = "results",
            description =
                    "results: main results, small counts withheld; analysis: data sets with a row per participant, to stay in"
                            + " the house (default: ${DEFAULT-VALUE}).")
    private Of kind = Of.results;

    @Override
    public Integer call() {
        try (Session session = Session.open(options())) {
            Release release = session.get(Releasing.class)
                    .release(
                            Kind.valueOf(kind.name().toUpperCase(Locale.ROOT)),
                            System.getProperty("user.name", "unknown"));
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(release));
                return ExitCode.OK;
            }
            out().println("Release " + release.id() + " of snapshot " + release.snapshot() + ": " + release.folder());
            out().println("SHA-256 " + release.sha256());
            if (release.kind() == Kind.RESULTS) {
                out().println(
                                release.withheld() == 0
                                        ? "Nothing was withheld: no count is small."
                                        : release.withheld() + " tables were withheld, since they tell of few people.");
            }
            return ExitCode.OK;
        }
    }
}
