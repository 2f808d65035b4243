package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.equipoise.comparison.ScaleLink;
import org.equipoise.definition.EstimatedCrosswalk;
import org.equipoise.pipeline.Linking;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code equipoise link --from PHQ-9/total --to BDI-II/total}. */
@Command(
        name = "link",
        description =
                "Estimates a crosswalk between two scales from participants who have both, and keeps it as a file.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The file is a new version each time, and nothing refers to it until a study names it.",
            "A version that is there is never written again."
        })
final class LinkCommand extends HomeCommand {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "INSTRUMENT/SCALE",
            description = "The scale whose scores are to be converted.")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "INSTRUMENT/SCALE",
            description = "The scale they are to become scores of.")
    private String to = "";

    @Option(
            names = "--moments",
            defaultValue = "3",
            description =
                    "Moments of the scores that smoothing keeps, 0 to 8; 0 does not smooth (default: ${DEFAULT-VALUE}).")
    private int moments = 3;

    @Option(
            names = "--minimum",
            defaultValue = "200",
            description = "Participants it must rest on (default: ${DEFAULT-VALUE}).")
    private int minimum = 200;

    @Option(
            names = "--replicates",
            defaultValue = "1000",
            description = "Draws for the standard errors (default: ${DEFAULT-VALUE}).")
    private int replicates = 1000;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the draws (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--as",
            paramLabel = "VERSION",
            description = "Number of the version, refused if it is there (default: the next one).")
    private @Nullable Integer version;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the file is written (default: crosswalks under --jobs).")
    private @Nullable Path folder;

    @Override
    public Integer call() {
        if (moments < 0 || moments > 8 || replicates < 2 || minimum < 2 || (version != null && version < 1)) {
            throw new CommandFailed("--moments is 0 to 8, --replicates and --minimum at least 2, --as at least 1.");
        }
        EstimatedCrosswalk crosswalk;
        try (Session session = Session.open(options())) {
            crosswalk = session.get(Linking.class)
                    .link(from, to, new ScaleLink.Options(moments, minimum, replicates, seed));
        }
        Path file = write(crosswalk, folder == null ? options().jobs().resolve("crosswalks") : folder);
        out().println("Written: " + file + ", with its table beside it.");
        out().println("It rests on " + crosswalk.population() + ".");
        crosswalk.sources().forEach(source -> out().println(source + "."));
        return ExitCode.OK;
    }

    private Path write(EstimatedCrosswalk crosswalk, Path out) {
        try {
            return version == null ? crosswalk.write(out) : crosswalk.write(out, version);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(e.getMessage()
                    + " is there, and a version is never written again. Leave out --as for the next one.");
        } catch (IOException e) {
            throw new CommandFailed(
                    "The crosswalk cannot be written into " + out + ". Name another folder with --out.");
        }
    }
}
