package org.equipoise.cli;

import java.nio.file.Path;
import java.time.Clock;
import org.equipoise.pipeline.Backup;
import org.equipoise.pipeline.Backups;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code equipoise backup FILE}. */
@Command(
        name = "backup",
        description = "Writes the home with its database into one file, as everything is at one moment.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The file holds what sites sent and whose it is: keep it as safe as the home. Only its owner may read it."
        })
final class BackupCommand extends HomeCommand {
    @Parameters(paramLabel = "FILE", description = "What must not be there yet, such as equipoise-2026-05-01.zip.")
    private Path file = Path.of("");

    @Option(
            names = "--without-secret",
            description = "Leaves out secret.key. A home restored without it takes in no file until it is put back.")
    private boolean withoutSecret;

    @Override
    public Integer call() {
        return SqlCommand.withDatabase(options(), lease -> {
            Backup backup = new Backups(Version.text(), Clock.systemUTC())
                    .make(options().home(), options().jobs(), lease.owner(), file, !withoutSecret);
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(backup));
                return;
            }
            BackupText.print("Written: ", backup, out());
            out().println(
                            backup.hasSecret()
                                    ? "The home's secret is in it. Whoever has the file has all the home."
                                    : "The home's secret is not in it. Keep secret.key elsewhere: a home restored without it"
                                            + " takes in no file.");
        });
    }
}
