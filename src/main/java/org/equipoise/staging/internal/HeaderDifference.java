package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Map<String, String> renamed = RenamedColumns.of(gone, added);
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
}
