package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.equipoise.definition.Instrument.Embedding;
import org.equipoise.definition.Instrument.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Short forms lie in their long forms as published: their scales' items are items of the scale of the same name. */
class EmbeddedFormsTest {
    @ParameterizedTest
    @CsvSource({
        "bsi-53, scl-90-r, som oc int dep anx hos phob par psy",
        "ders-16, ders-36, clarity goals impulse strategies nonacceptance",
        "audit-c, audit, total",
        "phq-8, phq-9, total",
        "phq-2, phq-9, total",
        "gad-2, gad-7, total"
    })
    void itemsLandInTheScaleOfTheSameName(String shortName, String longName, String scales) {
        Instrument shortForm = ShippedInstruments.get(shortName);
        Instrument longForm = ShippedInstruments.get(longName);
        List<Integer> places = shortForm.embeddedIn().get(0).items();

        for (String code : scales.split(" ", -1)) {
            List<Integer> landed = scale(shortForm, code).items().stream()
                    .map(number -> places.get(number - 1))
                    .toList();
            assertThat(scale(longForm, code).items()).as(code).containsAll(landed);
        }
    }

    /** CORE-10 reverses its items 2 and 3 (CamCOPS); in the CORE-OM these are 3 and 7, and none of the rest is reversed. */
    @ParameterizedTest
    @CsvSource({"core-10, core-om, total, mean", "ders-16, ders-36, total, total", "ham-d17, ham-d21, total, total17"})
    void reversedItemsAreReversedInTheLongForm(String shortName, String longName, String ofShort, String ofLong) {
        Instrument shortForm = ShippedInstruments.get(shortName);
        Embedding embedding = shortForm.embeddedIn().get(0);
        List<Integer> ofLongForm =
                scale(ShippedInstruments.get(longName), ofLong).reversed();

        assertThat(shortForm.items())
                .allMatch(item -> scale(shortForm, ofShort).reversed().contains(item.number())
                        == ofLongForm.contains(embedding.items().get(item.number() - 1)));
    }

    private static Scale scale(Instrument instrument, String code) {
        return ScaleReader.find(instrument.scales(), code).orElseThrow();
    }
}
