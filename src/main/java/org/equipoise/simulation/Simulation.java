package org.equipoise.simulation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.equipoise.vocabulary.SiteCode;

/**
 * Writes a made-up trial as its sites would export it:
 *
 * <pre>
 * DIR/mistakes.csv                    the mistakes put in on purpose
 * DIR/sites/SITE/inbox/FILE.csv       the site's exports
 * DIR/sites/SITE/mapping.yaml         how to read them, if a jobs folder is named
 * </pre>
 *
 * With a jobs folder, its studies, instruments and schemas are copied beside the sites, so that DIR is a jobs folder
 * itself. The first six sites are called after their habits; the others take turns with these and are called
 * {@code northgate-7}, {@code oosterpark-8} and so on.
 */
public final class Simulation {
    private Simulation() {}

    /** How sites write, in their turn. A habit is a site's files, in the order in which they are written. */
    private enum Habit {
        NORTHGATE {
            @Override
            List<ExportWriter> writers(SiteCode site) {
                return List.of(new NorthgateExportWriter(site, NorthgateExportWriter.PROTOCOL));
            }
        },
        OOSTERPARK {
            @Override
            List<ExportWriter> writers(SiteCode site) {
                return List.of(
                        new OosterparkStudyWriter(site, OosterparkStudyWriter.PROTOCOL),
                        new OosterparkReportWriter(site, OosterparkStudyWriter.PROTOCOL));
            }
        },
        EICHBERG {
            @Override
            List<ExportWriter> writers(SiteCode site) {
                return List.of(new EichbergExportWriter(site, EichbergExportWriter.PROTOCOL));
            }
        },
        LINDHOLM {
            @Override
            List<ExportWriter> writers(SiteCode site) {
                return List.of(
                        new LindholmExportWriter(site, LindholmExportWriter.PROTOCOL),
                        new LindholmRegisterWriter(site, LindholmExportWriter.PROTOCOL));
            }
        },
        FAIRHAVEN {
            @Override
            List<ExportWriter> writers(SiteCode site) {
                return List.of(new FairhavenExportWriter(site, FairhavenExportWriter.PROTOCOL));
            }
        },
        SONDERBY {
            @Override
            List<ExportWriter> writers(SiteCode site) {
                return List.of(
                        new SonderbyFormWriter(site, SonderbyFormWriter.PROTOCOL),
                        new SonderbyEventWriter(site, SonderbyFormWriter.PROTOCOL),
                        new SonderbySpellWriter(site, SonderbyFormWriter.PROTOCOL));
            }
        };

        abstract List<ExportWriter> writers(SiteCode site);

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
            Path folder = Files.createDirectories(dir.resolve("sites").resolve(code.value()));
            if (settings.jobs().isPresent()) {
                Files.writeString(
                        folder.resolve("mapping.yaml"), mapping(settings.jobs().get(), habit, code));
            }
            List<ExportWriter> writers = habit.writers(code);
            for (int file = 0; file < writers.size(); file++) {
                exports.add(writers.get(file)
                        .write(trial, site, file, settings.participantsAt(site), folder.resolve("inbox")));
            }
        }
        if (settings.jobs().isPresent()) {
            copyOtherJobs(settings.jobs().get(), dir);
        }
        writeMistakes(exports, dir.resolve("mistakes.csv"));
        return exports;
    }

    /** What a jobs folder holds beside sites. */
    private static void copyOtherJobs(Path jobs, Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(jobs)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path place = jobs.relativize(file);
                if (!place.startsWith("sites")) {
                    Path copy = dir.resolve(place.toString());
                    Files.createDirectories(copy.toAbsolutePath().getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
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
