package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The reference on the page about jobs is what the schemas say. */
class JobsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/jobs.md");
    private static final String BEGINNING = "## Reference\n";

    @Test
    void referenceIsWhatTheSchemasSay() throws IOException {
        String page = Files.readString(PAGE);
        int beginning = page.indexOf(BEGINNING);
        String byHand = beginning < 0 ? page : page.substring(0, beginning);
        String wanted = byHand + reference();
        Path made = Path.of("target/jobs.md");
        Files.writeString(made, wanted);

        assertThat(page)
                .as("%s differs from the schemas: copy %s over it", PAGE, made)
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"study", "instrument", "crosswalk", "costs", "site"})
    void everyKeyIsDescribed(String kind) throws IOException {
        Set<String> bare = new HashSet<>();
        collectBare(schema(kind), "", bare);

        assertThat(bare).isEmpty();
    }

    @Test
    void exampleOfAProblemIsWhatIsTold() throws IOException {
        String page = Files.readString(PAGE).replace("\n> ", " ");

        assertThat(DefinitionProblemTest.ALL)
                .filteredOn(wrong -> wrong.problem() == DefinitionProblem.INTERVAL_UNKNOWN)
                .anyMatch(wrong -> page.contains(" " + wrong.told().get(0) + "\n"));
    }

    private static void collectBare(JsonNode node, String key, Set<String> bare) {
        node.path("properties").propertyStream().forEach(property -> {
            String child = key + "." + property.getKey();
            if (property.getValue().path("description").asString("").isBlank()) {
                bare.add(child);
            }
            collectBare(property.getValue(), child, bare);
            collectBare(property.getValue().path("items"), child + "[]", bare);
        });
    }

    private static String reference() throws IOException {
        StringBuilder page = new StringBuilder(BEGINNING)
                .append(
                        "\nMade from the descriptions in `jobs/schema`. A key in bold must be there. `[]` is an element of")
                .append(" a list, `*` a name of your own.\n");
        for (String kind : List.of("study", "instrument", "crosswalk", "costs", "site")) {
            JsonNode schema = schema(kind);
            page.append("\n### ").append(schema.path("title").asString()).append("\n\n");
            page.append(schema.path("description").asString())
                    .append("\n\n| key | meaning | values |\n|---|---|---|\n");
            append(page, schema, schema, "");
        }
        return page.toString();
    }

    private static void append(StringBuilder page, JsonNode root, JsonNode node, String prefix) {
        Set<String> required =
                node.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        node.path("properties").propertyStream().forEach(property -> {
            String key = prefix + property.getKey();
            line(page, root, property.getValue(), key, required.contains(property.getKey()));
        });
    }

    private static void line(StringBuilder page, JsonNode root, JsonNode said, String key, boolean required) {
        JsonNode meant = resolve(root, said);
        page.append(required ? "| **`" : "| `").append(key).append(required ? "`** | " : "` | ");
        page.append(escape(said.path("description").asString(""))).append(" | ");
        page.append(values(root, meant)).append(" |\n");
        append(page, root, meant.has("properties") ? withRequired(meant, said) : meant, key + ".");
        append(page, root, resolve(root, meant.path("items")), key + "[].");
        JsonNode free = meant.path("additionalProperties");
        if (free.isObject() && free.has("properties")) {
            append(page, root, free, key + ".*.");
        }
    }

    /** A reference may ask for more keys than what it refers to. */
    private static JsonNode withRequired(JsonNode meant, JsonNode said) {
        if (!said.has("required")) {
            return meant;
        }
        ObjectNode both = ((ObjectNode) meant).deepCopy();
        both.set("required", said.path("required"));
        return both;
    }

    private static String values(JsonNode root, JsonNode meant) {
        JsonNode choices = meant.path("enum");
        JsonNode element = resolve(root, meant.path("items")).path("enum");
        JsonNode free = resolve(root, meant.path("additionalProperties")).path("enum");
        JsonNode said = choices.isArray() ? choices : element.isArray() ? element : free;
        return said.valueStream().map(value -> "`" + value.asString() + "`").collect(Collectors.joining(", "));
    }

    private static JsonNode resolve(JsonNode root, JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : root.at(reference.substring(1));
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
    }

    private static JsonNode schema(String kind) throws IOException {
        Path path = Path.of("jobs/schema/" + kind + ".schema.json");
        return YamlFile.of(path.toString(), Files.readAllBytes(path)).root();
    }
}
