package org.equipoise.simulation;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.SiteCode;

/**
 * The habit of site {@code lindholm}: a long table with a row an answer, days first in dates, an empty
 * value for what is missing, and the site's own sum as one more item.
 */
public final class LindholmExportWriter extends ExportWriter {
    private static final LocalDate EXPORT_DAY = LocalDate.of(2026, 10, 2);
    static final DateTimeFormatter DAY_FIRST = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);

    /** What the site planned. */
    public static final Protocol PROTOCOL = new Protocol(
            List.of(0, 3, 6, 12, 18, 24, 36, 60, 96),
            List.of(
                    new Protocol.Form("ZAN-BPD", Questionnaire.ZAN_BPD),
                    new Protocol.Form("BDI-2", Questionnaire.BDI_II),
                    new Protocol.Form("GAF", Questionnaire.GAF),
                    new Protocol.Form("WSAS", Questionnaire.WSAS)),
            EXPORT_DAY);

    private static final List<String> COLUMNS =
            List.of("participant_id", "arm", "randomised", "visit_date", "instrument", "item", "value");
    private static final int RANDOMISED = COLUMNS.indexOf("randomised");
    private static final int VISIT_DATE = COLUMNS.indexOf("visit_date");
    private static final int INSTRUMENT = COLUMNS.indexOf("instrument");
    private static final int ITEM = COLUMNS.indexOf("item");
    private static final int VALUE = COLUMNS.indexOf("value");

    private static final String TOTAL = "total";

    public LindholmExportWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, COLUMNS);
    }

    @Override
    public String fileName() {
        return site() + "_responses_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return CSVFormat.DEFAULT.builder().setRecordSeparator("\r\n").get();
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        String id = record(participant);
        String arm = participant.arm().value();
        String randomised = DAY_FIRST.format(participant.randomised());
        List<String[]> rows = new ArrayList<>();
        for (SimulatedVisit visit : participant.visits()) {
            String day = DAY_FIRST.format(visit.day());
            for (int i = 0; i < visit.forms().size(); i++) {
                Protocol.Form planned = protocol().forms().get(i);
                FilledForm form = visit.forms().get(i);
                if (form.isBlank()) {
                    continue;
                }
                String[] start = {id, arm, randomised, day, planned.name(), "", ""};
                for (int item = 0; item < form.items(); item++) {
                    String value = form.reason(item) == MissingReason.NONE
                            ? answer(planned.questionnaire(), item + 1, form.answer(item), participant.number())
                            : "";
                    rows.add(row(start, Integer.toString(item + 1), value));
                }
                if (form.items() > 1) {
                    rows.add(row(start, TOTAL, total(form)));
                }
            }
        }
        return rows;
    }

    static String record(SimulatedParticipant participant) {
        return String.format(Locale.ROOT, "LH%04d", participant.number());
    }

    private static String[] row(String[] start, String item, String value) {
        String[] row = start.clone();
        row[ITEM] = item;
        row[VALUE] = value;
        return row;
    }

    /**
     * Items 16 (sleep) and 18 (appetite) of the BDI-II say whether there is less (a) or more (b). Every
     * other participant has less.
     */
    private static String answer(Questionnaire questionnaire, int item, int answer, int number) {
        String text = Integer.toString(answer);
        if (answer > 0 && (item == 16 || item == 18) && questionnaire.equals(Questionnaire.BDI_II)) {
            return text + (number % 2 == 0 ? 'b' : 'a');
        }
        return text;
    }

    @Override
    List<Slip> slips() {
        Slip.Span row = (rows, at) -> 1;
        return List.of(
                Slip.change(
                        Mistake.Kind.ITEM_OUT_OF_RANGE,
                        "value",
                        (rows, at) -> isAnswered(rows, at, "WSAS", "3"),
                        row,
                        (rows, at, cell) -> "11"),
                Slip.change(
                        Mistake.Kind.DATE_IMPOSSIBLE,
                        "visit_date",
                        (rows, at) ->
                                isAnswered(rows, at, "GAF", "1") && rows.get(at)[VISIT_DATE].matches("../0[23]/.*"),
                        row,
                        (rows, at, cell) -> "30/02/" + cell.substring(6)),
                Slip.change(
                        Mistake.Kind.DATE_BEFORE_TIME_ZERO,
                        "visit_date",
                        (rows, at) -> isFollowUp(rows, at) && isAnswered(rows, at, "WSAS", "1"),
                        LindholmExportWriter::form,
                        (rows, at, cell) -> {
                            int year = Integer.parseInt(rows.get(at)[RANDOMISED].substring(6));
                            return cell.substring(0, 6) + (year - 2);
                        }),
                Slip.repeat(
                        Mistake.Kind.DUPLICATE_SAME,
                        "",
                        (rows, at) -> isFollowUp(rows, at) && isAnswered(rows, at, "ZAN-BPD", "1"),
                        LindholmExportWriter::form,
                        (rows, at, cell) -> cell),
                Slip.repeat(
                        Mistake.Kind.DUPLICATE_DIFFERENT,
                        "value",
                        (rows, at) -> isFollowUp(rows, at) && isAnswered(rows, at, "GAF", "1"),
                        row,
                        (rows, at, cell) -> Integer.toString(Integer.parseInt(cell) + 6)),
                Slip.change(
                        Mistake.Kind.TOTAL_DISAGREES,
                        "value",
                        (rows, at) -> isAnswered(rows, at, "BDI-2", TOTAL),
                        row,
                        (rows, at, cell) -> Integer.toString(Integer.parseInt(cell) + 4)),
                Slip.change(
                        Mistake.Kind.ARM_UNKNOWN,
                        "arm",
                        // Somebody seen seldom: the whole participant is lost by it.
                        (rows, at) -> at == 0 && rows.size() < 120,
                        (rows, at) -> rows.size(),
                        (rows, at, cell) -> cell.equals("MBT") ? "MTB" : "TUA"),
                Slip.change(
                        Mistake.Kind.INSTRUMENT_UNKNOWN,
                        "instrument",
                        (rows, at) -> isFollowUp(rows, at) && isAnswered(rows, at, "WSAS", "1"),
                        LindholmExportWriter::form,
                        (rows, at, cell) -> "WSAS-R"));
    }

    private static boolean isAnswered(List<String[]> rows, int at, String instrument, String item) {
        String[] row = rows.get(at);
        return row[INSTRUMENT].equals(instrument) && row[ITEM].equals(item) && !row[VALUE].isEmpty();
    }

    private static boolean isFollowUp(List<String[]> rows, int at) {
        return !rows.get(at)[VISIT_DATE].equals(rows.get(0)[VISIT_DATE]);
    }

    /** The rest of the form that begins at this row. */
    private static int form(List<String[]> rows, int at) {
        int end = at;
        while (end < rows.size()
                && rows.get(end)[INSTRUMENT].equals(rows.get(at)[INSTRUMENT])
                && rows.get(end)[VISIT_DATE].equals(rows.get(at)[VISIT_DATE])) {
            end++;
        }
        return end - at;
    }
}
