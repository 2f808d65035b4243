package org.equipoise.staging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberReaderTest {
    private static final NumberReader POINTS = new NumberReader('.', Optional.empty());
    private static final NumberReader COMMAS = new NumberReader(',', Optional.of('.'));

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7,7",
        "007,7",
        "450,450",
        "999999999,999999999",
        "9999999999,9999999999",
        "90071992547409930,90071992547409930",
        "-1,-1",
        "+4,4",
        "1.5,1.5",
        "1e3,1000"
    })
    void readsNumbersAsTheyAreWritten(String text, double number) {
        assertThat(POINTS.read(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"12|12", "1.250|1250", "1,5|1.5"})
    void readsMarksAsTheMappingSays(String text, double number) {
        assertThat(COMMAS.read(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-", "1x", "12 3", "1,5", "\u0663", "NaN"})
    void whatIsNoNumberIsNaN(String text) {
        assertThat(POINTS.read(text)).isNaN();
    }
}
