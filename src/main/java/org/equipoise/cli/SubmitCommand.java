package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.definition.LoadedSite;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.pipeline.Answer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code equipoise submit FILE --site S}. */
@Command(
        name = "submit",
        description = "Puts a file into a site's inbox, or answers a held one.",
        mixinStandardHelpOptions = true)
final class SubmitCommand extends HomeCommand {
    @Parameters(paramLabel = "FILE", description = "The export; for an answer, the held file.")
    private Path file = Path.of("");

    @Option(names = "--site", required = true, description = "The site it is from.")
    private String site = "";

    @ArgGroup
    private @Nullable Reply reply;

    /** One of the two answers. */
    static final class Reply {
        @Option(names = "--confirm", description = "The missing participants are meant to be gone.")
        private boolean confirm;

        @Option(names = "--reinstate", description = "This older export is to count again.")
        private boolean reinstate;

        boolean isConfirmation() {
            return confirm && !reinstate;
        }
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(file + " is not a file. Name the export itself.");
        }
        LoadedDefinitions definitions = options().definitions();
        if (definitions
                .findSite(site)
                .filter(known -> known.standing() != Standing.OTHER_STUDY)
                .isEmpty()) {
            throw new CommandFailed(site + " is not a site of the study. Its sites are: "
                    + definitions.sites().values().stream()
                            .filter(known -> known.standing() != Standing.OTHER_STUDY)
                            .map(LoadedSite::folder)
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        if (reply != null) {
            try (Session session = Session.open(options(), () -> definitions)) {
                session.get(Answer.class).accept(site, file, reply.isConfirmation());
            }
            out().println("Noted. The next night applies it.");
            return ExitCode.OK;
        }
        Path inbox = options().home().inbox(site);
        Files.createDirectories(inbox);
        Path arriving = Files.createTempFile(inbox, ".arriving", ".tmp");
        Files.copy(file, arriving, StandardCopyOption.REPLACE_EXISTING);
        Path target = inbox.resolve(file.getFileName());
        Files.move(arriving, target, StandardCopyOption.ATOMIC_MOVE);
        out().println("Put into " + target + ". The next night reads it; validate checks it now.");
        return ExitCode.OK;
    }
}
