package org.equipoise.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "Z",
                "7",
                "BDI-II",
                "x_y.z-9",
                "-a",
                ".a",
                "_a",
                "a b",
                "aä",
                "ä",
                "a/b",
                "a@",
                "a[",
                "a`",
                "a{",
                "a:",
                "1234567890123456789012345678901234567890",
                "12345678901234567890123456789012345678901"
            })
    void tellsCodesAsTheShapeDoes(String text) {
        assertThat(Code.isCode(text)).isEqualTo(Code.SHAPE.matcher(text).matches());
    }
}
