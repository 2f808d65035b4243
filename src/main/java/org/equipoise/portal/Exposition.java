package org.equipoise.portal;

import java.util.Map;
import java.util.TreeMap;

/**
 * Figures in the text form that Prometheus reads, version 0.0.4: a help line, a type line, then a line a sample.
 *
 * <p>Reference: Prometheus documentation, Exposition formats, text-based format.
 */
public final class Exposition {
    /** What the answer's {@code Content-Type} says. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(2048);

    /** A figure that goes up and down. */
    public Exposition gauge(String name, String help, Number value) {
        return head(name, help, "gauge").sample(name, Map.of(), value);
    }

    /** Begins a figure with one sample a label set. */
    public Exposition gauges(String name, String help) {
        return head(name, help, "gauge");
    }

    /** Begins a figure that only grows as long as the process lives. */
    public Exposition counters(String name, String help) {
        return head(name, help, "counter");
    }

    private Exposition head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** One sample of the figure begun last. */
    public Exposition sample(String name, Map<String, String> labels, Number value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{');
            String comma = "";
            for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
                text.append(comma).append(label.getKey()).append("=\"");
                text.append(escaped(label.getValue()).replace("\"", "\\\"")).append('"');
                comma = ",";
            }
            text.append('}');
        }
        text.append(' ').append(value).append('\n');
        return this;
    }

    private static String escaped(String raw) {
        return raw.replace("\\", "\\\\").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
