package org.equipoise.warehouse.internal;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.database.BinaryCopy;
import org.jspecify.annotations.Nullable;

/**
 * Texts that repeat over the cells of a row: each is told once, and each cell has a letter, a for the first of them, b for
 * the second. A point stands for no text.
 */
final class Letters {
    private static final char NONE = '.';
    private static final char FIRST = 'a';

    private final List<String> texts = new ArrayList<>();
    private final StringBuilder cells;

    Letters(int cells) {
        this.cells = new StringBuilder(cells);
    }

    /** Adds a cell. */
    void add(@Nullable String text) {
        if (text == null) {
            cells.append(NONE);
            return;
        }
        int place = texts.indexOf(text);
        if (place < 0) {
            place = texts.size();
            texts.add(text);
        }
        cells.append((char) (FIRST + place));
    }

    /** Whether no cell has a text. */
    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Writes the letters and then the texts. */
    void write(BinaryCopy rows) {
        rows.text(cells).textArray(texts.toArray(String[]::new), texts.size());
    }

    /** The text of each cell. */
    static @Nullable String[] read(String letters, String[] texts) {
        @Nullable String[] cells = new String[letters.length()];
        for (int i = 0; i < cells.length; i++) {
            char letter = letters.charAt(i);
            cells[i] = letter == NONE ? null : texts[letter - FIRST];
        }
        return cells;
    }
}
