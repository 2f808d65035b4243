package org.equipoise.feedback;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.equipoise.staging.FieldPosition;

/**
 * Copies a CSV file's bytes as they are and puts something behind each row. Rows are told apart as
 * {@link org.equipoise.staging.ExportReader} tells them apart, without decoding them: a line end, delimiter or quotation
 * mark is the same bytes wherever it stands. Memory holds one row at least, never the file. For one file.
 */
final class RowCopy {
    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** What stands behind the rows. */
    @FunctionalInterface
    interface Addition {
        /**
         * What to put behind a row; asked of each in order.
         *
         * @param line as the reader counts it
         * @param blank whether the row is no more than white space and quotation marks
         */
        byte[] behind(int line, boolean blank);
    }

    private final InputStream in;
    private final OutputStream out;
    private final Charset encoding;
    private final byte[] delimiter;
    private final byte[] quote;
    private byte[] bytes = new byte[BUFFER];
    private int from;
    private int filled;
    private final byte[] written = new byte[BUFFER];
    private int waiting;

    /**
     * @param encoding UTF-8, or one of a byte a character in which ASCII is as ever
     */
    RowCopy(InputStream in, OutputStream out, Charset encoding, char delimiter, char quote) {
        this.in = in;
        this.out = out;
        this.encoding = encoding;
        this.delimiter = String.valueOf(delimiter).getBytes(encoding);
        this.quote = String.valueOf(quote).getBytes(encoding);
    }

    /**
     * Copies the file.
     *
     * @param firstLine the first line that is a row; those before it stay as they are, whatever they hold
     */
    void copy(int firstLine, Addition addition) throws IOException {
        skipByteOrderMark();
        int line = 1;
        boolean any = true;
        while (line < firstLine && any) {
            any = skipLine();
            line++;
        }
        for (int end = endOfRow(); end >= 0; end = endOfRow()) {
            writeRow(end, addition, line);
            writeLineEnd();
            line++;
        }
        if (from < filled) {
            writeRow(filled, addition, line);
        }
        flush();
    }

    /** It stands before the first field, not in it. */
    private void skipByteOrderMark() throws IOException {
        while (filled < BYTE_ORDER_MARK.length && readOn()) {
            // until it can be told
        }
        if (filled >= BYTE_ORDER_MARK.length && stands(BYTE_ORDER_MARK, 0)) {
            write(BYTE_ORDER_MARK.length);
        }
    }

    /** Whether there is a line to its end. */
    private boolean skipLine() throws IOException {
        do {
            for (int i = from; i < filled; i++) {
                if (bytes[i] == '\n') {
                    write(i + 1);
                    return true;
                }
            }
            write(filled);
        } while (readOn());
        return false;
    }

    /** Where the row ends that begins the buffer; -1 if the file ends first. */
    private int endOfRow() throws IOException {
        int end = findEnd();
        while (end < 0 && readOn()) {
            end = findEnd();
        }
        return end;
    }

    private int findEnd() {
        byte[] row = bytes;
        byte mark = quote[0];
        for (int i = from; i < filled; i++) {
            byte b = row[i];
            if (b == '\n' || b == '\r') {
                return i;
            }
            if (b == mark) {
                return findEndByFields();
            }
        }
        return -1;
    }

    private int findEndByFields() {
        FieldPosition at = FieldPosition.FIELD_START;
        int i = from;
        while (i < filled) {
            if (stands(quote, i)) {
                at = at.afterQuote();
                i += quote.length;
            } else if (at != FieldPosition.QUOTED && (bytes[i] == '\n' || bytes[i] == '\r')) {
                return i;
            } else if (stands(delimiter, i)) {
                at = at.afterDelimiter();
                i += delimiter.length;
            } else {
                at = at.afterOther();
                i++;
            }
        }
        return -1;
    }

    private void writeRow(int end, Addition addition, int line) throws IOException {
        byte[] behind = addition.behind(line, isBlank(end));
        write(end);
        write(behind, 0, behind.length);
    }

    private void writeLineEnd() throws IOException {
        boolean afterReturn = bytes[from] == '\r';
        write(from + 1);
        if (afterReturn && (from < filled || readOn()) && bytes[from] == '\n') {
            write(from + 1);
        }
    }

    private boolean isBlank(int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] < 0) {
                return isBlank(new String(bytes, from, end - from, encoding));
            }
            if (stands(delimiter, i) || !(Character.isWhitespace(bytes[i]) || stands(quote, i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isBlank(String row) {
        String delimiterText = new String(delimiter, encoding);
        String quoteText = new String(quote, encoding);
        return !row.contains(delimiterText) && row.replace(quoteText, "").isBlank();
    }

    private boolean stands(byte[] mark, int at) {
        if (bytes[at] != mark[0] || at + mark.length > filled) {
            return false;
        }
        for (int i = 1; i < mark.length; i++) {
            if (bytes[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads on behind what has not been written yet; false at the end of the file. */
    private boolean readOn() throws IOException {
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, filled - from);
            filled -= from;
            from = 0;
        } else if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int count = in.read(bytes, filled, bytes.length - filled);
        filled += Math.max(count, 0);
        return count >= 0;
    }

    private void write(int end) throws IOException {
        write(bytes, from, end - from);
        from = end;
    }

    private void write(byte[] what, int start, int count) throws IOException {
        if (count > written.length - waiting) {
            flush();
        }
        if (count > written.length) {
            out.write(what, start, count);
        } else {
            System.arraycopy(what, start, written, waiting, count);
            waiting += count;
        }
    }

    private void flush() throws IOException {
        out.write(written, 0, waiting);
        waiting = 0;
    }
}
