package org.equipoise.drafting;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Words that sites use for the study's concepts, in the languages of the field; read from {@code words.csv}. */
final class Words {
    private static final int LONGEST_WORD = 24;
    private static final Map<String, Pattern> PATTERNS = read();

    private Words() {}

    private static Map<String, Pattern> read() {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        try (Reader reader = new InputStreamReader(
                        Objects.requireNonNull(Words.class.getResourceAsStream("words.csv")), StandardCharsets.UTF_8);
                var parser = CSVFormat.DEFAULT.parse(reader)) {
            for (CSVRecord record : parser) {
                patterns.put(
                        record.get(0),
                        Pattern.compile(
                                record.get(1),
                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The list of words cannot be read", e);
        }
        return patterns;
    }

    /** Whether the text names the concept. */
    static boolean names(String concept, String text) {
        Pattern pattern = PATTERNS.get(concept);
        return pattern != null && pattern.matcher(text.strip()).find();
    }

    /** Whether the text is short and names something listed: it can then be shown, though it is rare. */
    static boolean isWord(String text) {
        return text.length() <= LONGEST_WORD
                && PATTERNS.values().stream()
                        .anyMatch(pattern -> pattern.matcher(text).lookingAt());
    }

    /** The first of these concepts that the text names. */
    static Optional<String> find(Collection<String> concepts, String text) {
        return concepts.stream().filter(concept -> names(concept, text)).findFirst();
    }

    /** The text without the part that names the concept. */
    static String without(String concept, String text) {
        Pattern pattern = Objects.requireNonNull(PATTERNS.get(concept));
        return pattern.matcher(text).replaceFirst("");
    }
}
