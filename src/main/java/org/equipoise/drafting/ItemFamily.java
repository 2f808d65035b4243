package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fields whose names differ in a number alone, which runs from 1 without a gap: the items of a form.
 *
 * @param pattern the name with {@code {item}} for the number, or {@code {item:2}} where it has two digits
 */
record ItemFamily(String pattern, SortedMap<Integer, Field> items) {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,4}(?=[]_)]?$)");

    /** The form's name, without what marks an item. */
    String stem() {
        return pattern.replaceAll("\\{item.*", "")
                .replaceAll("^\\{visit}[_. -]?|[_. -]?\\{visit}", "")
                .replaceAll("(?i)([_. \\-#\\[(]|item|sq|(?<=[^a-z])q|(?<=[^a-z])i)+$", "");
    }

    /**
     * All families among the fields, longest first. A name like bdi21 may be item 21 of BDI or item 1 of BDI-2: it is
     * what makes a run from 1 without a gap, and a name belongs to one family only.
     */
    static List<ItemFamily> among(List<Field> fields) {
        Map<String, SortedMap<Integer, Field>> runs = new LinkedHashMap<>();
        for (Field field : fields) {
            Matcher digits = DIGITS.matcher(field.name());
            if (digits.find()) {
                split(field, digits.start(), digits.end(), runs);
            }
        }
        List<ItemFamily> families = new ArrayList<>();
        runs.forEach((pattern, items) -> {
            int length = 0;
            while (items.containsKey(length + 1)) {
                length++;
            }
            if (length > 1) {
                families.add(new ItemFamily(pattern, new TreeMap<>(items.headMap(length + 1))));
            }
        });
        families.sort((one, other) -> other.items.size() - one.items.size());
        return apart(families);
    }

    private static void split(Field field, int start, int end, Map<String, SortedMap<Integer, Field>> runs) {
        String name = field.name();
        boolean glued = start > 0 && Character.isLetter(name.charAt(start - 1));
        int last = glued ? Math.min(end - 1, start + 1) : start;
        for (int at = start; at <= last; at++) {
            String number = name.substring(at, end);
            String mark = number.startsWith("0") ? "{item:" + number.length() + "}" : "{item}";
            add(name.substring(0, at) + mark + name.substring(end), number, field, runs);
            if (number.length() > 1 && !number.startsWith("0")) {
                add(
                        name.substring(0, at) + "{item:" + number.length() + "}" + name.substring(end),
                        number,
                        field,
                        runs);
            }
        }
    }

    private static void add(String pattern, String number, Field field, Map<String, SortedMap<Integer, Field>> runs) {
        runs.computeIfAbsent(pattern, key -> new TreeMap<>()).putIfAbsent(Integer.parseInt(number), field);
    }

    private static List<ItemFamily> apart(List<ItemFamily> families) {
        Set<String> taken = new HashSet<>();
        List<ItemFamily> apart = new ArrayList<>();
        for (ItemFamily family : families) {
            boolean free = family.items.values().stream().map(Field::name).noneMatch(taken::contains);
            if (free) {
                family.items.values().forEach(field -> taken.add(field.name()));
                apart.add(family);
            }
        }
        return apart;
    }

    /** All cells of all items. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        items.values().forEach(field -> texts.addAll(field.texts()));
        return texts;
    }

    /** What is in the items and how often. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        texts().forEach(text -> counts.merge(text.toLowerCase(Locale.ROOT), 1, Integer::sum));
        return new TreeMap<>(counts);
    }
}
