package org.equipoise.drafting;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a mapping line by line, each with a remark if there is one. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_ ./+-]*(?<! )|-?[1-9]\\d{0,8}|0");
    private static final Pattern WORD_OF_YAML = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan");

    private final StringBuilder text = new StringBuilder();

    void line(int depth, String content, String remark) {
        text.append("  ".repeat(depth)).append(content);
        if (!remark.isEmpty()) {
            text.append("  # ").append(remark.replace('\n', ' '));
        }
        text.append('\n');
    }

    void line(int depth, String content) {
        line(depth, content, "");
    }

    /** A scalar, quoted where YAML would read something else. */
    static String scalar(String value) {
        boolean plain =
                PLAIN.matcher(value).matches() && !WORD_OF_YAML.matcher(value).matches();
        return plain ? value : "'" + value.replace("'", "''") + "'";
    }

    static String list(Collection<String> values) {
        return values.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    static String map(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> scalar(entry.getKey()) + ": " + scalar(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
