package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Instrument.Scale;
import org.jspecify.annotations.Nullable;

/**
 * A questionnaire as people filled it in.
 *
 * @param forms answers by item, one map each time somebody filled it in
 */
record FilledForms(Collection<Map<Integer, String>> forms) {
    /** From fewer forms, how answers go together says too little. */
    private static final int FEWEST = 30;

    /** Items in columns of their own: a form a row, or a row and visit. */
    static FilledForms inColumns(Sample sample, SortedMap<Integer, Field> items) {
        int visits = items.values().stream()
                .mapToInt(field -> field.columns().size())
                .min()
                .orElse(0);
        List<Map<Integer, String>> forms = new ArrayList<>();
        for (String[] row : sample.rows()) {
            for (int visit = 0; visit < visits; visit++) {
                int at = visit;
                Map<Integer, String> form = new TreeMap<>();
                items.forEach(
                        (number, field) -> put(form, number, row[field.columns().get(at)]));
                forms.add(form);
            }
        }
        return new FilledForms(forms);
    }

    /**
     * Answers in rows of their own: a form an occasion.
     *
     * @param occasion columns that are the same in all rows of a form
     * @param name what stands in the instrument's column
     */
    static FilledForms inRows(
            Sample sample, List<Field> occasion, Field instrument, String name, Field item, Field value) {
        Map<List<String>, Map<Integer, String>> forms = new LinkedHashMap<>();
        for (String[] row : sample.rows()) {
            String number = item.text(row);
            if (instrument.text(row).equals(name) && number.matches("\\d{1,3}")) {
                put(
                        forms.computeIfAbsent(
                                occasion.stream().map(field -> field.text(row)).toList(), key -> new TreeMap<>()),
                        Integer.parseInt(number),
                        value.text(row));
            }
        }
        return new FilledForms(forms.values());
    }

    private static void put(Map<Integer, String> form, int number, String text) {
        if (!text.isEmpty()) {
            form.put(number, text);
        }
    }

    /** What is in each item and how often. */
    Map<Integer, Map<String, Integer>> counts() {
        Map<Integer, Map<String, Integer>> counts = new TreeMap<>();
        forms.forEach(form -> form.forEach((number, text) ->
                counts.computeIfAbsent(number, key -> new LinkedHashMap<>()).merge(text, 1, Integer::sum)));
        return counts;
    }

    /**
     * How the items that count turned round go with the others, as the mean of their correlations with the mean of the
     * others: below zero as people answer, above it where they have been turned round already. Empty where no scale has both,
     * or too few forms have answers to both.
     */
    OptionalDouble together(Instrument instrument) {
        Optional<Scale> scale = instrument.scales().stream()
                .filter(one -> !one.reversed().isEmpty()
                        && one.items().size() > one.reversed().size() + 1)
                .reduce((one, other) -> other.reversed().size() > one.reversed().size() ? other : one);
        if (scale.isEmpty()) {
            return OptionalDouble.empty();
        }
        Set<Integer> others = scale.get().items().stream()
                .filter(number -> !scale.get().reversed().contains(number))
                .collect(Collectors.toSet());
        return scale.get().reversed().stream()
                .sorted()
                .map(number -> correlation(number, others))
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    private OptionalDouble correlation(int item, Set<Integer> others) {
        List<double[]> pairs = new ArrayList<>();
        for (Map<Integer, String> form : forms) {
            OptionalDouble rest = others.stream()
                    .map(number -> number(form.get(number)))
                    .flatMapToDouble(OptionalDouble::stream)
                    .average();
            OptionalDouble own = number(form.get(item));
            if (own.isPresent() && rest.isPresent()) {
                pairs.add(new double[] {own.getAsDouble(), rest.getAsDouble()});
            }
        }
        if (pairs.size() < FEWEST) {
            return OptionalDouble.empty();
        }
        double x = pairs.stream().mapToDouble(pair -> pair[0]).average().orElse(0);
        double y = pairs.stream().mapToDouble(pair -> pair[1]).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (double[] pair : pairs) {
            xy += (pair[0] - x) * (pair[1] - y);
            xx += (pair[0] - x) * (pair[0] - x);
            yy += (pair[1] - y) * (pair[1] - y);
        }
        return xx > 0 && yy > 0 ? OptionalDouble.of(xy / Math.sqrt(xx * yy)) : OptionalDouble.empty();
    }

    private static OptionalDouble number(@Nullable String text) {
        return text != null && text.matches("\\d{1,3}")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }
}
