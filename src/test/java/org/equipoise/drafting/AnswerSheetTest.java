package org.equipoise.drafting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

class AnswerSheetTest {
    private static final Draft DRAFT = new Draft(
            "delta",
            "",
            2,
            1,
            List.of("x"),
            List.of(
                    new Guess("a.csv", "arm", "value 1", "MBT", 20, "a code"),
                    new Guess("", "", "zone", "UTC", 30, "asked")),
            List.of());

    private static ByteArrayInputStream sheet(String... cells) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("any name");
            for (int i = 0; i < cells.length; i++) {
                sheet.value(i / 4, i % 4, cells[i]);
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Test
    void unansweredSheetHoldsNoAnswers() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AnswerSheet.write(DRAFT, bytes);

        assertThat(AnswerSheet.read(new ByteArrayInputStream(bytes.toByteArray())))
                .isEmpty();
    }

    @Test
    void readsAnswersWhereverTheirColumnsAre() throws Exception {
        assertThat(AnswerSheet.read(sheet(
                        "Your answer",
                        "about",
                        "column",
                        "file", //
                        "TAU",
                        "value 1",
                        "arm",
                        "a.csv", //
                        "",
                        "zone",
                        "",
                        "", //
                        "Europe/Oslo ",
                        "zone",
                        "",
                        "")))
                .containsExactly(
                        new Answer("a.csv", "arm", "value 1", "TAU"), new Answer("", "", "zone", "Europe/Oslo"));
    }

    @Test
    void refusesASheetWithoutAPlaceForAnswers() throws Exception {
        ByteArrayInputStream sheet = sheet("file", "column", "about", "guess");

        assertThatThrownBy(() -> AnswerSheet.read(sheet))
                .isInstanceOf(AnswerSheet.NotASheet.class)
                .hasMessage("Its first sheet has no column headed \"your answer\".");
    }

    @Test
    void refusesWhatIsNoWorkbook() {
        ByteArrayInputStream text = new ByteArrayInputStream("file,column".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> AnswerSheet.read(text))
                .isInstanceOf(AnswerSheet.NotASheet.class)
                .hasMessage("It is no Excel workbook (.xlsx).");
    }
}
