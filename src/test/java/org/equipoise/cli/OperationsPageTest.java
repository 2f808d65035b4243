package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
import org.springframework.scheduling.support.CronExpression;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

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

    /** Keys by kind of object, as the API reference of Kubernetes 1.32 has them for {@code batch/v1}; those used here. */
    private static final Map<String, Set<String>> KEYS = Map.of(
            "CronJob", Set.of("apiVersion", "kind", "metadata", "spec"),
            "CronJobSpec",
                    Set.of(
                            "schedule",
                            "timeZone",
                            "concurrencyPolicy",
                            "startingDeadlineSeconds",
                            "suspend",
                            "jobTemplate",
                            "successfulJobsHistoryLimit",
                            "failedJobsHistoryLimit"),
            "JobSpec",
                    Set.of(
                            "activeDeadlineSeconds",
                            "backoffLimit",
                            "completions",
                            "parallelism",
                            "podFailurePolicy",
                            "template",
                            "ttlSecondsAfterFinished"),
            "PodFailurePolicyRule", Set.of("action", "onExitCodes", "onPodConditions"),
            "OnExitCodes", Set.of("containerName", "operator", "values"),
            "PodSpec",
                    Set.of(
                            "restartPolicy",
                            "terminationGracePeriodSeconds",
                            "securityContext",
                            "serviceAccountName",
                            "containers",
                            "volumes"),
            "PodSecurityContext", Set.of("runAsNonRoot", "runAsUser", "runAsGroup", "fsGroup", "seccompProfile"),
            "Container",
                    Set.of(
                            "name",
                            "image",
                            "command",
                            "args",
                            "envFrom",
                            "env",
                            "resources",
                            "volumeMounts",
                            "workingDir"),
            "VolumeMount", Set.of("name", "mountPath", "readOnly", "subPath"),
            "Volume", Set.of("name", "persistentVolumeClaim", "secret", "configMap", "emptyDir"));

    private static void hasOnly(String kind, JsonNode node) {
        assertThat(KEYS.get(kind)).as(kind).containsAll(node.propertyNames());
    }

    @Test
    void theCronJobHasTheShapeThatKubernetesAsksFor() throws IOException {
        JsonNode job = Pattern.compile("(?s)```yaml\\n(.*?)```")
                .matcher(page())
                .results()
                .map(block -> YAMLMapper.shared().readTree(block.group(1)))
                .filter(tree -> tree.path("kind").asString("").equals("CronJob"))
                .findFirst()
                .orElseThrow();
        hasOnly("CronJob", job);
        assertThat(job.get("apiVersion").asString()).isEqualTo("batch/v1");
        assertThat(job.at("/metadata/name").asString()).matches("[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?");

        JsonNode spec = job.get("spec");
        hasOnly("CronJobSpec", spec);
        assertThat(spec.get("concurrencyPolicy").asString()).isIn("Allow", "Forbid", "Replace");
        assertThat(CronExpression.isValidExpression("0 " + spec.get("schedule").asString()))
                .isTrue();
        assertThat(ZoneId.getAvailableZoneIds()).contains(spec.get("timeZone").asString());

        JsonNode run = spec.at("/jobTemplate/spec");
        hasOnly("JobSpec", run);
        JsonNode pod = run.at("/template/spec");
        hasOnly("PodSpec", pod);
        hasOnly("PodSecurityContext", pod.get("securityContext"));
        // A failure policy is for pods that are not restarted in place.
        assertThat(pod.get("restartPolicy").asString()).isEqualTo("Never");
        Set<String> containers = namesIn(pod.get("containers"));
        for (JsonNode rule : run.at("/podFailurePolicy/rules")) {
            hasOnly("PodFailurePolicyRule", rule);
            hasOnly("OnExitCodes", rule.get("onExitCodes"));
            assertThat(rule.get("action").asString()).isIn("FailJob", "FailIndex", "Ignore", "Count");
            assertThat(rule.at("/onExitCodes/operator").asString()).isIn("In", "NotIn");
            assertThat(containers)
                    .contains(rule.at("/onExitCodes/containerName").asString());
        }
        Set<String> volumes = namesIn(pod.get("volumes"));
        pod.get("volumes").forEach(volume -> hasOnly("Volume", volume));
        for (JsonNode container : pod.get("containers")) {
            hasOnly("Container", container);
            container.get("volumeMounts").forEach(mount -> hasOnly("VolumeMount", mount));
            assertThat(namesIn(container.get("volumeMounts"))).isEqualTo(volumes);
        }
    }

    private static Set<String> namesIn(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(element -> names.add(element.get("name").asString()));
        return names;
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
