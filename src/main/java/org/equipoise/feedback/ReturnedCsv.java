package org.equipoise.feedback;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.vocabulary.FindingCode;

/**
 * A site's own file with one more column. The file's characters are copied as they are, in its own encoding,
 * quoting and line ends; only the end of each row gets a field. Rows are told apart as {@link ExportReader}
 * tells them apart. Memory holds the findings, never the file.
 */
final class ReturnedCsv {
    /** Header of the column that says what to mend. */
    static final String COLUMN = "please_mend";

    private static final int BUFFER = 1 << 16;

    /** After one of these, rows cannot be told apart, or there are none. */
    private static final Set<String> NO_ROWS = codes(
            FindingCode.SUB_001,
            FindingCode.SUB_002,
            FindingCode.SUB_003,
            FindingCode.SUB_004,
            FindingCode.SUB_005,
            FindingCode.STG_001,
            FindingCode.STG_002,
            FindingCode.STG_003,
            FindingCode.STG_004,
            FindingCode.STG_005,
            FindingCode.STG_009,
            FindingCode.STG_011);

    private final TextFormat format;
    private final String column;
    private final int headerLine;
    private final Map<Integer, String> notes;
    private final String aboutTheHeader;
    private boolean headerToldOf;

    private ReturnedCsv(TextFormat format, String column, int headerLine, List<FindingRow> findings) {
        this.format = format;
        this.column = column;
        this.headerLine = headerLine;
        notes = notes(findings, headerLine);
        aboutTheHeader = aboutTheHeader(findings, headerLine);
    }

    private static Set<String> codes(FindingCode... codes) {
        Set<String> names = new TreeSet<>();
        for (FindingCode code : codes) {
            names.add(code.code());
        }
        return names;
    }

    /** Whether these findings leave rows to write notes beside. */
    static boolean isPossible(List<FindingRow> findings) {
        return findings.stream().noneMatch(finding -> NO_ROWS.contains(finding.code()));
    }

    /**
     * Copies a file with its notes.
     *
     * @throws FileRefused if it is no table after all
     */
    static void write(
            String file, TextFormat format, ExportReader.Source source, List<FindingRow> findings, OutputStream out)
            throws IOException, FileRefused {
        Charset encoding;
        int headerLine;
        String column = COLUMN;
        try (ExportReader reader = ExportReader.open(file, format, source)) {
            encoding = reader.encoding();
            headerLine = reader.headerLine();
            for (int number = 2; reader.header().contains(column); number++) {
                column = COLUMN + "_" + number;
            }
        }
        try (Reader in = new InputStreamReader(new BufferedInputStream(source.open(), BUFFER), encoding)) {
            // What the site wrote can be encoded again; our own words may hold what its encoding lacks.
            Writer text = new BufferedWriter(
                    new OutputStreamWriter(
                            out,
                            encoding.newEncoder()
                                    .onMalformedInput(CodingErrorAction.REPLACE)
                                    .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                    BUFFER);
            new ReturnedCsv(format, column, headerLine, findings).copy(in, text);
            text.flush();
        }
    }

    private static Map<Integer, String> notes(List<FindingRow> findings, int headerLine) {
        Map<Integer, String> notes = new HashMap<>();
        for (FindingRow finding : findings) {
            if (finding.line() > headerLine) {
                notes.merge(finding.line(), note(finding), (a, b) -> a + " | " + b);
            }
        }
        return notes;
    }

    /** What is wrong above the rows; it stands beside the first of them. */
    private static String aboutTheHeader(List<FindingRow> findings, int headerLine) {
        StringBuilder words = new StringBuilder();
        for (FindingRow finding : findings) {
            if (finding.isError() && finding.line() <= headerLine) {
                words.append(words.isEmpty() ? "Header: " : " | Header: ").append(note(finding));
            }
        }
        return words.toString();
    }

    private static String note(FindingRow finding) {
        return PlainText.visible(finding.code()
                + (finding.column() == null ? "" : " " + finding.column())
                + ": "
                + finding.message()
                + " Expected "
                + finding.expected()
                + "."
                + (finding.count() > 1 ? " Here and in further rows below, " + finding.count() + " in all." : ""));
    }

    /** Where in a row the copy is. */
    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        /** Behind a quotation mark that closes the field, or is the first of two that stand for one. */
        QUOTE_SEEN
    }

    private void copy(Reader in, Writer out) throws IOException {
        char[] buffer = new char[BUFFER];
        At at = At.FIELD_START;
        int line = 1;
        boolean preamble = line < headerLine;
        boolean begun = false;
        boolean any = false;
        boolean blank = true;
        boolean afterReturn = false;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            int from = 0;
            for (int i = 0; i < count; i++) {
                char c = buffer[i];
                if (!begun) {
                    begun = true;
                    // A byte order mark stands before the first field, not in it.
                    if (c == '\uFEFF') {
                        continue;
                    }
                }
                if (preamble) {
                    if (c == '\n') {
                        line++;
                        preamble = line < headerLine;
                    }
                    continue;
                }
                if (afterReturn) {
                    afterReturn = false;
                    if (c == '\n') {
                        continue;
                    }
                }
                if ((c == '\n' || c == '\r') && at != At.QUOTED) {
                    out.write(buffer, from, i - from);
                    from = i;
                    endRow(out, line, blank);
                    line++;
                    at = At.FIELD_START;
                    any = false;
                    blank = true;
                    afterReturn = c == '\r';
                    continue;
                }
                any = true;
                blank = blank && c != format.delimiter() && (Character.isWhitespace(c) || c == format.quote());
                at = next(at, c);
                if (at == At.PLAIN && !blank) {
                    i = endOfField(buffer, i, count);
                }
            }
            out.write(buffer, from, count - from);
        }
        if (any) {
            endRow(out, line, blank);
        }
    }

    /** The last character of an unquoted field, or of what has been read of it: nothing in it changes where we are. */
    private int endOfField(char[] buffer, int inside, int count) {
        int next = inside + 1;
        while (next < count && buffer[next] != format.delimiter() && buffer[next] != '\n' && buffer[next] != '\r') {
            next++;
        }
        return next - 1;
    }

    private At next(At at, char c) {
        if (c == format.quote()) {
            return switch (at) {
                case FIELD_START, QUOTE_SEEN -> At.QUOTED;
                case QUOTED -> At.QUOTE_SEEN;
                case PLAIN -> At.PLAIN;
            };
        }
        if (at == At.QUOTED) {
            return At.QUOTED;
        }
        if (c == format.delimiter()) {
            return At.FIELD_START;
        }
        return at == At.QUOTE_SEEN ? at : At.PLAIN;
    }

    private void endRow(Writer out, int line, boolean blank) throws IOException {
        if (line < headerLine || (blank && line > headerLine)) {
            return;
        }
        String field = line == headerLine ? column : notes.getOrDefault(line, "");
        if (line > headerLine && !headerToldOf) {
            headerToldOf = true;
            if (!aboutTheHeader.isEmpty()) {
                field = field.isEmpty() ? aboutTheHeader : aboutTheHeader + " | " + field;
            }
        }
        out.write(format.delimiter());
        out.write(quoted(field));
    }

    private String quoted(String field) {
        if (field.indexOf(format.delimiter()) < 0 && field.indexOf(format.quote()) < 0) {
            return field;
        }
        String mark = String.valueOf(format.quote());
        return mark + field.replace(mark, mark + mark) + mark;
    }
}
