package org.equipoise.staging.internal;

import java.util.Locale;
import org.equipoise.definition.Instrument;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ScaleCode;
import org.jspecify.annotations.Nullable;

/** What an answer or total was expected to be, in words. */
final class Ranges {
    private Ranges() {}

    static String expected(FindingCode code, Instrument instrument, int item, @Nullable ScaleCode total) {
        if (code == FindingCode.STG_035) {
            return "a number with one decimal mark";
        }
        if (total != null) {
            Instrument.Scale scale = instrument.findScale(total).orElseThrow();
            return "a number from " + plain(scale.min()) + " to " + plain(scale.max());
        }
        Instrument.Item range = instrument.items().get(item - 1);
        return "a whole number from " + range.min() + " to " + range.max()
                + (range.step() == 1 ? "" : " in steps of " + range.step());
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.format(Locale.ROOT, "%s", bound);
    }
}
