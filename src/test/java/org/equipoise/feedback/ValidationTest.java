package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.equipoise.feedback.Validation.Format;
import org.equipoise.feedback.Validation.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidationTest {
    private static final String NAME = "aarhus_2026-09-30.csv";
    private static final String FILE = TestSites.HEADER + """

            P1,before,MBT,2020-01-06,2020-01-02,45
            P2,before,TAU,2020-01-06,2020-01-02,450
            P3,later,TAU,2020-01-06,2020-01-02,50
            P4,later,TAU,2020-01-06,2020-01-02,50
            P4,later,TAU,2020-01-06,2020-01-02,50
            """;

    @TempDir
    Path folder;

    private TestSites sites;
    private final StringBuilder out = new StringBuilder();

    @BeforeEach
    void makeSites() throws IOException {
        sites = TestSites.in(folder);
    }

    @Test
    void textTellsPlacesAsCompilersDoAndThenWhatTheFileComesTo() throws IOException {
        int exitCode = validate(Format.TEXT, Optional.empty(), sites.file(NAME, FILE));

        assertThat(exitCode).isEqualTo(3);
        assertThat(out).hasToString("""
                        aarhus_2026-09-30.csv:3: error STG-033 gaf: The value is outside what the item allows.
                            line 3: record P2, event before, form gaf, found 450; expected a whole number from 1 to 100
                            Correct the cell and export again. If it stands for a missing answer, have it added to the mapping.
                        aarhus_2026-09-30.csv:4: error STG-021 visit: The visit is not one that the mapping knows.
                            line 4: record P3, event later, found later; expected one of before, half a year
                            Correct the visit, or have it added to the mapping.
                        aarhus_2026-09-30.csv:5: error STG-021 visit: The visit is not one that the mapping knows.
                            lines 5-6: record P4, event later, found later; expected one of before, half a year
                            Correct the visit, or have it added to the mapping.
                        aarhus_2026-09-30.csv: would be accepted in part: 5 rows received, 2 accepted, 3 rejected, 0 duplicate, 0 superseded; 4 errors, 0 warnings, 0 for information. Mend the errors and export again; or hand it over, and the rejected rows are left out.
                        """);
    }

    @Test
    void textOfACleanFileIsOneLine() throws IOException {
        int exitCode = validate(
                Format.TEXT,
                Optional.empty(),
                sites.file(NAME, TestSites.HEADER + "\nP1,before,MBT,2020-01-06,2020-01-02,45\n"));

        assertThat(exitCode).isZero();
        assertThat(out)
                .hasToString(
                        "aarhus_2026-09-30.csv: would be accepted: 1 row received, 1 accepted, 0 rejected, 0 duplicate,"
                                + " 0 superseded; 0 errors, 0 warnings, 0 for information. It can be handed over.\n");
    }

    @Test
    void greatestExitCodeOfSeveralFilesCounts() throws IOException {
        int exitCode = validate(
                Format.TEXT,
                Optional.empty(),
                sites.file(NAME, FILE),
                sites.file("aarhus_2026-10-01.csv", ""),
                sites.file("aarhus_2026-10-02.csv", TestSites.HEADER + "\nP1,before,MBT,2020-01-06,2020-01-02,45\n"));

        assertThat(exitCode).isEqualTo(4);
        assertThat(out)
                .contains(
                        "aarhus_2026-10-01.csv: would be rejected: 1 error, 0 warnings, 0 for information. Nothing of it"
                                + " would be used; mend the errors and export again.\n");
    }

    @Test
    void manyOfAKindAreNotAllListed() throws IOException {
        StringBuilder file = new StringBuilder(TestSites.HEADER).append('\n');
        for (int i = 0; i < 1500; i++) {
            file.append("P").append(i).append(",before,MBT,2020-01-06,2020-01-02,101\n");
        }

        validate(Format.TEXT, Optional.empty(), sites.file(NAME, file.toString()));

        assertThat(out.toString().lines().filter(line -> line.contains("error STG-033 gaf: The")))
                .hasSize(20);
        assertThat(out)
                .contains("aarhus_2026-09-30.csv: error STG-033 gaf: 1480 more like these; --format csv lists them\n");
        assertThat(out).contains("1500 errors");
    }

    @Test
    void jsonIsOneObjectAFile() throws IOException {
        validate(
                Format.JSON,
                Optional.empty(),
                sites.file(NAME, FILE.replace("450", "\"4\"\"\\\t\u00E6\uD83D\uDE00\"")));

        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("file").stringValue()).isEqualTo(NAME);
        assertThat(json.get("site").stringValue()).isEqualTo("aarhus");
        assertThat(json.get("export").stringValue()).isEqualTo("gaf");
        assertThat(json.get("as_of").stringValue()).isEqualTo("2026-09-29T22:00:00Z");
        assertThat(json.get("verdict").stringValue()).isEqualTo("some_rows_rejected");
        assertThat(json.get("exit_code").intValue()).isEqualTo(3);
        assertThat(json.get("counts").toString())
                .isEqualTo("{\"received\":5,\"accepted\":2,\"rejected\":3,\"duplicate\":0,\"superseded\":0}");
        assertThat(json.get("findings").size()).isEqualTo(4);
        JsonNode finding = json.get("findings").get(0);
        assertThat(finding.get("code").stringValue()).isEqualTo("STG-032");
        assertThat(finding.get("line").intValue()).isEqualTo(3);
        assertThat(finding.get("record").stringValue()).isEqualTo("P2");
        assertThat(finding.get("found").stringValue()).isEqualTo("4\"\\\t\u00E6\uD83D\uDE00");
    }

    @Test
    void jsonOfARejectedFileHasEveryKeyToo() throws IOException {
        validate(Format.JSON, Optional.empty(), folder.resolve(NAME));

        assertThat(out)
                .hasToString(
                        "{\"file\":\"aarhus_2026-09-30.csv\",\"site\":null,\"export\":null,\"mapping_version\":null,\"header_sha256\":null,\"as_of\":null,"
                                + "\"verdict\":\"file_rejected\",\"exit_code\":4,\"counts\":{\"received\":0,\"accepted\":0,"
                                + "\"rejected\":0,\"duplicate\":0,\"superseded\":0},\"findings\":[{\"code\":\"SUB-003\","
                                + "\"severity\":\"error\",\"category\":\"file\",\"file\":\"aarhus_2026-09-30.csv\",\"line\":0,"
                                + "\"column\":null,\"record\":null,\"event\":null,\"form\":null,\"field\":null,"
                                + "\"expected\":\"a file that may be read\",\"found\":null,"
                                + "\"message\":\"This file cannot be read from disk.\","
                                + "\"remedy\":\"Give the program the right to read it, and copy it again if it came incomplete.\","
                                + "\"count\":1}]}\n");
    }

    @Test
    void tableHoldsTheFindingsOfAllFiles() throws IOException {
        validate(Format.CSV, Optional.empty(), sites.file(NAME, FILE), sites.file("aarhus_2026-10-01.csv", ""));

        assertThat(out.toString().lines().map(line -> line.split(",", 6)[0] + line.split(",", 6)[3]))
                .containsExactly(
                        "codefile",
                        "STG-033" + NAME,
                        "STG-021" + NAME,
                        "STG-021" + NAME,
                        "STG-021" + NAME,
                        "STG-001aarhus_2026-10-01.csv");
    }

    @Test
    void pageHoldsAReceiptAFile() throws IOException {
        validate(Format.HTML, Optional.empty(), sites.file(NAME, FILE), sites.file("aarhus_2026-10-01.csv", ""));

        assertThat(out)
                .contains("<title>Check of 2 files</title>", "Would be accepted, with findings", "Would be rejected");
    }

    @Test
    void copiesWithNotesGoToAFolderAndLeaveTheFilesAlone() throws IOException {
        Path file = sites.file(NAME, FILE);
        Path returned = folder.resolve("deep/returned");

        validate(Format.TEXT, Optional.of(returned), file, sites.file("aarhus_2026-10-01.csv", "%PDF"));

        assertThat(returned).isDirectoryContaining("glob:**/aarhus_2026-09-30.returned.csv");
        try (var files = Files.list(returned)) {
            assertThat(files).hasSize(1);
        }
        assertThat(file).hasContent(FILE);
        assertThat(returned.resolve("aarhus_2026-09-30.returned.csv"))
                .content()
                .startsWith(TestSites.HEADER + ",please_mend\n");
        assertThat(out)
                .contains(NAME + ": a copy with notes is in " + returned.resolve("aarhus_2026-09-30.returned.csv"));
    }

    @Test
    void terminalIsNotSteeredByWhatAFileHolds() throws IOException {
        validate(Format.TEXT, Optional.empty(), sites.file(NAME, FILE.replace("450", "\u001B[2J")));

        assertThat(out).contains("found \uFFFD[2J;").doesNotContain("\u001B");
    }

    private int validate(Format format, Optional<Path> returned, Path... files) throws IOException {
        return Validation.run(
                new Request(sites.jobs(), sites.study(), List.of(files), Optional.empty(), format, returned),
                TestSites.CLOCK,
                out);
    }
}
