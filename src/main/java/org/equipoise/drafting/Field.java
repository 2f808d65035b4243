package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A column, or the columns that say the same at each visit, with the filled cells of the sample.
 *
 * @param name as a mapping writes it, with {@code {visit}} where names say the visit
 * @param columns places in the header
 */
record Field(String name, List<Integer> columns, Sample sample) {
    /** A column has codes, not texts, if no more than this many different things are in it. */
    static final int MOST_CODES = 40;
    /** What fewer cells hold than this is not shown: it might tell who somebody is. */
    static final int FEWEST_SHOWN = 3;

    private static final double SLIPS = 0.1;
    private static final String VISIT = "{visit}";

    boolean isOfVisit() {
        return name.contains(VISIT);
    }

    /** The name without the place of the visit and the marks around it. */
    String plain() {
        return name.replaceAll("^\\{visit}[_. -]?|[_. -]?\\{visit}", "");
    }

    /** All filled cells. */
    List<String> texts() {
        return texts(row -> true);
    }

    /** The filled cells of some rows. */
    List<String> texts(Predicate<String[]> rows) {
        List<String> texts = new ArrayList<>();
        for (String[] row : sample.rows()) {
            if (rows.test(row)) {
                columns.stream()
                        .map(column -> row[column])
                        .filter(cell -> !cell.isEmpty())
                        .forEach(texts::add);
            }
        }
        return texts;
    }

    /** What is in it and how often, in order of appearance. */
    Map<String, Integer> counts() {
        return counts(texts());
    }

    static Map<String, Integer> counts(List<String> texts) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        texts.forEach(text -> counts.merge(text, 1, Integer::sum));
        return counts;
    }

    /** Its codes, if it has few enough different things in it: those that are there often. */
    Optional<Set<String>> codes() {
        return codes(text -> false);
    }

    /**
     * Its codes, and with them rare ones that are words of the field: these say nothing of anybody.
     *
     * @param label what a code stands for
     */
    Optional<Set<String>> words(UnaryOperator<String> label) {
        return codes(text -> Words.isWord(label.apply(text)));
    }

    private Optional<Set<String>> codes(Predicate<String> shownThoughRare) {
        Map<String, Integer> counts = counts();
        if (counts.isEmpty() || counts.size() > MOST_CODES) {
            return Optional.empty();
        }
        Set<String> shown = new LinkedHashSet<>();
        counts.forEach((text, count) -> {
            if (count >= FEWEST_SHOWN || shownThoughRare.test(text)) {
                shown.add(text);
            }
        });
        return shown.isEmpty() ? Optional.empty() : Optional.of(shown);
    }

    /** Whether each record has but one thing in it, a few slips apart. */
    boolean isConstantWithin(Field record) {
        Map<String, String> said = new LinkedHashMap<>();
        Set<String> torn = new LinkedHashSet<>();
        for (String[] row : sample.rows()) {
            for (int column : columns) {
                String cell = row[column];
                if (!cell.isEmpty() && !cell.equals(said.computeIfAbsent(record.text(row), key -> cell))) {
                    torn.add(record.text(row));
                }
            }
        }
        return !isOfVisit() && torn.size() <= Math.max(1, said.size() * SLIPS);
    }

    /** The cell of a field that has but one column. */
    String text(String[] row) {
        return row[columns.get(0)];
    }

    Optional<DateGuess> date() {
        return DateGuess.of(texts());
    }
}
