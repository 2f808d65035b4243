package org.equipoise.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVPrinter;
import org.equipoise.simulation.ExportWriter;
import org.equipoise.simulation.LindholmExportWriter;
import org.equipoise.simulation.NorthgateExportWriter;
import org.equipoise.simulation.Protocol;
import org.equipoise.simulation.Protocol.Form;
import org.equipoise.simulation.Questionnaire;
import org.equipoise.simulation.Trial;
import org.equipoise.vocabulary.SiteCode;

/**
 * The two big inputs that whole-run benchmarks read, free of mistakes so that every row counts.
 *
 * <p>{@code long}: rows of one answer in the habit of site lindholm, as many deliveries as files, each
 * with participants of its own. {@code wide}: rows of a record and event in the habit of site northgate,
 * with 60 item columns: its four forms, the BDI-II, and three forms once more two weeks before the visit.
 */
public final class BenchmarkExports {
    public static final long LONG_ROWS = 5_000_000;
    public static final int LONG_FILES = 20;
    public static final long WIDE_ROWS = 200_000;

    private static final int LEAD_DAYS = 14;

    /** Names of the forms filled in ahead of the visit. */
    private static final List<String> AHEAD = List.of("zan2", "gaf2", "wsas2");

    private static final Protocol WIDE = new Protocol(
            NorthgateExportWriter.PROTOCOL.months(),
            List.of(
                    new Form("zan", Questionnaire.ZAN_BPD),
                    new Form("gaf", Questionnaire.GAF),
                    new Form("wsas", Questionnaire.WSAS),
                    new Form("phq9", Questionnaire.PHQ_9),
                    new Form("bdi", Questionnaire.BDI_II),
                    new Form("zan2", Questionnaire.ZAN_BPD),
                    new Form("gaf2", Questionnaire.GAF),
                    new Form("wsas2", Questionnaire.WSAS)),
            NorthgateExportWriter.PROTOCOL.exportDay());

    private static final Pattern ITEM_COLUMN = Pattern.compile(".*[^_]_(\\d+|score)");

    private BenchmarkExports() {}

    /**
     * What was written, to be held against what was loaded.
     *
     * @param rows lines without headers
     * @param answers item cells with an answer; totals and missing codes are none
     * @param sumOfAnswers their sum
     */
    public record Written(List<Path> files, long rows, int participants, long answers, long sumOfAnswers) {
        public Written {
            files = List.copyOf(files);
        }
    }

    /**
     * Writes {@code long}.
     *
     * @param rows over all files; the last participant of a file is cut off where its share ends
     */
    public static Written writeLong(long rows, int files, long seed, Path inbox) throws IOException {
        Counter counter = new Counter();
        List<Path> written = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            // A delivery a day, each with its own name and moment.
            LocalDate day = LindholmExportWriter.PROTOCOL.exportDay().plusDays(i);
            Protocol protocol =
                    new Protocol(LindholmExportWriter.PROTOCOL.months(), LindholmExportWriter.PROTOCOL.forms(), day);
            ExportWriter writer = new LindholmExportWriter(new SiteCode("lindholm"), protocol);
            long share = rows / files + (i < rows % files ? 1 : 0);
            written.add(write(writer, 1, share, seed, inbox, counter));
        }
        return counter.written(written);
    }

    /** Writes {@code wide}; the last participant is cut off where the rows end. */
    public static Written writeWide(long rows, long seed, Path inbox) throws IOException {
        Counter counter = new Counter();
        ExportWriter writer = new NorthgateExportWriter(new SiteCode("northgate"), WIDE);
        return counter.written(List.of(write(writer, 0, rows, seed, inbox, counter)));
    }

    /** The mapping of site lindholm for deliveries that add to each other. */
    public static String longMapping(String lindholm) {
        return replace(lindholm, "mode: cumulative", "mode: incremental");
    }

    /** The mapping of site northgate with the forms that {@code wide} has besides. */
    public static String wideMapping(String northgate) {
        String forms = form("bdi", "BDI-II") + form("zan2", "ZAN-BPD") + form("gaf2", "GAF") + form("wsas2", "WSAS");
        return replace(northgate, "\n    events:", "\n" + forms + "\n    events:");
    }

    private static String form(String name, String instrument) {
        String items = instrument.equals("GAF")
                ? "        items: {1: %1$s_score}\n"
                : "        items: %1$s_{item}\n        totals: {total: %1$s_total}\n";
        String text = "      - code: %1$s\n        instrument: %2$s\n" + items
                + "        date: %1$s_date\n        complete: {column: %1$s_complete, accepted: [1, 2]}\n";
        return String.format(Locale.ROOT, text, name, instrument);
    }

    private static String replace(String mapping, String from, String to) {
        if (!mapping.contains(from)) {
            throw new IllegalArgumentException("mapping: no \"" + from.strip() + "\" to replace");
        }
        return mapping.replace(from, to);
    }

    private static Path write(ExportWriter writer, int site, long rows, long seed, Path inbox, Counter counter)
            throws IOException {
        Trial trial = new Trial(seed);
        List<String> header = writer.header();
        List<Integer> itemColumns = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            if (ITEM_COLUMN.matcher(header.get(column)).matches()) {
                itemColumns.add(column);
            }
        }
        List<Integer> datesAhead = AHEAD.stream()
                .map(name -> header.indexOf(name + "_date"))
                .filter(at -> at >= 0)
                .toList();
        int item = header.indexOf("item");
        int value = header.indexOf("value");

        Path file = Files.createDirectories(inbox).resolve(writer.fileName());
        long left = rows;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(out, writer.format())) {
            printer.printRecord(header);
            while (left > 0) {
                counter.participants++;
                List<String[]> all = writer.rows(trial.participant(site, counter.participants, writer.protocol()));
                for (String[] row : all.subList(0, (int) Math.min(left, all.size()))) {
                    for (int column : datesAhead) {
                        row[column] = ahead(row[column]);
                    }
                    for (int column : itemColumns) {
                        counter.count(row[column]);
                    }
                    if (item >= 0 && !row[item].equals("total")) {
                        counter.count(row[value]);
                    }
                    printer.printRecord((Object[]) row);
                    left--;
                }
            }
        }
        counter.rows += rows;
        return file;
    }

    private static String ahead(String date) {
        return date.isEmpty()
                ? date
                : LocalDate.parse(date).minusDays(LEAD_DAYS).toString();
    }

    private static final class Counter {
        private long rows;
        private int participants;
        private long answers;
        private long sum;

        /** Missing codes are negative; a letter behind a number does not count. */
        private void count(String cell) {
            if (cell.isEmpty() || cell.charAt(0) == '-') {
                return;
            }
            int number = 0;
            for (int i = 0; i < cell.length() && Character.isDigit(cell.charAt(i)); i++) {
                number = 10 * number + Character.digit(cell.charAt(i), 10);
            }
            answers++;
            sum += number;
        }

        private Written written(List<Path> files) {
            return new Written(files, rows, participants, answers, sum);
        }
    }
}
