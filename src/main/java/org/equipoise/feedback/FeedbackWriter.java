package org.equipoise.feedback;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;

/**
 * Puts feedback where a site finds it: a folder per submission in the outbox, and the receipt beside the file
 * in the inbox. The folder is complete or not there; writing a submission again replaces it. A file that was
 * checked and waits for the night has its folder under {@code outbox/checked}, by its name.
 */
public final class FeedbackWriter {
    /** Folder of the outbox for files that wait for the night. */
    private static final String CHECKED = "checked";

    private final Path home;
    private final String program;

    /**
     * @param home folder with {@code sites/<site>/inbox} and {@code outbox}
     * @param program how the program is called, for commands that a receipt quotes; options that tell the home
     *     belong to it
     */
    public FeedbackWriter(Path home, String program) {
        this.home = home;
        this.program = program;
    }

    /**
     * Writes the feedback to one submission, or to a file that was checked in its inbox.
     *
     * @param export which export the file is; empty when it is none, and then there is no copy with notes
     * @param original the bytes as they were sent
     * @return the folder
     * @throws IOException if the outbox cannot be written or the original not read
     */
    public Path write(Feedback feedback, Optional<Export> export, ExportReader.Source original) throws IOException {
        Path outbox = site(feedback).resolve("outbox");
        Path folder = feedback.isRehearsal() ? outbox.resolve(CHECKED) : outbox;
        String name = feedback.isRehearsal()
                ? feedback.file()
                : String.valueOf(feedback.submission().orElseThrow());
        Files.createDirectories(folder);
        removeLeftovers(folder, name);
        Path fresh = Files.createDirectory(folder.resolve("." + name + "-new"));
        boolean returned = writeReturned(fresh.resolve("returned.csv"), feedback, export, original);
        Receipt receipt = receipt(feedback, returned);
        Files.writeString(fresh.resolve("receipt.txt"), ReceiptText.of(receipt));
        Files.writeString(fresh.resolve("receipt.html"), ReceiptPage.of(List.of(receipt)));
        // Unlike Files.newBufferedWriter, this replaces half a character instead of giving up.
        try (Writer findings = new BufferedWriter(
                new OutputStreamWriter(Files.newOutputStream(fresh.resolve("findings.csv")), StandardCharsets.UTF_8))) {
            FindingsCsv.write(feedback.findings(), findings);
        }
        Path place = folder.resolve(name);
        if (Files.exists(place)) {
            // A folder cannot be exchanged in one step: whoever looks between these two sees none.
            Path old = folder.resolve("." + name + "-old");
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            remove(old);
        } else {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        }
        return place;
    }

    /**
     * Puts the receipt beside the file in the inbox, if the file still lies there. What was said of it before
     * the night took it in is no longer needed, then.
     *
     * @param folder what {@link #write} returned
     */
    public void mark(Feedback feedback, Path folder) throws IOException {
        Path inbox = site(feedback).resolve("inbox");
        if (Files.exists(inbox.resolve(feedback.file()))) {
            InboxMark.write(inbox, feedback.file(), feedback.mustBeMended(), folder.resolve("receipt.html"));
        } else {
            InboxMark.remove(inbox, feedback.file());
        }
        if (!feedback.isRehearsal()) {
            removeChecked(site(feedback), feedback.file());
        }
    }

    /** Removes what was said of a file that no night took in. */
    public void forget(String site, String file) throws IOException {
        Path folder = home.resolve("sites").resolve(site);
        InboxMark.remove(folder.resolve("inbox"), file);
        removeChecked(folder, file);
    }

    /**
     * Removes what was said of a submission, since it quotes somebody who is erased. A night writes it anew.
     *
     * @param latest whether no later submission has its name, so that what lies beside the file is of this one
     */
    public void erase(String site, long submission, String file, boolean latest) throws IOException {
        Path folder = home.resolve("sites").resolve(site);
        Path outbox = folder.resolve("outbox");
        String name = String.valueOf(submission);
        removeLeftovers(outbox, name);
        if (Files.isDirectory(outbox.resolve(name))) {
            remove(outbox.resolve(name));
        }
        removeChecked(folder, file);
        if (latest) {
            InboxMark.remove(folder.resolve("inbox"), file);
        }
    }

    private static void removeChecked(Path site, String file) throws IOException {
        Path folder = site.resolve("outbox").resolve(CHECKED);
        removeLeftovers(folder, file);
        if (Files.isDirectory(folder.resolve(file))) {
            remove(folder.resolve(file));
        }
    }

    private Path site(Feedback feedback) {
        return home.resolve("sites").resolve(feedback.site());
    }

    private Receipt receipt(Feedback feedback, boolean returned) {
        Path file = site(feedback).resolve("inbox").resolve(feedback.file());
        String hand = program + " submit " + ShellWord.of(file.toString()) + " --site " + ShellWord.of(feedback.site());
        return Receipt.of(feedback, hand, returned);
    }

    private static boolean writeReturned(
            Path target, Feedback feedback, Optional<Export> export, ExportReader.Source original) throws IOException {
        if (export.isEmpty() || !ReturnedCsv.isPossible(feedback.findings())) {
            return false;
        }
        try (OutputStream out = Files.newOutputStream(target)) {
            ReturnedCsv.write(feedback.file(), export.get().text(), original, feedback.findings(), out);
            return true;
        } catch (FileRefused e) {
            Files.deleteIfExists(target);
            return false;
        }
    }

    /** What a write that was cut short has left. */
    private static void removeLeftovers(Path folder, String name) throws IOException {
        for (String leftover : List.of("." + name + "-new", "." + name + "-old")) {
            if (Files.isDirectory(folder.resolve(leftover))) {
                remove(folder.resolve(leftover));
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
