package org.equipoise.definition;

import java.util.Locale;
import org.equipoise.vocabulary.OutcomeCode;

/**
 * The name of an outcome where names may have eight letters: PARAMCD in data sets of CDISC's shape. It is the outcome's code
 * without signs; a longer one loses the vowels inside its words, then its end. It hangs on that code alone, so that it stays
 * when outcomes come and go.
 */
final class ParameterCode {
    private static final int LONGEST = 8;

    private ParameterCode() {}

    static String of(OutcomeCode outcome) {
        String code = outcome.value().toUpperCase(Locale.ROOT);
        String bare = code.replaceAll("[^A-Z0-9]", "");
        String name = bare.length() <= LONGEST
                ? bare
                : code.replaceAll("(?<=[A-Z0-9])[AEIOU]", "").replaceAll("[^A-Z0-9]", "");
        String letterFirst = name.matches("[A-Z].*") ? name : "P" + name;
        return letterFirst.substring(0, Math.min(LONGEST, letterFirst.length()));
    }
}
