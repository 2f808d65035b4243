package org.equipoise.database;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns an exception of the JDK or the driver into one sentence. */
final class PlainWords {
    private PlainWords() {}

    static String sentence(Exception e) {
        String text;
        if (e instanceof AccessDeniedException denied) {
            text = "no permission for " + denied.getFile();
        } else if (e instanceof NoSuchFileException missing) {
            text = "there is no " + missing.getFile();
        } else if (e instanceof FileSystemException failed) {
            text = failed.getFile() + ": " + failed.getReason();
        } else {
            text = String.valueOf(e.getMessage());
        }
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
