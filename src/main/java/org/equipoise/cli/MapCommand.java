package org.equipoise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.definition.LoadedSite;
import org.equipoise.drafting.Answer;
import org.equipoise.drafting.AnswerSheet;
import org.equipoise.drafting.Draft;
import org.equipoise.drafting.Drafter;
import org.equipoise.drafting.Guess;
import org.equipoise.drafting.Trial;
import org.equipoise.feedback.OfflineCheck;
import org.equipoise.staging.FileRefused;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.Severity;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code equipoise map FILE...}. Needs neither database nor Spring. */
@Command(
        name = "map",
        description = "Drafts a site's mapping from its files, or tries a mapping on them before it is used.",
        mixinStandardHelpOptions = true)
final class MapCommand extends HomeCommand {
    private static final int MOST_QUESTIONS = 40;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Exports of the site, one of each kind.")
    private List<Path> files = List.of();

    @Option(
            names = "--dictionary",
            paramLabel = "CSV",
            description = "The project's REDCap data dictionary, which names codes.")
    private @Nullable Path dictionary;

    @Option(
            names = "--site",
            paramLabel = "CODE",
            description = "The site's code (default: told from the file's name).")
    private @Nullable String site;

    @Option(names = "--out", paramLabel = "YAML", description = "Where the draft is written (default: printed).")
    private @Nullable Path out;

    @Option(
            names = "--sheet",
            paramLabel = "XLSX",
            description = "Writes the guesses as an Excel sheet, to be answered.")
    private @Nullable Path sheet;

    @Option(names = "--answers", paramLabel = "XLSX", description = "Reads the answers of such a sheet into the draft.")
    private @Nullable Path answers;

    @Option(
            names = "--try",
            paramLabel = "YAML",
            description = "Reads the files by this mapping, and says what differs from the one in force.")
    private @Nullable Path tried;

    @Override
    public Integer call() throws IOException {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new CommandFailed(file + " is no file. Name an export of the site.");
            }
        }
        int code = tried == null ? draft() : tryOut(tried);
        out().flush();
        return code;
    }

    private int draft() throws IOException {
        Draft draft = draft(answers == null ? List.of() : read(answers));
        if (sheet != null) {
            try (OutputStream stream = Files.newOutputStream(sheet)) {
                AnswerSheet.write(draft, stream);
            }
        }
        Path mapping = out == null ? Files.createTempFile("mapping", ".yaml") : out;
        try {
            Files.writeString(mapping, draft.mapping());
            if (out == null) {
                out().print(draft.mapping());
            }
            summarize(draft, mapping);
        } finally {
            if (out == null) {
                Files.delete(mapping);
            }
        }
        return ExitCode.OK;
    }

    private static List<Answer> read(Path sheet) {
        try (InputStream stream = Files.newInputStream(sheet)) {
            return AnswerSheet.read(stream);
        } catch (AnswerSheet.NotASheet e) {
            throw new CommandFailed(
                    sheet + ": " + e.getMessage() + " Write one with --sheet, fill it in, and save it as .xlsx.");
        } catch (IOException e) {
            throw new CommandFailed(sheet + " cannot be read. Write one with --sheet and fill it in.");
        }
    }

    private Draft draft(List<Answer> answers) throws IOException {
        Drafter drafter = new Drafter(
                DefinitionLoader.loadInstruments(options().jobs()),
                GlobalOptions.bundle(options().definitions()).study());
        try {
            return drafter.draft(files, Optional.ofNullable(dictionary), Optional.ofNullable(site), answers);
        } catch (FileRefused e) {
            throw new CommandFailed(
                    "A file cannot be read as a table: " + e.findings().get(0));
        }
    }

    private void summarize(Draft draft, Path mapping) {
        err().println(draft.placed() + " of " + draft.columns() + " columns have a place.");
        if (!draft.leftOver().isEmpty()) {
            err().println("Without a place: " + String.join(", ", draft.leftOver()));
        }
        Map<String, List<Guess>> alike = new LinkedHashMap<>();
        draft.questions()
                .forEach(guess -> alike.computeIfAbsent(
                                guess.reason() + guess.guess().replaceAll("\\d+$", ""), key -> new ArrayList<>())
                        .add(guess));
        if (!alike.isEmpty()) {
            err().println("To be answered, least sure first:");
            alike.values().stream()
                    .limit(MOST_QUESTIONS)
                    .forEach(guesses -> err().println("  " + sentence(guesses.get(0))
                            + (guesses.size() > 1 ? ", and " + (guesses.size() - 1) + " more like it" : "")));
        }
        draft.unusedAnswers()
                .forEach(answer -> err().println("An answer that is not understood, and was not used: " + answer));
        List<Problem> problems = problems(load(draft.site(), mapping), draft.site());
        if (!problems.isEmpty()) {
            err().println("Before it can be used:");
            problems.forEach(problem -> err().println("  " + Lines.of(problem)));
        }
    }

    private static String sentence(Guess guess) {
        return (guess.file() + " " + guess.column()).strip() + ", " + guess.about() + ": "
                + (guess.guess().isEmpty() ? "?" : guess.guess()) + " (" + guess.certainty() + " %, " + guess.reason()
                + ")";
    }

    private LoadedDefinitions load(String code, Path mapping) {
        try {
            return DefinitionLoader.load(options().jobs(), options().study(), new SiteCode(code), mapping);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("--site: letters, digits, dot, dash or underscore, at most 40.");
        }
    }

    private static List<Problem> problems(LoadedDefinitions definitions, String code) {
        return definitions.findSite(code).map(LoadedSite::problems).orElse(List.of()).stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    /** Reads each file by the mapping in force, if there is one, and by the one that is tried. */
    private int tryOut(Path mapping) {
        String code = site == null ? siteOf(mapping) : site;
        LoadedDefinitions definitions = load(code, mapping);
        List<Problem> problems = problems(definitions, code);
        if (!problems.isEmpty()) {
            problems.forEach(problem -> err().println(Lines.of(problem)));
            return ExitCode.FAILED;
        }
        Clock clock = Clock.systemUTC();
        int highest = ExitCode.OK;
        for (Path file : files) {
            Trial now = Trial.of(new OfflineCheck(definitions, clock), file, Optional.of(code));
            out().println(file.getFileName() + ", read by " + mapping + ":");
            now.numbers().forEach((what, count) -> out().println("  " + what + ": " + count));
            if (Files.isDirectory(options().jobs().resolve("sites").resolve(code))) {
                Trial before =
                        Trial.of(new OfflineCheck(options().jobs(), options().study(), clock), file, Optional.of(code));
                List<String> differences = now.differencesFrom(before);
                out().println(
                                differences.isEmpty()
                                        ? "Nothing differs from the mapping in force."
                                        : "Against the mapping in force:");
                differences.forEach(difference -> out().println("  " + difference));
            } else {
                out().println("No mapping is in force at " + code + ". Findings:");
                now.findings().forEach((finding, count) -> out().println("  " + count + " x " + finding));
            }
            highest = Math.max(highest, now.verdict().exitCode());
        }
        return highest;
    }

    private String siteOf(Path mapping) {
        try {
            return Files.readAllLines(mapping).stream()
                    .filter(line -> line.startsWith("code:"))
                    .map(line -> line.substring("code:".length())
                            .replaceAll("#.*", "")
                            .strip())
                    .findFirst()
                    .orElseThrow(() -> new CommandFailed(mapping + " names no site. Give --site."));
        } catch (IOException e) {
            throw new CommandFailed(mapping + " cannot be read as text in UTF-8.");
        }
    }
}
