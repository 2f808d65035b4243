package org.equipoise.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.SiteCode;

/** What the registers have of the participants of {@code lindholm}: a row an event or spell, up to the export. */
final class LindholmRegisterWriter extends ExportWriter {
    private static final List<String> COLUMNS = List.of("participant_id", "register", "from", "to", "class");
    private static final Map<String, String> NAMES = Map.of(
            Chronicle.ATTEMPT, "attempt",
            Chronicle.SELF_HARM, "self-harm",
            Chronicle.EMERGENCY, "emergency",
            Chronicle.ADVERSE, "adverse event",
            Chronicle.DEATH, "death",
            Chronicle.ADMISSION, "inpatient",
            Chronicle.MEDICATION, "dispensed",
            Chronicle.EMPLOYMENT, "employed",
            Chronicle.OUTPATIENT, "outpatient",
            Chronicle.OTHER_THERAPY, "therapy");

    LindholmRegisterWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, COLUMNS);
    }

    @Override
    public String fileName() {
        return site() + "_register_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return CSVFormat.DEFAULT.builder().setRecordSeparator("\r\n").get();
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        Chronicle chronicle = participant.chronicle();
        List<String[]> rows = new ArrayList<>();
        rows.add(row(participant, "followed")
                .put("from", participant.randomised().minusMonths(6))
                .toRow());
        for (Chronicle.Incident incident : chronicle.incidents()) {
            rows.add(row(participant, name(incident.kind()))
                    .put("from", incident.day())
                    .put("class", incident.detail() == null ? "" : incident.detail())
                    .toRow());
        }
        for (Chronicle.State state : chronicle.states()) {
            rows.add(row(participant, name(state.kind()))
                    .put("from", state.from())
                    .put("to", state.to())
                    .put("class", state.detail() == null ? "" : state.detail())
                    .toRow());
        }
        return rows;
    }

    private static String name(String kind) {
        return NAMES.getOrDefault(kind, kind);
    }

    private Cells row(SimulatedParticipant participant, String register) {
        return new Cells(header(), LindholmExportWriter.DAY_FIRST)
                .put("participant_id", LindholmExportWriter.record(participant))
                .put("register", register);
    }

    @Override
    List<Slip> slips() {
        return List.of(
                Slip.cell(Mistake.Kind.KIND_UNKNOWN, header(), "register", "emergency"::equals, cell -> "emergancy"),
                Slip.twice(header(), "register", "self-harm"::equals),
                Slip.cell(Mistake.Kind.DAY_MISSING, header(), "from", cell -> cell.startsWith("1"), cell -> ""));
    }
}
