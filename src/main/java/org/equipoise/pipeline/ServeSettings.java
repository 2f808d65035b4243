package org.equipoise.pipeline;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.scheduling.support.CronExpression;

/**
 * When nights run and how inboxes are watched: the keys under {@code equipoise.serve}, explained in
 * {@code application.yaml}.
 *
 * @param cron when a night begins: second, minute, hour, day of month, month, day of week; five fields as in crontab
 *     mean second 0
 * @param zone whose clocks the cron expression and the dates of summaries follow
 * @param pollEvery time between two looks into the inboxes
 * @param stablePolls looks in a row that must find a file with the same size and time before it is checked
 * @param httpAddress where health and metrics are served
 * @param httpPort their port; 0 for any that is free
 * @param logFormat how lines of the log are written
 * @param stopWithin how long a stop waits for the chunk under way
 */
public record ServeSettings(
        @DefaultValue("0 0 2 * * *") String cron,
        @DefaultValue("UTC") ZoneId zone,
        @DefaultValue("10s") Duration pollEvery,
        @DefaultValue("2") int stablePolls,
        @DefaultValue("127.0.0.1") String httpAddress,
        @DefaultValue("8087") int httpPort,
        @DefaultValue("text") LogFormat logFormat,
        @DefaultValue("5m") Duration stopWithin) {

    private static final String PREFIX = "equipoise.serve";

    /** How the log is written. */
    public enum LogFormat {
        /** A line for people. */
        TEXT,
        /** One JSON object a line, in the Elastic Common Schema. */
        JSON
    }

    public ServeSettings {
        cron = cron.strip();
        cron = cron.split("\\s+", -1).length == 5 ? "0 " + cron : cron;
        List<String> wrong = new ArrayList<>();
        if (!CronExpression.isValidExpression(cron)) {
            wrong.add("cron must be six fields (second minute hour day month weekday) or five, such as 0 0 2 * * *");
        }
        if (pollEvery.compareTo(Duration.ofSeconds(1)) < 0) {
            wrong.add("poll-every must be 1s or more");
        }
        if (stablePolls < 1) {
            wrong.add("stable-polls must be 1 or more");
        }
        if (httpPort < 0 || httpPort > 65_535) {
            wrong.add("http-port must be a port number, 0 to 65535");
        }
        if (stopWithin.isNegative()) {
            wrong.add("stop-within must not be negative");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    /** As the program's own files, those beside it and the environment set them. */
    public static ServeSettings load() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return of(environment);
    }

    /** The same, but with the schedule that {@code serve} last followed in this home, if it ever did. */
    public static ServeSettings lastFollowed(Home home) throws IOException {
        ConfigurableEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        Path file = home.schedule();
        if (Files.exists(file)) {
            Properties followed = new Properties();
            try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                followed.load(text);
            }
            environment.getPropertySources().addFirst(new PropertiesPropertySource("followed", followed));
        }
        return of(environment);
    }

    /** Notes the schedule in the home, for other commands to show. */
    public void note(Home home) throws IOException {
        Files.createDirectories(home.schedule().getParent());
        Files.writeString(
                home.schedule(),
                PREFIX + ".cron=" + cron + "\n" + PREFIX + ".zone=" + zone + "\n",
                StandardCharsets.UTF_8);
    }

    /**
     * As an environment sets them.
     *
     * @throws RunRefused if they cannot be used; all that is wrong with their values is told
     */
    public static ServeSettings of(ConfigurableEnvironment environment) {
        ConfigurationPropertySources.attach(environment);
        try {
            return Binder.get(environment).bindOrCreate(PREFIX, ServeSettings.class);
        } catch (BindException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new RunRefused(
                    1,
                    "The settings " + e.getName() + " cannot be used: " + cause.getMessage()
                            + ". Mend them where they are set, in application.yaml or the environment.");
        }
    }

    /**
     * The next night after a moment; none when the expression names no later day. Reckoned on the zone's clocks, so that
     * a turn in the hour they leave out in spring is run an hour later, and one in the hour they repeat in autumn once.
     */
    public Optional<Instant> nextNight(Instant after) {
        CronExpression expression = CronExpression.parse(cron);
        LocalDateTime local = expression.next(LocalDateTime.ofInstant(after, zone));
        while (local != null && !local.atZone(zone).toInstant().isAfter(after)) {
            local = expression.next(local);
        }
        return Optional.ofNullable(local).map(turn -> turn.atZone(zone).toInstant());
    }
}
