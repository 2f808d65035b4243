package org.equipoise.simulation;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.SiteCode;

/** The events of {@code sonderby}, with the numbers that Excel holds for days. */
final class SonderbyEventWriter extends ExportWriter {
    private static final LocalDate EXCEL = LocalDate.of(1899, 12, 30);
    private static final List<String> COLUMNS = List.of("løbenr", "hændelse", "dato", "art");
    private static final Map<String, String> NAMES = Map.of(
            Chronicle.ATTEMPT, "Selvmordsforsøg",
            Chronicle.SELF_HARM, "Selvskade",
            Chronicle.EMERGENCY, "Skadestue",
            Chronicle.ADVERSE, "Alvorlig hændelse",
            Chronicle.DEATH, "Død");

    SonderbyEventWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, COLUMNS);
    }

    @Override
    public String fileName() {
        return site() + "_haendelser_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return OosterparkStudyWriter.FORMAT;
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        List<String[]> rows = new ArrayList<>();
        for (Chronicle.Incident incident : participant.chronicle().incidents()) {
            rows.add(new Cells(header(), OosterparkStudyWriter.DAYS)
                    .put("løbenr", SonderbyFormWriter.record(participant))
                    .put("hændelse", NAMES.getOrDefault(incident.kind(), ""))
                    .put("dato", ChronoUnit.DAYS.between(EXCEL, incident.day()))
                    .put("art", nature(incident))
                    .toRow());
        }
        return rows;
    }

    private static String nature(Chronicle.Incident incident) {
        return switch (incident.kind()) {
            case Chronicle.DEATH -> Chronicle.SUICIDE.equals(incident.detail()) ? "selvmord" : "andet";
            case Chronicle.SELF_HARM -> Chronicle.SEVERE.equals(incident.detail()) ? "svær" : "let";
            default -> "";
        };
    }

    @Override
    List<Slip> slips() {
        return List.of(
                Slip.cell(
                        Mistake.Kind.NOT_A_DATE,
                        header(),
                        "dato",
                        cell -> !cell.isEmpty(),
                        cell -> OosterparkStudyWriter.DAYS.format(EXCEL.plusDays(Long.parseLong(cell)))),
                Slip.twice(header(), "hændelse", "Skadestue"::equals),
                Slip.cell(Mistake.Kind.KIND_BLANK, header(), "hændelse", "Selvskade"::equals, cell -> ""));
    }
}
