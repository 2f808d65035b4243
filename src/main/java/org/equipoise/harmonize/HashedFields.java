package org.equipoise.harmonize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import org.equipoise.vocabulary.Code;
import org.jspecify.annotations.Nullable;

/**
 * Fields on their way into a SHA-256 digest, numbers with the highest byte first. A text goes in as its length in
 * bytes and its UTF-8; what is null as the length -1. For one thread.
 */
final class HashedFields {
    private static final int FLUSHED_AT = 1 << 13;

    private final MessageDigest digest = sha256();
    private byte[] bytes = new byte[FLUSHED_AT + 64];
    private int size;

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    void code(@Nullable Code code) {
        text(code == null ? null : code.value());
    }

    /** What something is in words. */
    void text(@Nullable Object value) {
        text(value == null ? null : value.toString());
    }

    void text(@Nullable String text) {
        if (text == null) {
            int4(-1);
            return;
        }
        int length = text.length();
        room(4 + length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[size + 4 + i] = (byte) c;
        }
        int4(length);
        size += length;
    }

    private void bytes(byte[] utf8) {
        room(4 + utf8.length);
        int4(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    /** A day as ISO 8601 writes it. */
    void date(@Nullable LocalDate date) {
        if (date == null || date.getYear() < 0 || date.getYear() > 9999) {
            text((Object) date);
            return;
        }
        room(14);
        int4(10);
        digits(date.getYear(), 4);
        bytes[size++] = '-';
        digits(date.getMonthValue(), 2);
        bytes[size++] = '-';
        digits(date.getDayOfMonth(), 2);
    }

    private void digits(int number, int count) {
        int rest = number;
        for (int i = count - 1; i >= 0; i--) {
            bytes[size + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
    }

    void int1(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void int2(int value) {
        room(2);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    void int4(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    /** A number's bits. */
    void bits(double value) {
        room(8);
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (bits >> shift);
        }
    }

    private void room(int more) {
        if (size >= FLUSHED_AT) {
            digest.update(bytes, 0, size);
            size = 0;
        }
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, size + more + FLUSHED_AT);
        }
    }

    /** The digest of all fields. */
    byte[] digest() {
        digest.update(bytes, 0, size);
        size = 0;
        return digest.digest();
    }
}
