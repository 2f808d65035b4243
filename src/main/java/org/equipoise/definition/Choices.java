package org.equipoise.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a name may be, in words that stay short however many there are. */
final class Choices {
    private static final int ALL_ARE_TOLD = 12;
    private static final int NEAREST = 3;

    private Choices() {}

    /**
     * All choices, or of very many their number and those that begin most like what was found.
     *
     * @param known in the order they are to be told
     */
    static String of(Collection<String> known, String found) {
        if (known.size() <= ALL_ARE_TOLD) {
            return "one of " + String.join(", ", known);
        }
        List<String> nearest = known.stream()
                .sorted(Comparator.comparingInt((String name) -> sharedStart(name, found))
                        .reversed())
                .limit(NEAREST)
                .toList();
        return "one of the " + known.size() + " there are, such as " + String.join(", ", nearest);
    }

    private static int sharedStart(String name, String found) {
        String a = name.toLowerCase(Locale.ROOT);
        String b = found.toLowerCase(Locale.ROOT);
        int shared = 0;
        while (shared < Math.min(a.length(), b.length()) && a.charAt(shared) == b.charAt(shared)) {
            shared++;
        }
        return shared;
    }
}
