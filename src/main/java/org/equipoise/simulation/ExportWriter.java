package org.equipoise.simulation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.SiteCode;

/**
 * Writes participants the way one kind of site exports them. Rows are made a participant at a time, so
 * that a file may be larger than memory.
 */
public abstract class ExportWriter {
    /** Mistakes are made among the first participants of a site, where a reader meets them. */
    private static final int MISTAKES_AMONG = 60;

    private final SiteCode site;
    private final Protocol protocol;
    private final List<String> header;

    ExportWriter(SiteCode site, Protocol protocol, List<String> header) {
        this.site = site;
        this.protocol = protocol;
        this.header = List.copyOf(header);
    }

    /** The site. */
    public final SiteCode site() {
        return site;
    }

    public final Protocol protocol() {
        return protocol;
    }

    /** The columns. */
    public final List<String> header() {
        return header;
    }

    /** The name of the file, as this kind of site calls it. */
    public abstract String fileName();

    /** How the file is written. */
    public abstract CSVFormat format();

    /** In which encoding. */
    public Charset encoding() {
        return StandardCharsets.UTF_8;
    }

    /** The rows of a participant, in the columns of {@link #header()}; the caller may keep and change them. */
    public abstract List<String[]> rows(SimulatedParticipant participant);

    /** The cell of an item, with the site's codes for what is missing. */
    static String answer(FilledForm form, int item, Map<MissingReason, String> codes) {
        MissingReason reason = form.reason(item);
        return reason == MissingReason.NONE ? Integer.toString(form.answer(item)) : codes.getOrDefault(reason, "");
    }

    /** The total, if the site can tell it. */
    static String total(FilledForm form) {
        OptionalInt total = form.total();
        return total.isPresent() ? Integer.toString(total.getAsInt()) : "";
    }

    /** The mistakes this kind of site makes, one of each. */
    abstract List<Slip> slips();

    /**
     * Writes an export with its mistakes.
     *
     * @param place of the site in the trial, from 0
     * @param file its number within the site, from 0
     * @param folder where to; made if needed
     */
    final SiteExport write(Trial trial, int place, int file, int participants, Path folder) throws IOException {
        Map<Integer, Planned> planned = plan(trial, place, file, participants);
        List<Mistake> mistakes = new ArrayList<>();
        Path path = Files.createDirectories(folder).resolve(fileName());
        long line = 1;
        try (BufferedWriter out = Files.newBufferedWriter(path, encoding());
                CSVPrinter printer = new CSVPrinter(out, format())) {
            printer.printRecord(header);
            for (int person = 1; person <= participants; person++) {
                List<String[]> rows = rows(trial.participant(place, person, protocol));
                Planned mistake = planned.get(person);
                if (mistake != null) {
                    mistakes.add(make(mistake, rows, line));
                }
                for (String[] row : rows) {
                    printer.printRecord((Object[]) row);
                }
                line += rows.size();
            }
        }
        mistakes.sort(Comparator.comparingLong(Mistake::line));
        return new SiteExport(site, path, participants, line - 1, mistakes);
    }

    /** A mistake to be made at a row of a participant. */
    private record Planned(Slip slip, int row) {}

    /** Gives each mistake a participant of its own; one that nobody's rows suit is left out. */
    private Map<Integer, Planned> plan(Trial trial, int place, int file, int participants) {
        Draws draws = trial.drawsForExport(place, file);
        List<Integer> numbers = new ArrayList<>(IntStream.rangeClosed(1, Math.min(participants, MISTAKES_AMONG))
                .boxed()
                .toList());
        for (int left = numbers.size(); left > 1; left--) {
            numbers.add(numbers.remove(draws.below(left)));
        }
        Map<Integer, Planned> planned = new HashMap<>();
        for (Slip slip : slips()) {
            for (int number : numbers) {
                List<Integer> places = planned.containsKey(number)
                        ? List.of()
                        : slip.places(rows(trial.participant(place, number, protocol)));
                if (!places.isEmpty()) {
                    planned.put(number, new Planned(slip, places.get(draws.below(places.size()))));
                    break;
                }
            }
        }
        return planned;
    }

    private Mistake make(Planned planned, List<String[]> rows, long lineBefore) {
        Slip slip = planned.slip();
        int before = slip.span().from(rows, planned.row());
        int first = slip.make(rows, planned.row(), header);
        return new Mistake(site, fileName(), lineBefore + 1 + first, before, slip.column(), slip.kind());
    }
}
