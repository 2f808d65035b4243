package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One record of a reference pack: which numbers, and how near. */
record ReferenceRecord(JsonNode node) {

    String text(String field) {
        return node.get(field).asString();
    }

    String selected(String field) {
        return node.get("select").path(field).asString("");
    }

    /** One number of the record. */
    record Value(String key, String of, double number) {}

    List<Value> values() {
        List<Value> values = new ArrayList<>();
        JsonNode result = node.get("result");
        for (String key : result.propertyNames()) {
            collect(key, "", result.get(key), values);
        }
        return values;
    }

    private static void collect(String key, String of, JsonNode value, List<Value> values) {
        if (value.isArray()) {
            value.forEach(row -> collect(key, row.has("term") ? text(row, "term") : text(row, "arm"), row, values));
        } else if (value.isObject()) {
            value.propertyNames().forEach(inner -> collect(key + "." + inner, of, value.get(inner), values));
        } else if (value.isNumber()) {
            values.add(new Value(key, of, value.doubleValue()));
        } else if (value.isBoolean()) {
            values.add(new Value(key, of, value.booleanValue() ? 1 : 0));
        }
    }

    private static String text(JsonNode row, String field) {
        return row.get(field).asString();
    }

    boolean agrees(Value expected, double actual) {
        double tolerance = Math.max(
                relativeTolerance(expected.key()) * Math.abs(expected.number()),
                node.get("tol_abs").doubleValue());
        return Math.abs(actual - expected.number()) <= tolerance;
    }

    private double relativeTolerance(String key) {
        Map<String, Double> byKey = new LinkedHashMap<>();
        JsonNode patterns = node.path("tol_keys");
        patterns.propertyNames()
                .forEach(pattern -> byKey.put(pattern, patterns.get(pattern).doubleValue()));
        return byKey.entrySet().stream()
                .filter(entry -> key.matches(entry.getKey().replace("*", ".*")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(node.get("tol_rel").doubleValue());
    }
}
