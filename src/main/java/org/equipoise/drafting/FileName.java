package org.equipoise.drafting;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's name, and the day in it.
 *
 * @param pattern the name with {@code {as_of}} for the day
 * @param dayFormat how the day is written; empty if there is none
 */
record FileName(String pattern, String dayFormat) {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}|(?<!\\d)\\d{8}(?!\\d)");

    static FileName of(String name) {
        Matcher day = DAY.matcher(name);
        if (!day.find()) {
            return new FileName(name, "");
        }
        return new FileName(
                name.substring(0, day.start()) + "{as_of}" + name.substring(day.end()),
                day.group().length() == 8 ? "yyyyMMdd" : "yyyy-MM-dd");
    }

    boolean isDated() {
        return !dayFormat.isEmpty();
    }

    /** The site, which files are mostly named after first. */
    String site() {
        String first = words()[0];
        return first.isEmpty() ? "site" : first;
    }

    /** The kind of file, named second. */
    String export() {
        String[] words = words();
        return words.length > 1 && !words[1].isEmpty() ? words[1] : "export";
    }

    private String[] words() {
        return pattern.replaceAll("\\{as_of}|\\.[A-Za-z]+$", "")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+");
    }
}
