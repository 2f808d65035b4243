package org.equipoise.simulation;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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

    private static final String REPEATS = "redcap_repeat_instrument";
    private static final String INSTANCE = "redcap_repeat_instance";

    /** Ticks for the drugs of the last six months, at each visit; the site has no code for none. */
    private static final List<String> MEDICATION = List.of("med_date", "med___1", "med___2", "med___3", "med___4");

    private static final List<String> INCIDENT = List.of("inc_type", "inc_date", "inc_cause", "inc_severity");
    private static final List<String> ADMISSION = List.of("adm_from", "adm_to");
    private static final List<String> STATE = List.of("spell_type", "spell_from", "spell_to");
    private static final List<String> THERAPY =
            List.of("th_type", "th_by", "th_group", "th_from", "th_to", "th_sessions");

    private static final List<String> INCIDENT_TYPES =
            List.of(Chronicle.ATTEMPT, Chronicle.SELF_HARM, Chronicle.EMERGENCY, Chronicle.ADVERSE, Chronicle.DEATH);
    private static final List<String> STATE_TYPES =
            List.of(Chronicle.EMPLOYMENT, Chronicle.OUTPATIENT, Chronicle.OTHER_THERAPY);
    private static final List<String> THERAPY_TYPES =
            List.of(Chronicle.INDIVIDUAL, Chronicle.GROUP, Chronicle.CASE_MANAGEMENT);

    private static final List<String> FACTS = List.of(
            "record_id",
            "redcap_event_name",
            REPEATS,
            INSTANCE,
            "redcap_data_access_group",
            "arm",
            "rand_date",
            "age",
            "sex",
            "treatment_start",
            "death_date",
            "withdrawal_date",
            "notes_from",
            "notes_to");
    private static final int EVENT = FACTS.indexOf("redcap_event_name");
    private static final int ARM = FACTS.indexOf("arm");

    private static final Map<MissingReason, String> CODES =
            Map.of(MissingReason.NOT_DONE, "-999", MissingReason.REFUSED, "-998", MissingReason.NOT_ASKED, "-997");

    private static final String BASELINE = "baseline_arm_1";
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
        Stream.of(MEDICATION, INCIDENT, ADMISSION, STATE, THERAPY).forEach(columns::addAll);
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
            cells.add(record(participant));
            cells.add(visit.month() == 0 ? BASELINE : "month_" + visit.month() + "_arm_1");
            cells.add("");
            cells.add("");
            cells.add(site().value());
            addFacts(cells, participant, visit.month() == 0);
            for (FilledForm form : visit.forms()) {
                addForm(cells, form);
            }
            addMedication(cells, participant.chronicle(), visit.day());
            while (cells.size() < header().size()) {
                cells.add("");
            }
            rows.add(cells.toArray(String[]::new));
            if (visit.month() == 0) {
                rows.addAll(repeats(participant));
            }
        }
        return rows;
    }

    private static String record(SimulatedParticipant participant) {
        return String.format(Locale.ROOT, "NG-%03d", participant.number());
    }

    private static void addMedication(List<String> cells, Chronicle chronicle, LocalDate day) {
        cells.add(day.toString());
        LocalDate from = day.minusMonths(6).plusDays(1);
        for (String drug : Chronicle.DRUGS) {
            cells.add(chronicle.takes(drug, from, day) ? "1" : "0");
        }
    }

    /** 1 for the detail named and 2 for the other, where the incident is of the kind that the field is asked for. */
    private static String code(Chronicle.Incident incident, String kind, String detail) {
        return incident.kind().equals(kind) ? detail.equals(incident.detail()) ? "1" : "2" : "";
    }

    /** What the record has of repeat instruments, beside its baseline. */
    private List<String[]> repeats(SimulatedParticipant participant) {
        Chronicle chronicle = participant.chronicle();
        List<Cells> rows = new ArrayList<>();
        for (Chronicle.Incident incident : chronicle.incidents()) {
            rows.add(repeat("incident")
                    .put("inc_type", 1 + INCIDENT_TYPES.indexOf(incident.kind()))
                    .put("inc_date", incident.day())
                    .put("inc_cause", code(incident, Chronicle.DEATH, Chronicle.SUICIDE))
                    .put("inc_severity", code(incident, Chronicle.SELF_HARM, Chronicle.SEVERE)));
        }
        chronicle
                .states(Chronicle.ADMISSION)
                .forEach(stay -> rows.add(
                        repeat("admission").put("adm_from", stay.from()).put("adm_to", stay.to())));
        for (String type : STATE_TYPES) {
            chronicle
                    .states(type)
                    .forEach(state -> rows.add(repeat("spell")
                            .put("spell_type", 1 + STATE_TYPES.indexOf(type))
                            .put("spell_from", state.from())
                            .put("spell_to", state.to())));
        }
        for (Chronicle.Care care : chronicle.care()) {
            rows.add(repeat("therapy")
                    .put("th_type", 1 + THERAPY_TYPES.indexOf(care.modality()))
                    .put("th_by", care.therapist())
                    .put("th_group", care.group() == null ? "" : care.group())
                    .put("th_from", care.from())
                    .put("th_to", care.to())
                    .put("th_sessions", care.sessions()));
        }
        Map<String, Integer> instances = new HashMap<>();
        List<String[]> finished = new ArrayList<>();
        for (Cells row : rows) {
            int instance = instances.merge(row.get(REPEATS), 1, Integer::sum);
            finished.add(row.put("record_id", record(participant))
                    .put("redcap_data_access_group", site().value())
                    .put(INSTANCE, instance)
                    .toRow());
        }
        return finished;
    }

    private Cells repeat(String instrument) {
        return new Cells(header(), DateTimeFormatter.ISO_LOCAL_DATE)
                .put("redcap_event_name", BASELINE)
                .put(REPEATS, instrument);
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
        cells.add(text(participant.randomised().minusMonths(6)));
        cells.add(text(participant.chronicle().lastDay()));
    }

    private static String text(@Nullable LocalDate date) {
        return date == null ? "" : date.toString();
    }

    private void addForm(List<String> cells, FilledForm form) {
        boolean blank = form.isBlank();
        cells.add(blank ? "" : form.day().toString());
        for (int item = 0; item < form.items(); item++) {
            cells.add(answer(form, item, CODES));
        }
        if (form.items() > 1) {
            cells.add(total(form));
        }
        boolean young = form.day().isAfter(protocol().exportDay().minusDays(VERIFIED_AFTER_DAYS));
        cells.add(blank ? INCOMPLETE : young ? UNVERIFIED : COMPLETE);
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
                        (rows, at, cell) -> "month_13_arm_1"),
                Slip.cell(Mistake.Kind.KIND_BLANK, header(), "inc_type", cell -> cell.equals("3"), cell -> ""),
                Slip.change(
                        Mistake.Kind.END_BEFORE_START,
                        "adm_to",
                        (rows, at) -> !text(rows, at, "adm_to").isEmpty(),
                        row,
                        (rows, at, cell) -> LocalDate.parse(text(rows, at, "adm_from"))
                                .minusDays(10)
                                .toString()));
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
        return rows.get(at)[ARM].isEmpty() && text(rows, at, REPEATS).isEmpty();
    }

    private static boolean isAnswer(String cell) {
        return !cell.isEmpty() && cell.charAt(0) != '-';
    }

    private String text(List<String[]> rows, int at, String column) {
        return rows.get(at)[header().indexOf(column)];
    }
}
