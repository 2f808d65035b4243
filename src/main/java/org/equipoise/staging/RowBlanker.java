package org.equipoise.staging;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Set;
import org.equipoise.definition.SiteMapping.TextFormat;

/**
 * Copies an export character by character, and of some rows only the frame: delimiters, quotation marks around fields, and
 * the line breaks inside these. Rows are told apart as {@link ExportReader} tells them apart. Memory holds none of the file.
 */
final class RowBlanker {
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final TextFormat format;
    private final int headerLine;
    private final Set<Integer> lines;

    /** Where in a row the copy is. */
    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        /** Behind a quotation mark that closes the field, or is the first of two that stand for one. */
        QUOTE_SEEN
    }

    private At at = At.FIELD_START;
    private int line = 1;
    private boolean afterReturn;
    private boolean blanks;

    /** @param lines rows of which only the frame stays */
    RowBlanker(TextFormat format, int headerLine, Set<Integer> lines) {
        this.format = format;
        this.headerLine = headerLine;
        this.lines = lines;
    }

    void copy(Reader in, Writer out) throws IOException {
        char[] buffer = new char[BUFFER];
        boolean begun = false;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            for (int i = 0; i < count; i++) {
                char c = buffer[i];
                if (!begun && c == BYTE_ORDER_MARK) {
                    // It stands before the first field, not in it.
                    out.write(c);
                } else if (line < headerLine) {
                    out.write(c);
                    line += c == '\n' ? 1 : 0;
                } else {
                    write(c, out);
                }
                begun = true;
            }
        }
        closeQuote(out);
    }

    private void write(char c, Writer out) throws IOException {
        boolean ofReturn = afterReturn && c == '\n';
        afterReturn = false;
        if (ofReturn) {
            out.write(c);
        } else if ((c == '\n' || c == '\r') && at != At.QUOTED) {
            closeQuote(out);
            out.write(c);
            line++;
            at = At.FIELD_START;
            blanks = lines.contains(line);
            afterReturn = c == '\r';
        } else {
            At before = at;
            at = next(c);
            if (!blanks) {
                out.write(c);
            } else {
                writeFrame(before, c, out);
            }
        }
    }

    private At next(char c) {
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

    private void writeFrame(At before, char c, Writer out) throws IOException {
        if (before == At.QUOTED) {
            if (c == '\n' || c == '\r') {
                out.write(c);
            }
        } else if (at == At.FIELD_START) {
            if (before == At.QUOTE_SEEN) {
                out.write(format.quote());
            }
            out.write(c);
        } else if (before == At.FIELD_START && at == At.QUOTED) {
            out.write(c);
        }
    }

    /** A quotation mark was the last of its field only if the field ends behind it. */
    private void closeQuote(Writer out) throws IOException {
        if (blanks && at == At.QUOTE_SEEN) {
            out.write(format.quote());
        }
    }
}
