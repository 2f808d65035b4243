package org.equipoise.cli;

import org.equipoise.pipeline.Rendering;
import org.equipoise.pipeline.Rendering.Rendered;
import picocli.CommandLine.Command;

/** {@code equipoise report}. */
@Command(
        name = "report",
        description = "Writes the page of the latest results again, from what is stored. Computes nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The page is one file, <home>/reports/<run>/index.html; it needs no network and may be sent or printed as it is.",
            "With --format json: {\"run_id\": ..., \"report\": \"<page>\"}."
        })
final class ReportCommand extends HomeCommand {
    @Override
    public Integer call() {
        try (Session session = Session.open(options())) {
            Rendered rendered = session.get(Rendering.class)
                    .renderCurrent()
                    .orElseThrow(() -> new CommandFailed("There are no results yet. Run nightly first."));
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(rendered));
            } else {
                out().println("Results: " + rendered.page());
            }
            if (!rendered.asDefinedNow()) {
                err().println("The definitions have changed since these results were computed. "
                        + "The page names them as defined now; nightly computes them anew.");
            }
            return ExitCode.OK;
        }
    }
}
