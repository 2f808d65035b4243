package org.equipoise.definition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.Severity;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One definition file as a tree that knows its lines, and the problems found in it so far.
 *
 * <p>Composed by the YAML engine and not by a Jackson mapper: its nodes know where keys stand, and
 * setting up a mapper alone would cost more than reading all shipped files.
 */
final class YamlFile {
    private static final int DEEPEST = 40;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String name;
    private final String text;
    private final Map<String, Integer> lines = new HashMap<>();
    private final SortedMap<String, String> scalars = new TreeMap<>();
    private final Set<String> misshapen = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private JsonNode root = NODES.missingNode();

    private YamlFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** A file that could not be read at all. */
    static YamlFile unreadable(String name, Problem problem) {
        YamlFile file = new YamlFile(name, "");
        file.misshapen("", problem);
        return file;
    }

    /** Reads a file's bytes; what is wrong with them is among its {@link #problems}. */
    static YamlFile of(String name, byte[] bytes) {
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return unreadable(name, DefinitionProblem.NOT_UTF8.at(name, 0, null, "UTF-8", null));
        }
        YamlFile file = new YamlFile(name, canonical(decoded));
        file.compose();
        return file;
    }

    /** The text with plain line ends and without byte order mark, trailing blanks and empty last lines. */
    private static String canonical(String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return plain.lines()
                        .map(String::stripTrailing)
                        .collect(Collectors.joining("\n"))
                        .stripTrailing() + "\n";
    }

    private void compose() {
        try {
            Optional<Node> node =
                    new Compose(LoadSettings.builder().setLabel(name).build()).composeString(text);
            root = node.isPresent() ? tree(node.get(), "", 0) : NODES.objectNode();
        } catch (MarkedYamlEngineException e) {
            int line =
                    e.getProblemMark().or(e::getContextMark).map(YamlFile::line).orElse(0);
            misshapen(
                    "", DefinitionProblem.NOT_YAML.at(name, line, null, "valid YAML", null, sentence(e.getProblem())));
        } catch (YamlEngineException e) {
            misshapen(
                    "",
                    DefinitionProblem.NOT_YAML.at(
                            name, 0, null, "valid YAML", null, sentence(String.valueOf(e.getMessage()))));
        }
    }

    /** Without the full stop, since the problem's own follows. */
    private static String sentence(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private JsonNode tree(Node node, String pointer, int depth) {
        if (depth > DEEPEST) {
            misshapen(
                    "",
                    DefinitionProblem.TOO_DEEP.at(name, line(pointer), null, "at most " + DEEPEST + " levels", null));
            return NODES.missingNode();
        }
        lines.putIfAbsent(pointer, node.getStartMark().map(YamlFile::line).orElse(0));
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(tree(element, pointer + "/" + array.size(), depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node, pointer);
    }

    private ObjectNode object(MappingNode mapping, String pointer, int depth) {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            Node keyNode = entry.getKeyNode();
            int line = keyNode.getStartMark().map(YamlFile::line).orElse(0);
            if (!(keyNode instanceof ScalarNode scalar)) {
                add(DefinitionProblem.NOT_YAML.at(name, line, null, "plain text as key", null, "a key is not text"));
                continue;
            }
            String key = scalar.getValue();
            String child = pointer + "/" + escape(key);
            if (object.has(key)) {
                add(DefinitionProblem.KEY_TWICE.at(name, line, field(child), "each key once", key, key));
                continue;
            }
            lines.put(child, line);
            object.set(key, tree(entry.getValueNode(), child, depth + 1));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode node, String pointer) {
        String value = node.getValue();
        scalars.put(pointer, value);
        if (node.getTag().equals(Tag.INT)) {
            return number(value);
        }
        if (node.getTag().equals(Tag.FLOAT)) {
            return NODES.numberNode(Double.parseDouble(value));
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(value));
        }
        return node.getTag().equals(Tag.NULL) ? NODES.nullNode() : NODES.stringNode(value);
    }

    private static JsonNode number(String value) {
        try {
            return NODES.numberNode(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            return NODES.stringNode(value);
        }
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    /** A key as part of a JSON pointer. */
    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** A JSON pointer as a reader says it: exports[0].visit. */
    static String field(String pointer) {
        StringBuilder field = new StringBuilder();
        for (String step : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
            if (!step.isEmpty() && step.chars().allMatch(Character::isDigit)) {
                field.append('[').append(step).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".")
                        .append(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return field.toString();
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    JsonNode root() {
        return root;
    }

    /** Where the key or element at this pointer stands; of something absent, where it would be. */
    int line(String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    /** The scalar at this pointer as it is written, or null if there is none. */
    @Nullable
    String scalar(String pointer) {
        return scalars.get(pointer);
    }

    /** Every scalar as it is written, by pointer. */
    SortedMap<String, String> scalars() {
        return Collections.unmodifiableSortedMap(scalars);
    }

    /** Tells a problem of the file's shape; what hangs on this place is not told again. */
    void misshapen(String pointer, Problem problem) {
        misshapen.add(pointer);
        add(problem);
    }

    /** Whether the place, what it is part of, or a part of it has been told as misshapen. */
    boolean isMisshapen(String pointer) {
        return misshapen.stream()
                .anyMatch(wrong ->
                        wrong.equals(pointer) || pointer.startsWith(wrong + "/") || wrong.startsWith(pointer + "/"));
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /** All problems so far, by line. */
    List<Problem> problems() {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparingLong(
                                (Problem problem) -> problem.place().line())
                        .thenComparing(Problem::code))
                .toList();
    }

    /** Whether nothing was found that forbids its use. */
    boolean isSound() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }
}
