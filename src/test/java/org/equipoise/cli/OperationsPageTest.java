package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.equipoise.pipeline.InboxWatch;
import org.equipoise.pipeline.ServeSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The page says what the program does. */
class OperationsPageTest {
    private static final Instant NOW = Instant.parse("2026-11-25T20:00:00Z");

    private static String page() throws IOException {
        return Files.readString(Path.of("src/site/markdown/operations.md"));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void explainsEveryMetricAndNoOther() throws IOException {
        Served served = new Served();
        served.lastSuccess(Optional.of(NOW));
        served.ended(Served.Outcome.COMPLETED);
        served.standing(Map.of("stage", Duration.ofSeconds(1)), List.of(), 12);
        String figures = served.figures(new InboxWatch.Figures(1, 2, 3, 4, 5, NOW), Optional.of(NOW))
                .toString();
        assertThat(found("(?m)^equipoise_[a-z_]+", figures)).contains("equipoise_stage_duration_seconds");
        assertThat(found("(?<=# TYPE )equipoise_[a-z_]+", figures))
                .isEqualTo(found("equipoise_[a-z]+_[a-z_]+|equipoise_(rows|submissions|participants)", page()));
    }

    @Test
    void listsEverySettingWithItsDefault() throws IOException {
        String table = page().substring(page().indexOf("| key | default |"), page().indexOf("## Morning summary"));
        assertThat(table.lines().skip(2).filter(line -> !line.isBlank()))
                .containsExactlyElementsOf(Arrays.stream(ServeSettings.class.getRecordComponents())
                        .map(OperationsPageTest::line)
                        .toList());
    }

    private static String line(RecordComponent setting) {
        String key = setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        String value = Arrays.stream(ServeSettings.class.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(setting.getName()))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class).value()[0])
                .findFirst()
                .orElseThrow();
        return "| `" + key + "` | `" + value + "` |";
    }
}
