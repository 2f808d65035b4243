package org.equipoise.drafting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/**
 * The guesses of a draft as a sheet for Excel, a line each, that a coordinator fills in and the next draft reads. Columns
 * are found by their headings, so they may be moved; other columns and sheets do no harm.
 */
public final class AnswerSheet {
    static final String FILE = "file";
    static final String COLUMN = "column";
    static final String ABOUT = "about";
    static final String ANSWER = "your answer";

    private static final List<String> HEADINGS = List.of(FILE, COLUMN, ABOUT, "guess", "certainty", "why", ANSWER);
    private static final int[] WIDTHS = {32, 28, 24, 28, 10, 60, 28};

    private AnswerSheet() {}

    /** A sheet that is not one of ours. */
    public static final class NotASheet extends Exception {
        NotASheet(String message) {
            super(message);
        }
    }

    /** Writes the guesses, least sure first. The library closes the stream. */
    public static void write(Draft draft, OutputStream stream) throws IOException {
        try (Workbook workbook = new Workbook(stream, "equipoise", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("answers");
            for (int column = 0; column < HEADINGS.size(); column++) {
                sheet.value(0, column, HEADINGS.get(column));
                sheet.style(0, column).bold().set();
                sheet.width(column, WIDTHS[column]);
            }
            sheet.freezePane(0, 1);
            List<Guess> guesses = draft.guesses().stream()
                    .sorted(Comparator.comparingInt(Guess::certainty))
                    .toList();
            int line = 1;
            for (Guess guess : guesses) {
                sheet.value(line, 0, guess.file());
                sheet.value(line, 1, guess.column());
                sheet.value(line, 2, guess.about());
                sheet.value(line, 3, guess.guess());
                sheet.value(line, 4, guess.certainty());
                sheet.value(line, 5, guess.reason());
                line++;
            }
        }
    }

    /**
     * Reads what was answered; a line without an answer keeps its guess.
     *
     * @throws NotASheet if it is no Excel file, or lacks a heading
     */
    public static List<Answer> read(InputStream stream) throws IOException, NotASheet {
        byte[] bytes = stream.readAllBytes();
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes));
                Stream<Row> rows = workbook.getFirstSheet().openStream()) {
            List<Answer> answers = new ArrayList<>();
            Map<String, Integer> places = new HashMap<>();
            for (Row row : (Iterable<Row>) rows::iterator) {
                if (places.isEmpty()) {
                    for (int cell = 0; cell < row.getCellCount(); cell++) {
                        places.putIfAbsent(text(row, cell).toLowerCase(Locale.ROOT), cell);
                    }
                    verify(places);
                    continue;
                }
                String answer = text(row, places.getOrDefault(ANSWER, 0));
                if (!answer.isEmpty()) {
                    answers.add(new Answer(
                            text(row, places.getOrDefault(FILE, 0)),
                            text(row, places.getOrDefault(COLUMN, 0)),
                            text(row, places.getOrDefault(ABOUT, 0)),
                            answer));
                }
            }
            return answers;
        } catch (ExcelReaderException | IOException e) { // all of it is in memory: only its form can be wrong
            throw new NotASheet("It is no Excel workbook (.xlsx).");
        }
    }

    private static void verify(Map<String, Integer> places) throws NotASheet {
        for (String heading : List.of(FILE, COLUMN, ABOUT, ANSWER)) {
            if (!places.containsKey(heading)) {
                throw new NotASheet("Its first sheet has no column headed \"" + heading + "\".");
            }
        }
    }

    private static String text(Row row, int cell) {
        return cell < row.getCellCount() ? row.getCellText(cell).strip() : "";
    }
}
