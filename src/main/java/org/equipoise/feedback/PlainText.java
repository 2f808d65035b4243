package org.equipoise.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/** Text for people: what a site wrote, made safe to show, and lines of bounded width. */
final class PlainText {
    private PlainText() {}

    /**
     * A site's text as it may be shown on a terminal or page: one line, and without characters that steer the
     * display, such as escape sequences or marks that turn the direction of writing.
     */
    static String visible(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char safe = safe(text, i, c);
            if (safe != c && shown == null) {
                shown = new StringBuilder(text);
            }
            if (shown != null) {
                shown.setCharAt(i, safe);
            }
        }
        return shown == null ? text : shown.toString();
    }

    private static char safe(String text, int at, char c) {
        if (c >= ' ' && c < 127) {
            return c;
        }
        if (c == '\n' || c == '\r' || c == '\t' || c == '\u2028' || c == '\u2029' || c == '\u0085') {
            return ' ';
        }
        boolean control = c < ' ' || (c >= 127 && c < 160);
        boolean turnsDirection = (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200E'
                || c == '\u200F'
                || c == '\u061C';
        boolean loneHalf = Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
        return control || turnsDirection || loneHalf || c >= '\uFFFE' ? '\uFFFD' : c;
    }

    /** A count with its noun: {@code 1 row}, {@code 2 rows}. */
    static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%d %s", number, number == 1 ? one : many);
    }

    /**
     * Breaks text at blanks. A word longer than a line stays whole, so that it can be copied.
     *
     * @param first what the first line begins with
     * @param next what the others begin with
     */
    static List<String> wrap(String text, String first, String next, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (StringTokenizer words = new StringTokenizer(text, " "); words.hasMoreTokens(); ) {
            String word = words.nextToken();
            if (!empty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                empty = true;
            }
            if (!empty) {
                line.append(' ');
            }
            line.append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
