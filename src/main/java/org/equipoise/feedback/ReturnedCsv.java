package org.equipoise.feedback;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.io.input.ReaderInputStream;
import org.apache.commons.io.output.WriterOutputStream;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.vocabulary.FindingCode;

/**
 * A site's own file with one more column. The file's bytes are copied as they are, in its own encoding,
 * quoting and line ends; only the end of each row gets a field. Memory holds the findings, never the file.
 */
final class ReturnedCsv {
    /** Header of the column that says what to mend. */
    static final String COLUMN = "please_mend";

    private static final int BUFFER = 1 << 16;
    private static final byte[] NOTHING = {};

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
    private final Charset encoding;
    private final byte[] emptyField;
    private final NavigableMap<Integer, String> notes;
    private int nextNoted;
    private final String aboutTheHeader;
    private boolean headerToldOf;

    private ReturnedCsv(TextFormat format, Charset encoding, String column, int headerLine, List<FindingRow> findings) {
        this.format = format;
        this.encoding = encoding;
        this.column = column;
        this.headerLine = headerLine;
        emptyField = String.valueOf(format.delimiter()).getBytes(encoding);
        notes = notes(findings, headerLine);
        nextNoted = firstNoted();
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
        if (isCopiedAsBytes(encoding)) {
            try (InputStream in = source.open()) {
                copy(in, out, format, encoding, column, headerLine, findings);
            }
            return;
        }
        try (InputStream in = recoded(source.open(), encoding)) {
            OutputStream recoded = recoded(out, encoding);
            copy(in, recoded, format, StandardCharsets.UTF_8, column, headerLine, findings);
            recoded.flush();
        }
    }

    private static void copy(
            InputStream in,
            OutputStream out,
            TextFormat format,
            Charset encoding,
            String column,
            int headerLine,
            List<FindingRow> findings)
            throws IOException {
        ReturnedCsv returned = new ReturnedCsv(format, encoding, column, headerLine, findings);
        new RowCopy(in, out, encoding, format.delimiter(), format.quote()).copy(headerLine, returned::behind);
    }

    /** Whether a mark's bytes stand for nothing else: in UTF-8, and where a character is a byte and ASCII is as ever. */
    private static boolean isCopiedAsBytes(Charset encoding) {
        return encoding.equals(StandardCharsets.UTF_8)
                || (encoding.newEncoder().maxBytesPerChar() == 1 && ExportReader.holdsAscii(encoding));
    }

    private static InputStream recoded(InputStream bytes, Charset encoding) throws IOException {
        return ReaderInputStream.builder()
                .setReader(new InputStreamReader(new BufferedInputStream(bytes, BUFFER), encoding))
                .setCharset(StandardCharsets.UTF_8)
                .setBufferSize(BUFFER)
                .get();
    }

    /** What the site wrote can be encoded again; our own words may hold what its encoding lacks. */
    private static OutputStream recoded(OutputStream out, Charset encoding) throws IOException {
        return WriterOutputStream.builder()
                .setWriter(new BufferedWriter(
                        new OutputStreamWriter(
                                out,
                                encoding.newEncoder()
                                        .onMalformedInput(CodingErrorAction.REPLACE)
                                        .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                        BUFFER))
                .setCharset(StandardCharsets.UTF_8)
                .setBufferSize(BUFFER)
                .get();
    }

    private static NavigableMap<Integer, String> notes(List<FindingRow> findings, int headerLine) {
        NavigableMap<Integer, String> notes = new TreeMap<>();
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

    private byte[] behind(int line, boolean blank) {
        if (line < headerLine || (blank && line > headerLine)) {
            return NOTHING;
        }
        String field = line == headerLine ? column : noteOf(line);
        if (line > headerLine && !headerToldOf) {
            headerToldOf = true;
            if (!aboutTheHeader.isEmpty()) {
                field = field.isEmpty() ? aboutTheHeader : aboutTheHeader + " | " + field;
            }
        }
        return field.isEmpty() ? emptyField : (format.delimiter() + quoted(field)).getBytes(encoding);
    }

    /** Lines come in order. */
    private String noteOf(int line) {
        while (nextNoted < line) {
            notes.pollFirstEntry();
            nextNoted = firstNoted();
        }
        return nextNoted == line ? notes.firstEntry().getValue() : "";
    }

    private int firstNoted() {
        return notes.isEmpty() ? Integer.MAX_VALUE : notes.firstKey();
    }

    private String quoted(String field) {
        if (field.indexOf(format.delimiter()) < 0 && field.indexOf(format.quote()) < 0) {
            return field;
        }
        String mark = String.valueOf(format.quote());
        return mark + field.replace(mark, mark + mark) + mark;
    }
}
