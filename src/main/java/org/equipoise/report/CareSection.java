package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.equipoise.definition.Study.Arm;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Period;
import org.equipoise.warehouse.CareUsed;

/** What the arms' care consisted of at each site, by period. Nothing is told by arm while the study runs. */
final class CareSection {
    static final String HEADING = "What the care of the arms consisted of";

    /** Below it, one decimal would leave too little of what was used. */
    private static final double RARE = 1;

    private final Report report;
    private final Numbering numbering;

    CareSection(Report report, Numbering numbering) {
        this.report = report;
        this.numbering = numbering;
    }

    static boolean isShown(Report report) {
        return !report.care().isEmpty() && report.study().conduct() == Conduct.COMPLETED;
    }

    String render() {
        return !isShown(report)
                ? ""
                : "<section id=\"care\">\n<h2>" + HEADING + "</h2>\n"
                        + report.study().followUp().periods().stream()
                                .map(this::period)
                                .collect(Collectors.joining())
                        + "</section>\n";
    }

    private String period(Period period) {
        List<CareUsed> used = report.care().stream()
                .filter(row -> row.period().equals(period.code().value()))
                .toList();
        if (used.isEmpty()) {
            return "";
        }
        List<String> sites =
                report.care().stream().map(CareUsed::site).distinct().sorted().toList();
        List<String> columns = new ArrayList<>(List.of("Care"));
        columns.addAll(sites);
        Table table = Table.ofSites(
                "words care",
                numbering.tableCaption(period.name() + ": days and times a year of observed time, sessions a person who"
                        + " had any; in brackets the people who had any."),
                columns,
                sites.size());
        for (Arm arm : report.study().arms()) {
            List<CareUsed> ofArm = used.stream()
                    .filter(row -> row.arm().equals(arm.code().value()))
                    .toList();
            if (!ofArm.isEmpty()) {
                table.group(arm.name(), "");
                rows(table, ofArm, sites);
            }
        }
        return "<details>\n<summary>" + Html.text(period.name()) + "</summary>\n" + table.render() + "</details>\n";
    }

    private static void rows(Table table, List<CareUsed> used, List<String> sites) {
        used.stream().map(CareSection::name).distinct().forEach(name -> {
            List<String> cells = new ArrayList<>(List.of(name));
            sites.forEach(site -> cells.add(used.stream()
                    .filter(row -> row.site().equals(site) && name(row).equals(name))
                    .map(CareSection::cell)
                    .findFirst()
                    .orElse(Numerals.NONE)));
            table.row(cells);
        });
    }

    private static String name(CareUsed used) {
        String kind = used.kind().replace('_', ' ');
        return (used.detail().isEmpty() ? kind : kind + ": " + used.detail().replace('_', ' ')) + " (" + used.unit()
                + ")";
    }

    private static String cell(CareUsed used) {
        Double perYear = used.perYear();
        double amount = perYear == null ? used.perRecipient() : perYear;
        return Numerals.number(amount, amount < RARE ? 2 : 1) + " (" + used.recipients() + ")";
    }
}
