package org.equipoise.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.equipoise.pipeline.Progress;
import org.jspecify.annotations.Nullable;

/** A bar with rate and time left. For a terminal only. */
final class TerminalProgress implements Progress {
    private @Nullable ProgressBar bar;

    /** Whether somebody watches. From Java 22 on a console is there always, so TERM is asked too. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        return System.console() != null && System.getenv("TERM") != null;
    }

    @Override
    public synchronized void begin(String stage, String unit, long total) {
        end();
        bar = new ProgressBarBuilder()
                .setTaskName(stage)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public synchronized void advance(long count) {
        if (bar != null) {
            bar.stepBy(count);
        }
    }

    @Override
    public synchronized void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
