package org.equipoise.feedback;

import java.util.regex.Pattern;

/** A word of a command line that a person copies into a shell. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:\\\\@%+,=-]+");

    private ShellWord() {}

    /** In quotation marks where a shell would take it apart. */
    static String of(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        boolean harmlessInDouble = word.chars().noneMatch(c -> c == '"' || c == '$' || c == '`' || c == '!');
        return harmlessInDouble ? '"' + word + '"' : "'" + word.replace("'", "'\\''") + "'";
    }
}
