package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.equipoise.pipeline.ServeSettings.LogFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ServeSettingsTest {
    private static final ServeSettings DEFAULTS = new ServeSettings(
            "0 0 2 * * *",
            ZoneId.of("UTC"),
            Duration.ofSeconds(10),
            2,
            "127.0.0.1",
            8087,
            LogFormat.TEXT,
            Duration.ofMinutes(5));

    private static ServeSettings of(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return ServeSettings.of(environment);
    }

    private static ServeSettings withCron(String cron, String zone) {
        return of(Map.of("equipoise.serve.cron", cron, "equipoise.serve.zone", zone));
    }

    @Test
    void hasDefaultsThatTheProgramsOwnFileRepeats() {
        assertThat(of(Map.of())).isEqualTo(DEFAULTS);
        assertThat(ServeSettings.load()).isEqualTo(DEFAULTS);
    }

    @Test
    void takesEveryKey() {
        assertThat(of(Map.of(
                        "equipoise.serve.cron", "0 30 1 * * MON-FRI",
                        "equipoise.serve.zone", "Europe/Copenhagen",
                        "equipoise.serve.poll-every", "30s",
                        "equipoise.serve.stable-polls", "4",
                        "equipoise.serve.http-address", "0.0.0.0",
                        "equipoise.serve.http-port", "9000",
                        "equipoise.serve.log-format", "json",
                        "equipoise.serve.stop-within", "90s")))
                .isEqualTo(new ServeSettings(
                        "0 30 1 * * MON-FRI",
                        ZoneId.of("Europe/Copenhagen"),
                        Duration.ofSeconds(30),
                        4,
                        "0.0.0.0",
                        9000,
                        LogFormat.JSON,
                        Duration.ofSeconds(90)));
    }

    @Test
    void showsTheScheduleThatServeLastFollowed(@TempDir Path folder) throws IOException {
        Home home = new Home(folder);
        assertThat(ServeSettings.lastFollowed(home)).isEqualTo(DEFAULTS);
        withCron("0 30 1 * * MON-FRI", "Europe/Copenhagen").note(home);
        assertThat(ServeSettings.lastFollowed(home))
                .isEqualTo(withCron("0 30 1 * * MON-FRI", "Europe/Copenhagen"))
                .isNotEqualTo(DEFAULTS);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> of(Map.of(
                        "equipoise.serve.cron", "at night",
                        "equipoise.serve.poll-every", "10ms",
                        "equipoise.serve.stable-polls", "0",
                        "equipoise.serve.http-port", "70000",
                        "equipoise.serve.stop-within", "-1s")))
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "The settings equipoise.serve cannot be used: cron must be six fields (second minute hour day"
                                + " month weekday) or five, such as 0 0 2 * * *; poll-every must be 1s or more; stable-polls must"
                                + " be 1 or more; http-port must be a port number, 0 to 65535; stop-within must not be negative."
                                + " Mend them where they are set, in application.yaml or the environment.");
    }

    @Test
    void readsFiveFieldsAsCrontabDoes() {
        assertThat(withCron("15 3 * * *", "UTC").nextNight(Instant.parse("2026-11-25T03:15:00Z")))
                .contains(Instant.parse("2026-11-26T03:15:00Z"));
    }

    /** Copenhagen is UTC+1 in winter and UTC+2 in summer. */
    @Test
    void followsTheClocksOfItsZone() {
        ServeSettings settings = withCron("0 0 2 * * *", "Europe/Copenhagen");
        assertThat(settings.nextNight(Instant.parse("2026-01-10T12:00:00Z")))
                .contains(Instant.parse("2026-01-11T01:00:00Z"));
        assertThat(settings.nextNight(Instant.parse("2026-07-10T12:00:00Z")))
                .contains(Instant.parse("2026-07-11T00:00:00Z"));
    }

    /** On 29 March 2026 the clocks go from 02:00 to 03:00, on 25 October from 03:00 back to 02:00. */
    @Test
    void leavesOutNoNightAndDoublesNoneWhenClocksChange() {
        ServeSettings settings = withCron("0 30 2 * * *", "Europe/Copenhagen");
        assertThat(settings.nextNight(Instant.parse("2026-03-28T12:00:00Z")))
                .contains(Instant.parse("2026-03-29T01:30:00Z"));
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        assertThat(settings.nextNight(Instant.parse("2026-10-24T12:00:00Z"))).contains(first);
        Instant following = Instant.parse("2026-10-26T01:30:00Z");
        assertThat(settings.nextNight(first)).contains(following);
        assertThat(settings.nextNight(Instant.parse("2026-10-25T01:15:00Z"))).contains(following);
    }

    @Test
    void knowsADayThatNeverComes() {
        assertThat(withCron("0 0 2 30 2 *", "UTC").nextNight(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }
}
