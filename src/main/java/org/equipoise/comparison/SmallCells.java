package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which results must stay in the house, because they tell of few people.
 *
 * <p>Definition: a count is small if it is at least 1 and less than the least that may be told; 0 is told. A table (what a site
 * says of one question, in both arms) with a small count is withheld whole. What is withheld of the sites of a total must not
 * follow from the total: the counts of the withheld tables together, the total less the tables told, must not be small
 * either. While they are, the table with the fewest people is withheld too, by the site's code where equal; when none is
 * left, the total is. Questions that add up to one another are linked: what is withheld of one is withheld of all of them.
 *
 * <p>Zero: that nobody, or everybody, had an event may be told; the house decides otherwise by a greater least count.
 *
 * <p>Reference: Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4, doi:10.1002/9781118348239.
 */
public final class SmallCells {

    /**
     * The counts that a site, or all sites, tell to one question.
     *
     * @param question outcome and interval or period
     * @param site a site, or {@link Scope#OVER_SITES} for the total
     * @param inTotal whether the site is one of those in the total
     * @param counts people by what they have in common, such as {@code MBT with event}; the same names in all tables of a
     *     question
     */
    public record Table(String question, String site, boolean inTotal, Map<String, Long> counts) {
        public Table {
            counts = Map.copyOf(counts);
        }

        long people() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** What is withheld: a table, by its question and site. */
    public record Withheld(String question, String site) {}

    private final long least;
    private final Map<String, Map<String, Table>> byQuestion = new TreeMap<>();
    private final Map<String, Set<String>> withheld = new HashMap<>();

    private SmallCells(List<Table> tables, long least) {
        this.least = least;
        tables.forEach(table -> byQuestion
                .computeIfAbsent(table.question(), question -> new TreeMap<>())
                .put(table.site(), table));
        byQuestion.keySet().forEach(question -> withheld.put(question, new TreeSet<>()));
    }

    /**
     * Finds what to withhold.
     *
     * @param linked groups of questions that add up to one another
     * @param least the least count from 1 up that may be told
     */
    public static Set<Withheld> find(List<Table> tables, List<Set<String>> linked, long least) {
        SmallCells cells = new SmallCells(tables, least);
        while (cells.protect() || cells.link(linked)) {
            // what one question withholds may uncover another
        }
        return cells.withheld.entrySet().stream()
                .flatMap(question -> question.getValue().stream().map(site -> new Withheld(question.getKey(), site)))
                .collect(Collectors.toSet());
    }

    private boolean protect() {
        boolean changed = false;
        for (Map.Entry<String, Map<String, Table>> question : byQuestion.entrySet()) {
            Set<String> before = withheldOf(question.getKey());
            Set<String> after = new TreeSet<>(before);
            protect(question.getValue(), after);
            changed |= !after.equals(before);
            withheld.put(question.getKey(), after);
        }
        return changed;
    }

    private void protect(Map<String, Table> tables, Set<String> hidden) {
        tables.values().stream()
                .filter(table -> isSmall(table.counts()))
                .map(Table::site)
                .forEach(hidden::add);
        Table total = tables.get(Scope.OVER_SITES);
        if (total == null) {
            return;
        }
        List<Table> told = tables.values().stream()
                .filter(Table::inTotal)
                .filter(table -> !hidden.contains(table.site()))
                .sorted(Comparator.comparingLong(Table::people).thenComparing(Table::site))
                .collect(Collectors.toCollection(ArrayList::new));
        boolean anyHidden =
                tables.values().stream().anyMatch(table -> table.inTotal() && hidden.contains(table.site()));
        while (anyHidden && !hidden.contains(Scope.OVER_SITES) && isSmall(remainder(total, told))) {
            hidden.add(told.isEmpty() ? Scope.OVER_SITES : told.remove(0).site());
        }
    }

    /** The counts of a total that the tables told leave over. */
    private static Map<String, Long> remainder(Table total, List<Table> told) {
        Map<String, Long> rest = new HashMap<>(total.counts());
        told.forEach(table -> table.counts().forEach((name, count) -> rest.merge(name, -count, Long::sum)));
        return rest;
    }

    private boolean isSmall(Map<String, Long> counts) {
        return counts.values().stream().anyMatch(count -> count >= 1 && count < least);
    }

    private boolean link(List<Set<String>> linked) {
        boolean changed = false;
        for (Set<String> group : linked) {
            Set<String> all = group.stream()
                    .flatMap(question -> withheldOf(question).stream())
                    .collect(Collectors.toCollection(HashSet::new));
            for (String question : group) {
                Set<String> sites = byQuestion.getOrDefault(question, Map.of()).keySet();
                Set<String> now = Stream.concat(
                                withheldOf(question).stream(), all.stream().filter(sites::contains))
                        .collect(Collectors.toCollection(TreeSet::new));
                changed |= !now.equals(withheldOf(question));
                withheld.put(question, now);
            }
        }
        return changed;
    }

    private Set<String> withheldOf(String question) {
        return withheld.getOrDefault(question, Set.of());
    }
}
