package org.equipoise.simulation;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.equipoise.vocabulary.SiteCode;

/**
 * The habit of site {@code fairhaven}: a row a visit and totals only. Nobody was randomised here: time runs from the
 * day a person was found eligible. Once a year it asks about the year.
 */
final class FairhavenExportWriter extends ExportWriter {
    private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT);

    static final Protocol PROTOCOL = new Protocol(
            List.of(0, 12, 24, 36, 48, 60, 72),
            List.of(
                    new Protocol.Form("phq", Questionnaire.PHQ_9),
                    new Protocol.Form("gaf", Questionnaire.GAF),
                    new Protocol.Form("wsas", Questionnaire.WSAS)),
            LocalDate.of(2026, 10, 1));

    private static final Map<String, String> DRUGS = Map.of(
            "ad", Chronicle.ANTIDEPRESSANT,
            "ap", Chronicle.ANTIPSYCHOTIC,
            "ms", Chronicle.MOOD_STABILISER,
            "ax", Chronicle.ANXIOLYTIC);
    private static final List<String> COLUMNS = List.of(
            "pid",
            "arm",
            "eligible",
            "started",
            "died",
            "left",
            "age",
            "sex",
            "visit",
            "seen",
            "phq",
            "gaf",
            "wsas",
            "attempts",
            "harm",
            "ed",
            "beds",
            "ad",
            "ap",
            "ms",
            "ax",
            "work");

    FairhavenExportWriter(SiteCode site, Protocol protocol) {
        super(site, protocol, COLUMNS);
    }

    @Override
    public String fileName() {
        return site() + "_visits_" + protocol().exportDay() + ".csv";
    }

    @Override
    public CSVFormat format() {
        return CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    }

    @Override
    public List<String[]> rows(SimulatedParticipant participant) {
        List<String[]> rows = new ArrayList<>();
        for (SimulatedVisit visit : participant.visits()) {
            Cells row = new Cells(header(), DAYS)
                    .put("pid", participant.number())
                    .put("arm", participant.arm().value())
                    .put("eligible", participant.randomised())
                    .put("started", participant.treatmentStart())
                    .put("died", participant.death())
                    .put("left", participant.withdrawal())
                    .put("age", participant.age())
                    .put("sex", participant.female() ? "F" : "M")
                    .put("visit", visit.month() == 0 ? "intake" : "year " + visit.month() / 12)
                    .put("seen", visit.day());
            for (int i = 0; i < visit.forms().size(); i++) {
                row.put(protocol().forms().get(i).name(), total(visit.forms().get(i)));
            }
            addYear(row, participant.chronicle(), visit.day());
            rows.add(row.toRow());
        }
        return rows;
    }

    private static void addYear(Cells row, Chronicle chronicle, LocalDate to) {
        LocalDate from = to.minusMonths(12).plusDays(1);
        row.put("attempts", chronicle.count(Chronicle.ATTEMPT, from, to))
                .put("harm", chronicle.count(Chronicle.SELF_HARM, Chronicle.SEVERE, from, to))
                .put("ed", chronicle.count(Chronicle.EMERGENCY, from, to))
                .put("beds", chronicle.days(Chronicle.ADMISSION, from, to))
                .put("work", chronicle.days(Chronicle.EMPLOYMENT, from, to));
        DRUGS.forEach((column, drug) -> row.put(column, chronicle.takes(drug, from, to) ? "Y" : "N"));
    }

    @Override
    List<Slip> slips() {
        return List.of(
                Slip.cell(Mistake.Kind.TOTAL_OUT_OF_RANGE, header(), "phq", cell -> cell.length() == 2, cell -> "82"),
                Slip.cell(Mistake.Kind.EVENT_UNKNOWN, header(), "visit", "year 3"::equals, cell -> "yr 3"),
                Slip.cell(Mistake.Kind.RECORD_MISSING, header(), "pid", cell -> cell.endsWith("7"), cell -> ""),
                Slip.cell(Mistake.Kind.COUNT_IMPOSSIBLE, header(), "attempts", "1"::equals, cell -> "-1"),
                Slip.cell(
                        Mistake.Kind.DATE_AFTER_EXPORT,
                        header(),
                        "died",
                        cell -> !cell.isEmpty(),
                        cell -> cell.replaceAll("\\d{4}$", "2062")));
    }
}
