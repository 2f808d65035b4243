package org.equipoise.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.equipoise.database.DatabaseProblem;
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
            ValidateCommand.class,
            StatusCommand.class,
            RecoverCommand.class,
            SubmitCommand.class,
            DatabaseCommand.class,
            SqlCommand.class,
            InitCommand.class,
            SimulateCommand.class
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
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseProblem problem) {
                err.println(problem.code() + ": " + problem.happened() + " " + problem.remedy());
                return ExitCode.FAILED;
            }
            if (cause instanceof RunRefused refused) {
                err.println(refused.getMessage());
                return refused.exitCode();
            }
            if (cause instanceof CommandFailed failed) {
                err.println(failed.getMessage());
                return ExitCode.FAILED;
            }
        }
        org.slf4j.LoggerFactory.getLogger(Equipoise.class).error("unexpected", exception);
        err.println(
                "Something unexpected stopped the command ("
                        + exception.getClass().getSimpleName()
                        + "). The data are as before; the next run puts right what was under way. The log in the home says more.");
        return ExitCode.UNEXPECTED;
    }
}
