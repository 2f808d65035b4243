package org.equipoise.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes an answer as it comes: once the columns, then each row, then the end. */
public interface QueryOutput {
    /**
     * A column of the answer.
     *
     * @param type PostgreSQL's name, such as {@code int4}
     */
    record Column(String name, String type) {
        boolean isNumber() {
            return switch (type) {
                case "int2", "int4", "int8", "float4", "float8", "numeric", "oid" -> true;
                default -> false;
            };
        }
    }

    /** Called first. */
    void columns(List<Column> columns);

    /** One row, as PostgreSQL writes values; null is NULL. */
    void row(List<@Nullable String> values);

    /** Called last, unless the question failed. */
    void end();
}
