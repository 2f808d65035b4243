package org.equipoise.staging.internal;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Text as people compare it: without surrounding or doubled blanks, case, or the way accents are encoded. */
final class Texts {
    private Texts() {}

    /** The form in which labels and headers are compared. */
    static String folded(String text) {
        String plain = text.strip();
        for (int i = 0; i < plain.length(); i++) {
            if (plain.charAt(i) >= 128) {
                plain = Normalizer.normalize(plain, Normalizer.Form.NFC);
                break;
            }
        }
        return plain.replace('\u00A0', ' ').replaceAll(" {2,}", " ").toLowerCase(Locale.ROOT);
    }

    /** The same map with its keys folded. */
    static <V> Map<String, V> foldedKeys(Map<String, V> map) {
        Map<String, V> folded = new HashMap<>();
        map.forEach((key, value) -> folded.put(folded(key), value));
        return folded;
    }
}
