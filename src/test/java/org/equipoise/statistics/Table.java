package org.equipoise.statistics;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Rows of a reference data set by column name; an empty field is missing. */
record Table(List<Map<String, String>> rows) {

    static Table read(Reader reader) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (CSVParser parser = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(reader)) {
            parser.forEach(line -> rows.add(new LinkedHashMap<>(line.toMap())));
        }
        return new Table(rows);
    }

    Table where(Predicate<Map<String, String>> condition) {
        return new Table(rows.stream().filter(condition).toList());
    }

    Table where(String column, String value) {
        return where(row -> value.equals(row.get(column)));
    }

    Table with(String... columns) {
        return where(row ->
                List.of(columns).stream().noneMatch(column -> text(row, column).isEmpty()));
    }

    boolean has(String column) {
        return !rows.isEmpty() && rows.get(0).containsKey(column);
    }

    int size() {
        return rows.size();
    }

    double[] numbers(String column) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(text(row, column)))
                .toArray();
    }

    List<String> texts(String column) {
        return rows.stream().map(row -> text(row, column)).toList();
    }

    boolean[] are(String column, String value) {
        boolean[] result = new boolean[rows.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = text(rows.get(i), column).equals(value);
        }
        return result;
    }

    static double number(Map<String, String> row, String column) {
        return Double.parseDouble(text(row, column));
    }

    static String text(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null) {
            throw new IllegalArgumentException("no column " + column + " in " + row.keySet());
        }
        return value;
    }
}
