package org.equipoise.feedback;

import java.io.IOException;
import java.util.Locale;
import org.equipoise.definition.SiteMapping.Header;
import org.jspecify.annotations.Nullable;

/** A checked file as one JSON object on one line. Written by hand: a library would take longer to load than to run. */
final class CheckJson {
    private CheckJson() {}

    static void write(CheckedFile checked, Appendable out) throws IOException {
        StringBuilder json = new StringBuilder(512);
        json.append('{');
        text(json, "file", checked.file());
        text(json, "site", checked.site().isEmpty() ? null : checked.site());
        text(json, "export", checked.exportCode().isEmpty() ? null : checked.exportCode());
        text(
                json,
                "mapping_version",
                checked.export().map(export -> export.version().name()).orElse(null));
        text(json, "header_sha256", checked.header().map(Header::sha256).orElse(null));
        text(
                json,
                "as_of",
                checked.taken().map(taken -> taken.toInstant().toString()).orElse(null));
        text(json, "verdict", checked.verdict().label());
        number(json, "exit_code", checked.verdict().exitCode());
        key(json, "counts").append('{');
        number(json, "received", checked.counts().received());
        number(json, "accepted", checked.counts().accepted());
        number(json, "rejected", checked.counts().rejected());
        number(json, "duplicate", checked.counts().duplicate());
        number(json, "superseded", checked.counts().superseded());
        json.append('}');
        key(json, "findings").append('[');
        boolean first = true;
        for (FindingRow row : checked.findings()) {
            json.append(first ? "" : ",");
            first = false;
            finding(json, row);
        }
        out.append(json.append("]}\n"));
    }

    private static void finding(StringBuilder json, FindingRow row) {
        json.append('{');
        text(json, "code", row.code());
        text(json, "severity", row.severity().label());
        text(json, "category", row.category());
        text(json, "file", row.file());
        number(json, "line", row.line());
        text(json, "column", row.column());
        text(json, "record", row.record());
        text(json, "event", row.event());
        text(json, "form", row.form());
        text(json, "field", row.field());
        text(json, "expected", row.expected());
        text(json, "found", row.found());
        text(json, "message", row.message());
        text(json, "remedy", row.remedy());
        number(json, "count", row.count());
        json.append('}');
    }

    private static StringBuilder key(StringBuilder json, String name) {
        char before = json.charAt(json.length() - 1);
        return json.append(before == '{' ? "" : ",").append('"').append(name).append("\":");
    }

    private static void number(StringBuilder json, String name, long value) {
        key(json, name).append(value);
    }

    private static void text(StringBuilder json, String name, @Nullable String value) {
        key(json, name);
        if (value == null) {
            json.append("null");
            return;
        }
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == 127 || Character.isSurrogate(c)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
