package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.equipoise.feedback.Validation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code equipoise validate FILE...}. Needs neither database nor Spring. */
@Command(
        name = "validate",
        description = "Checks exports as the night would, without handing them over.",
        mixinStandardHelpOptions = true)
final class ValidateCommand extends HomeCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Exports.")
    private List<Path> files = List.of();

    @Option(names = "--site", description = "The site they are from (default: told from their names).")
    private @Nullable String site;

    @Option(
            names = "--returned",
            paramLabel = "DIR",
            description = "Writes copies of the files with a column that says what to mend.")
    private @Nullable Path returned;

    @Override
    public Integer call() throws IOException {
        int verdict = Validation.run(
                new Validation.Request(
                        options().jobs(),
                        options().study(),
                        files,
                        Optional.ofNullable(site),
                        Validation.Format.valueOf(options().format().name().toUpperCase(Locale.ROOT)),
                        Optional.ofNullable(returned)),
                Clock.systemUTC(),
                out());
        out().flush();
        return verdict;
    }
}
