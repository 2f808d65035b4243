package org.equipoise.feedback;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.staging.FileRefused;

/** The verb {@code validate}: checks files and prints what it found. */
public final class Validation {
    private Validation() {}

    /** How results are printed. */
    public enum Format {
        /** As compilers do: place, code, message; then what the file comes to. */
        TEXT,
        /** One object a file, on one line. */
        JSON,
        /** The columns of {@code findings.csv}, for all files together. */
        CSV,
        /** One page with a receipt a file. */
        HTML
    }

    /**
     * What to check.
     *
     * @param jobs folder with instruments and site mappings
     * @param study the study's file
     * @param site the site the files are from; empty to tell it from their names
     * @param returned folder for copies of the files with a column of notes; empty for none
     */
    public record Request(
            Path jobs, Path study, List<Path> files, Optional<String> site, Format format, Optional<Path> returned) {
        public Request {
            files = List.copyOf(files);
        }
    }

    /**
     * Checks files and prints the result.
     *
     * @param out where to; holds participants' values, so a terminal or a file the user names
     * @return the exit code
     * @throws IOException if it cannot be printed, or a copy not written
     */
    public static int run(Request request, Clock clock, Appendable out) throws IOException {
        OfflineCheck check = new OfflineCheck(request.jobs(), request.study(), clock);
        List<CheckedFile> checked = new ArrayList<>();
        int exitCode = 0;
        for (Path file : request.files()) {
            CheckedFile result = check.check(file, request.site());
            exitCode = Math.max(exitCode, result.verdict().exitCode());
            Optional<Path> copy = request.returned().isPresent()
                    ? writeCopy(file, result, request.returned().get())
                    : Optional.empty();
            switch (request.format()) {
                case TEXT -> CheckText.write(result, copy, out);
                case JSON -> CheckJson.write(result, out);
                case CSV, HTML -> checked.add(result);
            }
        }
        if (request.format() == Format.CSV) {
            FindingsCsv.write(
                    checked.stream().flatMap(file -> file.findings().stream()).toList(), out);
        } else if (request.format() == Format.HTML) {
            out.append(ReceiptPage.of(checked.stream()
                    .map(file -> Receipt.of(file.toFeedback(), "", false))
                    .toList()));
        }
        return exitCode;
    }

    /** The file with notes, under a name that none of the site's exports is likely to have. */
    private static Optional<Path> writeCopy(Path file, CheckedFile result, Path folder) throws IOException {
        if (result.export().isEmpty() || !ReturnedCsv.isPossible(result.findings())) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        String stem = result.file().replaceFirst("\\.[^.]*$", "");
        Path copy = folder.resolve(stem + ".returned.csv");
        Path half = folder.resolve("." + stem + ".returned.tmp");
        try (OutputStream out = Files.newOutputStream(half)) {
            ReturnedCsv.write(
                    result.file(),
                    result.export().get().text(),
                    () -> Files.newInputStream(file),
                    result.findings(),
                    out);
        } catch (FileRefused e) {
            Files.deleteIfExists(half);
            return Optional.empty();
        }
        Files.move(half, copy, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(copy);
    }
}
