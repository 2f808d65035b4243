package org.equipoise.cli;

import java.nio.file.Path;
import java.time.Clock;
import org.equipoise.pipeline.Backup;
import org.equipoise.pipeline.Backups;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code equipoise restore FILE}. */
@Command(
        name = "restore",
        description =
                "Makes a home out of a backup, with a database of its own or in the empty one that the environment"
                        + " names.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "--home names the new home, which must not be there yet. It is there whole in the end, or not at all."
        })
final class RestoreCommand extends HomeCommand {
    @Parameters(paramLabel = "FILE", description = "What backup has written.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        // There is no home yet to hold a log, and a terminal is not the place for the steps of a migration.
        LoggingSystem.get(RestoreCommand.class.getClassLoader()).beforeInitialize();
        Backup backup = new Backups(Version.text(), Clock.systemUTC())
                .restore(file, options().home(), System.getenv());
        if (options().format() == GlobalOptions.Format.json) {
            out().println(NightJson.of(backup));
            return ExitCode.OK;
        }
        BackupText.print("Restored from ", backup, out());
        out().println("Every member and the content hashes are as they were written.");
        if (!backup.hasSecret()) {
            out().println("The secret was not in it: put secret.key into "
                    + options().home().folder() + " or name it with EQUIPOISE_SECRET_FILE before the next night.");
        }
        out().println("Go on with: " + options().asTyped() + " --jobs "
                + options().home().folder().resolve("jobs") + " nightly");
        return ExitCode.OK;
    }
}
