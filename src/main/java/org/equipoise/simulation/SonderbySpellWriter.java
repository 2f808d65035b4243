package org.equipoise.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.SiteCode;

/** The spells of {@code sonderby}: admissions, drugs, work, care, and the time whose notes were read. */
final class SonderbySpellWriter extends ExportWriter {
    private static final List<String> COLUMNS =
            List.of("løbenr", "forløb", "art", "fra", "til", "behandler", "hold", "antal");
    private static final Map<String, String> NAMES = Map.of(
            Chronicle.ADMISSION, "Indlæggelse",
            Chronicle.MEDICATION, "Medicin",
            Chronicle.EMPLOYMENT, "Arbejde eller uddannelse",
            Chronicle.OUTPATIENT, "Ambulant",
            Chronicle.OTHER_THERAPY, "Anden terapi");
    private static final Map<String, String> CLASSES = Map.of(
            Chronicle.ANTIDEPRESSANT, "Antidepressiva",
            Chronicle.ANTIPSYCHOTIC, "Antipsykotika",
            Chronicle.MOOD_STABILISER, "Stemningsstabiliserende",
            Chronicle.ANXIOLYTIC, "Angstdæmpende",
            Chronicle.INDIVIDUAL, "Individuel",
            Chronicle.GROUP, "Gruppe",
            Chronicle.CASE_MANAGEMENT, "Forløbskoordination");

    SonderbySpellWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, COLUMNS);
    }

    @Override
    public String fileName() {
        return site() + "_forloeb_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return OosterparkStudyWriter.FORMAT;
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        Chronicle chronicle = participant.chronicle();
        List<String[]> rows = new ArrayList<>();
        rows.add(row(participant, "Journal gennemgået")
                .put("fra", participant.randomised().minusMonths(6))
                .put("til", chronicle.lastDay())
                .toRow());
        for (Chronicle.State state : chronicle.states()) {
            rows.add(row(participant, NAMES.getOrDefault(state.kind(), ""))
                    .put("art", state.detail() == null ? "" : CLASSES.getOrDefault(state.detail(), ""))
                    .put("fra", state.from())
                    .put("til", state.to())
                    .toRow());
        }
        for (Chronicle.Care care : chronicle.care()) {
            rows.add(row(participant, "Behandling")
                    .put("art", CLASSES.getOrDefault(care.modality(), ""))
                    .put("fra", care.from())
                    .put("til", care.to())
                    .put("behandler", care.therapist())
                    .put("hold", care.group() == null ? "" : care.group())
                    .put("antal", care.sessions())
                    .toRow());
        }
        return rows;
    }

    private Cells row(SimulatedParticipant participant, String name) {
        return new Cells(header(), OosterparkStudyWriter.DAYS)
                .put("løbenr", SonderbyFormWriter.record(participant))
                .put("forløb", name);
    }

    @Override
    List<Slip> slips() {
        return List.of(
                Slip.change(
                        Mistake.Kind.DAY_MISSING,
                        "fra",
                        (rows, at) -> rows.get(at)[1].equals("Medicin"),
                        (rows, at) -> 1,
                        (rows, at, cell) -> ""),
                Slip.change(
                        Mistake.Kind.END_BEFORE_START,
                        "til",
                        (rows, at) -> rows.get(at)[1].equals("Indlæggelse") && !rows.get(at)[4].isEmpty(),
                        (rows, at) -> 1,
                        (rows, at, cell) -> "24-12-2013"),
                Slip.cell(Mistake.Kind.KIND_UNKNOWN, header(), "forløb", "Ambulant"::equals, cell -> "Ambulatorium"));
    }
}
