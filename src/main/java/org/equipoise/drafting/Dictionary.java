package org.equipoise.drafting;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * What a REDCap data dictionary says of the columns: the names of their codes. REDCap writes choices as
 * {@code 1, MBT | 2, TAU}; the third to sixth columns of the file are form, section, type and label.
 */
final class Dictionary {
    static final Dictionary NONE = new Dictionary(Map.of(), Map.of());

    private static final int TYPE = 3;
    private static final int CHOICES = 5;

    private final Map<String, Map<String, String>> choices;
    private final Map<String, String> types;

    private Dictionary(Map<String, Map<String, String>> choices, Map<String, String> types) {
        this.choices = choices;
        this.types = types;
    }

    static Dictionary read(Path file) throws IOException {
        Map<String, Map<String, String>> choices = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                var parser = CSVFormat.DEFAULT.parse(reader)) {
            for (CSVRecord record : parser) {
                if (record.size() > CHOICES && record.getRecordNumber() > 1) {
                    types.put(record.get(0), record.get(TYPE));
                    choices.put(record.get(0), choices(record.get(CHOICES)));
                }
            }
        }
        return new Dictionary(choices, types);
    }

    private static Map<String, String> choices(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String choice : text.split("\\|", -1)) {
            int comma = choice.indexOf(',');
            if (comma > 0) {
                labels.put(
                        choice.substring(0, comma).strip(),
                        choice.substring(comma + 1).strip());
            }
        }
        return labels;
    }

    /** What the code in this column stands for. A checkbox's column is {@code field___code}. */
    Optional<String> label(String column, String code) {
        return Optional.ofNullable(choices.getOrDefault(column, Map.of()).get(code));
    }

    /** What the box of this column stands for, for a column of a checkbox. */
    Optional<String> boxLabel(String column) {
        int box = column.indexOf("___");
        return box < 0
                ? Optional.empty()
                : label(column.substring(0, box), column.substring(box + 3).replace('_', '-'));
    }

    /** Whether the column holds free text, which no mapping reads. */
    boolean isNotes(String column) {
        return "notes".equals(types.get(column));
    }
}
