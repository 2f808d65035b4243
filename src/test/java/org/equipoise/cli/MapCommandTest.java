package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new site's way from its first export to a mapping that can be used: draft, sheet, answers, trial. */
class MapCommandTest {
    private static final Path DICTIONARY =
            Path.of("src/test/resources/org/equipoise/drafting/northgate_dictionary.csv");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String export = "";
    private String draft = "";

    @BeforeEach
    void findTheExport() throws IOException {
        try (Stream<Path> inbox = Files.list(Path.of("jobs/sites/northgate/inbox"))) {
            export = inbox.sorted().findFirst().orElseThrow().toString();
        }
        draft = folder.resolve("draft.yaml").toString();
    }

    private int map(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(
                "--home", folder.resolve("home").toString(), "--jobs", "jobs", "--study", "jobs/studies/mbt-tau.yaml"));
        all.addAll(List.of("map", export));
        all.addAll(List.of(arguments));
        return Equipoise.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    @Test
    void draftWithoutAnAnswerIsRefusedAndSaysWhere() throws IOException {
        assertThat(map("--out", draft)).isEqualTo(ExitCode.OK);

        assertThat(Files.readString(Path.of(draft))).contains("ANSWER NEEDED");
        assertThat(err.toString()).contains("Before it can be used:", "DEF-072", "arm.values", "--answers");
        assertThat(map("--try", draft)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("DEF-072").contains("line ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void dictionaryAnswersWhatCodesDoNotSay() throws IOException {
        assertThat(map("--dictionary", DICTIONARY.toString(), "--out", draft)).isEqualTo(ExitCode.OK);

        assertThat(Files.readString(Path.of(draft))).doesNotContain("ANSWER NEEDED");
        assertThat(err.toString()).doesNotContain("DEF-072");
    }

    @Test
    void answersInTheSheetMakeADraftThatCanBeUsed() throws IOException {
        Path sheet = folder.resolve("questions.xlsx");
        assertThat(map("--sheet", sheet.toString(), "--out", draft)).isEqualTo(ExitCode.OK);
        Path answered = answer(sheet, Map.of("value 1", "MBT", "value 2", "TAU"));

        assertThat(map("--answers", answered.toString(), "--out", draft)).isEqualTo(ExitCode.OK);

        assertThat(err.toString()).doesNotContain("Before it can be used", "not understood");
        assertThat(Files.readString(Path.of(draft))).doesNotContain("ANSWER NEEDED");
        assertThat(map("--try", draft)).isNotEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("rows accepted: ", "Against the mapping in force:");
    }

    @Test
    void mappingInForceDiffersInNothingFromItself() {
        map("--try", "jobs/sites/northgate/mapping.yaml");

        assertThat(out.toString()).contains("Nothing differs from the mapping in force.");
    }

    /** Nobody's arm is right any more, and no answer is another one. */
    @Test
    void trialTellsWhatASwappedArmWouldChange() throws IOException {
        String mapping = Files.readString(Path.of("jobs/sites/northgate/mapping.yaml"));
        assertThat(mapping).contains("{1: MBT, 2: TAU}");
        Files.writeString(Path.of(draft), mapping.replace("{1: MBT, 2: TAU}", "{1: TAU, 2: MBT}"));

        map("--try", draft);

        long people = number("participants with an arm: ");
        assertThat(people).isPositive();
        assertThat(out.toString())
                .contains("Participants of whom something differs: " + people + ".")
                .doesNotContain("values new");
    }

    private long number(String label) {
        String said = out.toString();
        String rest = said.substring(said.indexOf(label) + label.length());
        return Long.parseLong(rest.lines().findFirst().orElseThrow());
    }

    /** What a coordinator does: fills in the last column where a matter is known, and saves. */
    private Path answer(Path sheet, Map<String, String> known) throws IOException {
        Path answered = folder.resolve("answered.xlsx");
        try (InputStream in = Files.newInputStream(sheet);
                ReadableWorkbook asked = new ReadableWorkbook(in);
                Stream<Row> rows = asked.getFirstSheet().openStream();
                OutputStream stream = Files.newOutputStream(answered);
                Workbook workbook = new Workbook(stream, "coordinator", "1.0")) {
            Worksheet copy = workbook.newWorksheet("answers");
            int line = 0;
            for (Row row : (Iterable<Row>) rows::iterator) {
                for (int cell = 0; cell < row.getCellCount(); cell++) {
                    copy.value(line, cell, row.getCellText(cell));
                }
                boolean armCode = line > 0 && row.getCellText(1).equals("arm");
                if (armCode && known.containsKey(row.getCellText(2))) {
                    copy.value(line, 6, known.get(row.getCellText(2)));
                }
                line++;
            }
        }
        return answered;
    }
}
