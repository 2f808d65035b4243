package org.equipoise.staging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitDatesTest {
    /** What java.time's own strict formatter makes of a text: the other road to the same day. */
    private static @Nullable LocalDate formatted(String pattern, String text) {
        DateTimeFormatter strict = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
        try {
            return LocalDate.parse(text, strict);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd, 2024-02-29", "yyyy-MM-dd, 2023-02-29", "yyyy-MM-dd, 2023-13-01", "yyyy-MM-dd, 2023-00-10",
        "yyyy-MM-dd, 2023-01-00", "yyyy-MM-dd, 2023-04-31", "yyyy-MM-dd, 2023-1-1", "yyyy-MM-dd, 2023/01/01",
        "yyyy-MM-dd, 0000-02-29", "yyyy-MM-dd, 2O23-01-01", "yyyy-MM-dd, -023-01-01", "dd/MM/yyyy, 29/02/1900",
        "dd/MM/yyyy, 29/02/2000", "dd/MM/yyyy, 31/12/1999", "dd.MM.yyyy, 01.02.2003", "yyyyMMdd, 20030201"
    })
    void findsTheDayThatTheFormatterFinds(String pattern, String text) {
        assertThat(DigitDates.of(pattern).orElseThrow().find(text)).isEqualTo(formatted(pattern, text));
    }

    @Test
    void findsEveryDayOfFourYears() {
        DigitDates dates = DigitDates.of("dd-MM-yyyy").orElseThrow();
        DateTimeFormatter format = DateTimeFormatter.ofPattern("dd-MM-uuuu", Locale.ROOT);
        LocalDate.of(2021, 1, 1)
                .datesUntil(LocalDate.of(2025, 1, 1))
                .forEach(day -> assertThat(dates.find(day.format(format))).isEqualTo(day));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yy-MM-dd", "d.M.yyyy", "dd MMM yyyy", "yyyy-MM-dd HH:mm", "MM/yyyy", "yyyy-DDD", "'d'dd-MM-yyyy"
            })
    void leavesOtherPatternsToTheFormatter(String pattern) {
        assertThat(DigitDates.of(pattern)).isEmpty();
    }
}
