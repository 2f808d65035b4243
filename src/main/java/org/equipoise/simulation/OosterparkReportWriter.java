package org.equipoise.simulation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.SiteCode;

/**
 * Castor's repeating data of {@code oosterpark}: a row a report, a column a choice, and days that nobody remembers
 * written as {@code UK}.
 */
final class OosterparkReportWriter extends ExportWriter {
    private static final Map<String, String> TICKS = Map.of(
            Chronicle.ATTEMPT, "soort#poging",
            Chronicle.SELF_HARM, "soort#zelfbeschadiging",
            Chronicle.EMERGENCY, "soort#spoedeisende_hulp",
            Chronicle.ADVERSE, "soort#ernstig_voorval",
            Chronicle.DEATH, "soort#overleden");
    private static final List<String> COLUMNS = List.of(
            "Participant Id",
            "Repeating Data Name",
            "van",
            "tot",
            "soort#poging",
            "soort#zelfbeschadiging",
            "soort#spoedeisende_hulp",
            "soort#ernstig_voorval",
            "soort#overleden",
            "aard",
            "middel",
            "behandeling",
            "behandelaar",
            "groep",
            "sessies");
    private static final Map<String, String> NAMES = Map.of(
            Chronicle.ADMISSION, "Opname",
            Chronicle.MEDICATION, "Medicatie",
            Chronicle.EMPLOYMENT, "Werk",
            Chronicle.OUTPATIENT, "Poli",
            Chronicle.OTHER_THERAPY, "Andere therapie");
    private static final Map<String, String> DRUGS = Map.of(
            Chronicle.ANTIDEPRESSANT, "antidepressivum",
            Chronicle.ANTIPSYCHOTIC, "antipsychoticum",
            Chronicle.MOOD_STABILISER, "stemmingsstabilisator",
            Chronicle.ANXIOLYTIC, "anxiolyticum");
    private static final Map<String, String> MODALITIES = Map.of(
            Chronicle.INDIVIDUAL, "individueel",
            Chronicle.GROUP, "groep",
            Chronicle.CASE_MANAGEMENT, "casemanagement");

    /** Nobody remembers which day it was when it was this one of the month. */
    private static final int FORGOTTEN = 17;

    OosterparkReportWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, COLUMNS);
    }

    @Override
    public String fileName() {
        return site() + "_reports_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return OosterparkStudyWriter.FORMAT;
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        Chronicle chronicle = participant.chronicle();
        List<String[]> rows = new ArrayList<>();
        for (Chronicle.Incident incident : chronicle.incidents()) {
            Cells row = row(participant, "Voorval").put("van", day(incident.day()));
            TICKS.forEach((kind, column) -> row.put(column, kind.equals(incident.kind()) ? 1 : 0));
            rows.add(row.put("aard", nature(incident)).toRow());
        }
        for (Chronicle.State state : chronicle.states()) {
            rows.add(row(participant, NAMES.getOrDefault(state.kind(), ""))
                    .put("van", state.from())
                    .put("tot", state.to())
                    .put("middel", state.detail() == null ? "" : DRUGS.getOrDefault(state.detail(), ""))
                    .toRow());
        }
        for (Chronicle.Care care : chronicle.care()) {
            rows.add(row(participant, "Behandeling")
                    .put("van", care.from())
                    .put("tot", care.to())
                    .put("behandeling", MODALITIES.getOrDefault(care.modality(), ""))
                    .put("behandelaar", care.therapist())
                    .put("groep", care.group() == null ? "" : care.group())
                    .put("sessies", care.sessions())
                    .toRow());
        }
        return rows;
    }

    private static String nature(Chronicle.Incident incident) {
        return switch (incident.kind()) {
            case Chronicle.DEATH -> Chronicle.SUICIDE.equals(incident.detail()) ? "suicide" : "overig";
            case Chronicle.SELF_HARM -> Chronicle.SEVERE.equals(incident.detail()) ? "ernstig" : "licht";
            default -> "";
        };
    }

    private static String day(LocalDate day) {
        String text = OosterparkStudyWriter.DAYS.format(day);
        return day.getDayOfMonth() == FORGOTTEN ? "UK" + text.substring(2) : text;
    }

    private Cells row(SimulatedParticipant participant, String name) {
        return new Cells(header(), OosterparkStudyWriter.DAYS)
                .put("Participant Id", OosterparkStudyWriter.record(participant))
                .put("Repeating Data Name", name);
    }

    @Override
    List<Slip> slips() {
        return List.of(
                Slip.cell(
                        Mistake.Kind.KIND_UNKNOWN, header(), "middel", "anxiolyticum"::equals, cell -> "anxiolitycum"),
                Slip.change(
                        Mistake.Kind.END_BEFORE_START,
                        "tot",
                        (rows, at) -> rows.get(at)[1].equals("Opname") && !rows.get(at)[3].isEmpty(),
                        (rows, at) -> 1,
                        (rows, at, cell) -> "01-01-2014"),
                Slip.change(
                        Mistake.Kind.DATE_IMPOSSIBLE,
                        "van",
                        (rows, at) -> rows.get(at)[1].equals("Voorval") && rows.get(at)[2].matches("\\d\\d-0[23]-.*"),
                        (rows, at) -> 1,
                        (rows, at, cell) -> "30-02-" + cell.substring(6)));
    }
}
