package org.equipoise.definition;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks files against their JSON Schemas and says what is wrong in plain words. */
final class SchemaCheck {
    private static final String CHOICE = "^(?:";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new HashMap<>();

    SchemaCheck() {
        List.of("study", "instrument", "crosswalk", "costs", "site").forEach(kind -> schemas.put(kind, schema(kind)));
    }

    /**
     * Tells what in the file differs from its schema.
     *
     * @param kind study, instrument, crosswalk, costs or site
     */
    void check(String kind, YamlFile file) {
        if (!file.isMisshapen("")) {
            Schema schema = Objects.requireNonNull(schemas.get(kind), kind);
            schema.validate(file.root()).forEach(error -> tell(error, schema.getSchemaNode(), file));
        }
    }

    /** JSON is YAML: the schemas go the same quick way as the files. */
    private Schema schema(String kind) {
        String resource = "schema/" + kind + ".schema.json";
        try (InputStream stream = SchemaCheck.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The program was packed without " + resource);
            }
            JsonNode root = YamlFile.of(resource, stream.readAllBytes()).root();
            choicesAsPatterns(root);
            return registry.getSchema(root);
        } catch (IOException e) {
            throw new UncheckedIOException("The program's own " + resource + " cannot be read", e);
        }
    }

    /**
     * Says each {@code enum} as the {@code pattern} that means the same. The validator prints the values of
     * an {@code enum} by a Jackson mapper, whose set-up would cost as much time as everything else here.
     */
    private static void choicesAsPatterns(JsonNode schema) {
        schema.forEach(SchemaCheck::choicesAsPatterns);
        if (schema instanceof ObjectNode object && object.path("enum").isArray()) {
            String choices = object.remove("enum")
                    .valueStream()
                    .map(choice -> Pattern.quote(choice.asString()))
                    .collect(Collectors.joining("|"));
            object.put("type", "string").put("pattern", CHOICE + choices + ")$");
        }
    }

    private static void tell(Error error, JsonNode schema, YamlFile file) {
        String place = error.getInstanceLocation().toString();
        Object[] arguments = error.getArguments();
        switch (error.getKeyword()) {
            case "additionalProperties" -> {
                String child = place + "/" + YamlFile.escape(error.getProperty());
                tell(
                        DefinitionProblem.KEY_UNKNOWN,
                        file,
                        child,
                        "one of " + knownKeys(schema, error),
                        error.getProperty());
            }
            case "required" -> {
                String child = place + "/" + YamlFile.escape(error.getProperty());
                tell(DefinitionProblem.KEY_NEEDED, file, child, "the key " + error.getProperty(), null);
            }
            case "type" -> {
                String choice = besides(schema, error, "pattern").asString("");
                if (choice.startsWith(CHOICE)) {
                    tell(DefinitionProblem.NOT_A_CHOICE, file, place, "one of " + choices(choice), null);
                } else {
                    tell(DefinitionProblem.WRONG_KIND, file, place, kinds(error.getSchemaNode()), null);
                }
            }
            case "pattern" -> {
                String pattern = error.getSchemaNode().asString();
                if (pattern.startsWith(CHOICE)) {
                    tell(DefinitionProblem.NOT_A_CHOICE, file, place, "one of " + choices(pattern), null);
                } else {
                    tell(DefinitionProblem.WRONG_FORM, file, place, form(pattern), null);
                }
            }
            default -> tell(DefinitionProblem.OUT_OF_BOUNDS, file, place, bound(error.getKeyword(), arguments), null);
        }
    }

    private static void tell(
            DefinitionProblem problem, YamlFile file, String pointer, String expected, @Nullable String found) {
        String field = YamlFile.field(pointer);
        String name = field.isEmpty() ? "the file" : field.substring(field.lastIndexOf('.') + 1);
        String seen = found == null ? file.scalar(pointer) : found;
        file.misshapen(pointer, problem.at(file.name(), file.line(pointer), field, expected, seen, name));
    }

    /** The keys that the schema allows where it forbids all others. */
    private static String knownKeys(JsonNode schema, Error error) {
        return String.join(
                ", ", new TreeSet<>(besides(schema, error, "properties").propertyNames()));
    }

    /** Another keyword beside the one that failed. */
    private static JsonNode besides(JsonNode schema, Error error, String other) {
        String keyword = error.getSchemaLocation().getFragment().toString();
        return schema.at(keyword.substring(0, keyword.lastIndexOf('/') + 1) + other);
    }

    private static String choices(String pattern) {
        return pattern.substring(CHOICE.length(), pattern.length() - 2)
                .replace("\\E|\\Q", ", ")
                .replace("\\Q", "")
                .replace("\\E", "");
    }

    private static String kinds(JsonNode types) {
        return (types.isArray() ? types.valueStream().map(JsonNode::asString).toList() : List.of(types.asString()))
                .stream().map(SchemaCheck::kind).collect(Collectors.joining(" or "));
    }

    private static String kind(String type) {
        return switch (type) {
            case "object" -> "keys with values";
            case "array" -> "a list in [brackets] or of lines that begin with a dash";
            case "string" -> "text (in quotes if it looks like a number)";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    private static String form(String pattern) {
        return switch (pattern) {
            case "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$" -> "a code: letters, digits, dot, dash or underscore, at most 40";
            case "^(.|tab)$" -> "one character, or tab";
            case "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" -> "a day as yyyy-MM-dd";
            case "^[0-9a-f]{64}$" -> "names of columns, or a fingerprint of 64 hexadecimal digits";
            default -> "item numbers: 4, or 1-9, or [1, 4, 7]";
        };
    }

    private static String bound(String keyword, Object[] arguments) {
        String limit = String.valueOf(arguments[0]);
        return switch (keyword) {
            case "minimum" -> "at least " + limit;
            case "maximum" -> "at most " + limit;
            case "exclusiveMinimum" -> "more than " + limit;
            case "exclusiveMaximum" -> "less than " + limit;
            case "minItems" -> "at least " + limit + " in the list";
            case "maxItems" -> "at most " + limit + " in the list";
            case "minProperties" -> "at least " + limit + " entry";
            case "minLength" -> "text that is not empty";
            default -> keyword + " " + limit;
        };
    }
}
