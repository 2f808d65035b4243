package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.equipoise.vocabulary.FindingCode;
import org.junit.jupiter.api.Test;

/** Holds the page of checks to the catalogue of findings. */
class ChecksPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/checks.md");

    @Test
    void everyCodeIsOnThePageAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| (SUB|STG|HRM)-\\d{3} \\|.*"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(FindingCode.values())
                        .map(ChecksPageTest::row)
                        .toList());
    }

    @Test
    void headerOfTheTableOfFindingsIsOnThePage() throws IOException {
        StringBuilder header = new StringBuilder();
        FindingsCsv.write(List.of(), header);

        assertThat(Files.readString(PAGE)).contains("`" + header.toString().strip() + "`");
    }

    private static String row(FindingCode code) {
        return "| " + code.code() + " | " + code.severity().label() + " | "
                + code.category().label() + " | " + code.message() + " | " + code.remedy() + " |";
    }
}
