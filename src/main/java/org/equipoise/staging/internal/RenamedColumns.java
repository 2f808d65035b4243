package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.equipoise.vocabulary.FoldedText;

/** Guesses which columns were merely renamed: at most a third of the letters differ. */
final class RenamedColumns {
    /** Columns that are looked at; with more, hardly any was merely renamed. */
    private static final int MOST_RENAMED = 100;

    private record Pair(String gone, String added, int edits) {}

    private RenamedColumns() {}

    /**
     * For columns that are gone the new column whose name is nearest, the nearest pairs first.
     *
     * @param gone columns that a file should have and lacks
     * @param added columns that it has and nothing asked for
     */
    static Map<String, String> of(List<String> gone, List<String> added) {
        List<Pair> pairs = new ArrayList<>();
        for (String from : gone.subList(0, Math.min(MOST_RENAMED, gone.size()))) {
            for (String to : added.subList(0, Math.min(MOST_RENAMED, added.size()))) {
                int edits = edits(FoldedText.of(from), FoldedText.of(to));
                if (3 * edits <= Math.max(from.length(), to.length())) {
                    pairs.add(new Pair(from, to, edits));
                }
            }
        }
        pairs.sort(
                Comparator.comparingInt(Pair::edits).thenComparing(Pair::gone).thenComparing(Pair::added));
        Map<String, String> renamed = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Pair pair : pairs) {
            if (!renamed.containsKey(pair.gone) && taken.add(pair.added)) {
                renamed.put(pair.gone, pair.added);
            }
        }
        return renamed;
    }

    /** Letters to insert, leave out or exchange until one text is the other (Levenshtein). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
