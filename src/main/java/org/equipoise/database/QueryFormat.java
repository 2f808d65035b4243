package org.equipoise.database;

import java.io.IOException;
import java.io.UncheckedIOException;

/** How {@code equipoise sql} writes an answer. NULL is empty, except in JSON. */
public enum QueryFormat {
    /** Columns one under another, numbers to the right, with a last line that counts the rows. */
    TEXT {
        @Override
        public QueryOutput on(Appendable out) {
            return new TextTable(out);
        }
    },
    /** RFC 4180 with a line of names; NULL is empty and an empty text is {@code ""}. */
    CSV {
        @Override
        public QueryOutput on(Appendable out) {
            return new CsvLines(out);
        }
    },
    /** One array of objects; numbers, booleans and JSON columns are themselves, all else is text. */
    JSON {
        @Override
        public QueryOutput on(Appendable out) {
            return new JsonArray(out);
        }
    };

    /** Writes rows in this format. */
    public abstract QueryOutput on(Appendable out);

    static void append(Appendable out, CharSequence text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
