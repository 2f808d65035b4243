package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.equipoise.testing.ChildProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One night of the whole program, in 256 MB, over everything that may lie in an inbox by mistake: each is told in plain
 * words, and what is good is published all the same.
 */
@Timeout(300)
class BadInputTest {
    private static final Path JOBS = Path.of("src/test/resources/org/equipoise/testing/jobs");
    private static final String HEADER = "id,visit,arm,randomised,seen,gaf\n";
    private static final String ROW = "B1,b,MBT,2020-01-10,2020-01-10,41\n";
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private static Path folder;

    private static int exitCode;
    private static JsonNode night;

    @BeforeAll
    static void runTheNight() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Path jobs = folder.resolve("jobs");
        FileSystemUtils.copyRecursively(JOBS, jobs);
        Path gamma = jobs.resolve("sites/gamma/mapping.yaml");
        Files.writeString(gamma, Files.readString(gamma).replace("mode: cumulative", "mode: sometimes"));
        put("alpha", "alpha_2021-01-01.csv", HEADER + ROW);
        put("beta", "beta_2021-01-01.csv", "");
        Files.createDirectories(inbox("beta").resolve("beta_2021-01-02.csv"));
        put(
                "beta",
                "beta_2021-01-03.csv",
                "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n");
        putLongLine("beta", "beta_2021-01-04.csv", 200);
        put("beta", "beta_2021-01-05.csv", HEADER);
        put("beta", "beta_2021-01-06.csv", HEADER.replace("seen,", "seen,gaf,") + ROW);
        put("beta", "beta_2021-01-07.csv", HEADER + ROW.replace("41", "4\0001"));
        put("beta", "beta_2021-01-08.csv", (HEADER + ROW).getBytes(StandardCharsets.UTF_16LE));
        put("beta", "beta_2021-01-09.csv", HEADER + ROW + "B2,b,TAU,2020-01-10,2020-01-10,\"43\n");
        Path loop = inbox("beta").resolve("beta_2021-01-10.csv");
        Files.createSymbolicLink(loop, loop); // root may read whatever permissions say; this nobody can
        put("beta", "beta_2021-01-11.csv", HEADER + ROW);
        put("beta", "holiday.jpg", "\u00ff\u00d8");
        put("gamma", "gamma_2021-01-01.csv", HEADER + ROW);
        put("elsewhere", "elsewhere_2021-01-01.csv", HEADER + ROW);
        try (ChildProgram program = program(jobs, "nightly")) {
            String said = program.rest();
            exitCode = program.exitCode();
            night = JsonMapper.shared().readTree(said.substring(said.indexOf('{')));
        }
    }

    private static ChildProgram program(Path jobs, String verb) throws IOException {
        return ChildProgram.complaining(
                Equipoise.class,
                "--home",
                folder.resolve("home").toString(),
                "--jobs",
                jobs.toString(),
                "--study",
                jobs.resolve("studies/mini.yaml").toString(),
                "--format",
                "json",
                verb);
    }

    private static Path inbox(String site) {
        return folder.resolve("home/sites").resolve(site).resolve("inbox");
    }

    private static void put(String site, String name, String text) throws IOException {
        put(site, name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void put(String site, String name, byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(inbox(site)).resolve(name), bytes);
    }

    private static void putLongLine(String site, String name, int megabytes) throws IOException {
        byte[] part = new byte[MEGABYTE];
        Arrays.fill(part, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(inbox(site).resolve(name))) {
            for (int i = 0; i < megabytes; i++) {
                out.write(part);
            }
        }
    }

    private static Map<String, String> statuses() {
        Map<String, String> statuses = new TreeMap<>();
        night.get("submissions")
                .forEach(submission -> statuses.put(
                        submission.get("file").asString(),
                        submission.get("status").asString()));
        return statuses;
    }

    /** The first finding in each file's feedback. */
    private static Map<String, String> findings() throws IOException {
        Map<String, String> findings = new TreeMap<>();
        for (JsonNode submission : night.get("submissions")) {
            Path list = folder.resolve("home/sites")
                    .resolve(submission.get("site").asString())
                    .resolve("outbox")
                    .resolve(submission.get("submission_id").asString())
                    .resolve("findings.csv");
            try (Stream<String> lines = Files.lines(list)) {
                lines.skip(1)
                        .findFirst()
                        .ifPresent(line ->
                                findings.put(submission.get("file").asString(), line.substring(0, line.indexOf(','))));
            }
        }
        return findings;
    }

    @Test
    void endsWithTheCodeForRejectedSubmissions() {
        assertThat(exitCode).isEqualTo(4);
    }

    @Test
    void rejectsEachBadFileAndPublishesTheGoodOnes() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("alpha_2021-01-01.csv", "effective");
        for (String day : new String[] {"01", "03", "04", "05", "06", "07", "08", "09"}) {
            expected.put("beta_2021-01-" + day + ".csv", "rejected");
        }
        expected.put("beta_2021-01-11.csv", "effective");
        expected.put("elsewhere_2021-01-01.csv", "rejected");
        expected.put("holiday.jpg", "rejected");
        assertThat(statuses()).isEqualTo(expected);
        assertThat(night.get("changed").asInt()).isEqualTo(2);
    }

    @Test
    void answersEachWithAFinding() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("beta_2021-01-01.csv", "STG-001");
        expected.put("beta_2021-01-03.csv", "STG-002");
        expected.put("beta_2021-01-04.csv", "STG-004");
        expected.put("beta_2021-01-05.csv", "STG-005");
        expected.put("beta_2021-01-06.csv", "STG-006");
        expected.put("beta_2021-01-07.csv", "STG-002");
        expected.put("beta_2021-01-08.csv", "STG-002");
        expected.put("beta_2021-01-09.csv", "STG-009");
        expected.put("elsewhere_2021-01-01.csv", "SUB-001");
        expected.put("holiday.jpg", "SUB-002");
        assertThat(findings()).isEqualTo(expected);
    }

    @Test
    void tellsWhatIsNoSubmissionWithTheNight() {
        Map<String, String> told = new TreeMap<>();
        night.get("problems")
                .forEach(problem -> told.put(
                        problem.get("place").asString(), problem.get("code").asString()));
        assertThat(told)
                .containsEntry("beta/beta_2021-01-02.csv", "SUB-004")
                .containsEntry("beta/beta_2021-01-10.csv", "SUB-003")
                .containsEntry("gamma/gamma_2021-01-01.csv", "SUB-005");
    }

    @Test
    void anInvalidStudyStopsTheNightWithEveryMistakeTold() throws Exception {
        Path jobs = folder.resolve("other-jobs");
        FileSystemUtils.copyRecursively(JOBS, jobs);
        Path study = jobs.resolve("studies/mini.yaml");
        Files.writeString(
                study,
                Files.readString(study)
                        .replace("role: control", "role: onlooker")
                        .replace("month: 6", "month: six"));
        try (ChildProgram program = program(jobs, "nightly")) {
            assertThat(program.rest())
                    .startsWith("The definitions have mistakes, so nothing was run:")
                    .contains("mini.yaml line 6")
                    .contains("mini.yaml line 11")
                    .doesNotContain("\tat ");
            assertThat(program.exitCode()).isEqualTo(1);
        }
    }
}
