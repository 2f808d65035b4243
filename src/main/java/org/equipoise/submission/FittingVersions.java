package org.equipoise.submission;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.Export;

/**
 * Which versions of an export's mapping a file may be read with: those whose file names it has, if there are any, and
 * whose days hold the day it was taken. The day is told by the file's name or else by its first receipt, never by a
 * later answer to it, so that a file is read alike however often and whenever it is read.
 */
public final class FittingVersions {
    private FittingVersions() {}

    /**
     * The versions, in the order of the mapping.
     *
     * @param export code of the export
     * @param receivedAt when the file was first seen
     */
    public static List<Export> of(SiteMapping mapping, String export, String file, Instant receivedAt) {
        List<Export> all = mapping.versionsOf(export);
        Predicate<Export> isNamedSo = version -> version.files().matcher(file).matches();
        boolean anyNamedSo = all.stream().anyMatch(isNamedSo);
        return all.stream()
                .filter(version -> !anyNamedSo || isNamedSo.test(version))
                .filter(version -> version.version().holdsOn(day(version, file, mapping.zone(), receivedAt)))
                .toList();
    }

    private static LocalDate day(Export version, String file, ZoneId zone, Instant receivedAt) {
        return ExportMoment.find(version.asOf(), file, zone)
                .orElse(receivedAt)
                .atZone(zone)
                .toLocalDate();
    }
}
