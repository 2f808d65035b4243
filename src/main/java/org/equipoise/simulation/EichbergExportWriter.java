package org.equipoise.simulation;

import java.nio.charset.Charset;
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
 * The habit of site {@code eichberg}: a table that SPSS has written for a German Excel, in Windows-1252. A row a
 * participant, short names in capitals with the visit inside ({@code BDI2T1_4}), 999 for what is missing, answers to
 * the BDI-II counted from 1, and for the last half year how often, how many days, yes or no.
 */
final class EichbergExportWriter extends ExportWriter {
    private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);
    private static final String BDI = "BDI2";

    static final Protocol PROTOCOL = new Protocol(
            List.of(0, 6, 12, 18, 36, 60),
            List.of(
                    new Protocol.Form("ZAN", Questionnaire.ZAN_BPD),
                    new Protocol.Form(BDI, Questionnaire.BDI_II),
                    new Protocol.Form("GAF", Questionnaire.GAF)),
            LocalDate.of(2026, 10, 6));

    private static final List<String> FACTS =
            List.of("FALLNR", "GRUPPE", "DATRAND", "DATBEH", "DATTOD", "DATABBR", "ALTER", "GESCHL", "DIAGNOSE");
    private static final List<String> HALF_YEAR =
            List.of("SUIZ", "SVVS", "SVVL", "NOTA", "STAT", "ARB", "MEDAD", "MEDAP", "MEDST", "MEDAX");
    private static final Map<String, String> DRUGS = Map.of(
            "MEDAD", Chronicle.ANTIDEPRESSANT,
            "MEDAP", Chronicle.ANTIPSYCHOTIC,
            "MEDST", Chronicle.MOOD_STABILISER,
            "MEDAX", Chronicle.ANXIOLYTIC);
    private static final String MISSING = "999";
    private static final Map<MissingReason, String> CODES =
            Map.of(MissingReason.NOT_DONE, MISSING, MissingReason.REFUSED, MISSING, MissingReason.NOT_ASKED, MISSING);

    EichbergExportWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, columns(protocol));
    }

    private static List<String> columns(Protocol protocol) {
        List<String> columns = new ArrayList<>(FACTS);
        for (int visit = 0; visit < protocol.months().size(); visit++) {
            String at = "T" + visit;
            columns.add("DAT" + at);
            for (Protocol.Form form : protocol.forms()) {
                for (int item = 1; item <= form.questionnaire().items(); item++) {
                    columns.add(form.name() + at + "_" + item);
                }
            }
            HALF_YEAR.forEach(name -> columns.add(name + at));
        }
        return columns;
    }

    @Override
    public String fileName() {
        return site() + "_spss_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(';')
                .setRecordSeparator("\r\n")
                .get();
    }

    @Override
    public Charset encoding() {
        return Charset.forName("windows-1252");
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        Cells row = new Cells(header(), DAYS)
                .put("FALLNR", 300 + participant.number())
                .put("GRUPPE", participant.arm().equals(Trial.MBT) ? "MBT" : "Übliche Behandlung")
                .put("DATRAND", participant.randomised())
                .put("DATBEH", participant.treatmentStart())
                .put("DATTOD", participant.death())
                .put("DATABBR", participant.withdrawal())
                .put("ALTER", participant.age())
                .put("GESCHL", participant.female() ? "w" : "m")
                .put("DIAGNOSE", "Persönlichkeitsstörung, Borderline-Typ");
        for (SimulatedVisit visit : participant.visits()) {
            addVisit(row, participant.chronicle(), visit);
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(row.toRow());
        return rows;
    }

    private void addVisit(Cells row, Chronicle chronicle, SimulatedVisit visit) {
        String at = "T" + protocol().months().indexOf(visit.month());
        row.put("DAT" + at, visit.day());
        for (int i = 0; i < visit.forms().size(); i++) {
            String name = protocol().forms().get(i).name();
            FilledForm form = visit.forms().get(i);
            for (int item = 0; item < form.items(); item++) {
                boolean counted = name.equals(BDI) && form.reason(item) == MissingReason.NONE;
                row.put(
                        name + at + "_" + (item + 1),
                        counted ? Integer.toString(form.answer(item) + 1) : answer(form, item, CODES));
            }
        }
        LocalDate from = visit.day().minusMonths(6).plusDays(1);
        LocalDate to = visit.day();
        row.put("SUIZ" + at, chronicle.count(Chronicle.ATTEMPT, from, to))
                .put("SVVS" + at, chronicle.count(Chronicle.SELF_HARM, Chronicle.SEVERE, from, to))
                .put("SVVL" + at, chronicle.count(Chronicle.SELF_HARM, Chronicle.OTHER, from, to))
                .put("NOTA" + at, chronicle.count(Chronicle.EMERGENCY, from, to))
                .put("STAT" + at, chronicle.days(Chronicle.ADMISSION, from, to))
                .put("ARB" + at, yes(chronicle.days(Chronicle.EMPLOYMENT, from, to) > 0));
        DRUGS.forEach((column, drug) -> row.put(column + at, yes(chronicle.takes(drug, from, to))));
    }

    private static String yes(boolean is) {
        return is ? "ja" : "nein";
    }

    @Override
    List<Slip> slips() {
        return List.of(
                Slip.cell(Mistake.Kind.COUNT_IMPOSSIBLE, header(), "STATT2", cell -> !cell.isEmpty(), cell -> "400"),
                Slip.cell(
                        Mistake.Kind.NOT_A_NUMBER,
                        header(),
                        "GAFT1_1",
                        cell -> cell.length() == 2,
                        cell -> "ca. " + cell),
                Slip.cell(
                        Mistake.Kind.ITEM_OUT_OF_RANGE, header(), "BDI2T1_4", cell -> cell.length() == 1, cell -> "5"),
                Slip.cell(Mistake.Kind.ARM_UNKNOWN, header(), "GRUPPE", cell -> !cell.isEmpty(), cell -> "Warteliste"),
                Slip.cell(
                        Mistake.Kind.DATE_IMPOSSIBLE,
                        header(),
                        "DATT3",
                        cell -> cell.matches("\\d\\d\\.\\d\\d\\..*"),
                        cell -> "31.02." + cell.substring(6)));
    }
}
