package org.equipoise.database;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON array with one object a row and line. */
final class JsonArray implements QueryOutput {
    private static final HexFormat HEX = HexFormat.of();

    private final Appendable out;
    private List<Column> columns = List.of();
    private boolean first = true;

    JsonArray(Appendable out) {
        this.out = out;
    }

    @Override
    public void columns(List<Column> given) {
        columns = given;
        QueryFormat.append(out, "[");
    }

    @Override
    public void row(List<@Nullable String> values) {
        StringBuilder object = new StringBuilder(first ? "\n{" : ",\n{");
        first = false;
        for (int i = 0; i < columns.size(); i++) {
            object.append(i == 0 ? "" : ", ");
            quote(object, columns.get(i).name());
            object.append(": ");
            value(object, columns.get(i), values.get(i));
        }
        QueryFormat.append(out, object.append('}'));
    }

    @Override
    public void end() {
        QueryFormat.append(out, first ? "]\n" : "\n]\n");
    }

    private static void value(StringBuilder json, Column column, @Nullable String value) {
        if (value == null) {
            json.append("null");
        } else if (column.type().equals("bool")) {
            json.append(value.startsWith("t"));
        } else if (column.type().startsWith("json") || (column.isNumber() && isJsonNumber(value))) {
            json.append(value);
        } else {
            quote(json, value);
        }
    }

    /** NaN and Infinity are numbers to PostgreSQL and not to JSON. */
    private static boolean isJsonNumber(String value) {
        char last = value.charAt(value.length() - 1);
        return last >= '0' && last <= '9';
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7F) {
                        json.append("\\u").append(HEX.toHexDigits(c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
