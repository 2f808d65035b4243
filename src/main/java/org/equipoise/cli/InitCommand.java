package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code equipoise init DIR}. */
@Command(
        name = "init",
        description = "Makes a home: definitions, an inbox a site, a secret.",
        mixinStandardHelpOptions = true)
final class InitCommand extends HomeCommand {
    @Parameters(paramLabel = "DIR", description = "The new home.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Home home = new Home(folder);
        Path jobs = home.folder().resolve("jobs");
        if (Files.exists(jobs)) {
            throw new CommandFailed(jobs + " is there already. Name a new folder, or use this home as it is.");
        }
        Path shipped = options().jobsThatAreThere();
        try (Stream<Path> all = Files.walk(shipped)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(InitCommand::isDefinition)
                    .toList()) {
                Path copy = jobs.resolve(shipped.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        try (Stream<Path> sites = Files.list(jobs.resolve("sites"))) {
            for (Path site : sites.filter(Files::isDirectory).toList()) {
                Files.createDirectories(home.inbox(site.getFileName().toString()));
            }
        }
        Secret.load(home, java.util.Map.of());
        out().println("Made " + home.folder() + ". Keep its secret.key safe: participant keys hang on it.");
        out().println("Put exports into " + home.inbox("<site>") + ", then run:");
        out().println("  equipoise --home " + folder + " --jobs " + folder.resolve("jobs") + " nightly");
        return ExitCode.OK;
    }

    private static boolean isDefinition(Path file) {
        return !Samples.liesInInbox(file);
    }
}
