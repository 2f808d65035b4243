package org.equipoise.simulation;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.SiteCode;

/**
 * The habit of site {@code oosterpark}: Castor's study file, a row a participant with the visit at the front of a
 * column's name; semicolons, decimal commas, days first, and Castor's codes for what is missing.
 */
final class OosterparkStudyWriter extends ExportWriter {
    static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("dd-MM-uuuu", Locale.ROOT);
    static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setDelimiter(';')
            .setRecordSeparator("\n")
            .get();

    static final Protocol PROTOCOL = new Protocol(
            List.of(0, 6, 12, 18, 24, 36, 60),
            List.of(
                    new Protocol.Form("zan", Questionnaire.ZAN_BPD),
                    new Protocol.Form("bdi", Questionnaire.BDI_II),
                    new Protocol.Form("gaf", Questionnaire.GAF),
                    new Protocol.Form("wsas", Questionnaire.WSAS)),
            LocalDate.of(2026, 10, 5));

    private static final List<String> FACTS = List.of(
            "Participant Id",
            "Participant Status",
            "Site Abbreviation",
            "Randomization Group",
            "Randomized On",
            "leeftijd",
            "geslacht",
            "start_behandeling",
            "overleden_op",
            "uitval_op",
            "dossier_van",
            "dossier_tot");
    private static final Map<MissingReason, String> CODES =
            Map.of(MissingReason.NOT_DONE, "-99", MissingReason.REFUSED, "-98", MissingReason.NOT_ASKED, "-97");

    OosterparkStudyWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, columns(protocol));
    }

    private static List<String> columns(Protocol protocol) {
        List<String> columns = new ArrayList<>(FACTS);
        for (int visit = 0; visit < protocol.months().size(); visit++) {
            for (Protocol.Form form : protocol.forms()) {
                String start = "T" + visit + "_" + form.name();
                columns.add(start + "_datum");
                for (int item = 1; item <= form.questionnaire().items(); item++) {
                    columns.add(start + "_" + item);
                }
            }
        }
        return columns;
    }

    @Override
    public String fileName() {
        return site() + "_study_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return FORMAT;
    }

    static String record(SimulatedParticipant participant) {
        return String.format(Locale.ROOT, "11%04d", participant.number());
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        Cells row = new Cells(header(), DAYS)
                .put("Participant Id", record(participant))
                .put("Participant Status", participant.withdrawal() == null ? "Included" : "Dropped out")
                .put("Site Abbreviation", "OOS")
                .put("Randomization Group", participant.arm().equals(Trial.MBT) ? "MBT" : "Gebruikelijke zorg")
                .put("Randomized On", participant.randomised())
                .put("leeftijd", participant.age() + "," + participant.number() % 10)
                .put("geslacht", participant.female() ? "v" : "m")
                .put("start_behandeling", participant.treatmentStart())
                .put("overleden_op", participant.death())
                .put("uitval_op", participant.withdrawal())
                .put("dossier_van", participant.randomised().minusMonths(6))
                .put("dossier_tot", participant.chronicle().lastDay());
        for (SimulatedVisit visit : participant.visits()) {
            for (int i = 0; i < visit.forms().size(); i++) {
                String start = "T" + protocol().months().indexOf(visit.month()) + "_"
                        + protocol().forms().get(i).name();
                FilledForm form = visit.forms().get(i);
                if (!form.isBlank()) {
                    row.put(start + "_datum", form.day());
                }
                for (int item = 0; item < form.items(); item++) {
                    row.put(start + "_" + (item + 1), answer(form, item, CODES));
                }
            }
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(row.toRow());
        return rows;
    }

    @Override
    List<Slip> slips() {
        return List.of(
                Slip.cell(
                        Mistake.Kind.ITEM_OUT_OF_RANGE, header(), "T1_zan_3", cell -> cell.length() == 1, cell -> "7"),
                Slip.cell(
                        Mistake.Kind.DAY_UNKNOWN,
                        header(),
                        "T2_bdi_datum",
                        cell -> !cell.isEmpty(),
                        cell -> "UK" + cell.substring(2)),
                Slip.cell(
                        Mistake.Kind.NOT_A_DATE,
                        header(),
                        "start_behandeling",
                        cell -> !cell.isEmpty(),
                        cell -> "week 7 van " + cell.substring(6)),
                Slip.cell(
                        Mistake.Kind.NOT_A_NUMBER,
                        header(),
                        "T3_gaf_1",
                        cell -> cell.length() == 2,
                        cell -> cell + "-" + cell));
    }
}
