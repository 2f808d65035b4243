package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.equipoise.pipeline.Progress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every verb has: the program's options, and where to print. */
abstract class HomeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    final GlobalOptions options() {
        return ((Equipoise) spec.root().userObject()).options();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** A bar where somebody watches. */
    final Progress progress() {
        return options().format() == GlobalOptions.Format.json || !TerminalProgress.isTerminal()
                ? Progress.NONE
                : new TerminalProgress();
    }
}
