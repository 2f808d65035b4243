package org.equipoise.definition;

import java.util.stream.Stream;
import org.equipoise.definition.Instrument.Scale;

/** A missing value that is also a score would silently take answers away. */
final class MissingValues {
    private MissingValues() {}

    /** Tells a missing value that an item of the instrument allows. */
    static void tellScores(String value, Part part, Instrument instrument) {
        if (number(value).anyMatch(number -> isItemValue(number, instrument))) {
            tell(value, part, instrument);
        }
    }

    /** Tells a missing value, declared for items and totals alike, that an item or a scale allows. */
    static void tellScoresAndTotals(String value, Part part, Instrument instrument) {
        if (number(value)
                .anyMatch(number -> isItemValue(number, instrument)
                        || instrument.scales().stream().anyMatch(scale -> isScore(number, scale)))) {
            tell(value, part, instrument);
        }
    }

    private static void tell(String value, Part part, Instrument instrument) {
        part.tell(DefinitionProblem.MISSING_IS_SCORE, "a value outside the scores", value, value, instrument.code());
    }

    private static boolean isItemValue(double number, Instrument instrument) {
        return instrument.items().stream().anyMatch(item -> item.allows(number));
    }

    private static boolean isScore(double number, Scale scale) {
        return number >= scale.min() && number <= scale.max();
    }

    private static Stream<Double> number(String value) {
        try {
            return Stream.of(Double.valueOf(value));
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }
}
