package org.equipoise.staging;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.staging.internal.HeaderDifference;
import org.equipoise.submission.FittingVersions;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.jspecify.annotations.Nullable;

/**
 * A file opened with the version of its export's mapping that it was made for: of those valid on its day, the one whose
 * columns it has, or else the one that names none.
 */
public record BoundExport(Export export, ExportReader reader) {

    /**
     * Opens a file.
     *
     * @param export code of the export
     * @param receivedAt when the file was first seen
     * @throws FileRefused if no version fits, with all that differs; or if the file cannot be read as a table
     */
    public static BoundExport open(
            String file, SiteMapping mapping, String export, Instant receivedAt, ExportReader.Source source)
            throws IOException, FileRefused {
        List<Export> fitting = FittingVersions.of(mapping, export, file, receivedAt);
        if (fitting.isEmpty()) {
            throw new FileRefused(Finding.of(FindingCode.STG_012, Place.file(file), days(mapping, export), null));
        }
        List<HeaderDifference> differences = new ArrayList<>();
        FileRefused refusal = null;
        for (Export version : namingColumnsFirst(fitting)) {
            ExportReader reader;
            try {
                reader = ExportReader.open(file, version.text(), source);
            } catch (FileRefused e) {
                refusal = refusal == null ? e : refusal;
                continue;
            }
            if (version.version()
                    .header()
                    .filter(header -> !header.fits(reader.header()))
                    .isEmpty()) {
                return new BoundExport(version, reader);
            }
            differences.add(HeaderDifference.of(version.version(), reader.header(), reader.headerLine()));
            reader.close();
        }
        throw refused(file, differences, refusal);
    }

    private static List<Export> namingColumnsFirst(List<Export> versions) {
        return versions.stream()
                .sorted(Comparator.comparing(
                        version -> version.version().header().isEmpty()))
                .toList();
    }

    private static FileRefused refused(
            String file, List<HeaderDifference> differences, @Nullable FileRefused unreadable) {
        return differences.stream()
                .min(Comparator.comparingInt(HeaderDifference::columns))
                .map(nearest -> new FileRefused(nearest.findings(file)))
                .orElseGet(() -> java.util.Objects.requireNonNull(unreadable));
    }

    private static String days(SiteMapping mapping, String export) {
        String days = mapping.versionsOf(export).stream()
                .map(Export::version)
                .map(version -> version.days() + " (version " + version.name() + ")")
                .collect(Collectors.joining(", or "));
        return days.isEmpty() ? "a mapping that has the export " + export : "a day " + days;
    }
}
