package org.equipoise.vocabulary;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as people compare it: without surrounding or doubled blanks, case, or the way accents are encoded. */
public final class FoldedText {
    private static final Pattern BLANKS = Pattern.compile(" {2,}");

    private FoldedText() {}

    /** The form in which labels and headers are compared. Most cells are in it already. */
    public static String of(String text) {
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
}
