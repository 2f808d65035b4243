package org.equipoise.staging.internal;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.equipoise.definition.SiteMapping.Missing;

/** Text as people compare it: without surrounding or doubled blanks, case, or the way accents are encoded. */
final class Texts {
    private static final Pattern BLANKS = Pattern.compile(" {2,}");

    private Texts() {}

    /** The form in which labels and headers are compared. Most cells are in it already. */
    static String folded(String text) {
        return isFolded(text) ? text : fold(text);
    }

    private static boolean isFolded(String text) {
        boolean blankBefore = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ';
            if (c >= 128 || c < ' ' || (c >= 'A' && c <= 'Z') || (blank && blankBefore)) {
                return false;
            }
            blankBefore = blank;
        }
        return text.isEmpty() || !blankBefore;
    }

    private static String fold(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFC).replace('\u00A0', ' ');
        // Upper case first: ß becomes ss, as in a heading.
        return BLANKS.matcher(plain.strip())
                .replaceAll(" ")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** The same texts, folded. */
    static Set<String> folded(Set<String> texts) {
        return texts.stream().map(Texts::folded).collect(Collectors.toUnmodifiableSet());
    }

    /** What stands for no value in every column of an export, folded. */
    static Set<String> missing(Missing ofExport) {
        Set<String> texts = new HashSet<>(ofExport.tokens());
        texts.addAll(ofExport.codes().keySet());
        return folded(texts);
    }

    /** The same map with its keys folded. */
    static <V> Map<String, V> foldedKeys(Map<String, V> map) {
        Map<String, V> folded = new HashMap<>();
        map.forEach((key, value) -> folded.put(folded(key), value));
        return folded;
    }
}
