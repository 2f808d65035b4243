package org.equipoise.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import org.equipoise.definition.Study;

/** Where morning summaries lie: {@code <home>/summaries/DATE.txt} and {@code .html}, and {@code latest} of both. */
public final class MorningFiles {
    private final Path folder;

    public MorningFiles(Home home) {
        folder = home.summaries();
    }

    /** Writes what a night changed. */
    public void write(Morning morning, Study study) throws IOException {
        write(morning.date(), MorningText.of(morning, study), MorningPage.of(morning, study));
    }

    /**
     * Tells of a night that came to nothing.
     *
     * @param title what night
     * @param sentences what happened, and what comes next
     */
    public void write(LocalDate date, String title, List<String> sentences) throws IOException {
        write(date, title + "\n" + String.join("\n", sentences) + "\n", MorningPage.of(title, sentences));
    }

    private void write(LocalDate date, String text, String page) throws IOException {
        Files.createDirectories(folder);
        for (String name : List.of(date.toString(), "latest")) {
            replace(name + ".txt", text);
            replace(name + ".html", page);
        }
    }

    private void replace(String name, String content) throws IOException {
        Path half = folder.resolve("." + name + ".tmp");
        Files.writeString(half, content, StandardCharsets.UTF_8);
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
