package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.drafting.Answer;
import org.equipoise.drafting.Draft;
import org.equipoise.drafting.Drafter;
import org.equipoise.drafting.Guess;
import org.equipoise.staging.FileRefused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code equipoise map FILE}. Needs neither database nor Spring. */
@Command(
        name = "map",
        description = "Drafts a site's mapping from one of its files, and tries a mapping before it is used.",
        mixinStandardHelpOptions = true)
final class MapCommand extends HomeCommand {
    private static final int MOST_QUESTIONS = 40;

    @Parameters(paramLabel = "FILE", description = "An export of the site.")
    private Path file = Path.of("");

    @Option(names = "--dictionary", paramLabel = "CSV", description = "The project's REDCap data dictionary, which names codes.")
    private @Nullable Path dictionary;

    @Option(names = "--site", paramLabel = "CODE", description = "The site's code (default: guessed from the file's name).")
    private @Nullable String site;

    @Option(names = "--out", paramLabel = "YAML", description = "Where the draft is written (default: printed).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(file + " is no file. Name an export of the site.");
        }
        Draft draft = draft(List.of());
        if (out == null) {
            out().print(draft.mapping());
        } else {
            Files.writeString(out, draft.mapping());
        }
        summarize(draft);
        out().flush();
        return ExitCode.OK;
    }

    private Draft draft(List<Answer> answers) throws IOException {
        Drafter drafter = new Drafter(
                DefinitionLoader.loadInstruments(options().jobs()),
                GlobalOptions.bundle(options().definitions()).study());
        try {
            return drafter.draft(file, Optional.ofNullable(dictionary), Optional.ofNullable(site), answers);
        } catch (FileRefused e) {
            throw new CommandFailed("The file cannot be read as a table: "
                    + e.findings().get(0).code().message() + " " + e.findings().get(0).code().remedy());
        }
    }

    private void summarize(Draft draft) {
        err().println(draft.placed() + " of " + draft.columns() + " columns have a place.");
        if (!draft.leftOver().isEmpty()) {
            err().println("Without a place: " + String.join(", ", draft.leftOver()));
        }
        List<Guess> questions = draft.questions();
        if (!questions.isEmpty()) {
            err().println("To be answered, least sure first:");
            Map<String, List<Guess>> alike = new LinkedHashMap<>();
            questions.forEach(guess -> alike.computeIfAbsent(
                            guess.reason() + guess.guess().replaceAll("\\d+$", ""), key -> new ArrayList<>())
                    .add(guess));
            alike.values().stream()
                    .limit(MOST_QUESTIONS)
                    .forEach(guesses -> err().println("  " + sentence(guesses.get(0))
                            + (guesses.size() > 1 ? ", and " + (guesses.size() - 1) + " more like it" : "")));
        }
    }

    private static String sentence(Guess guess) {
        return (guess.column().isEmpty() ? "the file" : guess.column()) + ", " + guess.about() + ": "
                + (guess.guess().isEmpty() ? "?" : guess.guess()) + " (" + guess.certainty() + " %, " + guess.reason()
                + ")";
    }
}
