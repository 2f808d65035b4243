package org.equipoise.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.Lease;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.definition.LoadedSite;
import org.equipoise.feedback.InboxCheck;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.InboxWatch;
import org.equipoise.pipeline.NightWatch;
import org.equipoise.pipeline.RunHistory;
import org.equipoise.pipeline.RunHistory.LastRun;
import org.equipoise.pipeline.ServeSettings;
import org.equipoise.portal.MonitorServer;
import org.equipoise.portal.MonitorServer.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code equipoise serve}: nights by schedule, feedback to files as they come. */
@Command(
        name = "serve",
        description = "Runs nightly by schedule and answers files as they come into the inboxes.",
        mixinStandardHelpOptions = true)
final class ServeCommand extends HomeCommand {
    /** The check of a very large file may keep the inboxes waiting so long. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(30);

    private static final int SECONDS_TO_ANSWER = 5;

    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServeSettings settings = ServeSettings.load();
        LoadedDefinitions definitions = options().definitions();
        makeInboxes(definitions);
        Supplier<Session> sessions =
                () -> Session.open(options(), options()::definitions, ServedNight.logging(settings));
        Served served = new Served();
        InboxWatch inboxes = new InboxWatch(options().home(), check(), settings.stablePolls(), clock);
        ServedNight night = new ServedNight(sessions, options(), settings, clock, served, inboxes::nightBegins);
        settings.note(options().home());
        try (Lease lease = options().database().lease()) {
            NightWatch nights = new NightWatch(settings, clock, wasCutShort(sessions, served), night);
            try (MonitorServer monitor = monitor(settings, lease.owner(), inboxes, nights, served)) {
                return serve(settings, inboxes, nights, night, monitor);
            }
        } finally {
            ended.countDown();
        }
    }

    /** Coordinators find a folder to put files into. */
    private void makeInboxes(LoadedDefinitions definitions) throws IOException {
        GlobalOptions.bundle(definitions);
        Home home = options().home();
        for (Map.Entry<String, LoadedSite> site : definitions.sites().entrySet()) {
            if (site.getValue().standing() != LoadedSite.Standing.OTHER_STUDY) {
                Files.createDirectories(home.inbox(site.getKey()));
            }
        }
    }

    private InboxCheck check() {
        return new InboxCheck(
                options().home().folder(),
                options().jobs(),
                options().study(),
                options().asTyped(),
                clock);
    }

    /** Opens a first session, so that what is wrong with database or definitions is told at the start. */
    private static boolean wasCutShort(Supplier<Session> sessions, Served served) {
        try (Session session = sessions.get()) {
            RunHistory history = session.get(RunHistory.class);
            served.lastSuccess(history.findLastSuccess());
            return history.findLast().filter(LastRun::wasCutShort).isPresent();
        }
    }

    private MonitorServer monitor(
            ServeSettings settings, DatabaseAddress database, InboxWatch inboxes, NightWatch nights, Served served) {
        InetSocketAddress address = new InetSocketAddress(settings.httpAddress(), settings.httpPort());
        try {
            return MonitorServer.open(
                    address,
                    Map.of(
                            "/health/live", () -> live(inboxes),
                            "/health/ready", () -> ready(database),
                            "/metrics", () -> MonitorServer.figures(served.figures(inboxes.figures(), nights.next()))));
        } catch (IOException e) {
            throw new CommandFailed("The address " + settings.httpAddress() + ":" + settings.httpPort()
                    + " for health and metrics cannot be used: it is taken, or not this machine's. Set"
                    + " equipoise.serve.http-address and http-port (EQUIPOISE_SERVE_HTTPPORT) to one that is free.");
        }
    }

    private Reply live(InboxWatch inboxes) {
        boolean lives =
                Duration.between(inboxes.figures().lookedAt(), clock.instant()).compareTo(LONGEST_LOOK) < 0;
        return MonitorServer.json(lives, lives ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\",\"inboxes\":\"stuck\"}");
    }

    private Reply ready(DatabaseAddress database) {
        boolean answers = database.answers(SECONDS_TO_ANSWER);
        boolean up = answers && stop.getCount() > 0;
        return MonitorServer.json(
                up, "{\"status\":\"" + (up ? "UP" : "DOWN") + "\",\"database\":\"" + (answers ? "UP" : "DOWN") + "\"}");
    }

    private int serve(
            ServeSettings settings, InboxWatch inboxes, NightWatch nights, ServedNight night, MonitorServer monitor)
            throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endInPeace, "stop"));
        log().atInfo()
                .addKeyValue("cron", settings.cron())
                .addKeyValue("zone", settings.zone())
                .log(
                        "Serving {}: nightly at {} ({}), next {}; health and metrics at http://{}:{}",
                        options().home().folder(),
                        settings.cron(),
                        settings.zone(),
                        nights.next().map(Object::toString).orElse("never"),
                        settings.httpAddress(),
                        monitor.address().getPort());
        ScheduledExecutorService time = Executors.newScheduledThreadPool(2);
        List<Future<?>> turns = List.of(
                time.scheduleWithFixedDelay(
                        guarded(inboxes::poll), 0, settings.pollEvery().toMillis(), TimeUnit.MILLISECONDS),
                time.scheduleWithFixedDelay(guarded(nights::tick), 0, 1, TimeUnit.SECONDS));
        stop.await();
        log().info("Asked to stop: what is under way ends at its next chunk");
        night.stop();
        turns.forEach(turn -> turn.cancel(false));
        time.shutdown();
        boolean inTime = time.awaitTermination(settings.stopWithin().toMillis(), TimeUnit.MILLISECONDS);
        log().info(inTime ? "Stopped" : "Stopped before the work under way had ended; the next start puts it right");
        return inTime ? ExitCode.OK : ExitCode.UNEXPECTED;
    }

    /** Asked for late: the commands are all made at each start, and setting up a log would slow those that write none. */
    private static Logger log() {
        return LoggerFactory.getLogger(ServeCommand.class);
    }

    /** Without it, one unforeseen failure would end the schedule in silence. */
    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log().error("Unexpected; tried again at the next turn", e);
            }
        };
    }

    /**
     * Runs when the process is asked to end: waits for the work, then ends with 0, where the JVM would end with 143.
     */
    private void endInPeace() {
        stop.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
