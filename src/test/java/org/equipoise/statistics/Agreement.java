package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether results agree with a reference record: |a - e| &lt;= max(tol |e|, tol_abs), tol from the record or from the
 * first of its {@code tol_keys} that matches any step of the path. Rows of tables are matched by their text labels, else
 * by position. Keys that begin with {@code check_} or {@code reference_} document the reference and are left out, and so
 * are those named as not offered. Every other number must be there, {@code fork_} keys too: another definition of the same
 * quantity is an option of the program.
 */
final class Agreement {

    private static final List<String> LABELS = List.of("visit", "arm", "term", "site", "cov");

    private final JsonNode expected;
    private final Collection<String> notOffered;
    private final List<String> differences = new ArrayList<>();
    private int compared;

    private Agreement(JsonNode expected, Collection<String> notOffered) {
        this.expected = expected;
        this.notOffered = notOffered;
    }

    /**
     * The differences between a record and what was computed.
     *
     * @param expected the record, with its tolerances and its {@code result}
     * @param actual maps, lists, numbers, quantities, in the form of the result
     * @param notOffered keys that are not compared
     */
    static List<String> differences(JsonNode expected, Object actual, Collection<String> notOffered) {
        Agreement agreement = new Agreement(expected, notOffered);
        agreement.walk(expected.get("result"), actual, List.of());
        if (agreement.compared == 0) {
            agreement.differences.add("no number was compared");
        }
        return agreement.differences;
    }

    private void walk(JsonNode e, @Nullable Object a, List<String> path) {
        if (e.isObject()) {
            walkObject(e, a, path);
        } else if (e.isArray()) {
            walkArray(e, a, path);
        } else {
            compare(e, a, path);
        }
    }

    private void walkObject(JsonNode e, @Nullable Object a, List<String> path) {
        if (!(a instanceof Map<?, ?> map)) {
            report(path, "an object", a);
            return;
        }
        for (String key : e.propertyNames()) {
            if (!skipped(key) && (map.containsKey(key) || !text(e.get(key)))) {
                walk(e.get(key), map.get(key), with(path, key));
            }
        }
    }

    private boolean skipped(String key) {
        return key.startsWith("check_") || key.startsWith("reference_") || notOffered.contains(key);
    }

    private static boolean text(JsonNode value) {
        return value.isString() && number(value) == null;
    }

    private void walkArray(JsonNode e, @Nullable Object a, List<String> path) {
        if (!(a instanceof List<?> list)) {
            report(path, "a list", a);
            return;
        }
        for (int i = 0; i < e.size(); i++) {
            Object row = e.get(i).isObject() ? matching(e.get(i), list, i) : i < list.size() ? list.get(i) : null;
            walk(e.get(i), row, with(path, Integer.toString(i)));
        }
    }

    private static @Nullable Object matching(JsonNode row, List<?> candidates, int position) {
        List<String> labels =
                LABELS.stream().filter(label -> row.path(label).isString()).toList();
        if (labels.isEmpty()) {
            return position < candidates.size() ? candidates.get(position) : null;
        }
        for (Object candidate : candidates) {
            if (candidate instanceof Map<?, ?> map
                    && labels.stream()
                            .allMatch(label -> row.get(label).asString().equals(map.get(label)))) {
                return candidate;
            }
        }
        return null;
    }

    private void compare(JsonNode e, @Nullable Object a, List<String> path) {
        if (e.isBoolean()) {
            compared++;
            if (!Boolean.valueOf(e.booleanValue()).equals(a)) {
                report(path, e.toString(), a);
            }
            return;
        }
        Double x = number(e);
        if (e.isNull() || (x != null && x.isNaN())) {
            compared++;
            if (number(a) != null) {
                report(path, e.toString(), a);
            }
        } else if (x != null) {
            compared++;
            Double y = number(a);
            if (y == null || !agrees(x, y, path)) {
                report(path, e.toString(), a);
            }
        }
    }

    private boolean agrees(double e, double a, List<String> path) {
        return Double.isInfinite(e)
                ? e == a
                : Math.abs(a - e)
                        <= Math.max(
                                tolerance(path) * Math.abs(e),
                                expected.get("tol_abs").doubleValue());
    }

    private double tolerance(List<String> path) {
        JsonNode byKey = expected.path("tol_keys");
        for (String pattern : byKey.propertyNames()) {
            String regex = pattern.replace("*", ".*");
            if (path.stream().anyMatch(step -> step.matches(regex))) {
                return byKey.get(pattern).doubleValue();
            }
        }
        return expected.get("tol_rel").doubleValue();
    }

    private static @Nullable Double number(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return node.isString()
                ? switch (node.asString()) {
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    case "NaN" -> Double.NaN;
                    default -> null;
                }
                : null;
    }

    private static @Nullable Double number(@Nullable Object value) {
        if (value instanceof Quantity quantity) {
            return quantity.isEstimable() ? quantity.value() : null;
        }
        return value instanceof Number number ? number.doubleValue() : null;
    }

    private void report(List<String> path, String wanted, @Nullable Object got) {
        differences.add(String.format(Locale.ROOT, "%s: expected %s, got %s", String.join("/", path), wanted, got));
    }

    private static List<String> with(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
