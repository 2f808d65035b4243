package org.equipoise.definition;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** How a site writes the moment an export was taken: a date, or a date with a time. */
public final class MomentFormat {
    private final DateTimeFormatter formatter;

    /**
     * @param rule whose pattern is a {@link java.time.format.DateTimeFormatter}'s
     */
    public MomentFormat(SiteMapping.DateRule rule) {
        formatter = DateTimeFormatter.ofPattern(rule.pattern().replace('y', 'u'), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** The moment a text tells, at the start of the day if it tells only a date; empty if it tells none. */
    public Optional<LocalDateTime> read(String text) {
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
