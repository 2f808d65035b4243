package org.equipoise.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.database.DatabaseProblem;
import org.equipoise.pipeline.FullDisk;
import org.equipoise.pipeline.RunRefused;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program. Each verb is a class of this package; only those that need it start Spring. */
@Command(
        name = "equipoise",
        description = "Makes what sites measured comparable, and compares treatment with control.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            NightlyCommand.class,
            ServeCommand.class,
            CompareCommand.class,
            FreezeCommand.class,
            WithdrawCommand.class,
            ReportCommand.class,
            ValidateCommand.class,
            StatusCommand.class,
            RecoverCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SubmitCommand.class,
            DatabaseCommand.class,
            SqlCommand.class,
            ExplainCommand.class,
            InitCommand.class,
            SimulateCommand.class,
            MapCommand.class,
            LinkCommand.class,
            ExportCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or wrong usage",
            "2:unexpected; the log says more",
            "3:done, some rows rejected",
            "4:a submission was rejected or is held",
            "5:another run is at work"
        })
public final class Equipoise implements Runnable {
    @Mixin
    private GlobalOptions options = new GlobalOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Equipoise() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /** Runs one command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Equipoise());
        // A query may begin with a comment, which looks like an option.
        Objects.requireNonNull(line.getSubcommands().get("sql")).setUnmatchedOptionsArePositionalParams(true);
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler((exception, command, parsed) -> tell(exception, err));
        line.setParameterExceptionHandler((exception, given) -> {
            err.println(exception.getMessage());
            err.println("See: equipoise --help");
            return ExitCode.FAILED;
        });
        return line.execute(arguments);
    }

    GlobalOptions options() {
        return options;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Says what went wrong in a sentence. What nobody foresaw goes to the log whole. */
    private static int tell(Exception exception, PrintWriter err) {
        Optional<String> foreseen = sentence(exception);
        if (foreseen.isPresent()) {
            err.println(foreseen.get());
            return causes(exception)
                    .filter(RunRefused.class::isInstance)
                    .map(refused -> ((RunRefused) refused).exitCode())
                    .findFirst()
                    .orElse(ExitCode.FAILED);
        }
        org.slf4j.LoggerFactory.getLogger(Equipoise.class).error("unexpected", exception);
        err.println(
                "Something unexpected stopped the command ("
                        + exception.getClass().getSimpleName()
                        + "). The data are as before; the next run puts right what was under way. The log in the home says more.");
        return ExitCode.UNEXPECTED;
    }

    /** What went wrong and how to mend it, if somebody foresaw it. */
    static Optional<String> sentence(Exception exception) {
        return causes(exception)
                .map(Equipoise::foreseen)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable exception) {
        return Stream.iterate(exception, Objects::nonNull, Throwable::getCause);
    }

    private static Optional<String> foreseen(Throwable cause) {
        if (cause instanceof DatabaseProblem problem) {
            return Optional.of(problem.code() + ": " + problem.happened() + " " + problem.remedy());
        }
        return cause instanceof RunRefused || cause instanceof CommandFailed
                ? Optional.ofNullable(cause.getMessage())
                : FullDisk.sentence(cause);
    }
}
