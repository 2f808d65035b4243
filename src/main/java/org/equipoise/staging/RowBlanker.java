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

    private FieldPosition at = FieldPosition.FIELD_START;
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
        } else if ((c == '\n' || c == '\r') && at != FieldPosition.QUOTED) {
            closeQuote(out);
            out.write(c);
            line++;
            at = FieldPosition.FIELD_START;
            blanks = lines.contains(line);
            afterReturn = c == '\r';
        } else {
            FieldPosition before = at;
            at = next(c);
            if (!blanks) {
                out.write(c);
            } else {
                writeFrame(before, c, out);
            }
        }
    }

    private FieldPosition next(char c) {
        if (c == format.quote()) {
            return at.afterQuote();
        }
        return c == format.delimiter() ? at.afterDelimiter() : at.afterOther();
    }

    private void writeFrame(FieldPosition before, char c, Writer out) throws IOException {
        if (before == FieldPosition.QUOTED) {
            if (c == '\n' || c == '\r') {
                out.write(c);
            }
        } else if (at == FieldPosition.FIELD_START) {
            if (before == FieldPosition.QUOTE_SEEN) {
                out.write(format.quote());
            }
            out.write(c);
        } else if (before == FieldPosition.FIELD_START && at == FieldPosition.QUOTED) {
            out.write(c);
        }
    }

    /** A quotation mark was the last of its field only if the field ends behind it. */
    private void closeQuote(Writer out) throws IOException {
        if (blanks && at == FieldPosition.QUOTE_SEEN) {
            out.write(format.quote());
        }
    }
}
