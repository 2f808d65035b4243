package org.equipoise.staging.internal;

import java.util.Optional;
import java.util.regex.Pattern;

/** Turns a cell's text into a number, as the mapping says numbers are written. Never guesses. */
final class NumberReader {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");

    private final char decimal;
    private final Optional<Character> thousands;

    NumberReader(char decimal, Optional<Character> thousands) {
        this.decimal = decimal;
        this.thousands = thousands;
    }

    /** Whether the text holds a mark that might be a decimal or a thousands mark. */
    boolean isAmbiguous(String text) {
        char other = decimal == '.' ? ',' : '.';
        return thousands.isEmpty()
                && text.indexOf(other) >= 0
                && NUMBER.matcher(text.replace(other, '.')).matches();
    }

    /** The number of some digits, as most are written; -1 if the text has anything else. */
    private static int readDigits(String text) {
        int length = text.length();
        if (length == 0 || length > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < length; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    /** The number, or NaN if the text is none. */
    double read(String text) {
        int whole = readDigits(text);
        if (whole >= 0) {
            return whole;
        }
        String plain = text;
        if (thousands.isPresent()) {
            plain = plain.replace(String.valueOf(thousands.get()), "");
        }
        if (decimal != '.') {
            if (plain.indexOf('.') >= 0) {
                return Double.NaN;
            }
            plain = plain.replace(decimal, '.');
        }
        return NUMBER.matcher(plain).matches() ? Double.parseDouble(plain) : Double.NaN;
    }
}
