package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.equipoise.definition.SiteMapping.Header;
import org.equipoise.definition.SiteMapping.Version;
import org.equipoise.staging.Finding;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.FoldedText;
import org.equipoise.vocabulary.Place;

/**
 * How a file's columns differ from those of a version of its mapping.
 *
 * @param gone columns of the version that the file lacks
 * @param added columns of the file that the version lacks
 * @param fingerprint what the file's columns come to
 */
public record HeaderDifference(
        Version version, int headerLine, List<String> gone, List<String> added, String fingerprint) {
    /** Columns that are looked at for new names; with more, hardly any was merely renamed. */
    private static final int MOST_RENAMED = 100;

    private record Pair(String gone, String added, int edits) {}

    /** Compares; a version that knows only the fingerprint of its columns lacks none in particular. */
    public static HeaderDifference of(Version version, List<String> header, int headerLine) {
        List<String> expected = version.header().map(Header::columns).orElse(List.of());
        return new HeaderDifference(
                version,
                headerLine,
                without(expected, header),
                expected.isEmpty() ? List.of() : without(header, expected),
                Header.of(header).sha256());
    }

    private static List<String> without(List<String> columns, List<String> others) {
        Set<String> known = new HashSet<>();
        others.forEach(column -> known.add(FoldedText.of(column)));
        return columns.stream()
                .filter(column -> !known.contains(FoldedText.of(column)))
                .toList();
    }

    /** How many columns differ. */
    public int columns() {
        return version.header().map(Header::columns).orElse(List.of()).isEmpty()
                ? Integer.MAX_VALUE
                : gone.size() + added.size();
    }

    /** Each column that differs, those that are gone first; without names, that the columns do. */
    public List<Finding> findings(String file) {
        if (gone.isEmpty() && added.isEmpty()) {
            return List.of(Finding.of(
                    FindingCode.STG_013,
                    Place.line(file, headerLine),
                    "columns with the fingerprint "
                            + version.header().map(Header::sha256).orElse("") + ", version " + version.name(),
                    "the fingerprint " + fingerprint));
        }
        Map<String, String> renamed = renamed();
        List<Finding> findings = new ArrayList<>();
        for (String column : gone) {
            String now = renamed.get(column);
            findings.add(Finding.of(
                    FindingCode.STG_013,
                    Place.column(file, headerLine, column),
                    "a column named " + column + ", as in version " + version.name(),
                    now == null ? "no such column" : "perhaps renamed: " + now));
        }
        for (String column : added) {
            if (!renamed.containsValue(column)) {
                findings.add(Finding.of(
                        FindingCode.STG_013,
                        Place.column(file, headerLine, column),
                        "no such column, as in version " + version.name(),
                        "a new column"));
            }
        }
        return findings;
    }

    /** For columns that are gone the new column whose name is nearest, the nearest pairs first. */
    private Map<String, String> renamed() {
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
        Set<String> taken = new TreeSet<>();
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
