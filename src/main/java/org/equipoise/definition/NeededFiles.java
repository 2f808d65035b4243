package org.equipoise.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which definition files others may refer to, told by their names alone: a file whose name stands nowhere in the text
 * of those that refer is not needed. Reading the few that are is most of what a check of one file saves.
 */
final class NeededFiles {
    private NeededFiles() {}

    /**
     * The candidates that the roots name, and those that these name in turn.
     *
     * @param roots what is read anyhow
     * @param candidates what may be named, by the file's name without ending, in capitals or not
     */
    static Set<Path> of(Collection<Path> roots, Collection<Path> candidates) {
        Set<Path> needed = new HashSet<>();
        Set<Path> left = new LinkedHashSet<>(candidates);
        Deque<Path> toRead = new ArrayDeque<>(roots);
        while (!toRead.isEmpty()) {
            String text = text(toRead.remove());
            for (Iterator<Path> each = left.iterator(); each.hasNext(); ) {
                Path candidate = each.next();
                if (text.contains(name(candidate))) {
                    each.remove();
                    needed.add(candidate);
                    toRead.add(candidate);
                }
            }
        }
        return needed;
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.')).toLowerCase(Locale.ROOT);
    }

    /** Empty when it cannot be read: whoever reads it in earnest will tell. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "";
        }
    }
}
