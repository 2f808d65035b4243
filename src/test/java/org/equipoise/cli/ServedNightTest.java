package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.equipoise.pipeline.InboxWatch;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.pipeline.ServeSettings;
import org.equipoise.pipeline.ServeSettings.LogFormat;
import org.equipoise.testing.TickingClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Turns that come to nothing: told, and tried again. */
class ServedNightTest {
    private static final ServeSettings SETTINGS = new ServeSettings(
            "0 0 2 * * *",
            ZoneId.of("Europe/Copenhagen"),
            Duration.ofSeconds(10),
            2,
            "127.0.0.1",
            0,
            LogFormat.TEXT,
            Duration.ofMinutes(1));

    /** One o'clock in Copenhagen is midnight in UTC: the summary bears Copenhagen's day. */
    private static final Instant NOW = Instant.parse("2026-11-25T23:30:00Z");

    @TempDir
    private Path folder;

    private final Served served = new Served();
    private GlobalOptions options;

    @BeforeEach
    void newHome() {
        options = new GlobalOptions();
        new CommandLine(options).parseArgs("--home", folder.toString());
    }

    private void night(Supplier<Session> sessions) {
        new ServedNight(sessions, options, SETTINGS, new TickingClock(NOW), served, () -> {}).accept(NOW);
    }

    private String figures() {
        return served.figures(new InboxWatch.Figures(0, 0, 0, 0, 0, NOW), Optional.empty())
                .toString();
    }

    @Test
    void tellsAFailedNightInTheMorningAndTriesAgain() throws IOException {
        night(() -> {
            throw new CommandFailed("The disk is full.");
        });
        assertThat(Files.readString(folder.resolve("summaries/2026-11-26.txt"))).isEqualTo("""
                The night to 2026-11-26 failed
                The disk is full.
                Data and results are those of the last night that ended well.
                It is tried again 2026-11-26 02:00 Europe/Copenhagen.
                """);
        assertThat(folder.resolve("summaries/latest.html")).exists();
        assertThat(figures())
                .contains("equipoise_nights_total{outcome=\"failed\"} 1\n")
                .contains("equipoise_last_night_failed 1\n");
    }

    @Test
    void leavesTheSummaryToTheRunThatIsAtWork() {
        night(() -> {
            throw new RunRefused(5, "Another run is at work. Wait for it to end; nothing was changed by this start.");
        });
        assertThat(folder.resolve("summaries")).doesNotExist();
        assertThat(figures())
                .contains("equipoise_nights_total{outcome=\"refused\"} 1\n")
                .contains("equipoise_last_night_failed 0\n");
    }

    @Test
    void survivesWhatNobodyForesaw() throws IOException {
        night(() -> {
            throw new IllegalStateException("with a secret in it");
        });
        assertThat(Files.readString(folder.resolve("summaries/latest.txt")))
                .contains("Something unexpected stopped it (IllegalStateException); the log in the home says more.")
                .doesNotContain("secret");
    }

    @Test
    void asksForJsonLinesWhenTheSettingsDo() {
        ServeSettings json = new ServeSettings(
                SETTINGS.cron(),
                SETTINGS.zone(),
                SETTINGS.pollEvery(),
                SETTINGS.stablePolls(),
                SETTINGS.httpAddress(),
                SETTINGS.httpPort(),
                LogFormat.JSON,
                SETTINGS.stopWithin());
        assertThat(ServedNight.logging(json))
                .containsEntry("logging.structured.format.console", "ecs")
                .containsEntry("logging.structured.format.file", "ecs");
        assertThat(ServedNight.logging(SETTINGS)).doesNotContainKey("logging.structured.format.file");
    }
}
