package org.equipoise.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.equipoise.cli.Served.Outcome;
import org.equipoise.pipeline.Morning;
import org.equipoise.pipeline.MorningFiles;
import org.equipoise.pipeline.Mornings;
import org.equipoise.pipeline.Night;
import org.equipoise.pipeline.NightSummary;
import org.equipoise.pipeline.Progress;
import org.equipoise.pipeline.RunHistory;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.pipeline.RunStopped;
import org.equipoise.pipeline.ServeSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One night of {@code serve}, each in a session of its own: definitions are read anew, and a database that was away
 * in the evening does no harm if it is back. Whatever becomes of it is told, and nothing is thrown.
 */
final class ServedNight implements Consumer<Instant> {
    private static final Logger LOG = LoggerFactory.getLogger(ServedNight.class);

    private final Supplier<Session> sessions;
    private final GlobalOptions options;
    private final ServeSettings settings;
    private final Clock clock;
    private final Served served;
    private final Runnable begins;
    private @Nullable Night underWay;
    private boolean stopping;

    /**
     * @param sessions opens a session
     * @param begins called when a night begins
     */
    ServedNight(
            Supplier<Session> sessions,
            GlobalOptions options,
            ServeSettings settings,
            Clock clock,
            Served served,
            Runnable begins) {
        this.sessions = sessions;
        this.options = options;
        this.settings = settings;
        this.clock = clock;
        this.served = served;
        this.begins = begins;
    }

    @Override
    public void accept(Instant due) {
        Outcome outcome = Outcome.FAILED;
        try {
            outcome = runOnce(due);
        } catch (RunStopped e) {
            outcome = Outcome.STOPPED;
            LOG.info("The night was stopped; the next start takes it up again");
        } catch (RuntimeException e) {
            outcome = e instanceof RunRefused refused && refused.exitCode() == ExitCode.ANOTHER_RUN
                    ? Outcome.REFUSED
                    : Outcome.FAILED;
            tell(outcome, e);
        } finally {
            served.ended(outcome);
        }
    }

    private Outcome runOnce(Instant due) {
        try (Session session = sessions.get()) {
            Night night = session.get(Night.class);
            if (!take(night)) {
                return Outcome.STOPPED;
            }
            LOG.info("The night begins");
            begins.run();
            Optional<NightSummary> summary = night.runIfDue(due, Progress.NONE);
            served.lastSuccess(session.get(RunHistory.class).findLastSuccess());
            if (summary.isEmpty()) {
                LOG.info("Another process has run the night that was due at {}", due);
                return Outcome.ELSEWHERE;
            }
            served.standing(
                    session.get(RunHistory.class).stages(summary.get().runId()),
                    summary.get().submissions(),
                    summary.get().participants());
            tell(summary.get(), session.get(Mornings.class).tell(summary.get()));
            return Outcome.COMPLETED;
        } finally {
            letGo();
        }
    }

    private synchronized boolean take(Night night) {
        underWay = night;
        return !stopping;
    }

    private synchronized void letGo() {
        underWay = null;
    }

    /** Asks a night under way to end at its next chunk; none begins any more. */
    synchronized void stop() {
        stopping = true;
        if (underWay != null) {
            underWay.stop();
        }
    }

    private void tell(NightSummary summary, Morning morning) {
        LOG.atInfo()
                .addKeyValue("run_id", summary.runId())
                .addKeyValue("snapshot_id", summary.snapshotId())
                .addKeyValue("participants", summary.participants())
                .addKeyValue("participants_changed", summary.changed())
                .addKeyValue("files_received", summary.received().size())
                .addKeyValue("files_failed", summary.failed().size())
                .log(
                        "Night {} ended well: {}; summary in {}",
                        summary.runId(),
                        morning.isSilent()
                                ? "nothing changed"
                                : String.format(
                                        Locale.ROOT,
                                        "%d participants, %d new or changed, %d files received",
                                        summary.participants(),
                                        summary.changed(),
                                        summary.received().size()),
                        options.home().summaries());
    }

    private void tell(Outcome outcome, RuntimeException e) {
        Optional<String> foreseen = Equipoise.sentence(e);
        String next = settings.nextNight(clock.instant())
                .map(moment -> DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm VV", Locale.ROOT)
                        .format(moment.atZone(settings.zone())))
                .orElse("never, by the cron expression");
        if (outcome == Outcome.REFUSED) {
            LOG.warn("{} The next turn is {}", foreseen.orElse(""), next);
            return;
        }
        String what = foreseen.orElse("Something unexpected stopped it ("
                + e.getClass().getSimpleName() + "); the log in the home says more.");
        LOG.error("The night failed: {} It is tried again {}", what, next, foreseen.isPresent() ? null : e);
        LocalDate today = LocalDate.now(clock.withZone(settings.zone()));
        try {
            new MorningFiles(options.home())
                    .write(
                            today,
                            "The night to " + today + " failed",
                            List.of(
                                    what,
                                    "Data and results are those of the last night that ended well.",
                                    "It is tried again " + next + "."));
        } catch (IOException unwritable) {
            LOG.error(
                    "The morning summary cannot be written: {}",
                    unwritable.getClass().getSimpleName());
        }
    }

    /** How the log is written while serving: to the console too, in the form asked for. */
    static Map<String, String> logging(ServeSettings settings) {
        Map<String, String> lines = new HashMap<>(Map.of(
                "logging.threshold.console", "info",
                "logging.level.org.equipoise", "info",
                // The hook would close the log while the night is still ending.
                "logging.register-shutdown-hook", "false"));
        if (settings.logFormat() == ServeSettings.LogFormat.JSON) {
            lines.put("logging.structured.format.console", "ecs");
            lines.put("logging.structured.format.file", "ecs");
            lines.put("logging.structured.ecs.service.name", "equipoise");
        }
        return lines;
    }
}
