package org.equipoise.submission;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import org.equipoise.definition.SiteMapping.AsOf;
import org.equipoise.definition.SiteMapping.AsOfSource;

/** When an export was taken, as far as its name tells. */
public final class ExportMoment {
    private ExportMoment() {}

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
        return moment(asOf.format().orElseThrow().pattern(), matcher.group("asof"))
                .map(moment -> moment.atZone(zone).toInstant());
    }

    /** The moment a text tells, at the start of the day if it tells only a date. */
    private static Optional<LocalDateTime> moment(String pattern, String text) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
        try {
            return Optional.of(
                    formatter.parseBest(text, LocalDateTime::from, LocalDate::from) instanceof LocalDateTime moment
                            ? moment
                            : LocalDate.parse(text, formatter).atStartOfDay());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
