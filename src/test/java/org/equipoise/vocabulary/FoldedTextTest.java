package org.equipoise.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "bdi-ii|bdi-ii",
                "BDI-II|bdi-ii",
                "Very  Often|very often",
                " Very Often|very often",
                "Very Often |very often",
                "\tNever|never",
                "' '|''",
                "''|''",
                "STRASSE|strasse",
                "Stra\u00DFe|strasse",
                "R\u00D8D\u00A0GR\u00D8D|r\u00F8d gr\u00F8d",
                "A\u030Ar|\u00E5r"
            })
    void readsAsPeopleCompareIt(String text, String folded) {
        assertThat(FoldedText.of(text)).isEqualTo(folded);
    }
}
