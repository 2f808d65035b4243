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
        boolean blankBefore = true;
        boolean capitals = false;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ';
            if (c >= 128 || c < ' ' || (blank && blankBefore)) {
                return fold(text);
            }
            capitals |= c >= 'A' && c <= 'Z';
            blankBefore = blank;
        }
        if (blankBefore && length > 0) {
            return fold(text);
        }
        return capitals ? text.toLowerCase(Locale.ROOT) : text;
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
