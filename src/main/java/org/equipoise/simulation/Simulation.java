package org.equipoise.simulation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.equipoise.vocabulary.SiteCode;

/**
 * Writes a made-up trial as its sites would export it:
 *
 * <pre>
 * DIR/mistakes.csv             the mistakes put in on purpose
 * DIR/SITE/inbox/FILE.csv      the site's export
 * DIR/SITE/mapping.yaml        how to read it, if a jobs folder is named
 * </pre>
 *
 * The first two sites are {@code northgate} and {@code lindholm}; the others take turns with their
 * habits and are called {@code northgate-3}, {@code lindholm-4} and so on.
 */
public final class Simulation {
    private Simulation() {}

    /** The two habits, in their turn. */
    private enum Habit {
        NORTHGATE {
            @Override
            ExportWriter writer(SiteCode site) {
                return new NorthgateExportWriter(site, NorthgateExportWriter.PROTOCOL);
            }
        },
        LINDHOLM {
            @Override
            ExportWriter writer(SiteCode site) {
                return new LindholmExportWriter(site, LindholmExportWriter.PROTOCOL);
            }
        };

        abstract ExportWriter writer(SiteCode site);

        static Habit of(int site) {
            return values()[site % values().length];
        }

        String model() {
            return name().toLowerCase(Locale.ROOT);
        }

        SiteCode codeOf(int site) {
            return new SiteCode(site < values().length ? model() : model() + "-" + (site + 1));
        }
    }

    /**
     * Writes the trial. Files of the same names are replaced; others are left alone.
     *
     * @return the exports in the order of the sites
     * @throws NoSuchFileException if a mapping is wanted and the jobs folder has none
     */
    public static List<SiteExport> write(SimulationSettings settings, Path dir) throws IOException {
        Trial trial = new Trial(settings.seed());
        List<SiteExport> exports = new ArrayList<>();
        for (int site = 0; site < settings.sites(); site++) {
            Habit habit = Habit.of(site);
            SiteCode code = habit.codeOf(site);
            Path folder = Files.createDirectories(dir.resolve(code.value()));
            if (settings.jobs().isPresent()) {
                Files.writeString(
                        folder.resolve("mapping.yaml"), mapping(settings.jobs().get(), habit, code));
            }
            exports.add(habit.writer(code).write(trial, site, settings.participantsAt(site), folder.resolve("inbox")));
        }
        writeMistakes(exports, dir.resolve("mistakes.csv"));
        return exports;
    }

    /** The mapping of the habit's own site; wherever it names that site, this one's name stands. */
    private static String mapping(Path jobs, Habit habit, SiteCode code) throws IOException {
        Path model = jobs.resolve("sites").resolve(habit.model()).resolve("mapping.yaml");
        if (!Files.exists(model)) {
            throw new NoSuchFileException(
                    model.toString(), null, "the mapping of site " + code + " is made from it; name the jobs folder");
        }
        String text = Files.readString(model, StandardCharsets.UTF_8);
        return text.replace(habit.model(), code.value())
                .replace(capitalised(habit.model()), capitalised(code.value()).replace('-', ' '));
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static void writeMistakes(List<SiteExport> exports, Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setRecordSeparator("\n")
                .setHeader("site", "file", "line", "lines", "column", "kind")
                .get();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(out, format)) {
            for (SiteExport export : exports) {
                for (Mistake mistake : export.mistakes()) {
                    printer.printRecord(
                            mistake.site(),
                            mistake.file(),
                            mistake.line(),
                            mistake.lines(),
                            mistake.column(),
                            mistake.kind().label());
                }
            }
        }
    }
}
