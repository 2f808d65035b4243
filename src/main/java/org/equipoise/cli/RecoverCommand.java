package org.equipoise.cli;

import org.equipoise.pipeline.Night;
import picocli.CommandLine.Command;

/** {@code equipoise recover}. */
@Command(
        name = "recover",
        description = "Puts right what a killed run has left. Every night begins with it.",
        mixinStandardHelpOptions = true)
final class RecoverCommand extends HomeCommand {
    @Override
    public Integer call() {
        try (Session session = Session.open(options())) {
            int recovered = session.get(Night.class).recover();
            out().println(
                            recovered == 0
                                    ? "There was nothing to recover."
                                    : "Recovered from " + recovered + " run" + (recovered == 1 ? "" : "s")
                                            + " that ended without saying so. Files under way are read again next night.");
            return ExitCode.OK;
        }
    }
}
