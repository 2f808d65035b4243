package org.equipoise.report;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Chromium without a window, which shows pages at given widths and tells what is wrong with them. */
final class Browser {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final Pattern VERDICT = Pattern.compile("<pre id=\"verdict\">(.*?)</pre>", Pattern.DOTALL);

    private final Path program;
    private final Path folder;

    private Browser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * The browser of this machine: the one that {@code -Dequipoise.chromium=FILE} names, or the first on the PATH.
     *
     * @param folder for what it writes
     */
    static Optional<Browser> find(Path folder) {
        return Optional.ofNullable(System.getProperty("equipoise.chromium"))
                .map(Path::of)
                .or(() -> Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                        .filter(Files::isExecutable)
                        .findFirst())
                .map(program -> new Browser(program, folder));
    }

    /** Shows a page at each width, everything unfolded, and returns the complaints, each with its width. */
    List<String> complaints(String page, int... widths) throws IOException, InterruptedException {
        StringBuilder harness = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><body>");
        for (int width : widths) {
            harness.append("<iframe width=\"" + width + "\" height=\"800\" srcdoc=\"" + Html.text(checked(page))
                    + "\"></iframe>");
        }
        harness.append(
                "<pre id=\"verdict\"></pre><script>onload = () => { document.getElementById('verdict').textContent ="
                        + " [...document.querySelectorAll('iframe')].flatMap(frame => frame.contentWindow.complaints()"
                        + ".map(complaint => frame.width + ' ' + complaint)).join('\\n') || 'none'; }</script>");
        Path file = Files.writeString(folder.resolve("harness.html"), harness, StandardCharsets.UTF_8);
        Matcher verdict = VERDICT.matcher(dump(file));
        if (!verdict.find() || verdict.group(1).isEmpty()) {
            throw new IllegalStateException("The browser " + program + " did not come to a verdict");
        }
        return verdict.group(1).equals("none")
                ? List.of()
                : List.of(verdict.group(1).replace("&amp;", "&").split("\n", -1));
    }

    /** The check comes first, so that it hears everything. */
    private static String checked(String page) {
        try (InputStream check = Objects.requireNonNull(Browser.class.getResourceAsStream("page-check.js"))) {
            String script = "<script>" + new String(check.readAllBytes(), StandardCharsets.UTF_8) + "</script>";
            return page.replace("<head>", "<head>" + script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints a page, and returns how many texts stand on each sheet of paper. */
    List<Integer> printed(String page) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("page.html"), page, StandardCharsets.UTF_8);
        Path paper = folder.resolve("page.pdf");
        run(file, "--no-pdf-header-footer", "--print-to-pdf=" + paper);
        return PrintedPages.texts(Files.readAllBytes(paper));
    }

    private String dump(Path file) throws IOException, InterruptedException {
        return Files.readString(run(file, "--virtual-time-budget=20000", "--dump-dom"));
    }

    /** Lets the browser do something with a file, and returns what it wrote to its output. */
    private Path run(Path file, String... wanted) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1400,900",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(wanted));
        command.add(file.toUri().toString());
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("browser.log").toFile())
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("The browser " + program + " did not end within three minutes");
        }
        return output;
    }
}
