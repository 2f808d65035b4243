package org.equipoise.submission;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.equipoise.definition.MomentFormat;
import org.equipoise.definition.SiteMapping.AsOf;
import org.equipoise.definition.SiteMapping.AsOfSource;
import org.equipoise.definition.SiteMapping.Export;

/** When an export was taken, as far as its name tells. */
public final class ExportMoment {
    private ExportMoment() {}

    /** The moment in a file's name by the first version of an export that can read it there. */
    public static Optional<Instant> find(List<Export> versions, String fileName, ZoneId zone) {
        return versions.stream()
                .flatMap(version -> find(version.asOf(), fileName, zone).stream())
                .findFirst();
    }

    /**
     * The moment in a file's name; empty if the mapping looks for it elsewhere or the name does not hold one.
     *
     * @param zone where the site's clocks are
     */
    public static Optional<Instant> find(AsOf asOf, String fileName, ZoneId zone) {
        if (asOf.source() != AsOfSource.FILE_NAME) {
            return Optional.empty();
        }
        Matcher matcher = asOf.name().orElseThrow().matcher(fileName);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return new MomentFormat(asOf.format().orElseThrow())
                .read(matcher.group("asof"))
                .map(moment -> moment.atZone(zone).toInstant());
    }
}
