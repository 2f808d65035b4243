package org.equipoise.warehouse.internal;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object of texts. */
final class FlatJson {
    private static final JsonMapper JSON = new JsonMapper();

    private FlatJson() {}

    static String of(Map<String, ?> values) {
        var object = JSON.createObjectNode();
        values.forEach((name, value) -> object.put(name, value.toString()));
        return object.toString();
    }
}
