package org.equipoise.simulation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;

/**
 * The habit of site {@code northgate}: raw REDCap, a row a record and event, a column an item, ISO
 * dates, and codes for what is missing. Facts about the person stand in the baseline row only.
 */
public final class NorthgateExportWriter extends ExportWriter {
    private static final LocalDate EXPORT_DAY = LocalDate.of(2026, 9, 30);

    /** What the site planned. */
    public static final Protocol PROTOCOL = new Protocol(
            List.of(0, 6, 12, 18, 24, 36, 48, 60, 72, 84, 96),
            List.of(
                    new Protocol.Form("zan", Questionnaire.ZAN_BPD),
                    new Protocol.Form("gaf", Questionnaire.GAF),
                    new Protocol.Form("wsas", Questionnaire.WSAS),
                    new Protocol.Form("phq9", Questionnaire.PHQ_9)),
            EXPORT_DAY);

    private static final List<String> FACTS = List.of(
            "record_id",
            "redcap_event_name",
            "redcap_data_access_group",
            "arm",
            "rand_date",
            "age",
            "sex",
            "treatment_start",
            "death_date",
            "withdrawal_date");
    private static final int EVENT = FACTS.indexOf("redcap_event_name");
    private static final int ARM = FACTS.indexOf("arm");

    private static final String INCOMPLETE = "0";
    private static final String UNVERIFIED = "1";
    private static final String COMPLETE = "2";

    /** Forms younger than this on the day of the export wait for a second look. */
    private static final int VERIFIED_AFTER_DAYS = 45;

    public NorthgateExportWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, columns(protocol));
    }

    private static List<String> columns(Protocol protocol) {
        List<String> columns = new ArrayList<>(FACTS);
        for (Protocol.Form form : protocol.forms()) {
            columns.add(form.name() + "_date");
            int items = form.questionnaire().items();
            if (items == 1) {
                columns.add(form.name() + "_score");
            } else {
                for (int item = 1; item <= items; item++) {
                    columns.add(form.name() + "_" + item);
                }
                columns.add(form.name() + "_total");
            }
            columns.add(form.name() + "_complete");
        }
        return columns;
    }

    @Override
    public String fileName() {
        return site() + "_redcap_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        List<String[]> rows = new ArrayList<>(participant.visits().size());
        for (SimulatedVisit visit : participant.visits()) {
            List<String> cells = new ArrayList<>(header().size());
            cells.add(String.format(Locale.ROOT, "NG-%03d", participant.number()));
            cells.add(visit.month() == 0 ? "baseline_arm_1" : "month_" + visit.month() + "_arm_1");
            cells.add(site().value());
            addFacts(cells, participant, visit.month() == 0);
            for (FilledForm form : visit.forms()) {
                addForm(cells, form);
            }
            rows.add(cells.toArray(String[]::new));
        }
        return rows;
    }

    private static void addFacts(List<String> cells, SimulatedParticipant participant, boolean baseline) {
        if (!baseline) {
            while (cells.size() < FACTS.size()) {
                cells.add("");
            }
            return;
        }
        cells.add(participant.arm().equals(Trial.MBT) ? "1" : "2");
        cells.add(participant.randomised().toString());
        cells.add(Integer.toString(participant.age()));
        cells.add(participant.female() ? "1" : "2");
        cells.add(text(participant.treatmentStart()));
        cells.add(text(participant.death()));
        cells.add(text(participant.withdrawal()));
    }

    private static String text(@Nullable LocalDate date) {
        return date == null ? "" : date.toString();
    }

    private void addForm(List<String> cells, FilledForm form) {
        boolean blank = form.isBlank();
        cells.add(blank ? "" : form.day().toString());
        for (int item = 0; item < form.items(); item++) {
            cells.add(cell(form, item));
        }
        if (form.items() > 1) {
            OptionalInt total = form.total();
            cells.add(total.isPresent() ? Integer.toString(total.getAsInt()) : "");
        }
        boolean young = form.day().isAfter(protocol().exportDay().minusDays(VERIFIED_AFTER_DAYS));
        cells.add(blank ? INCOMPLETE : young ? UNVERIFIED : COMPLETE);
    }

    private static String cell(FilledForm form, int item) {
        MissingReason reason = form.reason(item);
        return switch (reason) {
            case NONE -> Integer.toString(form.answer(item));
            case BLANK -> "";
            case NOT_DONE -> "-999";
            case REFUSED -> "-998";
            case NOT_ASKED -> "-997";
            default -> throw new IllegalStateException("No code for " + reason.label());
        };
    }

    @Override
    List<Slip> slips() {
        Slip.Span row = (rows, at) -> 1;
        return List.of(
                change(Mistake.Kind.ITEM_OUT_OF_RANGE, "zan_5", this::followUp, "zan_5", (rows, at, cell) -> "6"),
                Slip.change(
                        Mistake.Kind.DATE_IMPOSSIBLE,
                        "wsas_date",
                        (rows, at) -> text(rows, at, "wsas_date").matches("\\d{4}-0[23]-.*"),
                        row,
                        (rows, at, cell) -> cell.substring(0, 4) + "-02-30"),
                change(
                        Mistake.Kind.DATE_AFTER_EXPORT,
                        "phq9_date",
                        this::followUp,
                        "phq9_date",
                        (rows, at, cell) -> (protocol().exportDay().getYear() + 2) + cell.substring(4)),
                Slip.repeat(Mistake.Kind.DUPLICATE_SAME, "", this::followUp, row, (rows, at, cell) -> cell),
                Slip.repeat(
                        Mistake.Kind.DUPLICATE_DIFFERENT,
                        "gaf_score",
                        (rows, at) -> followUp(rows, at) && isAnswer(text(rows, at, "gaf_score")),
                        row,
                        (rows, at, cell) -> Integer.toString(Integer.parseInt(cell) + 6)),
                change(
                        Mistake.Kind.TOTAL_DISAGREES,
                        "zan_total",
                        this::followUp,
                        "zan_total",
                        (rows, at, cell) -> Integer.toString(Integer.parseInt(cell) + 3)),
                Slip.change(
                        Mistake.Kind.ARM_UNKNOWN,
                        "arm",
                        (rows, at) -> !rows.get(at)[ARM].isEmpty(),
                        row,
                        (r, a, c) -> "3"),
                Slip.change(
                        Mistake.Kind.EVENT_UNKNOWN,
                        "redcap_event_name",
                        (rows, at) -> rows.get(at)[EVENT].equals("month_12_arm_1"),
                        row,
                        (rows, at, cell) -> "month_13_arm_1"));
    }

    /** A wrong cell in one row, where the cell has an answer or date. */
    private Slip change(Mistake.Kind kind, String column, Slip.Suits suits, String filled, Slip.Change change) {
        return Slip.change(
                kind,
                column,
                (rows, at) -> suits.at(rows, at) && isAnswer(text(rows, at, filled)),
                (rows, at) -> 1,
                change);
    }

    private boolean followUp(List<String[]> rows, int at) {
        return rows.get(at)[ARM].isEmpty();
    }

    private static boolean isAnswer(String cell) {
        return !cell.isEmpty() && cell.charAt(0) != '-';
    }

    private String text(List<String[]> rows, int at, String column) {
        return rows.get(at)[header().indexOf(column)];
    }
}
