package org.equipoise.definition;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.equipoise.vocabulary.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place in a definition file. Reading never fails: what is absent or of the wrong kind has been told
 * by the schema, and a stand-in lets the checks of everything else go on.
 */
record Part(YamlFile file, JsonNode node, String pointer) {
    /** Stands in for a code that cannot be read. No definition has it, since its file is refused. */
    private static final String STAND_IN = "unreadable";

    static Part of(YamlFile file) {
        return new Part(file, file.root(), "");
    }

    Part at(String key) {
        return new Part(file, node.path(key), pointer + "/" + YamlFile.escape(key));
    }

    boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    boolean isText() {
        return node.isString();
    }

    boolean isObject() {
        return node.isObject();
    }

    /** The elements of a list, none if it is not there. */
    List<Part> elements() {
        List<Part> parts = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                parts.add(new Part(file, node.path(i), pointer + "/" + i));
            }
        }
        return parts;
    }

    /** The entries of a map in the file's order, none if it is not there. */
    void forEach(BiConsumer<String, Part> entry) {
        if (node.isObject()) {
            node.propertyNames().forEach(key -> entry.accept(key, at(key)));
        }
    }

    /** The scalars of a list as they are written, none if it is not there. */
    Set<String> texts() {
        Set<String> texts = new HashSet<>();
        elements().forEach(element -> texts.add(element.text()));
        return texts;
    }

    /** The scalar as it is written; numbers keep their zeros. */
    Optional<String> findText() {
        return Optional.ofNullable(file.scalar(pointer)).filter(text -> isPresent());
    }

    String text() {
        return findText().orElse("");
    }

    OptionalInt findInt() {
        return node.isInt() ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
    }

    /** The day, none if it is not there; a day that no calendar has is told. */
    Optional<LocalDate> findDay() {
        if (findText().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text()));
        } catch (DateTimeException e) {
            tell(DefinitionProblem.BAD_DATE, "a day as yyyy-MM-dd", text(), text());
            return Optional.empty();
        }
    }

    /** All that stands here, as it is written and in its order, without comments and layout. */
    String canonical(Set<String> leftOut) {
        StringBuilder text = new StringBuilder();
        forEach((key, part) -> {
            if (!leftOut.contains(key)) {
                text.append(key).append(':').append(part.canonical());
            }
        });
        return text.toString();
    }

    private String canonical() {
        if (isObject()) {
            return "{" + canonical(Set.of()) + "}";
        }
        if (node.isArray()) {
            return elements().stream().map(Part::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        return '"' + text().replace("\"", "\"\"") + '"';
    }

    int integer(int otherwise) {
        return findInt().orElse(otherwise);
    }

    OptionalDouble findNumber() {
        return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }

    double number(double otherwise) {
        return findNumber().orElse(otherwise);
    }

    boolean isTrue() {
        return node.asBoolean(false);
    }

    <C extends Code> C code(Function<String, C> make) {
        String text = text();
        return make.apply(Code.SHAPE.matcher(text).matches() ? text : STAND_IN);
    }

    /** The choice of this name; enum constants are written in lower case. */
    <E extends Enum<E>> E choice(Class<E> type, E otherwise) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text())) {
                return constant;
            }
        }
        return otherwise;
    }

    /** Item numbers: 4, 1-9, or a list. A range that falls is told, and read as it was meant. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        if (node.isArray()) {
            elements().forEach(element -> element.findInt().ifPresent(numbers::add));
        } else if (isPresent() && !file.isMisshapen(pointer)) {
            String[] ends = text().split("-", 2);
            int from = Integer.parseInt(ends[0]);
            int to = ends.length == 2 ? Integer.parseInt(ends[1]) : from;
            if (to < from) {
                tell(DefinitionProblem.RANGE_ORDER, to + "-" + from, text());
            }
            for (int number = Math.min(from, to); number <= Math.max(from, to); number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** A regular expression with a group; what is wrong with it is told. */
    Optional<Pattern> patternWithGroup() {
        if (findText().isEmpty()) {
            return Optional.empty();
        }
        try {
            Pattern pattern = Pattern.compile(text());
            if (pattern.matcher("").groupCount() == 0) {
                tell(DefinitionProblem.NO_GROUP, "a group in round brackets", text());
            }
            return Optional.of(pattern);
        } catch (PatternSyntaxException e) {
            tell(DefinitionProblem.BAD_REGEX, "a regular expression", text(), e.getDescription());
            return Optional.empty();
        }
    }

    /** Tells a problem here, unless the schema has told that something is wrong with this place. */
    void tell(DefinitionProblem problem, String expected, @Nullable String found, Object... words) {
        if (!file.isMisshapen(pointer)) {
            file.add(problem.at(file.name(), file.line(pointer), YamlFile.field(pointer), expected, found, words));
        }
    }
}
