package org.equipoise.staging;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.staging.RowBlock.Row;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV export block by block, in bounded memory whatever the file holds. Lines are counted as a
 * spreadsheet shows them: a field with line breaks inside stays one row. For one thread.
 */
public final class ExportReader implements Closeable {
    /** Where a file's bytes come from; opened anew for each pass. */
    public interface Source {
        InputStream open() throws IOException;
    }

    private static final int ROWS_PER_BLOCK = 4000;
    private static final int CHARS_PER_BLOCK = 400_000;
    private static final int LONGEST_ROW = 4_000_000;
    private static final int BUFFER = 1 << 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final String ASCII =
            IntStream.range(0, 128).mapToObj(Character::toString).collect(Collectors.joining());
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String file;
    private final Charset encoding;
    private final RowGuard guard;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    private final int headerLine;
    private int line;
    private boolean anyRow;

    private ExportReader(String file, TextFormat format, Charset encoding, RowGuard guard, int firstLine)
            throws IOException, FileRefused {
        this.file = file;
        this.encoding = encoding;
        this.guard = guard;
        this.line = firstLine - 1;
        parser = CSVFormat.Builder.create()
                .setDelimiter(format.delimiter())
                .setQuote(format.quote())
                .setIgnoreEmptyLines(false)
                .get()
                .parse(guard);
        records = parser.iterator();
        CSVRecord first = next();
        if (first == null) {
            throw refused(FindingCode.STG_001, 0, "a header and rows");
        }
        headerLine = line;
        header = Arrays.stream(first.values()).map(String::strip).collect(Collectors.toList());
    }

