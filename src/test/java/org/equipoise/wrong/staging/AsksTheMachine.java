package org.equipoise.wrong.staging;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;

/** Each method depends on the machine it runs on. */
final class AsksTheMachine {
    private AsksTheMachine() {}

    static LocalDate now() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    static double draw() {
        return new Random().nextDouble() + Math.random();
    }

    static void print() {
        System.out.println("done");
    }

    @SuppressWarnings("AnnotateFormatMethod")
    static String format(String pattern, double value) {
        return pattern.formatted(value);
    }

    @SuppressWarnings("DefaultCharset")
    static byte[] bytes(String text) {
        return text.getBytes();
    }
}
