package org.equipoise.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes of item names: site-made, of survey systems, with and without a visit. */
class ItemFamilyTest {
    private static List<Field> fields(IntFunction<String> name, int items) {
        List<String> header = new ArrayList<>();
        for (int number = 1; number <= items; number++) {
            header.add(name.apply(number));
        }
        TextGuess text = new TextGuess(List.of("utf-8"), "", ',', 99, 0);
        return VisitNames.of(new Sample("any.csv", text, header, List.of())).fields();
    }

    @ParameterizedTest
    @CsvSource({
        "bdi_%d, bdi_{item}, bdi",
        "BDI%02d, BDI{item:2}, BDI",
        "bdi2_q%02d, bdi2_q{item:2}, bdi2",
        "BDI.II.item%d, BDI.II.item{item}, BDI.II",
        "BDI[SQ%03d], BDI[SQ{item:3}], BDI",
        "bdi#%d, bdi#{item}, bdi",
        "bdi2%d, bdi2{item}, bdi2"
    })
    void findsTheRunOfAllItems(String shape, String pattern, String stem) {
        List<ItemFamily> families =
                ItemFamily.among(fields(number -> String.format(java.util.Locale.ROOT, shape, number), 21));

        assertThat(families).hasSize(1);
        assertThat(families.get(0).pattern()).isEqualTo(pattern);
        assertThat(families.get(0).stem()).isEqualTo(stem);
        assertThat(families.get(0).items()).hasSize(21);
    }
}
