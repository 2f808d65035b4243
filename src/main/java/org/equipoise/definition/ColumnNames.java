package org.equipoise.definition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads names of columns and files, with what stands in them for something else. */
final class ColumnNames {
    /** Where the moment of the export stands in a file's name. */
    static final String AS_OF = "{as_of}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");
    private static final Pattern ITEM = Pattern.compile("\\{item(?::([1-9]))?}");
    private static final String VISIT = "{visit}";

    private final boolean hasVisit;
    private final Set<String> taken = new HashSet<>();

    /**
     * @param hasVisit whether names of columns say the visit
     */
    ColumnNames(boolean hasVisit) {
        this.hasVisit = hasVisit;
    }

    /** A column that is the same for all visits. */
    String shared(Part part) {
        allow(part, part.text(), "");
        return part.text();
    }

    /** A column that each visit has its own of, if names of columns say the visit. */
    String ofVisit(Part part) {
        return ofVisit(part, part.text());
    }

    /** A column that each visit may have its own of, or that is the same for all. */
    String maybeOfVisit(Part part) {
        allow(part, part.text(), hasVisit ? VISIT : "");
        return part.text();
    }

    private String ofVisit(Part part, String name) {
        allow(part, name, hasVisit ? VISIT : "");
        if (hasVisit && !name.contains(VISIT)) {
            need(part, VISIT);
        }
        return name;
    }

    /** Columns by item, out of a name for all of them. */
    Map<Integer, String> ofItems(Part part, List<Integer> numbers) {
        String name = part.text();
        ofVisit(part, ITEM.matcher(name).replaceAll(""));
        Map<Integer, String> items = new HashMap<>();
        if (numbers.size() > 1 && !ITEM.matcher(name).find()) {
            need(part, "{item}");
            return items;
        }
        numbers.forEach(number -> items.put(number, take(part, ofItem(name, number))));
        return items;
    }

    private static String ofItem(String name, int number) {
        return ITEM.matcher(name).replaceAll(found -> {
            int digits = found.group(1) == null ? 1 : Integer.parseInt(found.group(1));
            return String.format(Locale.ROOT, "%0" + digits + "d", number);
        });
    }

    private static void need(Part part, String placeholder) {
        part.tell(
                DefinitionProblem.PLACEHOLDER_NEEDED,
                "a name with " + placeholder,
                part.text(),
                part.text(),
                placeholder);
    }

    /** A column that nothing else may be read from. */
    String take(Part part, String name) {
        if (!name.isEmpty() && !taken.add(name)) {
            part.tell(DefinitionProblem.COLUMN_TWICE, "a column for each thing", name, name);
        }
        return name;
    }

    private static void allow(Part part, String name, String allowed) {
        PLACEHOLDER
                .matcher(name)
                .results()
                .map(found -> found.group())
                .filter(found -> !found.equals(allowed))
                .forEach(found -> part.tell(
                        DefinitionProblem.PLACEHOLDER_OUT_OF_PLACE,
                        allowed.isEmpty() ? "a name without braces" : "no other than " + allowed,
                        name,
                        name,
                        found));
    }

    /** Names in which {@code *} stands for anything; a file's name may say {@code {as_of}} once. */
    static Pattern wildcard(String name) {
        StringBuilder regex = new StringBuilder();
        Matcher special = Pattern.compile("\\*|\\{as_of}").matcher(name);
        int from = 0;
        boolean named = false;
        while (special.find()) {
            regex.append(quote(name.substring(from, special.start())));
            boolean moment = special.group().equals(AS_OF) && !named;
            named |= moment;
            regex.append(moment ? "(?<asof>.+?)" : ".*");
            from = special.end();
        }
        regex.append(quote(name.substring(from)));
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String quote(String text) {
        return text.isEmpty() ? "" : Pattern.quote(text);
    }
}
