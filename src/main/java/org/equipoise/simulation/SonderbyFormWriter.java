package org.equipoise.simulation;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.SiteCode;

/**
 * The habit of site {@code sonderby}: questionnaires, events and spells in a file each. This one holds the
 * questionnaires, the PHQ-9 by the Danish labels of its answers; headers have their accents decomposed, as some
 * machines write them.
 */
final class SonderbyFormWriter extends ExportWriter {
    static final Protocol PROTOCOL = new Protocol(
            List.of(0, 6, 12, 18, 36, 60, 96),
            List.of(
                    new Protocol.Form("phq9", Questionnaire.PHQ_9),
                    new Protocol.Form("zan", Questionnaire.ZAN_BPD),
                    new Protocol.Form("gaf", Questionnaire.GAF),
                    new Protocol.Form("wsas", Questionnaire.WSAS)),
            LocalDate.of(2026, 10, 7));

    private static final List<String> LABELS =
            List.of("Slet ikke", "Flere dage", "Mere end halvdelen af dagene", "Næsten hver dag");
    private static final List<String> FACTS = List.of(
            "løbenr",
            "gruppe",
            "randomiseret",
            "behandlet_fra",
            "død",
            "ophørt",
            "alder",
            "køn",
            decomposed("måling"),
            "dato");
    private static final String MISSING = "ikke besvaret";
    private static final Map<MissingReason, String> CODES = Map.of(
            MissingReason.NOT_DONE, MISSING, MissingReason.REFUSED, MISSING, MissingReason.NOT_ASKED, "ikke relevant");

    SonderbyFormWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, columns(protocol));
    }

    private static String decomposed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    private static List<String> columns(Protocol protocol) {
        List<String> columns = new ArrayList<>(FACTS);
        for (Protocol.Form form : protocol.forms()) {
            for (int item = 1; item <= form.questionnaire().items(); item++) {
                columns.add(form.name() + "_" + item);
            }
        }
        return columns;
    }

    @Override
    public String fileName() {
        return site() + "_skemaer_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return OosterparkStudyWriter.FORMAT;
    }

    /** Leading zeros have been lost on the way through Excel. */
    static String record(SimulatedParticipant participant) {
        return Integer.toString(participant.number());
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        List<String[]> rows = new ArrayList<>();
        for (SimulatedVisit visit : participant.visits()) {
            Cells row = new Cells(header(), OosterparkStudyWriter.DAYS)
                    .put("løbenr", record(participant))
                    .put("gruppe", participant.arm().equals(Trial.MBT) ? "MBT" : "Sædvanlig behandling")
                    .put("randomiseret", participant.randomised())
                    .put("behandlet_fra", participant.treatmentStart())
                    .put("død", participant.death())
                    .put("ophørt", participant.withdrawal())
                    .put("alder", participant.age())
                    .put("køn", participant.female() ? "K" : "M")
                    .put(decomposed("måling"), visit.month() == 0 ? "nulmåling" : visit.month() + " mdr.")
                    .put("dato", visit.day());
            for (int i = 0; i < visit.forms().size(); i++) {
                Protocol.Form planned = protocol().forms().get(i);
                FilledForm form = visit.forms().get(i);
                for (int item = 0; item < form.items(); item++) {
                    boolean labelled = i == 0 && form.reason(item) == MissingReason.NONE;
                    row.put(
                            planned.name() + "_" + (item + 1),
                            labelled ? LABELS.get(form.answer(item)) : answer(form, item, CODES));
                }
            }
            rows.add(row.toRow());
        }
        return rows;
    }

    @Override
    List<Slip> slips() {
        return List.of(
                Slip.cell(Mistake.Kind.NOT_A_NUMBER, header(), "phq9_4", "Flere dage"::equals, cell -> "Nogle dage"),
                Slip.cell(
                        Mistake.Kind.ITEM_OUT_OF_RANGE, header(), "wsas_2", cell -> cell.matches("\\d"), cell -> "80"),
                Slip.cell(
                        Mistake.Kind.NOT_A_DATE,
                        header(),
                        "dato",
                        cell -> !cell.isEmpty(),
                        cell -> cell.replace('-', '/')));
    }
}