    /**
     * Opens an export and reads its header.
     *
     * @param file name for findings
     * @throws FileRefused if the file is empty, not text, or not in one of the encodings
     */
    public static ExportReader open(String file, TextFormat format, Source source) throws IOException, FileRefused {
        Charset encoding = encodingOf(file, format, source);
        InputStream bytes = source.open();
        try {
            RowGuard guard = new RowGuard(bytes, encoding);
            guard.skipByteOrderMark();
            int firstLine = 1 + guard.skipPreamble(format.skipLines());
            return new ExportReader(file, format, encoding, guard, firstLine);
        } catch (CharacterCodingException e) {
            bytes.close();
            throw notDecoded(file, format);
        } catch (RowTooLong e) {
            bytes.close();
            throw new FileRefused(tooLong(file, 1));
        } catch (ByteNotText e) {
            bytes.close();
            throw new FileRefused(Finding.of(FindingCode.STG_002, Place.file(file), "text without NUL bytes", null));
        } catch (IOException | FileRefused | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** Column headers, without surrounding blanks. */
    public List<String> header() {
        return header;
    }

    /** The line of the header. */
    public int headerLine() {
        return headerLine;
    }

    /** The encoding that the file turned out to be in. */
    public Charset encoding() {
        return encoding;
    }

    /**
     * The next rows, or empty at the end.
     *
     * @throws FileRefused if the rest of the file cannot be told apart, or there is no row at all
     */
    public Optional<RowBlock> read() throws IOException, FileRefused {
        List<Row> rows = new ArrayList<>();
        int chars = 0;
        while (rows.size() < ROWS_PER_BLOCK && chars < CHARS_PER_BLOCK) {
            CSVRecord record = next();
            if (record == null) {
                break;
            }
            String[] cells = record.values();
            if (isEmptyLine(cells)) {
                continue;
            }
            for (String cell : cells) {
                chars += cell.length();
            }
            rows.add(new Row(line, cells));
        }
        if (!rows.isEmpty()) {
            anyRow = true;
            return Optional.of(new RowBlock(rows));
        }
        if (!anyRow) {
            throw refused(FindingCode.STG_005, 0, "at least one row below the header");
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private static boolean isEmptyLine(String[] cells) {
        return cells.length == 1 && cells[0].isBlank();
    }

    private @Nullable CSVRecord next() throws IOException, FileRefused {
        guard.rowBegins();
        try {
            if (!records.hasNext()) {
                return null;
            }
            CSVRecord record = records.next();
            line++;
            return record;
        } catch (UncheckedIOException e) {
            throw refusal(Objects.requireNonNull(e.getCause()));
        }
    }

    /** Tells what the parser met, whose own message may quote the file. */
    private FileRefused refusal(IOException met) throws IOException {
        if (met instanceof RowTooLong) {
            return new FileRefused(tooLong(file, line + 1));
        }
        if (met instanceof CharacterCodingException) {
            return refused(FindingCode.STG_003, line + 1, encoding.name() + " from beginning to end");
        }
        if (met instanceof ByteNotText) {
            return refused(FindingCode.STG_002, line + 1, "text without NUL bytes");
        }
        String message = String.valueOf(met.getMessage());
        if (message.contains("EOF")) {
            return refused(FindingCode.STG_009, line + 1, "a closing quotation mark before the end of the file");
        }
        if (message.contains("nvalid char")) {
            return refused(FindingCode.STG_011, line + 1, "a delimiter after a closing quotation mark");
        }
        throw new IOException("The file could not be read to its end");
    }

    private FileRefused refused(FindingCode code, int atLine, String expected) {
        return new FileRefused(Finding.of(code, Place.line(file, atLine), expected, null));
    }

    private static Finding tooLong(String file, int atLine) {
        return Finding.of(FindingCode.STG_004, Place.line(file, atLine), "rows of at most 4 million characters", null);
    }

    /** The first declared encoding that fits the whole file; a byte order mark decides before them. */
    private static Charset encodingOf(String file, TextFormat format, Source source) throws IOException, FileRefused {
        byte[] start;
        try (InputStream bytes = source.open()) {
            start = bytes.readNBytes(8);
        }
        if (start.length == 0) {
            throw new FileRefused(Finding.of(FindingCode.STG_001, Place.file(file), "a header and rows", null));
        }
        Optional<Charset> marked = byteOrderMark(start);
        if (marked.isPresent()) {
            return marked.get();
        }
        String magic = new String(start, StandardCharsets.ISO_8859_1);
        if (magic.startsWith("%PDF") || magic.startsWith("PK\u0003\u0004") || magic.indexOf('\0') >= 0) {
            throw new FileRefused(
                    Finding.of(FindingCode.STG_002, Place.file(file), "a CSV file: text with one row a line", null));
        }
        if (format.encodings().size() == 1) {
            return format.encodings().get(0);
        }
        boolean ascii = isAscii(source);
        for (Charset encoding : format.encodings()) {
            if ((ascii && holdsAscii(encoding)) || decodes(source, encoding)) {
                return encoding;
            }
        }
        throw notDecoded(file, format);
    }

    /** Whether the bytes of ASCII stand for the same characters in an encoding. */
    public static boolean holdsAscii(Charset encoding) {
        return ASCII.equals(encoding.decode(ByteBuffer.wrap(ASCII.getBytes(StandardCharsets.US_ASCII)))
                .toString());
    }

    /** Whether all bytes stand for the same in nearly every encoding, as in most files: decoding costs ten times this. */
    private static boolean isAscii(Source source) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = source.open()) {
            long bytesInLine = 0;
            for (int count = bytes.readNBytes(buffer, 0, BUFFER);
                    count > 0 && bytesInLine <= LONGEST_ROW; // of an endless row no more is needed: reading refuses it
                    count = bytes.readNBytes(buffer, 0, BUFFER)) {
                Arrays.fill(buffer, count, BUFFER, (byte) 0);
                for (int i = 0; i < count; i += Long.BYTES) {
                    if (((long) LONGS.get(buffer, i) & HIGHEST_BITS) != 0) {
                        return false;
                    }
                }
                int lineEnd = lastLineEnd(i -> buffer[i], count);
                bytesInLine = lineEnd < 0 ? bytesInLine + count : count - lineEnd;
            }
            return true;
        }
    }

    private static boolean decodes(Source source, Charset encoding) throws IOException {
        char[] buffer = new char[BUFFER];
        try (Reader text = strict(source.open(), encoding)) {
            long charsInLine = 0;
            for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
                int lineEnd = lastLineEnd(i -> buffer[i], count);
                charsInLine = lineEnd < 0 ? charsInLine + count : count - lineEnd;
                if (charsInLine > LONGEST_ROW) {
                    return true; // reading will refuse the endless row; its other gigabytes are not needed to see that
                }
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int lastLineEnd(IntUnaryOperator buffer, int count) {
        for (int i = count - 1; i >= 0; i--) {
            if (buffer.applyAsInt(i) == '\n' || buffer.applyAsInt(i) == '\r') {
                return i;
            }
        }
        return -1;
    }

    private static FileRefused notDecoded(String file, TextFormat format) {
        String expected = format.encodings().stream().map(Charset::name).collect(Collectors.joining(" or "));
        return new FileRefused(Finding.of(FindingCode.STG_003, Place.file(file), expected, null));
    }

    private static Optional<Charset> byteOrderMark(byte[] start) {
        if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (startsWith(start, 0xFF, 0xFE)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        if (startsWith(start, 0xFE, 0xFF)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] start, int... mark) {
        if (start.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((start[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Reader strict(InputStream bytes, Charset encoding) {
        return new InputStreamReader(
                new BufferedInputStream(bytes, BUFFER),
                encoding.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static final class RowTooLong extends IOException {}

    private static final class ByteNotText extends IOException {}

    /**
     * Turns bytes into characters, and counts what a row has taken, so that a file that is one endless row cannot fill the
     * memory. As long as all is ASCII, as in most files to their end, a byte is a character: that takes a third of what
     * decoding would.
     */
    private static final class RowGuard extends Reader {
        private final InputStream bytes;
        private final Charset encoding;
        private final byte[] buffer = new byte[BUFFER];
        private int next;
        private int filled;

        /** What is left of the text from the first byte that is not ASCII. */
        private @Nullable Reader decoded;

        private final char[] one = new char[1];
        private boolean waiting;
        private int charsInRow;

        RowGuard(InputStream bytes, Charset encoding) {
            this.bytes = bytes;
            this.encoding = encoding;
            decoded = holdsAscii(encoding) ? null : strict(bytes, encoding);
        }

        void rowBegins() {
            charsInRow = 0;
        }

        void skipByteOrderMark() throws IOException {
            int first = read();
            waiting = first >= 0 && first != BYTE_ORDER_MARK;
        }

        /** Skips the lines before the header, Excel's {@code sep=} line among them; returns how many. */
        int skipPreamble(int lines) throws IOException {
            for (int i = 0; i < lines; i++) {
                rowBegins();
                int c;
                do {
                    c = read();
                } while (c >= 0 && c != '\n');
            }
            return lines;
        }

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            if (waiting && length > 0) {
                waiting = false;
                target[offset] = one[0];
                return 1;
            }
            int count =
                    decoded == null ? readAscii(target, offset, length) : readDecoded(decoded, target, offset, length);
            charsInRow += Math.max(count, 0);
            if (charsInRow > LONGEST_ROW) {
                throw new RowTooLong();
            }
            return count;
        }

        private int readAscii(char[] target, int offset, int length) throws IOException {
            if (next == filled) {
                filled = Math.max(bytes.read(buffer), 0);
                next = 0;
                if (filled == 0) {
                    return -1;
                }
            }
            int count = Math.min(length, filled - next);
            for (int i = 0; i < count; i++) {
                byte b = buffer[next + i];
                if (b == 0) {
                    throw new ByteNotText();
                }
                if (b < 0) {
                    next += i;
                    Reader rest = strict(
                            new SequenceInputStream(new ByteArrayInputStream(buffer, next, filled - next), bytes),
                            encoding);
                    decoded = rest;
                    return i + readDecoded(rest, target, offset + i, length - i);
                }
                target[offset + i] = (char) b;
            }
            next += count;
            return count;
        }

        private static int readDecoded(Reader text, char[] target, int offset, int length) throws IOException {
            int count = text.read(target, offset, length);
            for (int i = offset; i < offset + count; i++) {
                if (target[i] == 0) {
                    throw new ByteNotText();
                }
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
