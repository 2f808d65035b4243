package org.equipoise.database;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Things that repeat over the cells of a row: each is told once, and each cell has a letter, a for the first of them, b for
 * the second. A point stands for none.
 */
public final class Letters<T> {
    private static final char NONE = '.';
    private static final char FIRST = 'a';

    private final List<T> things = new ArrayList<>();
    private final StringBuilder cells;
    private @Nullable T last;
    private char lastLetter;

    /** For so many cells. */
    public Letters(int cells) {
        this.cells = new StringBuilder(cells);
    }

    /** Adds a cell. */
    public void add(@Nullable T thing) {
        if (thing == null) {
            cells.append(NONE);
            return;
        }
        // Most cells have the very thing of the one before them.
        if (thing != last) {
            last = thing;
            lastLetter = letter(placeOf(thing));
        }
        cells.append(lastLetter);
    }

    private int placeOf(T thing) {
        int place = things.indexOf(thing);
        if (place < 0) {
            place = things.size();
            things.add(thing);
        }
        return place;
    }

    /** The letter of a place, the first of which is 0. */
    public static char letter(int place) {
        return (char) (FIRST + place);
    }

    /** The place of a letter that is not a point, the first of which is 0. */
    public static int place(char letter) {
        return letter - FIRST;
    }

    /** Whether no cell has a thing. */
    public boolean isEmpty() {
        return things.isEmpty();
    }

    /** The letters, one a cell. */
    public CharSequence cells() {
        return cells;
    }

    /** What the letters stand for, in their order. */
    public List<T> things() {
        return things;
    }

    /** Writes letters of texts, and then the texts. */
    public static void write(BinaryCopy rows, Letters<String> letters) {
        List<String> texts = letters.things();
        rows.text(letters.cells).textArray(texts.toArray(String[]::new), texts.size());
    }

    /** What a letter stands for; null for a point. */
    public static <T> @Nullable T read(char letter, T[] things) {
        return letter == NONE ? null : things[place(letter)];
    }
}
